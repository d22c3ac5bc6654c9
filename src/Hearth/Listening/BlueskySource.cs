using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>
/// Hears Bluesky as one of the brand's accounts: who mentions, answers or quotes it (its notifications), and what the network's search finds for the words
/// that were set. The cursor remembers per list when its newest item was taken in by the network; each look reads back to shortly before that.
/// </summary>
public sealed class BlueskySource(BlueskyClient bluesky, ChannelAccounts accounts, TimeProvider clock) : IMentionSource
{
    /// <summary>The setting that names the account, by its id.</summary>
    public const string Account = "account";

    /// <summary>The setting with what to search for, one search a line, in the network's own search language; may be empty.</summary>
    public const string Searches = "searches";

    /// <summary>The most searches of one source: each costs one request a look.</summary>
    public const int MaxSearches = 10;

    /// <summary>The network's order by time of indexing is not strict: look back this much further. What was kept already is a repeat.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    /// <summary>How far the first look reads back: what is older is history, not waiting for an answer.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(3);

    /// <summary>Pages of 100 that a look reads at most (after a long stop).</summary>
    private const int MaxPages = 100;

    public string Kind => "bluesky";

    public string Network => Networks.Bluesky;

    public bool EngageByDefault => true;

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Guid.TryParse(settings.Values.GetValueOrDefault(Account), out _)) yield return new(Account, "must be one of the brand's connected accounts");
        if (Lines(settings).Count() > MaxSearches) yield return new(Searches, $"must be at most {MaxSearches} lines");
        if (Lines(settings).Any(l => l.Length > 500)) yield return new(Searches, "each line must be at most 500 characters");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var account = await accounts.Find(new(Guid.Parse(settings.Values[Account])), ct) ?? throw new ChannelRefusedException("The account of this source is gone.");
        var seen = cursor is null ? [] : JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(cursor, Json.Options)!;
        var posts = new Dictionary<string, BlueskyPost>(StringComparer.Ordinal);
        var next = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

        await Walk("", async page =>
        {
            var notifications = await bluesky.Notifications(account.Id, page, ct);
            return (notifications.Items.Select(n => (n.At, n.Reason is "mention" or "reply" or "quote" ? n.Post : null)), notifications.Next);
        });
        foreach (var words in Lines(settings))
        {
            await Walk(words, async page =>
            {
                var found = await bluesky.Search(account.Id, words, From(words), page, ct);
                return (found.Items.Select(p => (p.IndexedAt, (BlueskyPost?)p)), found.Next);
            });
        }

        var incoming = posts.Values.OrderBy(p => p.IndexedAt).Select(p => Incoming(p, account)).ToList();
        yield return new(incoming, JsonSerializer.Serialize(next, Json.Options));

        // Newest first, back to what was seen before.
        async Task Walk(string list, Func<string?, Task<(IEnumerable<(DateTimeOffset At, BlueskyPost? Post)> Items, string? Next)>> read)
        {
            var until = From(list);
            var newest = seen.GetValueOrDefault(list);
            string? page = null;
            for (var pages = 0; pages < MaxPages; pages++)
            {
                var (items, older) = await read(page);
                var met = false;
                foreach (var (indexed, post) in items)
                {
                    if (indexed < until)
                    {
                        met = true;
                        break;
                    }

                    if (indexed > newest) newest = indexed;
                    if (post is not null) posts.TryAdd(post.Ref.Uri, post);
                }

                if (met || older is null) break;
                page = older;
            }

            if (newest > default(DateTimeOffset)) next[list] = newest;
        }

        DateTimeOffset From(string list) => seen.TryGetValue(list, out var at) ? at - Overlap : clock.GetUtcNow() - FirstLook;
    }

    internal static ChannelAccountId? AccountOf(SourceRow source) =>
        Guid.TryParse(Sources.Values(source).GetValueOrDefault(Account), out var id) ? new(id) : null;

    private static IEnumerable<string> Lines(SourceSettings settings) => (settings.Values.GetValueOrDefault(Searches) ?? "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);

    private static IncomingPost Incoming(BlueskyPost post, ChannelAccountView account)
    {
        var author = post.Author;
        var root = post.Reply is { } reply ? reply.Root ?? reply.Parent : post.Ref;
        return new(post.Ref.Uri, post.Text, post.CreatedAt, new(author.Did, author.Handle, author.DisplayName, author.Avatar, "https://bsky.app/profile/" + author.Did),
            post.Url, post.Language, post.Reply?.Parent.Uri, post.Reply is null ? null : root.Uri, author.Did == account.ExternalId,
            new NetworkRefs(post.Ref.Uri, post.Ref.Cid, root.Uri, root.Cid));
    }
}
