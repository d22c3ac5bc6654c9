using Hearth.Catalog;

namespace Hearth.Listening.Understanding;

/// <summary>Something that is judged.</summary>
/// <param name="Attribute">Key of a topic ("delivery-time").</param>
/// <param name="Polarity">How it is judged.</param>
/// <param name="Start">First UTF-16 character of the words that name it.</param>
/// <param name="Length">In UTF-16 characters.</param>
public sealed record Aspect(string Attribute, Sentiment Polarity, int Start, int Length)
{
    /// <summary>The product of the catalogue that it is about; null when none is named.</summary>
    public ProductId? Product { get; init; }
}

/// <summary>
/// A difference between what was expected and what was experienced, as one text tells it: "a negative mismatch between reality and expectations"
/// (Preotiuc-Pietro, Gaman and Aletras, "Automatically Identifying Complaints in Social Media", ACL 2019).
/// </summary>
/// <param name="Attribute">Key of a topic ("delivery-time").</param>
/// <param name="Expected">The words that tell what was expected; null when the text does not say it.</param>
/// <param name="Delivered">The words that tell what was experienced; null when the text does not say it.</param>
/// <param name="Size">How far apart they are; null when that is no number.</param>
/// <param name="Promise">The promise of the catalogue that it breaks; null when there is none.</param>
/// <param name="Sure">0 to 1.</param>
/// <param name="About">The words that name the attribute.</param>
public sealed record Mismatch(string Attribute, TextSpan? Expected, TextSpan? Delivered, MismatchSize? Size, PromiseId? Promise, double Sure, TextSpan About)
{
    /// <summary>The product of the catalogue that it is about; null when none is named.</summary>
    public ProductId? Product { get; init; }
}

/// <summary>The size of a difference that is a number.</summary>
/// <param name="Expected">What was expected; null when the text does not say.</param>
/// <param name="Delivered">What was experienced; null when only the difference is told.</param>
/// <param name="Difference">How far the experience fell short, never negative; null when only one of the two is known.</param>
/// <param name="Unit">"minutes", "hours", "days", "weeks", "months", "years", "times" (how often it was tried), "percent", or an ISO 4217 currency.</param>
public sealed record MismatchSize(decimal? Expected, decimal? Delivered, decimal? Difference, string Unit);
