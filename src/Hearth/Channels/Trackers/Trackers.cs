using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Trackers;

public readonly record struct TrackerId(Guid Value) : IId<TrackerId>
{
    public static TrackerId New() => new(Ids.New());

    public static TrackerId From(Guid value) => new(value);
}

internal sealed class TrackerRow
{
    public required TrackerId Id { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; set; }

    public required string Service { get; init; }

    public required string Repository { get; init; }

    /// <summary>The name that the token speaks in there: news of what it did itself is no news.</summary>
    public required string Login { get; set; }

    /// <summary>Encrypted.</summary>
    public required string Token { get; set; }

    /// <summary>What the tracker signs its webhooks with; encrypted.</summary>
    public required string Secret { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; set; }

    public string? Error { get; set; }

    public DateTimeOffset? ErrorAt { get; set; }
}

/// <summary>A connected tracker; its token is never shown.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Kind">forgejo, for Forgejo and Gitea.</param>
/// <param name="Name">As people call it here.</param>
/// <param name="Service">Its address.</param>
/// <param name="Repository">Which of its repositories holds the issues: "owner/name".</param>
/// <param name="Login">The name that the token speaks in there.</param>
/// <param name="ConnectedAt">Since when.</param>
/// <param name="Error">Why the last call failed; null when it did not.</param>
/// <param name="ErrorAt">When that was.</param>
public sealed record TrackerView(TrackerId Id, string Kind, string Name, string Service, string Repository, string Login, DateTimeOffset ConnectedAt, string? Error, DateTimeOffset? ErrorAt);

/// <summary>A tracker to be connected.</summary>
/// <param name="Kind">forgejo, which is the only kind there is.</param>
/// <param name="Name">As people shall call it here; 1 to 60 characters, the repository when left out.</param>
/// <param name="Service">Its address, like https://codeberg.org.</param>
/// <param name="Repository">"owner/name".</param>
/// <param name="Token">An access token that may write issues.</param>
public sealed record TrackerDraft(string? Kind, string? Name, string? Service, string? Repository, string? Token);

/// <summary>What became of connecting a tracker.</summary>
public abstract record TrackerConnection
{
    private TrackerConnection() { }

    /// <summary>It stands.</summary>
    /// <param name="Tracker">The tracker.</param>
    /// <param name="Secret">What its webhook has to sign with; shown this once.</param>
    public sealed record Connected(TrackerView Tracker, string Secret) : TrackerConnection;

    public sealed record Invalid(FieldError Error) : TrackerConnection;

    /// <summary>It could not be asked, or would not have the token.</summary>
    public sealed record Refused(string Reason) : TrackerConnection;
}

/// <summary>Issue trackers of the house: which, and with which right. A tracker is proven by a real call before anything is kept.</summary>
public sealed partial class Trackers(Database db, IEnumerable<ITrackerAdapter> adapters, ServiceAddress addresses, Secrets secrets, TimeProvider clock)
{
    public async Task<IReadOnlyList<TrackerView>> All(CancellationToken ct) =>
        (await db.Set<TrackerRow>().AsNoTracking().Where(t => t.RemovedAt == null).OrderBy(t => t.ConnectedAt).ThenBy(t => t.Id).ToListAsync(ct)).ConvertAll(View);

    /// <summary>Every one that ever was, by id.</summary>
    public async Task<IReadOnlyDictionary<TrackerId, TrackerView>> Known(CancellationToken ct) => (await db.Set<TrackerRow>().AsNoTracking().ToListAsync(ct)).ToDictionary(t => t.Id, View);

    /// <summary>Connects a repository of a tracker; one that was connected keeps its id, issues and secret, and gets the new token.</summary>
    public async Task<TrackerConnection> Connect(TrackerDraft draft, CancellationToken ct)
    {
        var kind = draft.Kind ?? "forgejo";
        if (adapters.FirstOrDefault(a => a.Kind == kind) is not { } adapter) return Invalid("kind", "must be " + string.Join(" or ", adapters.Select(a => a.Kind)));
        if (addresses.Check(draft.Service, out var service, "https://codeberg.org") is { } wrong) return Invalid("service", wrong);
        var repository = (draft.Repository ?? "").Trim().Trim('/');
        if (!RepositoryShape().IsMatch(repository)) return Invalid("repository", "must be like owner/name");
        if (draft.Token?.Trim() is not { Length: > 0 and <= 500 } token) return Invalid("token", "must have 1 to 500 characters");
        var name = string.IsNullOrWhiteSpace(draft.Name) ? repository : draft.Name.Trim();
        if (name.Length > 60) return Invalid("name", "must have at most 60 characters");

        string login;
        try
        {
            login = await adapter.Check(new(service, repository, token), ct);
        }
        catch (Exception e) when (e is HttpRequestException or TrackerException or LaterException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new TrackerConnection.Refused(e.Message);
        }

        // Hiding may have to keep a new key, which SQLite cannot while we write.
        var (hidden, secret) = (secrets.Hide(token), secrets.Hide(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        return await db.InTransaction<TrackerConnection>(async () =>
        {
            var row = await db.Set<TrackerRow>().SingleOrDefaultAsync(t => t.Service == service && t.Repository == repository, ct);
            if (row is null)
            {
                row = new()
                {
                    Id = TrackerId.New(), Kind = kind, Name = name, Service = service, Repository = repository, Login = login, Token = hidden, Secret = secret,
                    ConnectedAt = clock.Now(),
                };
                db.Add(row);
            }
            else
            {
                (row.Name, row.Login, row.Token, row.RemovedAt, row.Error, row.ErrorAt) = (name, login, hidden, null, null, null);
            }

            await db.SaveChangesAsync(ct);
            return new TrackerConnection.Connected(View(row), secrets.Show(row.Secret));
        }, ct);
    }

    /// <summary>Forgets its token; what stands there stays, and is heard and said no more.</summary>
    /// <returns>False when there is no such tracker.</returns>
    public async Task<bool> Remove(TrackerId id, CancellationToken ct)
    {
        var now = clock.Now();
        var nothing = secrets.Hide("");
        return await db.Set<TrackerRow>().Where(t => t.Id == id && t.RemovedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.RemovedAt, now).SetProperty(t => t.Token, nothing), ct) == 1;
    }

    internal static TrackerView View(TrackerRow t) => new(t.Id, t.Kind, t.Name, t.Service, t.Repository, t.Login, t.ConnectedAt, t.Error, t.ErrorAt);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var trackers = api.MapGroup("/channels/trackers").WithTags("Channels");
        trackers.MapGet("/", async (Trackers all, CancellationToken ct) => TypedResults.Ok(await all.All(ct)))
            .WithName("listTrackers").WithSummary("Issue trackers that gaps can be put into").RequireAuthorization("read");
        trackers.MapPost("/", async Task<Results<Ok<TrackerConnection.Connected>, ProblemHttpResult>> (TrackerDraft body, Trackers all, CancellationToken ct) => await all.Connect(body, ct) switch
            {
                TrackerConnection.Connected connected => TypedResults.Ok(connected),
                TrackerConnection.Invalid invalid => Problems.Invalid(invalid.Error),
                TrackerConnection.Refused refused => Problems.Refused("tracker-refused", refused.Reason, StatusCodes.Status502BadGateway),
                _ => throw new System.Diagnostics.UnreachableException(),
            })
            .WithName("connectTracker").WithSummary("Connect a repository of an issue tracker; the answer holds the secret for its webhook").RequireAuthorization("owner").ProducesProblem(400).ProducesProblem(502);
        trackers.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Trackers all, CancellationToken ct) =>
                await all.Remove(TrackerId.From(id), ct) ? TypedResults.NoContent() : Problems.Unknown("tracker"))
            .WithName("removeTracker").WithSummary("Forget a tracker's token").RequireAuthorization("owner");
    }

    private static TrackerConnection.Invalid Invalid(string field, string reason) => new(new(field, reason));

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}$", RegexOptions.None, 1000)]
    private static partial Regex RepositoryShape();
}
