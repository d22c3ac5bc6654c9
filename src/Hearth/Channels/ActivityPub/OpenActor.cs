using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Channels.ActivityPub;

/// <summary>What of the site an actor stands for.</summary>
/// <param name="Page">The path of its page ("/outlet"); null for the whole site.</param>
/// <param name="Icon">The path of its picture, a PNG; null for none.</param>
public readonly record struct ActorPlace(string? Page, string? Icon);

/// <summary>Makes the brand an actor of the fediverse on its own domain: no server of somebody else's, no password, a key of its own.</summary>
public sealed partial class OpenActor(Database db, TimeProvider clock, ServiceAddress addresses, ChannelAccounts accounts, Secrets secrets)
{
    private const int KeySize = 2048;

    /// <summary>Opens an actor, or one that was disconnected again, with a new key.</summary>
    /// <param name="origin">The address people reach this server under; all of the actor's addresses begin with it, for ever.</param>
    /// <param name="name">The part before the @: 1 to 30 of a to z, 0 to 9 and _.</param>
    /// <param name="title">What it is called; up to 100 characters.</param>
    /// <param name="summary">What it says of itself; up to 500 characters, may be empty.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns><see cref="Connection.Connected"/> or <see cref="Connection.Invalid"/>.</returns>
    public Task<Connection> With(string? origin, string? name, string? title, string? summary, CancellationToken ct) => With(origin, name, title, summary, default, ct);

    /// <inheritdoc cref="With(string?, string?, string?, string?, CancellationToken)"/>
    /// <param name="origin">The address people reach this server under; all of the actor's addresses begin with it, for ever.</param>
    /// <param name="name">The part before the @: 1 to 30 of a to z, 0 to 9 and _.</param>
    /// <param name="title">What it is called; up to 100 characters.</param>
    /// <param name="summary">What it says of itself; up to 500 characters, may be empty.</param>
    /// <param name="place">What of the site it stands for.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Connection> With(string? origin, string? name, string? title, string? summary, ActorPlace place, CancellationToken ct)
    {
        if (addresses.Check(origin, out var address, "https://brand.example") is { } wrong) return new Connection.Invalid("origin", wrong);
        var user = (name ?? "").Trim().TrimStart('@').ToLowerInvariant();
        if (!Name().IsMatch(user)) return new Connection.Invalid("name", "must have 1 to 30 of a to z, 0 to 9 and _");
        var called = string.IsNullOrWhiteSpace(title) ? user : title.Trim();
        if (called.Length > 100) return new Connection.Invalid("title", "must have at most 100 characters");
        var says = string.IsNullOrWhiteSpace(summary) ? null : summary.Trim();
        if (says?.Length > 500) return new Connection.Invalid("summary", "must have at most 500 characters");
        if (await db.Set<OwnActorRow>().AnyAsync(a => a.Name == user && a.Origin != address, ct)) return new Connection.Invalid("name", "was used at another address; the world knows it there");

        // Hidden before the transaction: hiding may write a key of the house, and SQLite has one writer.
        using var key = RSA.Create(KeySize);
        var keys = new Keys(secrets.Hide(key.ExportPkcs8PrivateKeyPem()), key.ExportSubjectPublicKeyInfoPem());
        var id = await db.InTransaction(() => Keep(address, user, called, says, keys, place, ct), ct);
        return new Connection.Connected((await accounts.Find(id, ct))!);
    }

    private sealed record Keys(string Hidden, string Public);

    private async Task<ChannelAccountId> Keep(string origin, string name, string title, string? summary, Keys keys, ActorPlace place, CancellationToken ct)
    {
        var (now, url) = (clock.Now(), origin + OwnActor.Path + name);
        var row = await db.Set<ChannelAccount>().SingleOrDefaultAsync(a => a.Network == Networks.ActivityPub && a.ExternalId == url, ct);
        if (row is null)
        {
            row = new ChannelAccount { Id = ChannelAccountId.New(), Network = Networks.ActivityPub, ExternalId = url, Service = origin, Host = origin, Handle = $"{name}@{new Uri(origin).Authority}", ConnectedAt = now };
            db.Add(row);
            db.Add(new OwnActorRow { Account = row.Id, Name = name, Origin = origin, Summary = summary, Page = place.Page, Icon = place.Icon, PublicKey = keys.Public, CreatedAt = now });
            row.Session = keys.Hidden;
        }
        else
        {
            var actor = await db.Set<OwnActorRow>().SingleAsync(a => a.Account == row.Id, ct);
            (actor.Summary, actor.Page, actor.Icon) = (summary, place.Page ?? actor.Page, place.Icon ?? actor.Icon);
            if (row.Session is null) (row.Session, actor.PublicKey) = (keys.Hidden, keys.Public);
        }

        (row.DisplayName, row.State, row.Error, row.ErrorAt, row.ConnectedAt) = (title, ChannelState.Connected, null, null, now);
        db.Record(new ChannelConnected(row.Id, row.Network, row.Handle, now));
        await db.SaveChangesAsync(ct);
        return row.Id;
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/channels/activitypub",
        async Task<Results<Created<ChannelAccountView>, ProblemHttpResult>> (ActorBody body, OpenActor open, PublicAddress address, HttpContext http, CancellationToken ct) =>
            await open.With(address.Of(http), body.Name, body.Title, body.Summary, ct) switch
            {
                Connection.Connected c => Created($"/api/v1/channels/{c.Account.Id.Value}", c.Account),
                Connection.Invalid i => Problems.Invalid(i.Field, i.Reason),
                var other => throw new InvalidOperationException(other.ToString()),
            }).RequireAuthorization("lead").WithTags("Channels").WithName("openActor").WithSummary("Makes the brand an actor of the fediverse on this server's own address");

    /// <summary>How the actor shows itself.</summary>
    /// <param name="Name">The part before the @: 1 to 30 of a to z, 0 to 9 and _.</param>
    /// <param name="Title">What it is called; the name when left out.</param>
    /// <param name="Summary">What it says of itself.</param>
    internal sealed record ActorBody(string? Name, string? Title, string? Summary);

    [GeneratedRegex("^[a-z0-9_]{1,30}$")]
    private static partial Regex Name();
}
