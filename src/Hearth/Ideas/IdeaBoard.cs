using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Ideas;

/// <summary>The one row that says by which rules the board runs, and from which days vote weights are counted.</summary>
internal sealed class IdeaBoard
{
    /// <summary>The rising list looks at a seventh of the half-life: at two days of fourteen.</summary>
    public const double RisingPart = 1 / 7.0;

    public int Id { get; init; } = 1;

    /// <summary>A vote has lost half of its worth after so many days.</summary>
    public int HalfLifeDays { get; set; } = Popularity.DefaultHalfLifeDays;

    public int PointsPerVote { get; set; } = Popularity.DefaultPoints;

    /// <summary>What nobody took up goes to the archive after so many months.</summary>
    public int ArchiveAfterMonths { get; set; } = BoardRules.DefaultArchiveAfterMonths;

    /// <summary>What a guest's vote weighs, in thousandths; 0 when guests do not vote.</summary>
    public int GuestVotes { get; set; }

    public bool GuestsPost { get; set; }

    /// <summary>UTC, in days since 1970-01-01.</summary>
    public int EpochDay { get; set; }

    /// <inheritdoc cref="EpochDay"/>
    public int RisingEpochDay { get; set; }

    public Popularity Popular => new(Days.Of(EpochDay), HalfLifeDays, PointsPerVote);

    public Popularity Rising => new(Days.Of(RisingEpochDay), HalfLifeDays * RisingPart, PointsPerVote);

    public BoardRules Rules => new(HalfLifeDays, PointsPerVote, ArchiveAfterMonths, GuestVotes, GuestsPost);

    public bool IsDue(DateTimeOffset now) => Popular.IsDue(now) || Rising.IsDue(now);

    public static IdeaBoard StartingOn(DateTimeOffset now) => new() { EpochDay = Days.Number(now), RisingEpochDay = Days.Number(now) };
}

/// <summary>Days as the tables keep them.</summary>
internal static class Days
{
    private static readonly int Zero = new DateOnly(1970, 1, 1).DayNumber;

    public static int Number(DateTimeOffset at) => Popularity.Day(at).DayNumber - Zero;

    public static DateOnly Of(int number) => DateOnly.FromDayNumber(number + Zero);
}

/// <summary>By which rules the board runs.</summary>
/// <param name="HalfLifeDays">A vote has lost half of its worth after so many days; 1 to 3,650.</param>
/// <param name="PointsPerVote">What a whole vote is worth when it is given; 1 to 100.</param>
/// <param name="ArchiveAfterMonths">Ideas that nobody of the brand took up go to the archive after so many months; 1 to 120, or 0 for never.</param>
/// <param name="GuestVotes">What the vote of somebody without an account weighs, in thousandths of a whole one; 0 to 1,000, 0 when they do not vote.</param>
/// <param name="GuestsPost">True when somebody without an account may post ideas and comments.</param>
public sealed record BoardRules(int HalfLifeDays, int PointsPerVote, int ArchiveAfterMonths, int GuestVotes = 0, bool GuestsPost = false)
{
    public const int DefaultArchiveAfterMonths = 6;

    public static BoardRules Default { get; } = new(Popularity.DefaultHalfLifeDays, Popularity.DefaultPoints, DefaultArchiveAfterMonths);

    internal IEnumerable<FieldError> Errors()
    {
        if (HalfLifeDays is < 1 or > 3650) yield return new("halfLifeDays", "must be 1 to 3,650 days");
        if (PointsPerVote is < 1 or > 100) yield return new("pointsPerVote", "must be 1 to 100 points");
        if (ArchiveAfterMonths is < 0 or > 120) yield return new("archiveAfterMonths", "must be 0 to 120 months; 0 is never");
        if (GuestVotes is < 0 or > Popularity.WholeVote) yield return new("guestVotes", "must be 0 to 1,000 thousandths of a vote; 0 is none");
    }

    /// <summary>True when somebody without an account may do anything here.</summary>
    public bool TakesGuests => GuestVotes > 0 || GuestsPost;
}

/// <summary>The rules of the board were changed; the record keeps who did it, and what they were.</summary>
public sealed record BoardChanged(BoardRules Before, BoardRules Now, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "ideas:board";
}
