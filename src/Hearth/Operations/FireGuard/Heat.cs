using Hearth.Catalog;
using Hearth.Operations.Proposals;

namespace Hearth.Operations.FireGuard;

/// <summary>How hot an open gap is: severity × trend.</summary>
/// <param name="Gap">The gap.</param>
/// <param name="Number">What people call it by.</param>
/// <param name="Title">One line.</param>
/// <param name="Product">What it is about.</param>
/// <param name="ProductName">Its name.</param>
/// <param name="Stage">Where its removal stands.</param>
/// <param name="People">Different people who spoke of it.</param>
/// <param name="NegativeShare">Of the posts, 0 to 1.</param>
/// <param name="Severity">People × (1 + negative share).</param>
/// <param name="Trend">Posts of the last 14 days over those of the 14 before, two added on each side, 0.5 to 2.</param>
/// <param name="Heat">Severity × trend.</param>
/// <param name="Burns">True when the heat reaches the threshold.</param>
public sealed record GapHeat(GapId Gap, long Number, string Title, ProductId Product, string ProductName, GapStage Stage, int People, double NegativeShare, double Severity, double Trend, double Heat, bool Burns)
{
    internal static GapHeat Of(Gap gap, ProductId product, string name, double threshold)
    {
        var share = gap.Mentions == 0 ? 1 : (double)gap.Negative / gap.Mentions;
        var trend = new GapCost(gap.People, gap.Mentions, share, gap.Reach, gap.Lately, gap.Before).Trend;
        var severity = gap.People * (1 + share);
        var heat = severity * trend;
        return new(gap.Id, gap.Number, gap.Title, product, name, gap.Stage, gap.People, share, severity, trend, heat, heat >= threshold);
    }
}

/// <summary>Whether something about a product may go out.</summary>
/// <param name="MayGoOut">False when a gap burns that nobody has answered for.</param>
/// <param name="Threshold">The threshold that holds now.</param>
/// <param name="Burning">The gaps that stop it, the hottest first; with an override those that it was given for.</param>
/// <param name="Override">Who let it go out all the same, and why; null when nobody did.</param>
public sealed record GuardVerdict(bool MayGoOut, double Threshold, IReadOnlyList<GapHeat> Burning, GuardOverrideView? Override)
{
    /// <summary>Why it is stopped, in a sentence; empty when it is not.</summary>
    public string Sentence => MayGoOut ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"The fire guard stops it: {string.Join("; ", Burning.Select(g => $"gap {g.Number} “{g.Title}” is at {g.Heat:0.#}"))}, and from {Threshold:0.#} on nothing about the product goes out.");
}

/// <summary>An override.</summary>
/// <param name="What">What went out ("offer:0198...").</param>
/// <param name="Title">Its title.</param>
/// <param name="Gap">In spite of which gap.</param>
/// <param name="Heat">Its heat then.</param>
/// <param name="Why">The reason given.</param>
/// <param name="ByName">Who took it on themselves.</param>
/// <param name="At">When.</param>
public sealed record GuardOverrideView(string What, string Title, GapId Gap, double Heat, string Why, string ByName, DateTimeOffset At);
