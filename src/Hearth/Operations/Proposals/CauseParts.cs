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
/// <param name="IsLearned">True when people taught the reader when this attribute falls short.</param>
internal sealed record CausePart(string Attribute, ProductId? Product, string Failing, IReadOnlyList<string> Words, bool IsLearned);

/// <summary>
/// What of a post may have a cause: 1. the surest difference between expectation and experience that was read in it; else
/// 2. what a complaint judges badly, nearest to the words of failing; else 3. what a complaint is about. Once people taught the reader what falls short there is no 3., and the attributes they taught are 1. or nothing. Praise, plain questions, spam and the brand's own posts have none.
/// </summary>
internal static class CauseParts
{
    /// <summary>A difference less sure than this is none.</summary>
    private const double Sure = 0.35;

    /// <summary>What the reader was taught to tell says of itself how often it is right; what is likelier wrong than right is put into no group.</summary>
    private const double SureLearned = 0.5;

    /// <summary>From here on a difference makes a post a complaint, whatever its mood.</summary>
    private const double SureComplaint = 0.6;

    /// <summary>True when it is worth looking closer.</summary>
    public static bool MayBeIn(MentionView mention) => !mention.IsOwn && !mention.IsRemoved && !mention.Intents.Contains(Intent.Spam) && (Complains(mention) || MayTell(mention));

    public static IReadOnlyList<CausePart> Of(MentionView mention, CauseCatalog catalog)
    {
        var text = Tokens.Of(mention.Text);
        if (!MayBeIn(mention) || !catalog.IsAboutUs(mention, text)) return [];
        var words = CauseWords.Of(text, catalog.NameWords);
        var parts = new List<CausePart>();
        if (!Complains(mention))
        {
            if (Failings.Told(text, null, 0) is { } told && !catalog.IsLearned(told.Attribute)) parts.Add(Part(told, Product(mention)));
            return parts;
        }

        if (mention.Mismatches.Where(m => m.Sure >= (catalog.IsLearned(m.Attribute) ? SureLearned : Sure)).OrderByDescending(m => catalog.IsLearned(m.Attribute)).FirstOrDefault() is { } mismatch)
        {
            var told = Failings.Told(text, mismatch.Attribute, (mismatch.Delivered ?? mismatch.About).Start)!.Value;
            parts.Add(Part(told.Attribute != mismatch.Attribute && catalog.IsLearned(mismatch.Attribute) ? (mismatch.Attribute, "") : told, mismatch.Product ?? Product(mention)));
        }

        if (parts.Count == 0)
        {
            var judged = Judged(mention, catalog);
            if (Failings.Told(text, judged?.Attribute, judged?.At ?? 0) is { } told && !catalog.IsLearned(told.Attribute)) parts.Add(Part(told, Product(mention)));
        }

        return parts;

        CausePart Part((string Attribute, string Failing) told, ProductId? product)
        {
            // A service brings no parcel, and who misses a connection was brought late: both speak of the delay.
            var attribute = told.Failing == "late" && told.Attribute is "delivery-time" or "connection" && catalog.IsService(product) ? "delay" : told.Attribute;
            return new(attribute, catalog.IsOfBrand(attribute, product) ? null : product, told.Failing, words, catalog.IsLearned(attribute));
        }
    }

    private static bool Complains(MentionView mention) => mention.Sentiment == Sentiment.Negative || mention.Intents.Contains(Intent.Complaint) || mention.Mismatches.Any(m => m.Sure >= SureComplaint);

    // "Dark after eleven hours" is said without anger; who names a product and how it fails, and neither praises nor wants, tells of a cause as well.
    private static bool MayTell(MentionView mention) => mention.Products.Count > 0 && mention.Sentiment != Sentiment.Positive
        && !mention.Intents.Any(i => i is Intent.Praise or Intent.Purchase or Intent.Idea);

    // One who names several is not clear; what is listed first stands for it.
    private static ProductId? Product(MentionView mention) => mention.Products.Count > 0 ? mention.Products[0].Product : null;

    private static (string Attribute, int At)? Judged(MentionView mention, CauseCatalog catalog)
    {
        var bad = mention.Aspects.Where(a => a.Polarity == Sentiment.Negative && !catalog.IsLearned(a.Attribute)).Select(a => a.Attribute).ToHashSet(StringComparer.Ordinal);
        var about = bad.Count > 0 || catalog.HasLearned ? bad : mention.Topics.ToHashSet(StringComparer.Ordinal);
        if (about.Count == 0) return null;
        var reasons = Understand.Read(mention.Text, mention.Language).Reasons;
        var hurts = reasons.Where(r => r.Weight < 0 || r.Says == "complaint").Select(r => r.Start).ToList();
        var places = reasons.Where(r => r.Says == "topic").Select(r => (Attribute: Topics.All.FirstOrDefault(t => t.Name == r.Why)?.Key, r.Start)).Where(p => p.Attribute is not null && about.Contains(p.Attribute)).ToList();
        if (places.Count == 0) return (about.Order(StringComparer.Ordinal).First(), 0);
        var nearest = places.MinBy(p => hurts.Count == 0 ? p.Start : hurts.Min(h => Math.Abs(h - p.Start)));
        return (nearest.Attribute!, nearest.Start);
    }
}
