using System.Numerics;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>What one unit of a currency is worth in another on a day: <c>Times / Over</c>, exact.</summary>
/// <param name="From">The currency that is changed.</param>
/// <param name="To">The currency it is changed into.</param>
/// <param name="Day">The day whose rates it is made of; up to <see cref="RateTable.MaxAgeDays"/> days before the day asked for.</param>
/// <param name="Times">Above zero; the amount is multiplied by it.</param>
/// <param name="Over">Above zero; the amount is divided by it. 1 when the rate was told as it is used, else the rate that was told the other way round or of a third currency.</param>
/// <param name="Through">The third currency both rates are told of; null when there is none.</param>
public sealed record DayRate(string From, string To, DateOnly Day, decimal Times, decimal Over, string? Through)
{
    /// <summary>The rate as people read it: to ten digits after the point, half to even.</summary>
    public decimal Rate => decimal.Round(Times / Over, 10, MidpointRounding.ToEven);

    /// <summary>Changes whole minor units, rounded half to even to the minor unit of <see cref="To"/>; the rate itself is not rounded.</summary>
    /// <returns>Null when the amount does not fit.</returns>
    public Money? Convert(long minor)
    {
        var (times, timesScale) = Whole(Times);
        var (over, overScale) = Whole(Over);
        var top = minor * times * BigInteger.Pow(10, overScale + Money.MinorDigits(To));
        var bottom = over * BigInteger.Pow(10, timesScale + Money.MinorDigits(From));
        var whole = BigInteger.DivRem(BigInteger.Abs(top), bottom, out var rest);
        var half = (rest * 2).CompareTo(bottom);
        if (half > 0 || (half == 0 && !whole.IsEven)) whole++;
        return whole <= long.MaxValue ? new((long)whole * top.Sign, To) : null;
    }

    // 1.0850 is 10850 and 4.
    private static (BigInteger Digits, int Scale) Whole(decimal value) => ((BigInteger)(value * Power(value.Scale)), value.Scale);

    private static decimal Power(int scale) => (decimal)BigInteger.Pow(10, scale);
}

/// <summary>The rates of some days, looked up without a database.</summary>
public sealed class RateTable
{
    /// <summary>How old a rate may be for a day that has none: 7 days, so that weekends and holidays go by the last working day.</summary>
    public const int MaxAgeDays = 7;

    private readonly Dictionary<DateOnly, Dictionary<(string Base, string Quote), decimal>> _days = [];
    private readonly Dictionary<(string From, string To, DateOnly Day), DayRate?> _found = [];

    /// <param name="rates">Each pair at most once a day.</param>
    public RateTable(IEnumerable<(string Base, string Quote, DateOnly Day, decimal Rate)> rates)
    {
        foreach (var (from, to, day, rate) in rates)
        {
            if (!_days.TryGetValue(day, out var known)) _days.Add(day, known = []);
            known[(from, to)] = rate;
        }
    }

    /// <summary>
    /// The rate of the day, else of the last day before it that has one. On a day the rate told of the pair counts, else the pair the other way round, else both
    /// through a third currency that they are told of; of several the first by its letters.
    /// </summary>
    /// <returns>Null when no day of the last <see cref="MaxAgeDays"/> has one.</returns>
    public DayRate? Find(string from, string to, DateOnly day)
    {
        if (_found.TryGetValue((from, to, day), out var found)) return found;
        for (var back = 0; back <= Math.Min(MaxAgeDays, day.DayNumber) && found is null; back++) found = On(from, to, day.AddDays(-back));
        _found.Add((from, to, day), found);
        return found;
    }

    private DayRate? On(string from, string to, DateOnly day)
    {
        if (from == to) return new(from, to, day, 1, 1, null);
        if (!_days.TryGetValue(day, out var known)) return null;
        if (known.TryGetValue((from, to), out var straight)) return new(from, to, day, straight, 1, null);
        if (known.TryGetValue((to, from), out var back)) return new(from, to, day, 1, back, null);
        var through = known.Keys.Where(k => k.Quote == from && known.ContainsKey((k.Base, to))).Select(k => k.Base).Min(StringComparer.Ordinal);
        return through is null ? null : new(from, to, day, known[(through, to)], known[(through, from)], through);
    }
}
