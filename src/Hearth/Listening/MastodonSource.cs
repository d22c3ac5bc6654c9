using System.Runtime.CompilerServices;
using Hearth.Channels;
using Hearth.Channels.Mastodon;
using Hearth.Platform;
using Microsoft.Extensions.Options;

namespace Hearth.Listening;

/// <summary>How often what was heard on Mastodon is looked at again.</summary>
public sealed class MastodonTimes
{
    /// <summary>
    /// How often the lists are looked at while streams are open (for searches, and for what a stream may have lost), and the latest statuses again for what changed, went, or
    /// came late from another server. Default 60 s; each look costs a request a list and up to five more of the instance's 300 in five minutes.
    /// </summary>
    public TimeSpan Review { get; set; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// Hears a Mastodon instance as one of the brand's accounts: who mentions it, what whom it follows says, hashtags, and what the instance's search finds. Streams
/// where the instance does, with a look at every list when the streams begin and every minute; else looks again and again.
/// </summary>
public sealed class MastodonSource(MastodonClient mastodon, MastodonStreaming streaming, ChannelAccounts accounts, IOptions<MastodonTimes> times, TimeProvider clock) : IMentionSource
{
    public const string Mentions = "mentions";
    public const string Home = "home";
    public const string Tags = "tags";
    public const string Searches = "searches";

    /// <summary>The most lists of one source: each costs a request a look, and an instance takes 300 in five minutes.</summary>
    public const int MaxLists = 20;

    private static readonly TimeSpan Quickest = TimeSpan.FromSeconds(1.5);

    /// <summary>240 requests in five minutes for the lists; the rest of the instance's 300 is for threads, edits and deletions (docs.joinmastodon.org/api/rate-limits).</summary>
    private static readonly TimeSpan PerRequest = TimeSpan.FromSeconds(1.25);

    private static readonly SourceOption[] YesNo = [new("yes", "Yes"), new("no", "No")];

    public string Kind => "mastodon";

    public string Title => "Mastodon";

    public string Network => Networks.Mastodon;

    public bool EngageByDefault => true;

    public bool IsStream => true;

    public TimeSpan Every => Quickest;

    public IReadOnlyList<SourceField> Fields { get; } =
    [
        new(BlueskySource.Account, "Account", SourceFieldKind.Account, IsRequired: true, "Connect it under Council, Channels."),
        new(Mentions, "Who mentions the account", SourceFieldKind.Choice, Default: "yes", Options: YesNo),
        new(Home, "Home timeline", SourceFieldKind.Choice, Hint: "Everything that those whom the account follows write or boost.", Default: "no", Options: YesNo),
        new(Tags, "Hashtags", SourceFieldKind.Lines, Hint: "One a line, with or without #."),
        new(Searches, "Searches", SourceFieldKind.Lines, Hint: "One a line, in the instance's own search language. Many instances find nothing but their own users' posts."),
    ];

    public TimeSpan Pause(SourceSettings settings)
    {
        var needed = PerRequest * MastodonLists.Of(settings).Requests;
        return needed > Quickest ? needed : Quickest;
    }

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Guid.TryParse(settings[BlueskySource.Account], out _)) yield return new(BlueskySource.Account, "must be one of the brand's connected accounts");
        if (settings[Mentions] is not (null or "yes" or "no")) yield return new(Mentions, "must be yes or no");
        if (settings[Home] is not (null or "yes" or "no")) yield return new(Home, "must be yes or no");
        var lists = MastodonLists.Of(settings);
        if (lists.Requests == 0) yield return new(Mentions, "must be yes when there is no home timeline, hashtag or search to listen to");
        if (lists.Requests > MaxLists) yield return new(Tags, $"there may be at most {MaxLists} lists, hashtags and searches together");
        if (lists.Tags.FirstOrDefault(t => t.Length > 100 || t.Any(c => char.IsWhiteSpace(c) || c is '/' or '#')) is { } tag) yield return new(Tags, $"'{tag}' is no hashtag");
        if (lists.Searches.Any(l => l.Length > 500)) yield return new(Searches, "each line must be at most 500 characters");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var account = await accounts.Find(new(Guid.Parse(settings.Values[BlueskySource.Account])), ct) ?? throw new ChannelRefusedException("The account of this source is gone.");
        var lists = MastodonLists.Of(settings);
        var at = MastodonCursor.Parse(cursor);
        // The streams are opened first: what happens while the lists are read waits in them.
        await using var live = await streaming.Open(account, lists, ct);
        while (true)
        {
            await foreach (var batch in new MastodonLook(mastodon, account, lists, at, times.Value, clock).Everything(ct)) yield return batch;
            if (live is null) yield break;
            var look = new MastodonLook(mastodon, account, lists, at, times.Value, clock);
            for (var until = clock.GetUtcNow() + times.Value.Review; clock.GetUtcNow() < until;)
            {
                if (await live.Next(until - clock.GetUtcNow(), ct) is not { } events) yield break;
                if (events.Count == 0) break;
                yield return await look.Told(events, ct);
            }
        }
    }

    public string? CursorAt(SourceSettings settings, DateTimeOffset at) => new MastodonCursor { From = at }.ToString();
}
