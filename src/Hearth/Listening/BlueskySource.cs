using System.Runtime.CompilerServices;
using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>
/// Hears Bluesky as one of the brand's accounts: who mentions, answers or quotes it (its notifications), and what the network's search finds for the words
/// that were set. The cursor remembers per list when its newest item was taken in by the network; each look reads back to shortly before that.
/// </summary>
public sealed class BlueskySource(BlueskyClient bluesky, ChannelAccounts accounts, CheckBlueskyPosts again, TimeProvider clock) : IMentionSource
{
    /// <summary>The setting that names the account, by its id.</summary>
    public const string Account = "account";

    /// <summary>The setting with what to search for, one search a line, in the network's own search language; may be empty.</summary>
    public const string Searches = "searches";

    /// <summary>The most searches of one source: each costs one request a look.</summary>
    public const int MaxSearches = 10;

    /// <summary>Searches that one look makes.</summary>
    private const int SearchesALook = 3;

    /// <summary>How often some of the posts heard lately are looked at again.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);

    public string Kind => "bluesky";

    public string Network => Networks.Bluesky;

    public bool EngageByDefault => true;

    /// <summary>A post is heard within two seconds; with its searches that is at most 800 requests in five minutes, of 3,000 that a server takes from one address.</summary>
    public TimeSpan Every => TimeSpan.FromSeconds(1.5);

    public string Title => "Bluesky account (mentions and searches)";

    public IReadOnlyList<SourceField> Fields { get; } =
    [
        new(Account, "Account", SourceFieldKind.Account, IsRequired: true),
        new(Searches, "Searches", SourceFieldKind.Lines, Hint: $"One a line, at most {MaxSearches}, in the network's own search language."),
    ];

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Guid.TryParse(settings.Values.GetValueOrDefault(Account), out _)) yield return new(Account, "must be one of the brand's connected accounts");
        if (Lines(settings).Count() > MaxSearches) yield return new(Searches, $"must be at most {MaxSearches} lines");
        if (Lines(settings).Any(l => l.Length > 500)) yield return new(Searches, "each line must be at most 500 characters");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var account = await accounts.Find(new(Guid.Parse(settings.Values[Account])), ct) ?? throw new ChannelRefusedException("The account of this source is gone.");
        var last = BlueskyCursor.Read(cursor);
        var isTimeToCheck = clock.GetUtcNow() - last.CheckedAt >= CheckEvery;
        var walk = new Walk(last.Seen, clock.GetUtcNow(), isTimeToCheck);
        await walk.Through("", async page =>
        {
            var notifications = await bluesky.Notifications(account.Id, page, ct);
            return (notifications.Items.Select(n => (n.At, n.Post)), notifications.Unreadable, notifications.Next);
        });

        // Few searches a look, each in its turn, so that looks stay frequent within what the network allows.
        var searches = Lines(settings).ToList();
        var turn = searches.Count == 0 ? 0 : last.Turn % searches.Count;
        foreach (var words in searches.Concat(searches).Skip(turn).Take(Math.Min(SearchesALook, searches.Count)))
        {
            await walk.Through(words, async page =>
            {
                var found = await bluesky.Search(account.Id, words, walk.From(words), page, ct);
                return (found.Items.Select(p => (p.IndexedAt, (BlueskyPost?)p)), found.Unreadable, found.Next);
            });
        }

        var next = new BlueskyCursor(walk.Next(["", .. searches]), turn + SearchesALook, last.Checked, last.CheckedAt);
        var incoming = walk.Posts.OrderBy(p => p.IndexedAt).Select(p => Incoming(p, account)).ToList();
        IReadOnlyList<string> removed = [];
        if (isTimeToCheck)
        {
            var check = await again.Look(settings.Source, account.Id, last.Checked, ct);
            incoming.AddRange(check.Changed.Select(p => Incoming(p, account) with { IsEdit = true, EditedAt = clock.Now() }));
            (removed, next) = (check.Removed, next with { Checked = check.Next, CheckedAt = clock.Now() });
        }

        if (incoming.Count > 0 || removed.Count > 0 || next != last) yield return new(incoming, next.Write(), removed, Skipped: walk.Skipped);
    }

    internal static ChannelAccountId? AccountOf(SourceRow source) =>
        Guid.TryParse(Sources.Values(source).GetValueOrDefault(Account), out var id) ? new(id) : null;

    private static IEnumerable<string> Lines(SourceSettings settings) => (settings.Values.GetValueOrDefault(Searches) ?? "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);

    private static IncomingPost Incoming(BlueskyPost post, ChannelAccountView account)
    {
        var author = post.Author;
        var root = post.Reply is { } reply ? reply.Root ?? reply.Parent : post.Ref;
        return new(post.Ref.Uri, post.Text, post.CreatedAt, new(author.Did, author.Handle, author.DisplayName, author.Avatar, "https://bsky.app/profile/" + author.Did) { Profile = author.Description is null ? null : new(author.Description, []) },
            post.Url, post.Language, post.Reply?.Parent.Uri, post.Reply is null ? null : root.Uri, author.Did == account.ExternalId,
            new NetworkRefs(post.Ref.Uri, post.Ref.Cid, root.Uri, root.Cid),
            Has: post.Carries.Aggregate(Media.None, (all, one) => all | (one.Kind == "video" ? Media.Video : Media.Image))) { Carries = post.Carries };
    }
}
