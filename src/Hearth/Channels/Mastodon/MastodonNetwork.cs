using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.Mastodon;

/// <summary>
/// Mastodon, and what speaks its client API, as a network to speak on. It stores nothing under a key of ours, so we do: 1. keep that a try is made, 2. send with the key as
/// Idempotency-Key, 3. keep the instance's id. Who finds 1 without 3 asks the instance what of the account's own stands before sending again: the header is good for an hour
/// only, and not every server knows it.
/// </summary>
public sealed class MastodonNetwork(MastodonClient client, MastodonPosting posting, MastodonRules rules, MastodonSessions sessions, IServiceScopeFactory scopes, TimeProvider clock) : IOutgoingNetwork
{
    public string Name => Networks.Mastodon;

    public bool Edits => true;

    public TextLength Measure(string text) => Measure(text, MastodonRules.Usual);

    public TextLength Measure(string text, NetworkRules rules) => new(MastodonText.Count(text, rules.LinkLength ?? MastodonText.UsualLink), rules.MaxLength, rules.Unit);

    public Task<NetworkRules> Rules(ChannelAccountId account, CancellationToken ct) => rules.Of(account, ct);

    public string Address(string text, string? handle) => handle is not { Length: > 0 } || IsNamed(text, handle) ? text : $"@{handle} {text}";

    public IReadOnlyList<TextMark> Marks(string text) => MastodonText.Marks(text);

    public string NewKey(DateTimeOffset now) => Ids.New().ToString("N");

    public async Task<string> Prepare(ChannelAccountId account, Outgoing message, CancellationToken ct)
    {
        var (text, visibility, parent) = (message.Card is { } card && !message.Text.Contains(card.Url, StringComparison.Ordinal) ? $"{message.Text}\n{card.Url}" : message.Text, "public", (string?)null);
        if (message.Reply is { } reply)
        {
            parent = await Parent(account, reply, ct) ?? throw new ChannelRefusedException("The instance does not know the post that this answers.");
            var answered = await client.Status(account, parent, ct) ?? throw new ChannelRefusedException("The post that this answers is no longer there.");
            visibility = answered.Visibility.ToString().ToLowerInvariant(); // never wider than what is answered
            if (!IsOwn((await sessions.Open(account, ct)).Handle, answered.Author.Acct)) text = Address(text, answered.Author.Acct); // the next post of a thread answers our own
        }

        var media = new List<string>();
        foreach (var image in message.Images) media.Add(await posting.Upload(account, image, ct));
        return JsonSerializer.Serialize(new MastodonDraft(text, parent, visibility, message.Language, media, message.At), Json.Options);
    }

    public async Task<Placed> Place(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        var draft = Draft(prepared);
        for (var again = false; ; again = true)
        {
            // Step 1
            if (await Row(account, key, ct) is { } tried)
            {
                if (tried.NetworkId is { } known) return await At(account, known, tried.Url, ct);
                if (await Look(account, key, draft, ct) is { } found) return found;
            }
            else
            {
                await Keep(account, key, prepared, ct);
            }

            try
            {
                // Step 2
                var status = await posting.Create(account, draft, key, ct);

                // Step 3
                return await Note(account, key, status, ct);
            }
            catch (HttpRequestException e) when (e.InnerException is IOException && !again)
            {
                // The connection had ended before, or ends now: one of both, and only the instance knows which.
            }
        }
    }

    public async Task<Placed> Edit(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        var id = (await Find(account, key, ct))?.ExternalId ?? throw new ChannelRefusedException("Nothing stands there that could be changed.");
        var status = await posting.Change(account, id[(id.LastIndexOf('/') + 1)..], Draft(prepared), ct);
        return await Note(account, key, status, ct);
    }

    public async Task<Placed?> Find(ChannelAccountId account, string key, CancellationToken ct)
    {
        if (await Row(account, key, ct) is not { } row) return null;
        if (row.NetworkId is not { } id) return await Look(account, key, Draft(row.Prepared), ct);
        return await posting.Read(account, id, ct) is null ? null : await At(account, id, row.Url, ct);
    }

    public async Task Remove(ChannelAccountId account, string key, CancellationToken ct)
    {
        if (await Row(account, key, ct) is not { } row) return;
        var id = row.NetworkId;
        if (id is null && await Look(account, key, Draft(row.Prepared), ct) is { } found) id = found.ExternalId[(found.ExternalId.LastIndexOf('/') + 1)..];
        if (id is not null) await posting.Delete(account, id, ct);
        await InDatabase(db => db.Set<PlacedPost>().Where(p => p.Account == account && p.Key == key).ExecuteDeleteAsync(ct));
    }

    public async Task<IReadOnlyDictionary<string, Receipts>> Receipts(ChannelAccountId account, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        var ids = externalIds.ToDictionary(e => e[(e.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
        return (await posting.Receipts(account, ids.Keys, ct)).ToDictionary(r => ids[r.Id], r => r.Receipts, StringComparer.Ordinal);
    }

    // What stands and belongs to no other message of ours is this one's: two of the same words each find one.
    private async Task<Placed?> Look(ChannelAccountId account, string key, MastodonDraft draft, CancellationToken ct)
    {
        foreach (var status in await posting.Likely(account, draft, ct))
        {
            var id = SteadyId.Of(MastodonStatus.Word((JsonObject)status, "id")!);
            if (!await InDatabase(db => db.Set<PlacedPost>().AnyAsync(p => p.Account == account && p.NetworkId == id && p.Key != key, ct))) return await Note(account, key, status, ct);
        }

        return null;
    }

    private async Task<string?> Parent(ChannelAccountId account, ReplyRefs reply, CancellationToken ct)
    {
        var home = (await sessions.Open(account, ct)).Service + "/api/v1/statuses/";
        foreach (var name in (string?[])[reply.ParentId, reply.Parent.Uri])
        {
            if (name?.StartsWith(home, StringComparison.Ordinal) == true) return SteadyId.Of(name[home.Length..]);
        }

        return await posting.Resolve(account, reply.Parent.Uri, ct);
    }

    // "@ann" names @ann@any.example: servers differ in how they write who is on the same one.
    private static bool IsNamed(string text, string handle) => MastodonText.Marks(text).Any(m => m.Kind == MarkKind.Handle
        && (string.Equals(m.Value, handle, StringComparison.OrdinalIgnoreCase) || string.Equals(m.Value, handle.Split('@')[0], StringComparison.OrdinalIgnoreCase)));

    private static bool IsOwn(string handle, string acct) => string.Equals(acct, handle, StringComparison.OrdinalIgnoreCase) || string.Equals(acct, handle.Split('@')[0], StringComparison.OrdinalIgnoreCase);

    private static MastodonDraft Draft(string prepared) => JsonSerializer.Deserialize<MastodonDraft>(prepared, Json.Options)!;

    private async Task<Placed> Note(ChannelAccountId account, string key, JsonNode status, CancellationToken ct)
    {
        var body = status as JsonObject ?? [];
        var id = SteadyId.OfAny(MastodonStatus.Word(body, "id")) ?? throw new HttpRequestException("The instance did not say what it made.");
        var url = MastodonStatus.Word(body, "url") ?? MastodonStatus.Word(body, "uri");
        await InDatabase(db => db.Set<PlacedPost>().Where(p => p.Account == account && p.Key == key).ExecuteUpdateAsync(set => set.SetProperty(p => p.NetworkId, id).SetProperty(p => p.Url, url).SetProperty(p => p.Prepared, ""), ct)); // the words are the message's alone from here on
        return await At(account, id, url, ct);
    }

    // Named as Listening names it, so that our own post is known when it comes back.
    private async Task<Placed> At(ChannelAccountId account, string id, string? url, CancellationToken ct) => new($"{(await sessions.Open(account, ct)).Service}/api/v1/statuses/{id}", null, url);

    private Task<PlacedPost?> Row(ChannelAccountId account, string key, CancellationToken ct) =>
        InDatabase(db => db.Set<PlacedPost>().AsNoTracking().SingleOrDefaultAsync(p => p.Account == account && p.Key == key, ct));

    // Two workers at once: the second one's insert fails, its message is tried again, and that try asks first.
    private Task<int> Keep(ChannelAccountId account, string key, string prepared, CancellationToken ct) => InDatabase(db =>
    {
        db.Add(new PlacedPost { Account = account, Key = key, Prepared = prepared, At = clock.Now() });
        return db.SaveChangesAsync(ct);
    });

    // Its own unit of work: what was tried stays tried whatever becomes of the caller's.
    private async Task<T> InDatabase<T>(Func<Database, Task<T>> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<Database>());
    }
}
