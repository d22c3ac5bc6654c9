using System.Text;
using Hearth.Catalog;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.FireGuard;

/// <summary>
/// "Fire guard": while people are angry about a product, nothing that praises it goes out. A gap burns when it is open, about that product, and severity × trend reaches the council's threshold.
/// </summary>
public sealed class AskGuard(Database db, Products products, TimeProvider clock)
{
    /// <summary>Holds while the council has set none.</summary>
    public const double DefaultThreshold = 20;

    /// <summary>Whether something may go out now.</summary>
    /// <param name="subject">What it is ("offer:0198..."), for overrides.</param>
    /// <param name="skus">The articles; a product of the catalogue with one of these SKUs is what it is about.</param>
    /// <param name="title">What people read: a product whose name or other words stand in it is also what it is about, since an outlet's articles often have numbers of their own.</param>
    /// <param name="ct">Stops.</param>
    public async Task<GuardVerdict> About(string subject, IReadOnlyCollection<string> skus, string title, CancellationToken ct)
    {
        var threshold = await Threshold(ct);
        var read = Plain(title);
        var about = (await products.All(retired: true, ct)).Where(p => skus.Contains(p.Sku, StringComparer.OrdinalIgnoreCase) || p.Words.Append(p.Name).Any(w => Names(read, w))).ToDictionary(p => p.Id, p => p.Name);
        var burning = (await Heats(about, threshold, ct)).Where(h => h.Burns).ToList();
        if (burning.Count == 0) return new(true, threshold, [], null);
        var overrides = await db.Set<GuardOverrideRow>().AsNoTracking().Where(o => o.Subject == subject).ToListAsync(ct);
        var isAnswered = burning.TrueForAll(b => overrides.Exists(o => o.Gap == b.Gap));
        return new(isAnswered, threshold, burning, isAnswered ? overrides.Where(o => burning.Exists(b => b.Gap == o.Gap)).OrderByDescending(o => o.At).Select(View).First() : null);
    }

    /// <summary>Whether any product burns at all: asked first by whoever would ask about many things.</summary>
    public async Task<bool> AnythingBurns(CancellationToken ct) =>
        (await Heats((await products.All(retired: true, ct)).ToDictionary(p => p.Id, p => p.Name), await Threshold(ct), ct)).Any(h => h.Burns);

    internal async Task<double> Threshold(CancellationToken ct) => await db.Set<GuardRuleRow>().Select(r => (double?)r.Threshold).SingleOrDefaultAsync(ct) ?? DefaultThreshold;

    /// <summary>The heat of the open gaps of some products, the hottest first.</summary>
    internal async Task<IReadOnlyList<GapHeat>> Heats(IReadOnlyDictionary<ProductId, string> about, double threshold, CancellationToken ct)
    {
        var (ids, now) = (about.Keys.Select(p => (ProductId?)p).ToArray(), clock.Now());
        var gaps = await db.Set<Gap>().AsNoTracking().Where(g => ids.Contains(g.ProductId) && g.RaisedAt <= now).ToListAsync(ct);
        return [.. gaps.Where(g => GapStages.IsLive(g.Stage)).Select(g => GapHeat.Of(g, g.ProductId!.Value, about[g.ProductId!.Value], threshold)).OrderByDescending(h => h.Heat).ThenBy(h => h.Number)];
    }

    internal static GuardOverrideView View(GuardOverrideRow o) => new(o.Subject, o.Title, o.Gap, o.Heat, o.Why, o.ByName, o.At);

    // Whole words alone: the kettle "Pour" is not in "poured".
    private static bool Names(string read, string word) => Plain(word) is { Length: > 4 } plain && read.Contains(plain, StringComparison.Ordinal);

    private static string Plain(string text)
    {
        var plain = new StringBuilder(" ");
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c)) plain.Append(c);
            else if (plain[^1] != ' ') plain.Append(' ');
        }

        return plain[^1] == ' ' ? plain.ToString() : plain.Append(' ').ToString();
    }
}
