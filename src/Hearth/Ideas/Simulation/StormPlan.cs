namespace Hearth.Ideas.Simulation;

/// <summary>A storm to be replayed. Defaults are IdeaStorm's four and a half years.</summary>
/// <param name="Seed">The same seed gives the same storm.</param>
/// <param name="Ideas">Ideas posted.</param>
/// <param name="Promotions">Promotions given, those of cheats included; demotions come on top.</param>
/// <param name="Comments">Comments written.</param>
/// <param name="Implemented">Ideas that are implemented, about.</param>
/// <param name="Days">From the first day to the last.</param>
public sealed record StormPlan(int Seed = 1, int Ideas = 16_000, int Promotions = 640_000, int Comments = 92_000, int Implemented = 500, int Days = 1_643)
{
    /// <summary>The same storm cut after so many days: as many ideas, votes and comments a day.</summary>
    /// <param name="days">60 to <see cref="Days"/>.</param>
    public StormPlan Of(int days) => new(Seed, Scaled(Ideas, days), Scaled(Promotions, days), Scaled(Comments, days), Scaled(Implemented, days), days);

    private int Scaled(int whole, int days) => (int)((long)whole * days / Days);
}

/// <summary>What was replayed, and how the cheats among it fared.</summary>
/// <param name="Ideas">Ideas on the board.</param>
/// <param name="Promotions">Promotions given, held ones included.</param>
/// <param name="Demotions">Demotions given, held ones included.</param>
/// <param name="Comments">Comments.</param>
/// <param name="Implemented">Ideas implemented, in part or whole.</param>
/// <param name="Accounts">Accounts that posted, voted or spoke.</param>
/// <param name="FalseVotes">Planted votes that are not a person's own.</param>
/// <param name="FalseHeld">Those of them that are held.</param>
/// <param name="HonestHeld">Honest votes that are held.</param>
/// <param name="Cases">Cases opened for a person to decide.</param>
/// <param name="Seconds">What the replay took.</param>
public sealed record StormReplayed(int Ideas, int Promotions, int Demotions, int Comments, int Implemented, int Accounts, int FalseVotes, int FalseHeld, int HonestHeld, int Cases, double Seconds)
{
    /// <summary>0 to 1.</summary>
    public double FalseHeldShare => FalseVotes == 0 ? 1 : FalseHeld / (double)FalseVotes;

    /// <summary>0 to 1.</summary>
    public double HonestHeldShare => HonestHeld / (double)Math.Max(1, Promotions + Demotions - FalseVotes);
}
