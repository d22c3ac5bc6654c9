using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Proposals;

/// <summary>Says in a few words what a group of mentions speaks of.</summary>
internal sealed class DescribeCause(Database db, Products products, Attributes attributes, Promises promises)
{
    /// <summary>Mentions whose words are looked at, the latest.</summary>
    private const int Looked = 300;

    /// <summary>Which share of the posts of a group each telling word stands in, 0 to 1; only words of two posts or more.</summary>
    public async Task<IReadOnlyDictionary<string, double>> Shares(CauseId cause, CancellationToken ct) =>
        Shares(await db.Set<CauseMention>().Where(m => m.CauseId == cause).OrderByDescending(m => m.At).ThenByDescending(m => m.Mention).Select(m => m.Words).Take(Looked).ToListAsync(ct));

    internal static IReadOnlyDictionary<string, double> Shares(IReadOnlyList<string> posts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var words in posts)
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return counts.Where(c => c.Value > 1).ToDictionary(c => c.Key, c => (double)c.Value / posts.Count, StringComparer.Ordinal);
    }

    /// <summary>The cosine of two groups' shares: 0 (no word in common) to 1.</summary>
    internal static double Likeness(IReadOnlyDictionary<string, double> one, IReadOnlyDictionary<string, double> two)
    {
        var both = one.Sum(w => w.Value * two.GetValueOrDefault(w.Key));
        return both == 0 ? 0 : both / Math.Sqrt(one.Values.Sum(v => v * v) * two.Values.Sum(v => v * v));
    }

    /// <summary>
    /// True when posts that tell no known failing have at least three words in common that set them apart from what else is said of the product: one or two name the
    /// attribute itself ("customer service"), a third may tell how it fails.
    /// </summary>
    public async Task<bool> IsOfOneWording(Cause cause, CancellationToken ct) => (await Telling(cause, ct)).Count >= 3;

    /// <summary>The words that tell it from other complaints of the same product, the most common first.</summary>
    public async Task<IReadOnlyList<string>> Telling(Cause cause, CancellationToken ct)
    {
        var here = await Shares(cause.Id, ct);
        var others = db.Set<Cause>().Where(c => c.ProductId == cause.ProductId && c.AttributeKey != cause.AttributeKey).Select(c => c.Id);
        var there = Shares(await db.Set<CauseMention>().Where(m => others.Contains(m.CauseId)).OrderByDescending(m => m.At).ThenByDescending(m => m.Mention).Select(m => m.Words).Take(Looked).ToListAsync(ct));
        return [.. here.Where(w => w.Value >= ProposalRule.InCommon && w.Value >= ProposalRule.Apart * there.GetValueOrDefault(w.Key)).OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Select(w => w.Key)];
    }

    /// <summary>What a gap about it says until a person says it better.</summary>
    public async Task<GapDraft> Of(Cause cause, CancellationToken ct)
    {
        var product = cause.ProductId is { } id ? await products.Of(id, ct) : null;
        var attribute = (await attributes.All(true, ct)).FirstOrDefault(a => a.Key == cause.AttributeKey)?.Name ?? cause.AttributeKey;
        var shares = await Shares(cause.Id, ct);
        var telling = await Telling(cause, ct);
        var top = telling.Concat(shares.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Key)).Distinct(StringComparer.Ordinal).Take(3).ToList();
        var says = Failings.Of(cause.Failing)?.Says;
        var promise = (await promises.All(cause.ProductId, cause.AttributeKey, ct)).Where(p => !(p.From > cause.Last) && !(p.Until <= cause.First)).OrderByDescending(p => p.Product is not null).FirstOrDefault();
        var words = top.Count == 0 ? "" : $" ({string.Join(", ", top)})";
        var title = $"{(product is null ? "" : product.Name + ": ")}{(product is null ? attribute : char.ToLowerInvariant(attribute[0]) + attribute[1..])}, {says ?? "people complain"}{words}";
        var owner = (await db.Set<Gap>().Where(g => g.AttributeKey == cause.AttributeKey && g.Stage != GapStage.Proposed).OrderByDescending(g => g.Number).Select(g => (Department?)g.Owner).FirstOrDefaultAsync(ct)) ?? Owner(cause.AttributeKey);
        return new(cause.AttributeKey, promise?.Text ?? $"Nothing to complain of: {attribute.ToLowerInvariant()} as anybody would expect it.", Sentence(says, top), owner, title.Length > 200 ? title[..200] : title, cause.ProductId, promise?.Id);
    }

    private static string Sentence(string? says, IReadOnlyList<string> words) =>
        (says is null ? "People complain" : char.ToUpperInvariant(says[0]) + says[1..]) + (words.Count == 0 ? "." : $"; they speak of {string.Join(", ", words)}.");

    // Who can usually remove the cause, until the brand's own gaps of this attribute say otherwise.
    private static Department Owner(string attribute) => attribute switch
    {
        "delivery-time" or "delay" or "cancellation" or "luggage" or "connection" or "weather" or "packaging" or "availability" or "food" or "cleanliness" or "safety" => Department.Operations,
        "website" or "wifi" or "privacy" => Department.It,
        "price" or "rewards" or "booking" => Department.Sales,
        "advertising" => Department.Marketing,
        "policy" => Department.Legal,
        "support-wait" or "customer-service" or "staff" or "refund" or "returns" or "billing" => Department.Care,
        _ => Department.Product,
    };
}
