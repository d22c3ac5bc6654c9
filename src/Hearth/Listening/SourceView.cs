namespace Hearth.Listening;

/// <summary>A place that posts come from, as shown on the Sources page.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">Unique.</param>
/// <param name="Kind">"file", "webhook", "feed", "bluesky" ...</param>
/// <param name="Network">Where its posts are found.</param>
/// <param name="Settings">What a person set; holds no secret.</param>
/// <param name="State">Paused sources are not read, and a paused webhook refuses.</param>
/// <param name="Engage">True when its posts open conversations.</param>
/// <param name="Mentions">How many are stored.</param>
/// <param name="LastReadAt">When it was last asked, or last told us something.</param>
/// <param name="LastItemAt">When its newest post was written.</param>
/// <param name="LastError">Why the last try failed; null when it went well.</param>
/// <param name="Failures">Tries that failed one after the other.</param>
/// <param name="NextTry">When it will be asked; null when it is not polled.</param>
/// <param name="IsStream">True for one that stays open.</param>
/// <param name="IsReading">True while a node reads it.</param>
/// <param name="ItemsPerMinute">Posts read a minute over the last five minutes, kept or not.</param>
/// <param name="LagSeconds">How far behind the newest event it saw was, in seconds; null for a source that does not say.</param>
/// <param name="Skipped">Items that could not be read and were passed over.</param>
/// <param name="KeepsAll">False when only posts that match a saved query, or speak to the brand, are kept.</param>
/// <param name="CanReplay">True when it can be read from a time on again.</param>
public sealed record SourceView(
    SourceId Id, string Name, string Kind, string Network, IReadOnlyDictionary<string, string> Settings, SourceState State, bool Engage, long Mentions,
    DateTimeOffset? LastReadAt, DateTimeOffset? LastItemAt, string? LastError, int Failures, DateTimeOffset? NextTry,
    bool IsStream, bool IsReading, double ItemsPerMinute, double? LagSeconds, long Skipped, bool KeepsAll, bool CanReplay)
{
    internal static SourceView Of(SourceRow s, IMentionSource? kind, long mentions, DateTimeOffset now)
    {
        var settings = new SourceSettings(s.Id, s.Name, Sources.Values(s));
        var hidden = (kind?.Fields ?? []).Where(f => f.Kind == SourceFieldKind.Secret).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var shown = settings.Values.Where(v => !hidden.Contains(v.Key)).ToDictionary(StringComparer.Ordinal);
        return new(s.Id, s.Name, s.Kind, s.Network, shown, s.State, s.Engage, mentions, s.LastReadAt, s.LastItemAt, s.LastError, s.Failures, s.NextTry,
            kind?.IsStream == true, s.LeaseUntil >= now, ItemRate.PerMinute(s.Rate, now), s.SeenUpTo is { } seen ? Math.Max(0, (now - seen).TotalSeconds) : null, s.Skipped,
            kind is null || Sources.KeepsAll(kind, settings), kind?.CursorAt(settings, now) is not null);
    }
}

public sealed record SourceName(SourceId Id, string Name);

/// <summary>A kind of source that a person can add.</summary>
/// <param name="Kind">Its word.</param>
/// <param name="Title">For a person.</param>
/// <param name="Network">Where its posts are found.</param>
/// <param name="IsStream">True for one that stays open.</param>
/// <param name="EngageByDefault">True when its posts open conversations unless somebody says otherwise.</param>
/// <param name="KeepsAllByDefault">False when only posts that somebody asked for are kept unless <c>keep</c> says "all".</param>
/// <param name="Fields">Its settings, in the order of the form.</param>
/// <param name="TakesWebhook">True when it is told of posts by a webhook, for which it gets a secret.</param>
public sealed record SourceKind(string Kind, string Title, string Network, bool IsStream, bool EngageByDefault, bool KeepsAllByDefault, IReadOnlyList<SourceField> Fields, bool TakesWebhook)
{
    internal static SourceKind Of(IMentionSource kind) => new(kind.Kind, kind.Title, kind.Network, kind.IsStream, kind.EngageByDefault, kind.KeepsAllByDefault, kind.Fields, kind.TakesWebhook);

    internal static SourceKind OfWebhook { get; } = new(Sources.Webhook, "Signed webhook", Sources.Webhook, false, true, true, [], true);
}
