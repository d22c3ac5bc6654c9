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

    public static IReadOnlyList<CausePart> Of(MentionView mention, IReadOnlyList<Mismatch> mismatches, CauseCatalog catalog)
    {
        if (mention.IsOwn || mention.IsRemoved || mention.Intents.Contains(Intent.Spam)) return [];
        var complains = mention.Sentiment == Sentiment.Negative || mention.Intents.Contains(Intent.Complaint);
        if (!complains && mismatches.All(m => m.Sure < SureOfSecond)) return [];
        var text = Tokens.Of(mention.Text);
        var words = TellingWords.Of(text, catalog.NameWords);
        var told = mismatches.Where(m => m.Sure >= Sure).Take(2).Where((m, n) => n == 0 || m.Sure >= SureOfSecond).ToList();
        var parts = told.ConvertAll(m => Part(m.Attribute, m.Product ?? Product(mention, catalog), Failings.Nearest(text, m.Delivered?.Start ?? m.About.Start)));
        if (parts.Count == 0 && Judged(mention) is { } judged) parts.Add(Part(judged.Attribute, Product(mention, catalog), Failings.Nearest(text, judged.At)));
        return [.. parts.DistinctBy(p => p.Attribute)];

        CausePart Part(string attribute, ProductId? product, Failing? failing)
        {
            // Who waits for an answer in vain speaks of the wait, by whatever name of the service.
            if (failing?.Key == "silent" && attribute is "customer-service" or "staff") attribute = "support-wait";
            return new(attribute, catalog.IsOfBrand(attribute, product) ? null : product, failing?.Key ?? "", words);
        }
    }

    // One who names several is not clear; what is named first is what most speak of.
    private static ProductId? Product(MentionView mention, CauseCatalog catalog) => mention.Products.Count > 0 ? mention.Products[0].Product : catalog.NamedIn(mention.Text);

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
