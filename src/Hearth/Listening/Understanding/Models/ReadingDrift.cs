using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Understanding.Models;

/// <summary>A week of mentions as they were read.</summary>
/// <param name="From">Its Monday, UTC.</param>
/// <param name="Mentions">Heard from others.</param>
/// <param name="Negative">Share of them, 0 to 1, corrections included.</param>
/// <param name="Neutral">Share of them.</param>
/// <param name="Positive">Share of them.</param>
/// <param name="Sure">How sure the model was on average, 0 to 1; null when only the lexicon read.</param>
/// <param name="LookedAt">How many a person corrected or confirmed.</param>
/// <param name="Wrong">How many of these had the sentiment corrected.</param>
/// <param name="Shift">How far the mix of sentiments is from that of all other weeks shown, as population stability index: below 0.1 is noise, above 0.25 the talk or the reader has changed. Null below 50 mentions.</param>
public sealed record DriftWeek(DateOnly From, long Mentions, double Negative, double Neutral, double Positive, double? Sure, long LookedAt, long Wrong, double? Shift);

/// <summary>Shows whether reading drifts: whether the mix of what is read moves, certainty falls, or people correct more of what they look at.</summary>
public sealed class ReadingDrift(Database db, TimeProvider clock)
{
    private const int Weeks = 8;
    private const long Least = 50;

    /// <summary>The last eight weeks with mentions, the oldest first.</summary>
    public async Task<IReadOnlyList<DriftWeek>> Run(CancellationToken ct)
    {
        var today = MentionRow.DayOf(clock.Now());
        var first = Monday(today) - 7 * (Weeks - 1);
        var days = await db.Set<MentionRow>().AsNoTracking().Where(m => m.Day >= first && m.Day <= today && m.At >= Time.FromUnixMicroseconds((long)first * 86_400_000_000) && !m.IsOwn)
            .GroupBy(m => new { m.Day, m.Sentiment }).Select(g => new { g.Key.Day, g.Key.Sentiment, Count = g.LongCount(), Sure = g.Sum(m => m.Sure), Read = g.LongCount(m => m.Sure != null) }).ToListAsync(ct);
        var said = await db.Set<ConfirmedRow>().AsNoTracking().Where(c => (c.Said & Corrected.Sentiment) != Corrected.None).Join(db.Set<MentionRow>(), c => c.Mention, m => m.Id, (c, m) => new { m.Day, m.Corrected }).Where(m => m.Day >= first)
            .Where(m => (m.Corrected & Corrected.Sentiment) == Corrected.None).GroupBy(m => m.Day).Select(g => new { Day = g.Key, Count = g.LongCount() }).ToListAsync(ct);
        var wrong = await db.Set<MentionRow>().AsNoTracking().Where(m => m.Day >= first && (m.Corrected & Corrected.Sentiment) != Corrected.None).GroupBy(m => m.Day).Select(g => new { Day = g.Key, Count = g.LongCount() }).ToListAsync(ct);
        var weeks = new List<DriftWeek>();
        for (var monday = first; monday <= today; monday += 7)
        {
            var own = days.Where(d => d.Day >= monday && d.Day < monday + 7).ToList();
            var mix = Mix(own.Select(d => (d.Sentiment, d.Count)));
            var count = own.Sum(d => d.Count);
            if (count == 0) continue;
            var others = Mix(days.Where(d => d.Day < monday || d.Day >= monday + 7).Select(d => (d.Sentiment, d.Count)));
            var (read, corrected) = (own.Sum(d => d.Read), wrong.Where(w => w.Day >= monday && w.Day < monday + 7).Sum(w => w.Count));
            weeks.Add(new(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(monday)), count, Tally.Round(mix[0]), Tally.Round(mix[1]), Tally.Round(mix[2]), read == 0 ? null : Tally.Round((own.Sum(d => d.Sure) ?? 0) / read),
                said.Where(s => s.Day >= monday && s.Day < monday + 7).Sum(s => s.Count) + corrected, corrected, count < Least || days.Sum(d => d.Count) - count < Least ? null : Tally.Round(Shift(mix, others))));
        }

        return weeks;
    }

    /// <summary>Population stability index: the sum over classes of (now - then) * log(now / then); a share of nothing counts as a thousandth.</summary>
    internal static double Shift(double[] now, double[] then) => now.Zip(then, (a, b) => (Math.Max(a, 0.001), Math.Max(b, 0.001))).Sum(p => (p.Item1 - p.Item2) * Math.Log(p.Item1 / p.Item2));

    private static double[] Mix(IEnumerable<(Sentiment Sentiment, long Count)> counts)
    {
        var mix = new double[3];
        foreach (var (sentiment, count) in counts) mix[(int)sentiment + 1] += count;
        var all = mix.Sum();
        return all == 0 ? mix : [.. mix.Select(m => m / all)];
    }

    // Day 0, 1970-01-01, was a Thursday.
    private static int Monday(int day) => day - (day + 3) % 7;
}
