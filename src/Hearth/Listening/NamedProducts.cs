using Hearth.Catalog;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Finds the products of the catalogue that a text names: by SKU, name or one of their words, as phrases.</summary>
internal sealed class ProductNames
{
    private readonly IReadOnlyList<ProductView> _products;
    private readonly Dictionary<string, List<(Token[] Words, string[] Keys, ProductId Product)>> _byFirst = new(StringComparer.Ordinal);

    public ProductNames(IReadOnlyList<ProductView> products)
    {
        _products = products;
        foreach (var product in products)
        {
            var names = product.Words.Append(product.Name).Append(product.Sku ?? "").Select(n => (Written: n, Words: Tokens.Of(n).ToArray())).Where(n => n.Words.Length > 0).ToList();
            var keys = names.Select(n => FieldTest.Product.KeyOf(n.Written)).Distinct(StringComparer.Ordinal).ToArray();
            foreach (var words in names.Select(n => n.Words))
            {
                if (!_byFirst.TryGetValue(words[0].Folded, out var known)) _byFirst[words[0].Folded] = known = [];
                known.Add((words, keys, product.Id));
            }
        }
    }

    public bool HasAny => _products.Count > 0;

    /// <summary>The keys of all spellings of each product that a text names.</summary>
    public IReadOnlyCollection<string> In(List<Token> text)
    {
        HashSet<string>? found = null;
        for (var i = 0; i < text.Count; i++)
        {
            if (!_byFirst.TryGetValue(text[i].Folded, out var known)) continue;
            foreach (var (words, keys, _) in known)
            {
                if (Stands(words, text, i)) (found ??= new(StringComparer.Ordinal)).UnionWith(keys);
            }
        }

        return found ?? (IReadOnlyCollection<string>)[];
    }

    /// <summary>Where a text names products, in order; of names that begin at the same word the longest.</summary>
    public IReadOnlyList<(ProductId Product, int Start, int Length)> Places(List<Token> text)
    {
        List<(ProductId, int, int)>? found = null;
        for (var i = 0; i < text.Count; i++)
        {
            if (!_byFirst.TryGetValue(text[i].Folded, out var known)) continue;
            var best = known.Where(k => Stands(k.Words, text, i)).OrderByDescending(k => k.Words.Length).FirstOrDefault();
            if (best.Words is null) continue;
            var last = text[i + best.Words.Length - 1];
            (found ??= []).Add((best.Product, text[i].Start, last.Start + last.Length - text[i].Start));
            i += best.Words.Length - 1;
        }

        return found ?? (IReadOnlyList<(ProductId, int, int)>)[];
    }

    public bool IsOf(IReadOnlyList<ProductView> products) => _products.Count == products.Count && _products.Zip(products).All(p =>
        p.First.Id == p.Second.Id && p.First.Sku == p.Second.Sku && p.First.Name == p.Second.Name && p.First.Words.SequenceEqual(p.Second.Words, StringComparer.Ordinal));

    private static bool Stands(Token[] words, List<Token> text, int at)
    {
        if (at + words.Length > text.Count) return false;
        for (var n = 0; n < words.Length; n++)
        {
            var (word, token) = (words[n], text[at + n]);
            if (token.Position != text[at].Position + n || word.Folded != token.Folded || word.Kind != token.Kind && !(word.Kind == TokenKind.Word && token.Kind == TokenKind.Tag)) return false;
        }

        return true;
    }
}

/// <summary>The products that queries ask for; built anew only when the catalogue was changed. Retired products are named by posts for years.</summary>
public sealed class NamedProducts(Database db, Products catalogue, ProductNamesCache cache)
{
    /// <summary>Null when no saved query asks for a product: then no post need be searched for them.</summary>
    internal async Task<ProductNames?> IfAsked(CancellationToken ct) => await db.Set<QueryRow>().AnyAsync(q => q.AsksProducts, ct) ? await All(ct) : null;

    /// <summary>Null when this query asks for no product.</summary>
    internal async Task<ProductNames?> For(Query query, CancellationToken ct) => Asks(query) ? await All(ct) : null;

    internal static bool Asks(Query query) => query.Parts().Any(p => p is Query.Field { Test: FieldTest.Product });

    /// <summary>The names of all products; null when the catalogue has none.</summary>
    internal async Task<ProductNames?> Now(CancellationToken ct) => await All(ct) is { HasAny: true } names ? names : null;

    private async Task<ProductNames> All(CancellationToken ct)
    {
        var products = await catalogue.All(retired: true, ct);
        return cache.Last is { } last && last.IsOf(products) ? last : cache.Last = new(products);
    }
}

/// <summary>Keeps the product names of the catalogue as it was last seen.</summary>
public sealed class ProductNamesCache
{
    private volatile ProductNames? _last;

    internal ProductNames? Last
    {
        get => _last;
        set => _last = value;
    }
}
