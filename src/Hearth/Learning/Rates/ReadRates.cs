using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A rate as it is known.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Base">One unit of it.</param>
/// <param name="Quote">What it is told in.</param>
/// <param name="Rate">So much of the quote is one unit of the base.</param>
/// <param name="Source">The file it comes from, or "api".</param>
/// <param name="At">When it was taken in.</param>
public sealed record RateView(DateOnly Day, string Base, string Quote, decimal Rate, string Source, DateTimeOffset At);

public sealed class ReadRates(Database db)
{
    /// <summary>Newest day first, in it by base and quote.</summary>
    /// <param name="day">Only of this day; null for all.</param>
    /// <param name="currency">Only with it as base or quote; null or empty for all.</param>
    /// <param name="after">From <see cref="Page{T}.Next"/> of the page before.</param>
    /// <param name="size">1 to 500, 50 unless told.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<Page<RateView>?> List(DateOnly? day, string? currency, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var rows = db.Set<RateRow>().AsNoTracking();
        if (DateRange.Start(day) is { } only) rows = rows.Where(r => r.Day == only);
        if (!string.IsNullOrWhiteSpace(currency))
        {
            var name = currency.Trim().ToUpperInvariant();
            rows = rows.Where(r => r.Base == name || r.Quote == name);
        }

        if (last is not null)
        {
            rows = rows.Where(r => r.Day < last.Day || (r.Day == last.Day && (string.Compare(r.Base, last.Base) > 0 || (r.Base == last.Base && string.Compare(r.Quote, last.Quote) > 0))));
        }

        var found = await rows.OrderByDescending(r => r.Day).ThenBy(r => r.Base).ThenBy(r => r.Quote).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(found, take, r => new Place(r.Day, r.Base, r.Quote)).Select(r => new RateView(DateOnly.FromDateTime(r.Day.UtcDateTime), r.Base, r.Quote, r.Rate, r.Source, r.At));
    }

    /// <summary>All that can be needed to change these currencies on days from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    internal async Task<RateTable> Table(IReadOnlyCollection<string> currencies, DateOnly first, DateOnly last, CancellationToken ct)
    {
        var (from, to) = (DateRange.Start(first.AddDays(-Math.Min(RateTable.MaxAgeDays, first.DayNumber)))!.Value, DateRange.Start(last)!.Value);
        var names = currencies.ToList();
        var rows = await db.Set<RateRow>().AsNoTracking().Where(r => r.Day >= from && r.Day <= to && names.Contains(r.Quote)).ToListAsync(ct);
        return new(rows.Select(r => (r.Base, r.Quote, DateOnly.FromDateTime(r.Day.UtcDateTime), r.Rate)));
    }

    private sealed record Place(DateTimeOffset Day, string Base, string Quote);
}
