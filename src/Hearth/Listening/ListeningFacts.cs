using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;

namespace Hearth.Listening;

public readonly record struct MentionId(Guid Value) : IId<MentionId>
{
    public static MentionId New() => new(Ids.New());

    public static MentionId From(Guid value) => new(value);
}

public readonly record struct SourceId(Guid Value) : IId<SourceId>
{
    public static SourceId New() => new(Ids.New());

    public static SourceId From(Guid value) => new(value);
}

public readonly record struct QueryId(Guid Value) : IId<QueryId>
{
    public static QueryId New() => new(Ids.New());

    public static QueryId From(Guid value) => new(value);
}

/// <summary>A post was heard and kept. Recorded in the transaction that stored it.</summary>
/// <param name="Mention">The stored mention; read it with <c>ReadMention</c>.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Network">"bluesky", "web" (feeds), "webhook", "file".</param>
/// <param name="Person">Its author; null when the source names none.</param>
/// <param name="ThreadKey">The same for all posts of one thread of one network: the root post's external id, or its own.</param>
/// <param name="Engage">True when it should open or continue a conversation.</param>
/// <param name="At">When it was written.</param>
public sealed record MentionHeard(MentionId Mention, SourceId Source, string Network, PersonId? Person, string ThreadKey, bool Engage, DateTimeOffset At) : IFact
{
    public string Subject => "thread:" + ThreadKey;
}

/// <summary>
/// A post that was heard by a source that does not engage (a stream of everything) was brought by one of the same network that does: it should open or
/// continue a conversation after all. Recorded once per mention.
/// </summary>
/// <param name="Mention">The mention.</param>
/// <param name="Source">The source that engages.</param>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="Person">Its author; null when the source names none.</param>
/// <param name="ThreadKey">As in <see cref="MentionHeard"/>, after which it is handled.</param>
/// <param name="At">When it was brought.</param>
public sealed record MentionEngaged(MentionId Mention, SourceId Source, string Network, PersonId? Person, string ThreadKey, DateTimeOffset At) : IFact
{
    public string Subject => "thread:" + ThreadKey;
}

/// <summary>A person said what a mention really means; it holds from now on, whatever the reader thinks.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Field">"sentiment", "intents", "language", "topics", "aspects" (as "delivery-time:negative staff:positive") or "emotion".</param>
/// <param name="Was">The value before, as words.</param>
/// <param name="Is">The value from now on.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record MentionCorrected(MentionId Mention, string Field, string Was, string Is, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "mention:" + Mention.Value;
}

/// <summary>The post was deleted at its source; its text is gone here as well.</summary>
public sealed record MentionRemoved(MentionId Mention, SourceId Source, DateTimeOffset At) : IFact
{
    public string Subject => "mention:" + Mention.Value;
}

/// <summary>The author changed a post; the mention now has the new text, read and matched anew.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="At">When it was changed, as the source says.</param>
public sealed record MentionEdited(MentionId Mention, SourceId Source, DateTimeOffset At) : IFact
{
    public string Subject => "mention:" + Mention.Value;
}

/// <summary>A source does not bring posts any more: three tries failed, or five minutes passed, or its credentials are gone. Told once until it works again.</summary>
/// <param name="Source">The source.</param>
/// <param name="Reason">What the last try said, for a person.</param>
/// <param name="At">When.</param>
public sealed record SourceFailed(SourceId Source, string Reason, DateTimeOffset At) : IFact
{
    public string Subject => "source:" + Source.Value;
}

/// <summary>A source of which <see cref="SourceFailed"/> was told works again.</summary>
public sealed record SourceRecovered(SourceId Source, DateTimeOffset At) : IFact
{
    public string Subject => "source:" + Source.Value;
}

/// <summary>A saved query has far more mentions than is usual for it. Recorded once for a wave, when it was found as it happened.</summary>
/// <param name="Query">The query.</param>
/// <param name="From">Where the count that stood out begins.</param>
/// <param name="Minutes">How long it is: 5 or 60.</param>
/// <param name="Negative">True when only negative mentions were counted.</param>
/// <param name="Count">So many there were.</param>
/// <param name="Expected">So many were usual.</param>
/// <param name="Score">-log10 of the share of counts that lie as far out.</param>
/// <param name="At">When it was found.</param>
public sealed record MentionSpiked(QueryId Query, DateTimeOffset From, int Minutes, bool Negative, long Count, double Expected, double Score, DateTimeOffset At) : IFact
{
    public string Subject => "query:" + Query.Value;
}
