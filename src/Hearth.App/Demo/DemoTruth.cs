using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>How far Operations has come with a planted cause.</summary>
internal enum DemoStage
{
    /// <summary>Found by grouping what people say; nobody has decided yet.</summary>
    Proposed,

    Open,
    Planned,

    /// <summary>Out, and the talk is being measured.</summary>
    Verifying,

    /// <summary>Out, and people stopped speaking of it.</summary>
    Verified,

    /// <summary>Out, and people went on speaking of it.</summary>
    Reopened,
}

/// <summary>A planted cause of talk: from a day on people post about it, so many a day, until its fix has reached them.</summary>
/// <param name="Id">How the story and its posts refer to it.</param>
/// <param name="Title">What a gap about it is called.</param>
/// <param name="Attribute">The attribute it is about.</param>
/// <param name="Sku">Its product; null when it is about all.</param>
/// <param name="Promise">Key of the promise it broke.</param>
/// <param name="Experienced">What people got instead.</param>
/// <param name="StartDay">First day of talk, in days before now.</param>
/// <param name="PerDay">Posts a day on average while it lasts.</param>
/// <param name="FixedDay">When the fix shipped, in days before now; null while it has not.</param>
/// <param name="LagDays">Days the talk takes to fall to a half after the fix: opinion lags changes.</param>
/// <param name="Stage">Where its gap stands now.</param>
/// <param name="Severity">1 (a nuisance) to 4 (people are harmed or lost).</param>
/// <param name="Works">False when the fix is a sham: it shipped, and nothing is better.</param>
internal sealed record DemoCause(
    string Id, string Title, string Attribute, string? Sku, string Promise, string Experienced, double StartDay, double PerDay, double? FixedDay, double LagDays,
    DemoStage Stage, int Severity, bool Works = true)
{
    /// <summary>The expected number of posts on the day that began <paramref name="daysAgo"/> days before now.</summary>
    public double RateOn(double daysAgo) =>
        daysAgo > StartDay ? 0
        : Works && FixedDay is { } shipped && daysAgo < shipped ? PerDay * Math.Pow(0.5, (shipped - daysAgo) / LagDays)
        : PerDay * Math.Min(1, (StartDay - daysAgo + 1) / 4); // word takes four days to get around

    /// <summary>
    /// The day of its talk, counted from 1, by whose end whoever listens can see it: twenty posts are expected within a week, or thirty within four weeks. A quarter of
    /// the one or half of the other are enough to propose a gap; not every post says plainly what it is about, and chance may be late.
    /// </summary>
    public int VisibleDay
    {
        get
        {
            var day = 1;
            while (day < StartDay && Expected(day, 7) < 20 && Expected(day, 28) < 30) day++;
            return day;
        }
    }

    // Posts of the days up to that one.
    private double Expected(int day, int days) => Enumerable.Range(0, days).Sum(n => RateOn(StartDay - (day - 1) + n));
}

/// <summary>What one offer truly earned, refunds taken off.</summary>
/// <param name="Offer">The story's key of the offer.</param>
/// <param name="Clicks">People's clicks; what bots did is not in it.</param>
/// <param name="Claims">Units that got a code.</param>
/// <param name="Direct">Paid for offered items.</param>
/// <param name="Halo">Paid for other items by people who came by it.</param>
/// <param name="Amplified">Of both, what came by people's personal links.</param>
internal sealed record DemoEarned(string Offer, int Clicks, int Claims, Money Direct, Money Halo, Money Amplified);

/// <summary>What the generator knows and the rooms must find out.</summary>
/// <param name="Posts">How many posts there are.</param>
/// <param name="PostsByCause">How many of them each cause brought forth.</param>
/// <param name="ConversationsByCause">How many conversations each gap has attached.</param>
/// <param name="Earned">By offer.</param>
/// <param name="Unattributed">Paid in orders that no offer led to, refunds taken off.</param>
/// <param name="Ideas">How many ideas there are.</param>
/// <param name="Votes">How many votes stand.</param>
internal sealed record DemoTruth(
    int Posts, IReadOnlyDictionary<string, int> PostsByCause, IReadOnlyDictionary<string, int> ConversationsByCause, IReadOnlyList<DemoEarned> Earned,
    Money Unattributed, int Ideas, int Votes)
{
    public Money Direct => Earned.Aggregate(Money.Zero(DemoBrand.Currency), (sum, e) => sum + e.Direct);

    public Money Halo => Earned.Aggregate(Money.Zero(DemoBrand.Currency), (sum, e) => sum + e.Halo);
}
