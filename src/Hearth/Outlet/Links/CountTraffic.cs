using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What happened around an offer in a time.</summary>
/// <param name="Clicks">Times a person followed its link.</param>
/// <param name="Visitors">Different browsers among them.</param>
/// <param name="Bots">Times a crawler or preview followed it; not in <paramref name="Clicks"/>.</param>
/// <param name="Holds">Units that were held, whatever became of them.</param>
/// <param name="Claims">Holds that became a code.</param>
public sealed record Traffic(int Clicks, int Visitors, int Bots, int Holds, int Claims)
{
    public static Traffic None { get; } = new(0, 0, 0, 0, 0);
}

public sealed class CountTraffic(Database db)
{
    /// <summary>By offer, for what happened from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    public async Task<IReadOnlyDictionary<OfferId, Traffic>> ByOffer(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var clicks = await db.Set<Click>().Where(c => c.At >= from && c.At < to).GroupBy(c => c.Offer).Select(g => new
        {
            Offer = g.Key, People = g.Count(c => c.Kind == ClickKind.Person), Bots = g.Count(c => c.Kind == ClickKind.Bot),
        }).ToDictionaryAsync(g => g.Offer, ct);
        var visitors = await db.Set<Click>().Where(c => c.At >= from && c.At < to && c.Kind == ClickKind.Person)
            .Select(c => new { c.Offer, c.Visitor }).Distinct().GroupBy(c => c.Offer).Select(g => new { Offer = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Offer, g => g.Count, ct);
        var holds = await db.Set<Claim>().Where(c => c.HeldAt >= from && c.HeldAt < to).GroupBy(c => c.Offer)
            .Select(g => new { Offer = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Offer, g => g.Count, ct);
        var claims = await db.Set<Claim>().Where(c => c.ClaimedAt >= from && c.ClaimedAt < to).GroupBy(c => c.Offer)
            .Select(g => new { Offer = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Offer, g => g.Count, ct);
        return clicks.Keys.Concat(holds.Keys).Concat(claims.Keys).Distinct().ToDictionary(o => o, o => new Traffic(
            clicks.GetValueOrDefault(o)?.People ?? 0, visitors.GetValueOrDefault(o), clicks.GetValueOrDefault(o)?.Bots ?? 0, holds.GetValueOrDefault(o), claims.GetValueOrDefault(o)));
    }

    /// <summary>Different browsers over all offers; a browser that followed two is one.</summary>
    public Task<int> Visitors(DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        db.Set<Click>().Where(c => c.At >= from && c.At < to && c.Kind == ClickKind.Person).Select(c => c.Visitor).Distinct().CountAsync(ct);

    /// <summary>The newest clicks of an offer, bots among them.</summary>
    public async Task<IReadOnlyList<ClickView>> Latest(OfferId offer, int count, CancellationToken ct) => await db.Set<Click>().AsNoTracking()
        .Where(c => c.Offer == offer).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(count).Select(c => new ClickView(c.Id, c.At, c.Kind, c.From, c.UserAgent)).ToListAsync(ct);
}

/// <summary>One follow of a link.</summary>
/// <param name="Id">What the shop gets as <c>hearth_click</c>.</param>
/// <param name="At">When.</param>
/// <param name="Kind">A person, or a program.</param>
/// <param name="From">Host of the page it came from; empty when not told.</param>
/// <param name="UserAgent">What the program called itself.</param>
public sealed record ClickView(ClickId Id, DateTimeOffset At, ClickKind Kind, string From, string UserAgent);
