using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Channels;
using Hearth.Channels.Discourse;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>
/// Hears a Discourse forum: its latest posts, or those of some topics, by the JSON of its pages; and at once by its webhook (<see cref="ReceiveDiscourse"/>). What was heard lately is
/// looked at again for edits and deletions.
/// </summary>
public sealed class DiscourseSource(DiscourseClient discourse, WebhookSecrets secrets, TimeProvider clock) : IMentionSource
{
    public const string Address = "address";
    public const string Key = "key";
    public const string User = "user";
    public const string Topics = "topics";
    public const string Own = "own";

    /// <summary>The most topics of one source: each costs a request a look, and a key may ask sixty times a minute.</summary>
    public const int MaxTopics = 10;

    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(3);

    /// <summary>Pages of fifty that a look reads at most.</summary>
    private const int MaxPages = 50;

    /// <summary>Posts that are looked at again.</summary>
    private const int MostRecent = 120;

    internal sealed record Seen(long Id, long Topic, int Number, int Version);

    internal sealed class Cursor
    {
        /// <summary>The newest post that was read.</summary>
        public long Newest { get; set; }

        /// <summary>By topic, the place of the newest post that was read.</summary>
        public Dictionary<long, int> Topics { get; init; } = [];

        public List<Seen> Recent { get; init; } = [];

        public int Turn { get; set; }

        public DateTimeOffset? From { get; init; }
    }

    public string Kind => "discourse";

    public string Title => "Discourse forum";

    public string Network => Networks.Discourse;

    public bool EngageByDefault => true;

    public bool TakesWebhook => true;

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public IReadOnlyList<SourceField> Fields { get; } =
    [
        new(Address, "Address of the forum", SourceFieldKind.Address, IsRequired: true),
        new(Key, "API key", SourceFieldKind.Secret, Hint: "Only for a forum that shows nothing to strangers."),
        new(User, "User of the key", Hint: "Whom the key speaks for; system when empty."),
        new(Topics, "Only these topics", SourceFieldKind.Lines, Hint: "Their numbers or addresses, one a line. Empty for all posts."),
        new(Own, "The brand's users", SourceFieldKind.Lines, Hint: "Names of users who are the brand, one a line: what they write opens no conversation."),
    ];

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Uri.TryCreate(settings[Address], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.UserInfo.Length > 0) yield return new(Address, "must be the address of a forum, beginning with https://");
        var topics = MastodonLists.Lines(settings, Topics).ToList();
        if (topics.Count > MaxTopics) yield return new(Topics, $"must be at most {MaxTopics} lines");
        if (topics.Find(t => TopicOf(t) is null) is { } wrong) yield return new(Topics, $"'{wrong}' is neither a topic's number nor its address");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var forum = new DiscourseForum(AddressOf(settings), settings[Key] is { } key ? secrets.Reveal(key) : null, settings[User]);
        var own = OwnOf(settings);
        var at = cursor is null ? new Cursor() : JsonSerializer.Deserialize<Cursor>(cursor, Json.Options)!;
        var topics = MastodonLists.Lines(settings, Topics).Select(t => TopicOf(t)!.Value).ToList();
        await foreach (var (posts, gone, skipped) in topics.Count == 0 ? Latest(forum, at, ct) : InTopics(forum, topics, at, ct))
        {
            yield return Batch(posts.Where(p => !p.IsGone && !(Known(at, p.Id)?.Version >= p.Version)).ToList(), [.. posts.Where(p => p.IsGone).Select(p => p.Id), .. gone], skipped);
        }

        // One of the latest a look: seldom enough for any limit, and each comes round.
        if (at.Recent.Count == 0) yield break;
        var again = at.Recent[at.Turn++ % at.Recent.Count];
        if (await discourse.Post(forum, again.Id, ct) is not { } now) yield return Batch([], [again.Id], 0);
        else if (now.Version > again.Version) yield return Batch([now], [], 0);

        SourceBatch Batch(IReadOnlyList<DiscoursePost> posts, IReadOnlyList<long> gone, int skipped)
        {
            var incoming = new List<IncomingPost>();
            foreach (var post in posts)
            {
                var parent = post.ReplyTo is { } place ? at.Recent.Find(r => r.Topic == post.Topic && r.Number == place)?.Id : null;
                if (post.Text.Length > 0 || post.Number == 1) incoming.Add(DiscoursePosts.Incoming(post, forum.Address, parent, own, clock.Now()));
                at.Recent.RemoveAll(r => r.Id == post.Id);
                at.Recent.Add(new(post.Id, post.Topic, post.Number, post.Version));
            }

            at.Recent.RemoveAll(r => gone.Contains(r.Id));
            if (at.Recent.Count > MostRecent) at.Recent.RemoveRange(0, at.Recent.Count - MostRecent);
            return new(incoming, JsonSerializer.Serialize(at, Json.Options), [.. gone.Select(id => DiscoursePosts.ExternalId(forum.Address, id))], Skipped: skipped);
        }
    }

    public string? CursorAt(SourceSettings settings, DateTimeOffset at) => JsonSerializer.Serialize(new Cursor { From = at }, Json.Options);

    internal static string AddressOf(SourceSettings settings) => settings[Address]!.TrimEnd('/');

    internal static IReadOnlyCollection<string> OwnOf(SourceSettings settings) => [.. MastodonLists.Lines(settings, Own).Select(o => o.TrimStart('@'))];

    private static Seen? Known(Cursor at, long id) => at.Recent.Find(r => r.Id == id);

    // "https://forum.example/t/some-title/45/3", "/t/45" or "45".
    private static long? TopicOf(string line)
    {
        if (long.TryParse(line, System.Globalization.CultureInfo.InvariantCulture, out var number)) return number;
        var parts = line.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.SkipWhile(p => p != "t").Skip(1).Select(p => long.TryParse(p, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : (long?)null).FirstOrDefault(n => n is not null);
    }

    // The newest page shows edits and deletions of what it holds; older pages are read back to where the last look ended.
    private async IAsyncEnumerable<(IReadOnlyList<DiscoursePost> Posts, IReadOnlyList<long> Gone, int Skipped)> Latest(DiscourseForum forum, Cursor at, [EnumeratorCancellation] CancellationToken ct)
    {
        var until = at.Newest;
        var from = until == 0 ? at.From ?? clock.GetUtcNow() - FirstLook : DateTimeOffset.MinValue;
        var (pages, gone, skipped) = (new List<DiscoursePost>(), new List<long>(), 0);
        long? before = null;
        var since = 0L;
        for (var n = 0; n < MaxPages; n++)
        {
            var page = await discourse.Latest(forum, before, ct);
            if (before is null) (skipped, since) = (page.Unreadable, page.Posts.Count < 50 || until == 0 ? 0 : page.Posts.Min(p => p.Id));
            if (page.Posts.Count == 0) break;
            pages.AddRange(page.Posts.Where(p => p.At >= from && (before is null || p.Id > until)));
            before = page.Posts.Min(p => p.Id) - 1;
            if (before < until || page.Posts.All(p => p.At < from) || before <= 0) break;
        }

        // What the newest page should show and does not is gone, unless it was moved out of sight: asked once more by itself.
        foreach (var missed in at.Recent.Where(r => r.Id >= since && pages.TrueForAll(p => p.Id != r.Id)).Take(5).ToList())
        {
            if (await discourse.Post(forum, missed.Id, ct) is null) gone.Add(missed.Id);
        }

        if (gone.Count > 0) yield return ([], gone, 0);
        pages.Sort((a, b) => a.Id.CompareTo(b.Id));
        var fresh = pages.Where(p => p.Id > until || Known(at, p.Id) is { } k && (k.Version < p.Version || p.IsGone)).ToList();
        var isNews = fresh.Exists(p => p.Id > until);
        foreach (var chunk in fresh.Chunk(50))
        {
            at.Newest = Math.Max(at.Newest, chunk[^1].Id);
            yield return (chunk, [], isNews ? skipped : 0);
            skipped = 0;
        }
    }

    private async IAsyncEnumerable<(IReadOnlyList<DiscoursePost> Posts, IReadOnlyList<long> Gone, int Skipped)> InTopics(DiscourseForum forum, List<long> topics, Cursor at, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var topic in topics)
        {
            for (var n = 0; n < MaxPages; n++)
            {
                var last = at.Topics.GetValueOrDefault(topic);
                if (await discourse.Topic(forum, topic, last + 1, ct) is not { } page) break;
                var fresh = page.Posts.Where(p => p.Number > last).OrderBy(p => p.Number).ToList();
                if (fresh.Count == 0) break;
                at.Topics[topic] = fresh[^1].Number;
                yield return (fresh, [], page.Unreadable);
            }
        }
    }
}
