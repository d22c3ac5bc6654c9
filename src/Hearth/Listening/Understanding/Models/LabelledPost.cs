namespace Hearth.Listening.Understanding.Models;

/// <summary>What a model tells.</summary>
public enum ModelTask
{
    /// <summary>Negative, neutral or positive.</summary>
    Sentiment,

    /// <summary>One or several of <see cref="Intent"/>.</summary>
    Intent,

    /// <summary>What a post is about: one or several labels, of <see cref="Topics"/> or any others.</summary>
    Aspects,

    /// <summary>What above all fell short of what was expected, by key of <see cref="Topics"/>, or <see cref="LabelledPost.None"/>.</summary>
    Mismatches,
}

/// <summary>A text and what a person said it is.</summary>
/// <param name="Text">As written.</param>
/// <param name="Labels">One for sentiment; none or several for the others.</param>
/// <param name="At">When it was written; null when nobody says.</param>
/// <param name="Group">What it belongs to, for a split by group; null when not asked.</param>
/// <param name="Trust">How much it counts in learning: 1 for a person's plain word, less for a guess; above 0.</param>
/// <param name="Language">As somebody claims; null when nobody does.</param>
/// <param name="Line">Where it stands in its file, from 1; 0 for none.</param>
public sealed record LabelledPost(string Text, IReadOnlyList<string> Labels, DateTimeOffset? At = null, string? Group = null, float Trust = 1, string? Language = null, long Line = 0)
{
    /// <summary>The label of a post in which nothing fell short.</summary>
    public const string None = "none";

    /// <summary>What is trusted no more than this is learned from, never measured on.</summary>
    internal const float Guess = 0.34f;
}
