using System.Text.Json.Nodes;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.ActivityPub;

/// <summary>Knows the actors of other servers: who they are, where their inbox is, and the key that signs for them. Kept for a day, and asked for anew when a signature does not fit.</summary>
internal sealed class RemoteActors(IServiceScopeFactory scopes, ActivityPubClient client, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>A key is not asked for more often, however many wrong signatures come.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <summary>An actor; asked for when it is not known, or not of today.</summary>
    /// <exception cref="ActivityPubException">Its server does not show it.</exception>
    /// <exception cref="HttpRequestException">Its server could not be asked.</exception>
    public async Task<RemoteActorRow> Find(OwnActor asks, string id, CancellationToken ct)
    {
        var known = await Row(a => a.Id == id, ct);
        if (known is not null && IsFresh(known)) return known;
        try
        {
            return await Fetch(asks, id, ct);
        }
        catch (Exception e) when (known is not null && (e is HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return known; // old is better than none while its server is not well
        }
    }

    /// <summary>True for what was asked for within a day.</summary>
    public bool IsFresh(RemoteActorRow actor) => actor.FetchedAt > clock.GetUtcNow() - Fresh;

    /// <summary>Who signs with a key, as far as is known here.</summary>
    public Task<RemoteActorRow?> Known(string keyId, CancellationToken ct) => Row(a => a.KeyId == keyId, ct);

    /// <summary>Who signs with a key, asked of its server: for a key that is not known, or whose signature did not fit since it was changed.</summary>
    /// <param name="asks">As whom to ask.</param>
    /// <param name="keyId">The key's address.</param>
    /// <param name="known">What was known; its server is left alone when that is of this minute.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>Null when the key is not its actor's, or was asked for a moment ago.</returns>
    public async Task<RemoteActorRow?> Ask(OwnActor asks, string keyId, RemoteActorRow? known, CancellationToken ct)
    {
        if (known is not null && known.FetchedAt > clock.GetUtcNow() - AskAgain) return null;
        var address = keyId.Split('#')[0];
        var found = await client.Get(asks, address, ct);

        // Some keys have a document of their own, which names its owner.
        var owner = ActivityJson.Text(found, "inbox") is not null ? address : ActivityJson.Id(found, "owner");
        if (owner is null || !ActivityJson.SameHost(owner, keyId)) return null;
        var actor = owner == address ? await Keep(owner, found, ct) : await Fetch(asks, owner, ct);
        return actor.KeyId == keyId ? actor : null;
    }

    /// <summary>Forgets what an account that is gone showed of itself.</summary>
    public async Task Forget(string id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Database>().Set<RemoteActorRow>().Where(a => a.Id == id).ExecuteDeleteAsync(ct);
    }

    public async Task<RemoteActorRow> Fetch(OwnActor asks, string id, CancellationToken ct) => await Keep(id, await client.Get(asks, id, ct), ct);

    private async Task<RemoteActorRow> Keep(string asked, JsonObject found, CancellationToken ct)
    {
        var id = ActivityJson.Text(found, "id");
        if (id is null || !ActivityJson.SameHost(id, asked)) throw new HttpRequestException($"{asked} shows another actor");
        var key = ActivityJson.All(found, "publicKey").FirstOrDefault(k => ActivityJson.Text(k, "publicKeyPem") is not null);
        var inbox = ActivityJson.Id(found, "inbox");
        if (inbox is null || key is null || ActivityJson.Text(key, "id") is not { } keyId) throw new HttpRequestException($"{asked} is no actor with an inbox and a key");
        if (ActivityJson.Id(key, "owner") is { } owner && owner != id) throw new HttpRequestException($"{asked} shows somebody else's key");
        var row = new RemoteActorRow
        {
            Id = id, Host = ActivityJson.HostOf(id)!, KeyId = keyId, PublicKey = ActivityJson.Text(key, "publicKeyPem")!, Inbox = inbox,
            SharedInbox = ActivityJson.Id(found["endpoints"], "sharedInbox"), Username = ActivityJson.Text(found, "preferredUsername") ?? id[(id.LastIndexOf('/') + 1)..],
            Name = ActivityJson.Text(found, "name"), Avatar = Address(found["icon"]), Url = ActivityJson.All(found, "url").Select(u => ActivityJson.Text(u, "href") ?? ActivityJson.Id(u)).FirstOrDefault(u => ActivityJson.HostOf(u) is not null),
            FetchedAt = clock.Now(),
        };
        await Write(row, ct);
        return row;
    }

    private static string? Address(JsonNode? image) => ActivityJson.Id(image, "url") ?? ActivityJson.Text(image?["url"], "href");

    private async Task Write(RemoteActorRow row, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Database>();
            if (await db.Set<RemoteActorRow>().AnyAsync(a => a.Id == row.Id, ct)) db.Update(row);
            else db.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateException e) when ((e.IsDuplicateKey() || e is DbUpdateConcurrencyException) && attempt < 3)
            {
                // the same actor was met elsewhere at the same moment
            }
        }
    }

    private async Task<RemoteActorRow?> Row(System.Linq.Expressions.Expression<Func<RemoteActorRow, bool>> which, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Set<RemoteActorRow>().AsNoTracking().Where(which).OrderByDescending(a => a.FetchedAt).FirstOrDefaultAsync(ct);
    }
}
