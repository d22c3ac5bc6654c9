namespace Hearth.Ideas.Simulation;

/// <summary>The size of a simulated board. What lives on it (households, offices, public computers, newsletters, cheats) is drawn from the seed, rates included.</summary>
/// <param name="Seed">The same seed gives the same board.</param>
/// <param name="Days">How long it is watched, 10 or more.</param>
/// <param name="People">Honest accounts that find the board by themselves, 200 or more.</param>
/// <param name="Ideas">Ideas posted, 20 or more.</param>
/// <param name="Hands">How many hands and crowds cheat in each two months.</param>
/// <param name="Before">The share of ideas that stand there at the beginning, 0 to 1.</param>
public sealed record BoardPlan(int Seed, int Days = 60, int People = 2_500, int Ideas = 250, int Hands = 10, double Before = 0.25)
{
    /// <summary>A board of a size that the seed chooses too: 30 to 90 days, 1,000 to 4,000 people, 100 to 400 ideas, and 6 to 14 hands.</summary>
    public static BoardPlan Any(int seed)
    {
        var random = new Random(seed ^ 0x5EED);
        return new(seed, random.Next(30, 91), random.Next(1_000, 4_001), random.Next(100, 401), random.Next(6, 15));
    }
}
