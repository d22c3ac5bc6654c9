using Hearth.Catalog;
using Hearth.Listening.Text;

namespace Hearth.Operations.Proposals;

/// <summary>What grouping must know of the catalogue: which words name a product, and which attributes are the brand's own doing.</summary>
internal sealed class CauseCatalog
{
    // What the brand does for everybody alike, whichever article it is about. A product without a SKU is itself a service, and answers for them.
    private static readonly HashSet<string> OfService = new(StringComparer.Ordinal)
    {
        "delivery-time", "delay", "cancellation", "support-wait", "customer-service", "staff", "luggage", "booking", "connection", "rewards", "refund", "billing", "website", "returns",
        "privacy", "policy", "weather", "advertising",
    };

    private readonly HashSet<ProductId> _articles;
    private readonly List<(ProductId Id, List<string[]> Names)> _names;

    public CauseCatalog(IReadOnlyList<ProductView> products)
    {
        Products = products.ToDictionary(p => p.Id);
        _articles = [.. products.Where(p => p.Sku is not null).Select(p => p.Id)];
        _names = [.. products.Select(p => (p.Id, p.Words.Append(p.Name).Select(Folded).Where(n => n.Length > 0).OrderByDescending(n => n.Length).ToList()))];
        NameWords = _names.SelectMany(n => n.Names).SelectMany(n => n).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<ProductId, ProductView> Products { get; }

    public IReadOnlySet<string> NameWords { get; }

    /// <summary>True for an attribute that no single article answers for.</summary>
    public bool IsOfBrand(string attribute, ProductId? product) => OfService.Contains(attribute) && (product is not { } named || _articles.Contains(named));

    /// <summary>True when an article would answer for it, were one named.</summary>
    public static bool IsOfArticle(string attribute) => !OfService.Contains(attribute);

    /// <summary>The product that a text names first; null when it names none.</summary>
    public ProductId? NamedIn(string text)
    {
        var words = Tokens.Of(text);
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var (id, names) in _names)
            {
                if (names.Exists(n => i + n.Length <= words.Count && n.Index().All(w => words[i + w.Index].Folded == w.Item))) return id;
            }
        }

        return null;
    }

    private static string[] Folded(string name) => [.. Tokens.Of(name).Select(t => t.Folded)];
}
