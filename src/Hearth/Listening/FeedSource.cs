using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Channels.Feeds;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// RSS, Atom and JSON feeds, asked for with conditional GET: a feed that has not changed costs one short answer. Where a hub offers it and this server's public address is known,
/// changes come at once (<see cref="FeedHubs"/>) and the feed is asked once an hour.
/// </summary>
public sealed class FeedSource(FetchFeed fetch, FeedHubs hubs, Database db, TimeProvider clock) : IMentionSource
{
    public const string Url = "url";

    /// <summary>The longest that a feed's ttl or its server's Cache-Control is obeyed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Entries whose form is remembered.</summary>
    private const int MostForms = 300;

    /// <param name="Address">That was asked; a person may have changed it since.</param>
    /// <param name="ETag">Of the last answer.</param>
    /// <param name="Modified">Likewise.</param>
    /// <param name="NextLook">Not earlier.</param>
    /// <param name="TimeToLive">As the feed said when it was read last.</param>
    /// <param name="Forms">By entry, a hash of the form that was taken in.</param>
    private sealed record Cursor(string Address, string? ETag, DateTimeOffset? Modified, DateTimeOffset? NextLook, TimeSpan? TimeToLive, IReadOnlyDictionary<string, string> Forms);

    public string Kind => "feed";

    public string Title => "Feed (RSS, Atom, JSON Feed)";

    public string Network => "web";

    public IReadOnlyList<SourceField> Fields { get; } = [new(Url, "Address of the feed", SourceFieldKind.Address, IsRequired: true, "Or of a page that has one.")];

    public bool EngageByDefault => false;

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Uri.TryCreate(settings[Url], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) yield return new(Url, "must be the address of a feed, beginning with https://");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var (address, now) = (settings[Url]!, clock.Now());
        var known = cursor is null ? null : JsonSerializer.Deserialize<Cursor>(cursor, Json.Options);
        if (known?.Address != address) known = known is null ? null : new(address, null, null, null, null, known.Forms ?? new Dictionary<string, string>());
        if (known?.NextLook > now) yield break;
        var fetched = await fetch.From(new Uri(address), known?.ETag, known?.Modified, ct);
        if (fetched.Address.OriginalString != address && fetched.Address != new Uri(address)) await Move(settings.Source, fetched.Address.AbsoluteUri, ct);
        var stands = fetched.Address == new Uri(address) ? address : fetched.Address.AbsoluteUri;
        var isTold = fetched.Feed is null ? await hubs.Renew(settings.Source, ct) : await hubs.Keep(settings.Source, fetched.Hub, fetched.Self ?? stands, ct);
        var forms = new Dictionary<string, string>(known?.Forms ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        var ttl = fetched.Feed is null ? known?.TimeToLive : fetched.Feed.TimeToLive;
        var next = new Cursor(stands, fetched.ETag, fetched.Modified, Next(fetched.MaxAge, ttl, isTold, now), ttl, forms);
        if (fetched.Feed is not { } feed)
        {
            yield return new([], JsonSerializer.Serialize(next, Json.Options));
            yield break;
        }

        var posts = new List<IncomingPost>();
        foreach (var item in feed.Items.Reverse())
        {
            var (id, form) = (FeedPosts.ExternalId(item.Id), FeedPosts.FormOf(item));
            var isKnown = forms.TryGetValue(id, out var before);
            if (isKnown && before == form) continue;
            posts.Add(FeedPosts.Incoming(item, feed.Language, now, isKnown ? true : null));
            forms[id] = form;
        }

        // Only what the feed still shows, and what is left of the rest, is worth remembering.
        var shown = feed.Items.Select(i => FeedPosts.ExternalId(i.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var old in forms.Keys.Where(k => !shown.Contains(k)).Take(Math.Max(0, forms.Count - MostForms)).ToList()) forms.Remove(old);
        yield return new(posts, JsonSerializer.Serialize(next, Json.Options), [.. feed.Removed.Select(FeedPosts.ExternalId)]);
    }

    private DateTimeOffset? Next(TimeSpan? maxAge, TimeSpan? timeToLive, bool isTold, DateTimeOffset now)
    {
        if (isTold) return now + Longest;
        var asked = new[] { maxAge, timeToLive }.Max();
        return asked > Every ? now + (asked.Value < Longest ? asked.Value : Longest) : null;
    }

    // It moved for good, or was found on the page that was given: the source stands at its new address from now on.
    private async Task Move(SourceId id, string address, CancellationToken ct)
    {
        var old = await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (old is null) return;
        var settings = JsonSerializer.Serialize(new Dictionary<string, string>(Sources.Values(old), StringComparer.Ordinal) { [Url] = address }, Json.Options);
        await db.Set<SourceRow>().Where(s => s.Id == id && s.Settings == old.Settings).ExecuteUpdateAsync(set => set.SetProperty(s => s.Settings, settings), ct);
    }
}
