namespace Hearth.App.Demo.Years;

/// <summary>The size of the story of an outlet account: two years, 620,000 followers at their end, eight posts a week, each with an offer and its link.</summary>
/// <param name="Seed">The same seed tells the same story.</param>
/// <param name="Weeks">1 to 104, from the first.</param>
internal sealed record YearsPlan(int Seed = 1, int Weeks = YearsPlan.All)
{
    public const int All = 104;
    public const int PostsPerWeek = 8;
    public const int Followers = 620_000;
    public const string Currency = "USD";

    /// <summary>Of these, more or less: what people who follow a link do is drawn for each of them.</summary>
    public const int Clicks = 500_000;

    /// <summary>How many follow the account after a part of the time, 0 to 1: slowly, then by word of mouth, then everybody who wants to.</summary>
    public static double FollowersAt(double part) => Followers * (Logistic(part) - Logistic(0)) / (Logistic(1) - Logistic(0)) + 2_000 * (1 - part);

    private static double Logistic(double part) => 1 / (1 + Math.Exp(-9 * (part - 0.6)));
}
