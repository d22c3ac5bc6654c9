namespace Hearth.Ideas;

/// <summary>
/// Ranking by exponential half-life. A vote given on the UTC day d is worth ±P·2^(−(today−d)/h) points today. Dividing every score by the same
/// 2^(−(today−d0)/h) changes no order, so a vote adds ±P·2^((d−d0)/h) once and nothing ever needs recomputing.
/// </summary>
/// <remarks>
/// Weights are whole numbers and depend on the day alone, so a score is exactly Σ over the days of (what was promoted − what was demoted that day) × units of the
/// day, in whatever order the votes came; a vote taken back leaves nothing behind, and a new half-life or epoch gives the score that would be there
/// had it stood from the beginning. A vote at the epoch weighs P·2^14 units for each thousandth of it.
/// </remarks>
/// <param name="Epoch">d0: the UTC day on which a vote weighs P points.</param>
/// <param name="HalfLifeDays">h: the age in days at which a vote has lost half of its worth. Above zero.</param>
/// <param name="PointsPerVote">P: what a whole vote is worth on the day it is given, 1 to 100.</param>
public sealed record Popularity(DateOnly Epoch, double HalfLifeDays, int PointsPerVote)
{
    /// <summary>Units to one point of one thousandth of a vote at the epoch: 2^14.</summary>
    public const long One = 1L << 14;

    /// <summary>A whole vote in thousandths.</summary>
    public const int WholeVote = 1000;

    /// <summary>
    /// From this age of the epoch on, in half-lives, it is moved. A vote of 100 points then weighs 10^5·2^22 units, so 20 million more promotions than demotions
    /// fit into 64 bits.
    /// </summary>
    public const int RebaseAfter = 8;

    /// <summary>Half of a vote's worth is lost in this many days unless the board says otherwise.</summary>
    public const int DefaultHalfLifeDays = 14;

    /// <summary>What a whole vote is worth when given unless the board says otherwise.</summary>
    public const int DefaultPoints = 10;

    /// <summary>What a thousandth of a vote given on <paramref name="day"/> weighs, in units, rounded to the nearest, half to even. Zero or more.</summary>
    /// <exception cref="OverflowException">The day is more than 24 half-lives after the epoch: it should have been moved.</exception>
    public long UnitsOf(DateOnly day)
    {
        var age = (day.DayNumber - Epoch.DayNumber) / HalfLifeDays;
        return age <= 24 ? (long)Math.Round(PointsPerVote * One * Math.Pow(2, age)) : throw new OverflowException("The epoch of the ranking is too old.");
    }

    /// <summary>What a score is worth on a day, in points: P for a single whole vote given that day.</summary>
    public double WorthAt(long units, DateTimeOffset now) =>
        units / (double)(One * WholeVote) * Math.Pow(2, -((Day(now).DayNumber - Epoch.DayNumber) / HalfLifeDays));

    /// <summary>True when the epoch should be moved to the day of <paramref name="now"/>.</summary>
    public bool IsDue(DateTimeOffset now) => Day(now).DayNumber - Epoch.DayNumber >= RebaseAfter * HalfLifeDays;

    /// <summary>The points that stand beside an idea: P for every whole vote, those of a part for the sum of the parts, towards zero.</summary>
    /// <param name="net">Thousandths promoted minus thousandths demoted.</param>
    public int Points(long net) => (int)(net * PointsPerVote / WholeVote);

    /// <summary>The UTC day of a moment.</summary>
    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
