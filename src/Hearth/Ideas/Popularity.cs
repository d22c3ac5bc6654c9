namespace Hearth.Ideas;

/// <summary>
/// Ranking by exponential half-life. A vote given at t is worth ±10·2^(−(now−t)/h) points now. Dividing every score by the same 2^(−(now−t0)/h)
/// changes no order, so a vote adds ±10·2^((t−t0)/h) once and nothing ever needs recomputing.
/// </summary>
/// <remarks>
/// Weights are whole numbers (<see cref="One"/> units to the point), so that a score is exactly the sum of its votes in whatever order they
/// came, and a vote taken back leaves nothing behind. A vote at the epoch weighs 10·2^20 units; one more than 24 half-lives older weighs 0.
/// </remarks>
/// <param name="Epoch">t0: where a vote weighs <see cref="PointsPerVote"/> points.</param>
/// <param name="HalfLife">h: the age at which a vote has lost half of its worth. Above zero.</param>
public sealed record Popularity(DateTimeOffset Epoch, TimeSpan HalfLife)
{
    public const int PointsPerVote = 10;

    /// <summary>Units to one point at the epoch: 2^20.</summary>
    public const long One = 1L << 20;

    /// <summary>
    /// From this age of the epoch on it is moved. A vote then weighs 10·2^32 units, so 200 million more promotions than demotions fit into 64 bits.
    /// </summary>
    public const int RebaseAfter = 12;

    /// <summary>Half of a vote's worth is lost in this many days.</summary>
    public const int DefaultHalfLifeDays = 14;

    /// <summary>What a vote given <paramref name="at"/> weighs, in units, rounded to the nearest. Zero or more.</summary>
    /// <exception cref="OverflowException">The vote is more than 30 half-lives after the epoch: it should have been moved.</exception>
    public long UnitsOf(DateTimeOffset at)
    {
        var age = (at - Epoch) / HalfLife;
        return age <= 30 ? (long)Math.Round(PointsPerVote * One * Math.Pow(2, age)) : throw new OverflowException("The epoch of the ranking is too old.");
    }

    /// <summary>What a score is worth at a time, in points: 10 for a single vote given that moment.</summary>
    public double WorthAt(long units, DateTimeOffset now) => units / (double)One * Math.Pow(2, -((now - Epoch) / HalfLife));

    /// <summary>How many whole half-lives the epoch should move forward now; 0 while there is room.</summary>
    public int RebaseBy(DateTimeOffset now)
    {
        var age = (int)Math.Floor((now - Epoch) / HalfLife);
        return age >= RebaseAfter ? age : 0;
    }
}
