using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>
/// One kind of place that posts are read from: asked again and again (a feed), or kept open (a stream). A new kind is one class, registered as this; the
/// runner gives it a lease, back-off and a cursor that is committed with its posts. <c>MentionSourceContract</c> in the tests says what each must stand.
/// </summary>
public interface IMentionSource
{
    /// <summary>The word its sources carry: "feed", "bluesky".</summary>
    string Kind { get; }

    /// <summary>What a person chooses it by: "Feed (RSS, Atom, JSON Feed)".</summary>
    string Title => Kind;

    /// <summary>Where its posts are found and answered: "web", "bluesky".</summary>
    string Network { get; }

    /// <summary>True when posts open conversations unless a person says otherwise.</summary>
    bool EngageByDefault { get; }

    /// <summary>
    /// False for a source that carries everything there is: of it only posts that match a saved query, or speak to the brand, are kept unless the
    /// setting <see cref="SourceSettings.Keep"/> says "all".
    /// </summary>
    bool KeepsAllByDefault => true;

    /// <summary>True when <see cref="Read"/> stays open. A stream yields an empty batch when it is connected and every few seconds while nothing comes, to show that it lives.</summary>
    bool IsStream => false;

    /// <summary>True for a kind that is also told of posts at <c>/api/v1/sources/{id}/webhook</c>: its sources get a secret, shown once.</summary>
    bool TakesWebhook => false;

    /// <summary>The pause between two looks of a source whose <see cref="Read"/> comes to its end.</summary>
    TimeSpan Every => TimeSpan.FromMinutes(5);

    /// <summary><see cref="Every"/> for one source, where the network's limits make it depend on the settings.</summary>
    TimeSpan Pause(SourceSettings settings) => Every;

    /// <summary>What a person fills in, in the order of the form.</summary>
    IReadOnlyList<SourceField> Fields => [];

    /// <summary>What a person must be told about the settings before the source is kept; empty when they will do.</summary>
    IEnumerable<FieldError> Check(SourceSettings settings) => [];

    /// <summary>
    /// Reads what came after <paramref name="cursor"/>. A polled source yields its new batches and ends; a stream yields until it is cancelled. Each batch is
    /// committed with its cursor before the next one is asked for, so a slow reader is back-pressure; after a crash it is asked again with the last
    /// committed cursor, and repeats are harmless. Throws to say that it failed (the message is shown on the page), <see cref="LaterException"/> to be asked at
    /// a time, or <see cref="Channels.ChannelRefusedException"/> when only a person can help (credentials are gone).
    /// </summary>
    IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, CancellationToken ct);

    /// <summary>The cursor to read everything from a moment on again; null when the source cannot.</summary>
    string? CursorAt(SourceSettings settings, DateTimeOffset at) => null;
}

/// <summary>A source as its reader sees it.</summary>
/// <param name="Source">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Values">What a person set, by the names of the kind's <see cref="IMentionSource.Fields"/>.</param>
public sealed record SourceSettings(SourceId Source, string Name, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The setting of every kind that says what is stored: "all" or "matched"; left out, the kind decides.</summary>
    public const string Keep = "keep";

    /// <summary>The trimmed value of a setting; null when it is missing or empty.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;
}

/// <summary>How a setting is asked for.</summary>
public enum SourceFieldKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>An address that begins with a scheme.</summary>
    Address,

    /// <summary>One value a line.</summary>
    Lines,

    /// <summary>One of <see cref="SourceField.Options"/>.</summary>
    Choice,

    /// <summary>The id of one of the brand's connected accounts on the kind's network.</summary>
    Account,

    /// <summary>A key or password: kept protected (<see cref="WebhookSecrets"/>) and never shown again. An empty one leaves what there is.</summary>
    Secret,
}

/// <summary>One setting of a kind of source, as a form shows it.</summary>
/// <param name="Name">The name of the setting.</param>
/// <param name="Label">For a person.</param>
/// <param name="Kind">How it is asked for.</param>
/// <param name="IsRequired">True when a source cannot be without it.</param>
/// <param name="Hint">What to write, if the label does not say.</param>
/// <param name="Default">What the form starts with.</param>
/// <param name="Options">Values and words of a <see cref="SourceFieldKind.Choice"/>.</param>
public sealed record SourceField(string Name, string Label, SourceFieldKind Kind = SourceFieldKind.Text, bool IsRequired = false, string? Hint = null, string? Default = null, IReadOnlyList<SourceOption>? Options = null);

/// <summary>One choice of a setting.</summary>
/// <param name="Value">As stored.</param>
/// <param name="Label">For a person.</param>
public sealed record SourceOption(string Value, string Label);

/// <summary>A stretch of a source, committed as one.</summary>
/// <param name="Posts">New, repeated or edited posts, oldest first if the source can.</param>
/// <param name="Cursor">Where to go on after this batch; null leaves the last one.</param>
/// <param name="Removed">External ids of posts that were deleted at the source; done after <paramref name="Posts"/>.</param>
/// <param name="Behind">The time of the newest event seen, from which the lag is told; null for a source that does not say.</param>
/// <param name="RemovedAuthors">External ids of authors whose account is gone or taken down: what they wrote is removed.</param>
/// <param name="Skipped">Items that could not be read and were passed over.</param>
public sealed record SourceBatch(
    IReadOnlyList<IncomingPost> Posts, string? Cursor, IReadOnlyList<string>? Removed = null, DateTimeOffset? Behind = null, IReadOnlyList<string>? RemovedAuthors = null, int Skipped = 0)
{
    /// <summary>Handles that became known, by the author's external id: those we know are called so from now on.</summary>
    public IReadOnlyDictionary<string, string>? Renamed { get; init; }
}
