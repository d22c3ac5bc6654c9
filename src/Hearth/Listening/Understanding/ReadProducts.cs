using Hearth.Catalog;

namespace Hearth.Listening.Understanding;

/// <summary>A product of the catalogue that a text names.</summary>
/// <param name="Product">The product.</param>
/// <param name="Polarity">How it is spoken of: as the aspects that are about it, else as the text as a whole.</param>
/// <param name="Start">First UTF-16 character of its name.</param>
/// <param name="Length">In UTF-16 characters.</param>
public sealed record NamedProduct(ProductId Product, Sentiment Polarity, int Start, int Length);

/// <summary>Tells which product each judgement is about, and which promise of the catalogue it breaks.</summary>
internal static class ReadProducts
{
    /// <summary>The same reading with products and promises.</summary>
    /// <param name="reading">Of the text.</param>
    /// <param name="named">The products that the text names, each where it does, in order of place.</param>
    /// <param name="promises">What the brand promised at the time.</param>
    public static Reading About(Reading reading, IReadOnlyList<(ProductId Product, int Start, int Length)> named, PromisesThen promises)
    {
        if (named.Count == 0 && reading.Mismatches.Count == 0) return reading;
        var aspects = named.Count == 0 ? reading.Aspects : [.. reading.Aspects.Select(a => a with { Product = Nearest(named, a.Start) })];
        var mismatches = reading.Mismatches.Select(m =>
        {
            var product = Nearest(named, m.About.Start);
            return m with { Product = product, Promise = promises.Of(m.Attribute, product) };
        }).ToList();
        var products = named.DistinctBy(n => n.Product).Select(n =>
        {
            var about = aspects.Where(a => a.Product == n.Product).ToList();
            var polarity = about.Count == 0 ? reading.Sentiment : (Sentiment)Math.Sign(about.Sum(a => (int)a.Polarity));
            return new NamedProduct(n.Product, polarity, n.Start, n.Length);
        }).ToList();
        return reading with { Aspects = aspects, Mismatches = mismatches, Products = products };
    }

    // Of several the one that stands nearest, before rather than behind: "the Model X hinge".
    private static ProductId? Nearest(IReadOnlyList<(ProductId Product, int Start, int Length)> named, int at) => named.Count == 0 ? null : named.MinBy(n => n.Start <= at ? at - n.Start : 2 * (n.Start - at)).Product;
}
