using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Listening.Text;

namespace Hearth.Operations.Proposals;

/// <summary>What grouping must know of the brand: which words name it and its products, and which attributes are its own doing.</summary>
/// <param name="products">Those that the mentions name.</param>
/// <param name="brand">Its name; null while nobody has said it.</param>
/// <param name="learned">Attributes of which people taught the reader when they fell short.</param>
internal sealed class CauseCatalog(IReadOnlyList<ProductView> products, string? brand, IReadOnlySet<string> learned)
{
    // What the brand does for everybody alike, whichever article it is about. A product without a SKU is itself a service, and answers for them.
    private static readonly HashSet<string> OfService = new(StringComparer.Ordinal)
    {
        "delivery-time", "delay", "cancellation", "support-wait", "customer-service", "staff", "luggage", "booking", "connection", "rewards", "refund", "billing", "website", "returns",
        "privacy", "policy", "weather",
    };

    private readonly HashSet<ProductId> _articles = [.. products.Where(p => p.Sku is not null).Select(p => p.Id)];
    private readonly IReadOnlyList<string> _brand = [.. Tokens.Of(brand ?? "").Select(t => t.Folded)];

    /// <summary>Folded words that stand in the names of products and brand.</summary>
    public IReadOnlySet<string> NameWords { get; } = products.SelectMany(p => p.Words.Append(p.Name)).Append(brand ?? "").SelectMany(n => Tokens.Of(n)).Select(t => t.Folded).ToHashSet(StringComparer.Ordinal);

    /// <summary>True once people taught the reader what falls short.</summary>
    public bool HasLearned => learned.Count > 0;

    /// <summary>True for an attribute of which the reader was taught when it falls short: then its word holds, and not that of a list.</summary>
    public bool IsLearned(string attribute) => learned.Contains(attribute);

    /// <summary>True for an attribute that no single article answers for.</summary>
    public bool IsOfBrand(string attribute, ProductId? product) => OfService.Contains(attribute) && (product is not { } named || _articles.Contains(named));

    /// <summary>True for a product that is itself a service: it has no SKU.</summary>
    public bool IsService(ProductId? product) => product is { } named && !_articles.Contains(named);

    /// <summary>True when an article would answer for it, were one named.</summary>
    public static bool IsOfArticle(string attribute) => !OfService.Contains(attribute);

    /// <summary>True when a post is about this brand: it names a product or the brand, or came where people speak to the brand. What else is heard may be about a rival.</summary>
    public bool IsAboutUs(MentionView mention, List<Token> text) => _brand.Count == 0 || mention.Products.Count > 0 || !mention.IsQuiet || mention.Account is not null || NamesBrand(text);

    private bool NamesBrand(List<Token> text)
    {
        for (var i = 0; i + _brand.Count <= text.Count; i++)
        {
            if (_brand.Index().All(w => text[i + w.Index].Folded == w.Item)) return true;
        }

        return false;
    }
}
