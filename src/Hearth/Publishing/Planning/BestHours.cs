using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>An hour of the week, and what people did with the account's posts of it.</summary>
/// <param name="Day">In the zone that was asked for.</param>
/// <param name="Hour">0 to 23: from its first minute to its last.</param>
/// <param name="Posts">How many went out in it.</param>
/// <param name="PerPost">Answers, likes and shares a post, drawn towards the account's mean as though five average posts had gone out in it too.</param>
public sealed record BestHour(DayOfWeek Day, int Hour, int Posts, double PerPost);

/// <summary>When an account's own posts were answered, liked and shared most.</summary>
/// <param name="Zone">IANA name of the zone of the hours.</param>
/// <param name="Posts">How many were looked at.</param>
/// <param name="PerPost">Answers, likes and shares of the mean post.</param>
/// <param name="Hours">The best first, at most five; none while there are fewer than <see cref="BestHours.Least"/> posts.</param>
public sealed record BestHoursView(string Zone, int Posts, double PerPost, IReadOnlyList<BestHour> Hours);

/// <summary>
/// Looks at the posts of the last half year that have stood for two days, by the hour of the week in which they went. An hour counts when three posts went in it; its mean is drawn towards the
/// account's with the weight of five posts, so that one lucky post makes no best hour. What it finds is what was, not a proof of what will be.
/// </summary>
public sealed class BestHours(Database db, TimeProvider clock)
{
    /// <summary>Posts below which nothing is said.</summary>
    public const int Least = 20;

    private const int LeastOfHour = 3;
    private const int Most = 5;
    private const double Prior = 5;
    private static readonly TimeSpan Past = TimeSpan.FromDays(180);
    private static readonly TimeSpan Settled = TimeSpan.FromDays(2);

    /// <param name="account">Whose posts.</param>
    /// <param name="zone">IANA name.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when there is no such zone.</returns>
    public async Task<BestHoursView?> Of(ChannelAccountId account, string zone, CancellationToken ct)
    {
        if (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Trim(), out var there)) return null;
        var (from, to) = (clock.Now() - Past, clock.Now() - Settled);
        var posts = await db.Set<Message>().AsNoTracking().Where(m => m.Account == account && m.Kind == MessageKind.Post && m.Part == 1 && m.Status == MessageStatus.Sent && m.SentAt >= from && m.SentAt <= to)
            .Select(m => new { At = m.SentAt!.Value, Done = m.Likes + m.Reshares + m.Replies }).ToListAsync(ct);
        var mean = posts.Count == 0 ? 0 : posts.Average(p => p.Done);
        if (posts.Count < Least) return new(zone.Trim(), posts.Count, mean, []);
        var hours = posts.GroupBy(p => TimeZoneInfo.ConvertTime(p.At, there) is var at ? (at.DayOfWeek, at.Hour) : default).Where(g => g.Count() >= LeastOfHour)
            .Select(g => new BestHour(g.Key.DayOfWeek, g.Key.Hour, g.Count(), (g.Sum(p => p.Done) + Prior * mean) / (g.Count() + Prior)));
        return new(zone.Trim(), posts.Count, mean, [.. hours.Where(h => h.PerPost > mean).OrderByDescending(h => h.PerPost).ThenBy(h => ((int)h.Day + 6) % 7).ThenBy(h => h.Hour).Take(Most)]);
    }
}
