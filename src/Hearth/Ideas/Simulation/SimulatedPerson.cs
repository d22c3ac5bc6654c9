using Hearth.Governance;

namespace Hearth.Ideas.Simulation;

/// <summary>An account of a board that never was. Times are minutes from the beginning; traces are numbers, 0 for "not seen".</summary>
internal sealed class SimulatedPerson
{
    public required UserId Id { get; init; }
    public required double Since { get; set; }
    public required long Home { get; init; }
    public required long Agent { get; init; }

    /// <summary>The browser's mark; 0 for people who refuse it.</summary>
    public required long Device { get; init; }

    public long Work { get; set; }
    public long WorkAgent { get; set; }
    public long Mobile { get; init; }

    /// <summary>A tablet of the family or a public computer; 0 for none.</summary>
    public long Shared { get; set; }

    /// <summary>How often the shared one is used, 0 to 1.</summary>
    public double UsesShared { get; set; }

    public bool ThrowAway { get; init; }
    public double Demotes { get; init; }
    public int Household { get; init; }
}

/// <summary>What a simulated vote truly is.</summary>
public enum TrueKind
{
    /// <summary>A person's own.</summary>
    Honest,

    /// <summary>Several accounts in one browser.</summary>
    OneBrowser,

    /// <summary>Several accounts from one place, the browser's marks wiped in between.</summary>
    Wiped,

    /// <summary>Several accounts through networks that hide where they come from.</summary>
    Hidden,

    /// <summary>Accounts made in stock, voting one now and then.</summary>
    Drip,

    /// <summary>Accounts that vote for each other's ideas.</summary>
    Ring,

    /// <summary>People sent by a link to vote for or against one idea, and to do nothing else.</summary>
    Brigade,
}

internal readonly record struct SimulatedVote(SimulatedPerson By, int Idea, Stance Stance, double Minute, long Device, long Network, long Agent, long Referrer, TrueKind Kind);
