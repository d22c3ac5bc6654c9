using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;

namespace Hearth.Operations.Proposals;

/// <summary>One thing that a post says fell short.</summary>
/// <param name="Attribute">Key of the attribute.</param>
/// <param name="Product">Of which product; null for the brand as a whole.</param>
/// <param name="Failing">Key of the way it fails; empty when the post does not tell one that is known.</param>
/// <param name="Words">What it tells it with.</param>
internal sealed record CausePart(string Attribute, ProductId? Product, string Failing, IReadOnlyList<string> Words);

/// <summary>
/// What of a post may have a cause: 1. the differences between expectation and experience that were read in it, the surest and at most one more; else
/// 2. what a complaint judges badly, nearest to the words of failing; else 3. what a complaint is about. Praise, plain questions, spam and the brand's own posts have none.
/// </summary>
internal static class CauseParts
{
    /// <summary>A difference less sure than this is none.</summary>
    private const double Sure = 0.35;

    /// <summary>A second cause in one post must be this sure.</summary>
    private const double SureOfSecond = 0.6;

    /// <summary>True when it is worth looking closer.</summary>
    public static bool MayBeIn(MentionView mention) => !mention.IsOwn && !mention.IsRemoved && !mention.Intents.Contains(Intent.Spam) && (Complains(mention) || MayTell(mention));

    public static IReadOnlyList<CausePart> Of(MentionView mention, CauseCatalog catalog)
    {
        var text = Tokens.Of(mention.Text);
        if (!MayBeIn(mention) || !catalog.IsAboutUs(mention, text)) return [];
        var words = TellingWords.Of(text, catalog.NameWords);
        var parts = new List<CausePart>();
        if (!Complains(mention))
        {
            if (Failings.Told(text, null, 0) is { } told) parts.Add(Part(told, Product(mention)));
            return parts;
        }

        foreach (var (mismatch, n) in mention.Mismatches.Where(m => m.Sure >= Sure).Take(2).Select((m, n) => (m, n)))
        {
            if (n == 0 || mismatch.Sure >= SureOfSecond) parts.Add(Part(Failings.Told(text, mismatch.Attribute, (mismatch.Delivered ?? mismatch.About).Start)!.Value, mismatch.Product ?? Product(mention)));
        }

        if (parts.Count == 0)
        {
            var judged = Judged(mention);
            if (Failings.Told(text, judged?.Attribute, judged?.At ?? 0) is { } told) parts.Add(Part(told, Product(mention)));
        }

        return [.. parts.DistinctBy(p => p.Attribute)];

        CausePart Part((string Attribute, string Failing) told, ProductId? product) => new(told.Attribute, catalog.IsOfBrand(told.Attribute, product) ? null : product, told.Failing, words);
    }

    private static bool Complains(MentionView mention) => mention.Sentiment == Sentiment.Negative || mention.Intents.Contains(Intent.Complaint) || mention.Mismatches.Any(m => m.Sure >= SureOfSecond);

    // "Dark after eleven hours" is said without anger; who names a product and how it fails, and neither praises nor wants, tells of a cause as well.
    private static bool MayTell(MentionView mention) => mention.Products.Count > 0 && mention.Sentiment != Sentiment.Positive
        && !mention.Intents.Any(i => i is Intent.Praise or Intent.Purchase or Intent.Idea);

    // One who names several is not clear; what is listed first stands for it.
    private static ProductId? Product(MentionView mention) => mention.Products.Count > 0 ? mention.Products[0].Product : null;

    private static (string Attribute, int At)? Judged(MentionView mention)
    {
        var bad = mention.Aspects.Where(a => a.Polarity == Sentiment.Negative).Select(a => a.Attribute).ToHashSet(StringComparer.Ordinal);
        var about = bad.Count > 0 ? bad : mention.Topics.ToHashSet(StringComparer.Ordinal);
        if (about.Count == 0) return null;
        var reasons = Understand.Read(mention.Text, mention.Language).Reasons;
        var hurts = reasons.Where(r => r.Weight < 0 || r.Says == "complaint").Select(r => r.Start).ToList();
        var places = reasons.Where(r => r.Says == "topic").Select(r => (Attribute: Topics.All.FirstOrDefault(t => t.Name == r.Why)?.Key, r.Start)).Where(p => p.Attribute is not null && about.Contains(p.Attribute)).ToList();
        if (places.Count == 0) return (about.Order(StringComparer.Ordinal).First(), 0);
        var nearest = places.MinBy(p => hurts.Count == 0 ? p.Start : hurts.Min(h => Math.Abs(h - p.Start)));
        return (nearest.Attribute!, nearest.Start);
    }
}
