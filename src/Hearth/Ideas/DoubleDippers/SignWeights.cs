namespace Hearth.Ideas.DoubleDippers;

/// <summary>
/// How much each sign weighs, in natural logarithms of the odds: the coefficients of one logistic regression for each way, fitted with a ridge of 20 on
/// the groups of the simulated boards 1 to 40 and rounded to one place. Boards 61 to 75 chose the threshold; docs/accuracy.md measures on others.
/// </summary>
internal static class SignWeights
{
    private static readonly Dictionary<Way, double[]> All = new()
    {
        // Base, Many, OneBrowser, Fresh, OpenedTogether, ThrowAway, Focus, Single, OneAgent, OneNetwork, Crowd, OneByOne,
        // Regular, OneLink, Common, Returning, BrowserGone, Patience, Authors, Mutual, ShareOfIdea, OneSided
        [Way.Device] = [-8.1, 1.2, 0, -1.8, 0, 6.1, 11.2, -5.8, 1.5, -1.7, -1.1, 2.8, -5.0, -3.6, -0.8, -2.2, -1.4, -0.4, -2.2, 0, 4.2, 2.9],
        [Way.Network] = [-13.1, 1.0, 1.1, -4.1, 1.0, 7.1, 10.4, -2.2, 1.6, 0, -7.5, -1.4, -0.1, 1.7, -0.9, -2.5, -1.4, -0.2, -0.6, 0, -6.7, 10.1],
        [Way.Desk] = [-8.5, 0.9, 1.2, -2.8, 1.5, 6.2, 11.2, -4.6, 1.9, 0, -7.8, 0.1, -1.8, -4.2, -0.9, -2.4, -1.7, 0, -3.1, 0, -3.6, 3.9],
        [Way.Fresh] = [-38.1, 0.8, 4.0, 0, 3.7, 7.3, 8.5, 2.3, 8.8, -0.8, -3.7, 0.2, 1.3, 0.6, 0.1, -0.4, 0.2, -12.9, -4.2, 0, -8.1, 22.0],
        [Way.ThrowAway] = [-14.8, 0.6, 2.3, -0.5, 3.5, 0, 5.4, 0.8, 2.6, 3.9, -0.5, 1.1, -1.0, -1.1, -0.4, -2.1, 1.0, -0.5, 2.3, 0, 6.1, 8.8],
        [Way.Ballot] = [-9.3, 0.3, 1.6, -1.9, 2.4, 4.2, 0, 0, 4.9, 3.6, -1.3, -0.4, -0.2, -1.0, -0.4, -3.8, -0.5, 0.3, -3.8, 0, 2.9, 6.7],
        [Way.Link] = [-14.0, 0.2, -12.8, 2.1, 1.8, 1.1, 7.2, 3.0, 3.1, -16.9, -3.9, 0.6, -1.4, 0, -0.5, -5.1, 4.8, -0.3, -2.8, 0, 1.1, 1.3],
        [Way.Burst] = [-12.1, 0.2, -3.2, 0, 3.1, 3.8, 7.5, 3.6, 3.5, -0.8, -6.4, -0.4, 1.9, -0.2, -0.8, -8.1, 1.7, -15.4, 4.3, 0, 1.0, 4.5],
        [Way.Mutual] = [7.8, 1.1, 0, -7.5, 3.7, 3.6, 7.3, 0, 0, -2.5, -1.7, 2.5, -0.1, -0.5, -1.0, -6.0, -1.9, -12.0, 0, 6.2, -1.1, 0.8],
    };

    /// <summary>By <see cref="Sign"/>.</summary>
    public static IReadOnlyList<double> Of(Way way) => All[way];
}
