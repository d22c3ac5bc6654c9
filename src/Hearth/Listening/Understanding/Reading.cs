namespace Hearth.Listening.Understanding;

public enum Sentiment
{
    Negative = -1,
    Neutral = 0,
    Positive = 1,
}

/// <summary>What a post is for. A post may have several; <see cref="Other"/> stands alone.</summary>
public enum Intent
{
    Other,
    Complaint,
    Question,
    Praise,
    Idea,
    Purchase,

    /// <summary>States as a fact about the brand what can be true or false ("uses child labour", "was recalled in France").</summary>
    Claim,

    /// <summary>Meant to sell or lure, not to say something about the brand.</summary>
    Spam,
}

/// <summary>The feeling that speaks loudest.</summary>
public enum Emotion
{
    None,
    Anger,
    Disappointment,
    Worry,
    Sadness,
    Joy,
    Gratitude,
    Surprise,
}

/// <summary>What was understood of one text. The same text always gives the same reading.</summary>
/// <param name="Language">ISO 639-1, or "und" when it cannot be told.</param>
/// <param name="Sentiment">Class of <paramref name="Strength"/>.</param>
/// <param name="Strength">From -1 (furious) to 1 (delighted).</param>
/// <param name="Intents">At least one.</param>
/// <param name="Topics">What it is about ("delivery time"), by key of <see cref="Understanding.Topics"/>.</param>
/// <param name="Reasons">The words that decided, in order of place.</param>
public sealed record Reading(
    string Language, Sentiment Sentiment, double Strength, IReadOnlyList<Intent> Intents, IReadOnlyList<string> Topics, IReadOnlyList<Reason> Reasons)
{
    /// <summary>What is judged, each attribute (and product, when one is named) once, with how it is judged.</summary>
    public IReadOnlyList<Aspect> Aspects { get; init; } = [];

    public Emotion Emotion { get; init; }

    /// <summary>The products of the catalogue that it names; none where no catalogue was at hand.</summary>
    public IReadOnlyList<NamedProduct> Products { get; init; } = [];

    /// <summary>How soon an answer is needed, 0 (whenever) to 1 (now).</summary>
    public double Urgency { get; init; }

    /// <summary>Where what was experienced fell short of what was expected, the surest first; each attribute at most once.</summary>
    public IReadOnlyList<Mismatch> Mismatches { get; init; } = [];
}

/// <summary>Some words and what they said.</summary>
/// <param name="Start">First UTF-16 character.</param>
/// <param name="Length">In UTF-16 characters.</param>
/// <param name="Says">"sentiment", an intent in lower case, or "topic".</param>
/// <param name="Why">For a person: "negated 'good'", "delivery time".</param>
/// <param name="Weight">What it added to the sentiment before squashing, about -5 to 5; 0 for intents and topics.</param>
public readonly record struct Reason(int Start, int Length, string Says, string Why, double Weight);
