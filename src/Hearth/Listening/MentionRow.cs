using Hearth.Listening.Understanding;
using Hearth.People;

namespace Hearth.Listening;

/// <summary>A post that was heard, with what was understood of it. A corrected field keeps the person's value when the text is read anew.</summary>
internal sealed class MentionRow
{
    /// <summary>The order of arrival. The key of the table, since a full-text index wants a small number that never changes.</summary>
    public long Number { get; private set; }

    public required MentionId Id { get; init; }

    public required SourceId Source { get; init; }

    public required string Network { get; init; }

    public required string ExternalId { get; init; }

    public required string Text { get; set; }

    /// <summary>What <see cref="MentionSearch"/> looks through.</summary>
    public required string Words { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whole UTC days from 1970-01-01 to <see cref="At"/>, so that both databases can count by day.</summary>
    public required int Day { get; init; }

    public required DateTimeOffset HeardAt { get; init; }

    public string? Url { get; init; }

    public string? AuthorId { get; init; }

    public string? AuthorHandle { get; init; }

    public string? AuthorName { get; set; }

    public string? AuthorAvatar { get; set; }

    public string? AuthorUrl { get; init; }

    public PersonId? Person { get; set; }

    public required string ThreadKey { get; init; }

    public string? ParentId { get; init; }

    public string? Uri { get; init; }

    public string? Cid { get; set; }

    public string? RootUri { get; init; }

    public string? RootCid { get; init; }

    public bool IsOwn { get; init; }

    /// <summary>True while only sources that do not engage have brought it (a stream of everything).</summary>
    public bool IsQuiet { get; set; }

    /// <summary>The source that engages and brought it after a quiet one had; whose account should answer. Null for all others.</summary>
    public SourceId? EngagedBy { get; set; }

    public PostKind Kind { get; set; }

    /// <summary>What it carries; a link in its text counts.</summary>
    public Media Has { get; set; }

    /// <summary>Addresses that it links to beside those in its text, one a line; null when there is none.</summary>
    public string? Links { get; set; }

    /// <summary>JSON: its pictures, videos and sounds with what they show; null when there is none, and once it was removed.</summary>
    public string? Carries { get; set; }

    /// <summary>How many followed its author when it was heard.</summary>
    public long? Followers { get; set; }

    /// <summary>When the stored text replaced an earlier one; null when it never did.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }

    public required string Language { get; set; }

    public required Sentiment Sentiment { get; set; }

    public required double Strength { get; set; }

    /// <summary>Bit n is <see cref="Intent"/> n.</summary>
    public required int Intents { get; set; }

    public Emotion Emotion { get; set; }

    /// <summary>0 to 1.</summary>
    public double Urgency { get; set; }

    /// <summary>The latest of the models that read it; null when only the lexicon did.</summary>
    public int? ReadBy { get; set; }

    /// <summary>How sure the model was of the sentiment, 0 to 1; null when only the lexicon read it.</summary>
    public double? Sure { get; set; }

    /// <summary>Which fields a person has set.</summary>
    public Corrected Corrected { get; set; }

    public static int DayOf(DateTimeOffset at) => (int)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalDays);
}

[Flags]
internal enum Corrected
{
    None = 0,
    Language = 1,
    Sentiment = 2,
    Intents = 4,

    /// <summary>The aspects too: they are the topics with how each is judged.</summary>
    Topics = 8,
    Emotion = 16,
}

/// <summary>A deletion that came before its post, which is therefore kept out. Forgotten after a few days.</summary>
internal sealed class TombstoneRow
{
    public required SourceId Source { get; init; }

    public required string ExternalId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class MentionTopic
{
    public required MentionId Mention { get; init; }

    public required string Topic { get; init; }

    /// <summary>How it is judged.</summary>
    public required Sentiment Polarity { get; set; }

    /// <summary>The mention's own time, so that a topic's latest mentions are found by the index alone.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class MentionQuery
{
    public required QueryId Query { get; init; }

    public required MentionId Mention { get; init; }

    /// <inheritdoc cref="MentionTopic.At"/>
    public required DateTimeOffset At { get; init; }
}

internal static class IntentBits
{
    public static int Bits(this IEnumerable<Intent> intents) => intents.Aggregate(0, (bits, i) => bits | 1 << (int)i);

    public static IReadOnlyList<Intent> Intents(int bits) => [.. Enum.GetValues<Intent>().Where(i => (bits & 1 << (int)i) != 0)];
}
