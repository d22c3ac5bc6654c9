using System.Runtime.CompilerServices;
using Hearth.Channels;
using Hearth.Channels.Mastodon;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>One look at everything a Mastodon source listens to: each list from where the cursor stands, and now and then the latest statuses again.</summary>
internal sealed class MastodonLook(MastodonClient mastodon, ChannelAccountView account, MastodonLists lists, MastodonCursor cursor, MastodonTimes times, TimeProvider clock)
{
    /// <summary>How far the first look reads back: what is older is history, not waiting for an answer.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(3);

    /// <summary>Threads whose beginning is asked for in one look: each costs a request.</summary>
    private const int MaxRoots = 10;

    private readonly string _host = new Uri(account.Service).Authority;
    private int _roots;

    /// <summary>What is new since the cursor, the oldest first; the cursor of each batch stands behind it.</summary>
    public async IAsyncEnumerable<SourceBatch> Everything([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var list in lists.Paged)
        {
            await foreach (var batch in Newer(list, ct)) yield return batch;
        }

        foreach (var words in lists.Searches)
        {
            var found = (await mastodon.Search(account.Id, words, ct)).Where(s => !cursor.Knows(s)).OrderBy(s => s.At).Select(s => new MastodonItem(s.Id, s)).ToList();
            if (found.Count > 0) yield return await Batch(found, isAddressed: false, 0, ct);
        }

        if (cursor.ReviewedAt is { } last && clock.GetUtcNow() - last < times.Review) yield break;
        var again = await LookAgain(ct);
        cursor.ReviewedAt = clock.Now();
        yield return again with { Cursor = cursor.ToString() };
    }

    /// <summary>What a stream told, as one batch.</summary>
    public async Task<SourceBatch> Told(IReadOnlyList<(string? Tag, MastodonEvent Event)> events, CancellationToken ct)
    {
        var (posts, removed, skipped) = (new List<IncomingPost>(), new List<string>(), 0);
        foreach (var (tag, happened) in events)
        {
            switch (happened)
            {
                case MastodonEvent.Notified { Notification: { Type: "mention", Status: { } status } n } when lists.Mentions:
                    await Add(status, isAddressed: true);
                    Advance(MastodonLists.MentionsList, n.Id);
                    break;
                case MastodonEvent.Shown shown when tag is not null || lists.Home || shown.IsEdit && IsOurs(shown.Status):
                    await Add(shown.Status, isAddressed: IsOurs(shown.Status));
                    if (!shown.IsEdit) Advance(tag is null ? MastodonLists.HomeList : MastodonLists.TagList(tag), shown.Status.Id);
                    break;
                case MastodonEvent.Deleted gone:
                    removed.Add(ExternalId(gone.Id));
                    cursor.Recent.RemoveAll(r => r.Id == gone.Id);
                    break;
                case MastodonEvent.Unreadable:
                    skipped++;
                    break;
            }
        }

        return new(posts, cursor.ToString(), removed, Skipped: skipped);

        async Task Add(MastodonStatus status, bool isAddressed)
        {
            if (await Post(status, isAddressed, ct) is not { } post) return;
            posts.Add(post);
            cursor.See(status);
        }

        bool IsOurs(MastodonStatus status) => lists.Mentions && status.Mentions.Contains(account.ExternalId, StringComparer.Ordinal) || cursor.Recent.Exists(r => r.Id == status.Id);
    }

    // Ids grow with time as long as they are numbers. A list never goes back because a status came late.
    private void Advance(string list, string id)
    {
        if (!cursor.Lists.TryGetValue(list, out var known) || id.Length > known.Length || id.Length == known.Length && string.CompareOrdinal(id, known) > 0) cursor.Lists[list] = id;
    }

    private async IAsyncEnumerable<SourceBatch> Newer(string list, [EnumeratorCancellation] CancellationToken ct)
    {
        var isAddressed = list == MastodonLists.MentionsList;
        while (true)
        {
            // A way down that was begun is gone to its end first; each page of it is kept at once, so that whoever is killed on it does not begin anew.
            if (cursor.Descents.GetValueOrDefault(list) is { } way)
            {
                var older = Before((await Page(list, null, way.Floor, way.Down, ct)).Items, way.Floor, From(way.Floor));
                if (older.Count > 0) cursor.Descents[list] = way with { Down = older[^1].Id };
                else if (cursor.Descents.Remove(list)) cursor.Lists[list] = way.Top;
                yield return await Kept(older);
                continue;
            }

            var last = cursor.Lists.GetValueOrDefault(list);
            var page = await Page(list, last, null, null, ct);
            var fresh = Before(page.Items, last, From(last));
            if (fresh.Count == 0) yield break;
            // With min_id an instance gives what follows directly. A first look begins with the newest, and so does one that does not page as documented (snac2's notifications).
            if (page.IsPaged && last is not null) cursor.Lists[list] = fresh[0].Id;
            else cursor.Descents[list] = new(fresh[0].Id, fresh[^1].Id, last);
            yield return await Kept(fresh);
        }

        DateTimeOffset? From(string? floor) => floor is null ? cursor.From ?? clock.GetUtcNow() - FirstLook : null;

        Task<SourceBatch> Kept(List<MastodonItem> items) => Batch([.. Enumerable.Reverse(items)], isAddressed, items.Count(i => i.IsUnreadable), ct);
    }

    private static List<MastodonItem> Before(IReadOnlyList<MastodonItem> items, string? last, DateTimeOffset? from) =>
        [.. items.TakeWhile(i => i.Id != last && (from is null || i.Status is null || i.Status.At >= from))];

    private Task<MastodonPage> Page(string list, string? minId, string? sinceId, string? maxId, CancellationToken ct) => list switch
    {
        MastodonLists.MentionsList => mastodon.Mentions(account.Id, minId, sinceId, maxId, ct),
        MastodonLists.HomeList => mastodon.Home(account.Id, minId, sinceId, maxId, ct),
        _ => mastodon.Tag(account.Id, MastodonLists.TagOf(list), minId, sinceId, maxId, ct),
    };

    private async Task<SourceBatch> Batch(IReadOnlyCollection<MastodonItem> items, bool isAddressed, int skipped, CancellationToken ct)
    {
        var posts = new List<IncomingPost>();
        foreach (var status in items.Select(i => i.Status).OfType<MastodonStatus>())
        {
            if (await Post(status, isAddressed, ct) is not { } post) continue;
            posts.Add(post);
            cursor.See(status);
        }

        return new(posts, cursor.ToString(), Skipped: skipped);
    }

    // The newest page of each list shows what came late and what was edited; the latest that are not on it are asked for.
    private async Task<SourceBatch> LookAgain(CancellationToken ct)
    {
        var (changed, there) = (new List<MastodonItem>(), new HashSet<string>(StringComparer.Ordinal));
        var posts = new List<IncomingPost>();
        foreach (var list in lists.Paged.Where(cursor.Lists.ContainsKey))
        {
            foreach (var status in (await Page(list, null, null, null, ct)).Items.Select(i => i.Status).OfType<MastodonStatus>().Reverse())
            {
                if (!there.Add(status.Id) || cursor.Knows(status) || status.EditedAt is null && IsHistory(status)) continue;
                posts.AddRange((await Batch([new(status.Id, status)], list == MastodonLists.MentionsList, 0, ct)).Posts);
            }
        }

        var ask = cursor.Recent.Select(r => r.Id).Where(id => !there.Contains(id)).ToList();
        var (found, gone) = await Ask(ask, ct);
        foreach (var status in found.Where(s => !cursor.Knows(s))) posts.AddRange((await Batch([new(status.Id, status)], isAddressed: true, 0, ct)).Posts);
        cursor.Recent.RemoveAll(r => gone.Contains(r.Id, StringComparer.Ordinal));
        return new(posts, null, [.. gone.Select(ExternalId)]);

        bool IsHistory(MastodonStatus status) => status.At < (cursor.From ?? clock.GetUtcNow() - FirstLook);
    }

    private async Task<(IReadOnlyList<MastodonStatus> Found, IReadOnlyList<string> Gone)> Ask(List<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return ([], []);
        var some = Enumerable.Range(0, Math.Min(20, ids.Count)).Select(n => ids[(cursor.Turn + n) % ids.Count]).ToList();
        if (await mastodon.Statuses(account.Id, some, ct) is { } all)
        {
            cursor.Turn += some.Count;
            return (all, [.. some.Except(all.Select(s => s.Id), StringComparer.Ordinal)]);
        }

        var (found, gone) = (new List<MastodonStatus>(), new List<string>());
        foreach (var id in some.Take(5)) // an instance before 4.3, or its kin: one request each
        {
            if (await mastodon.Status(account.Id, id, ct) is { } status) found.Add(status);
            else gone.Add(id);
        }

        cursor.Turn += Math.Min(5, some.Count);
        return (found, gone);
    }

    private async Task<IncomingPost?> Post(MastodonStatus status, bool isAddressed, CancellationToken ct)
    {
        if (status.Visibility is MastodonVisibility.Private or MastodonVisibility.Direct && !isAddressed || status.Text.Length == 0) return null;
        var root = status.ReplyTo is not null && _roots++ < MaxRoots ? await mastodon.Root(account.Id, status, ct) : null;
        return MastodonPosts.Incoming(status, ExternalId, root, account.ExternalId, _host, clock.Now(), isAddressed);
    }

    private string ExternalId(string id) => MastodonPosts.ExternalId(account.Service, id);
}
