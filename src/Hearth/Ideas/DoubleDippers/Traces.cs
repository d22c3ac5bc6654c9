using Hearth.Governance;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>An account as its traces show it.</summary>
/// <param name="Id">The account.</param>
/// <param name="Since">When it was opened, or first seen.</param>
/// <param name="ThrowAwayMail">Its address belongs to a domain that gives mail boxes away for minutes.</param>
public sealed record TracedAccount(UserId Id, DateTimeOffset Since, bool ThrowAwayMail);

/// <summary>A vote with what was seen when it was given. Each trace is a salted hash that means nothing elsewhere; 0 is "not seen".</summary>
/// <param name="By">Whose vote.</param>
/// <param name="Idea">On which idea.</param>
/// <param name="Stance">Promote or demote.</param>
/// <param name="At">When.</param>
/// <param name="Device">The browser's own mark.</param>
/// <param name="Network">The network's prefix: /24 of IPv4, /48 of IPv6.</param>
/// <param name="Agent">What the browser calls itself.</param>
/// <param name="Referrer">The host of the page that led here, when it is not ours.</param>
public sealed record TracedVote(UserId By, IdeaId Idea, Stance Stance, DateTimeOffset At, long Device, long Network, long Agent, long Referrer);

/// <summary>Whose idea it is.</summary>
public sealed record TracedIdea(IdeaId Id, UserId Author);

/// <summary>What a search for double dippers looks at.</summary>
/// <param name="Accounts">Those of the votes; one that is missing counts as opened with its first vote.</param>
/// <param name="Votes">At most one by each account on each idea, in any order.</param>
/// <param name="Ideas">Those of the votes; one that is missing has no author.</param>
public sealed record Traces(IReadOnlyCollection<TracedAccount> Accounts, IReadOnlyCollection<TracedVote> Votes, IReadOnlyCollection<TracedIdea> Ideas)
{
    /// <summary>How many accounts the whole board has on a network, where only a part of its votes is here; else they are counted.</summary>
    public IReadOnlyDictionary<long, int>? AccountsOnNetwork { get; init; }
}
