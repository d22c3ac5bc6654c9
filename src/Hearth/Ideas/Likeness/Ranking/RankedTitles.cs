namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>A title that was asked, as an example to learn from or to be measured on.</summary>
/// <param name="Numbers">What <see cref="PairFeatures"/> says of each title found, in the order of the first day.</param>
/// <param name="Same">Which of them people said are the same.</param>
/// <param name="All">How many are the same on the whole board, found or not; at least one.</param>
internal sealed record RankedTitles(float[][] Numbers, bool[] Same, int All)
{
    /// <summary>The mean, over all that are the same, of the precision at the place where each comes; 0 for one that was not found.</summary>
    public double AveragePrecision(LikenessRanker? ranker)
    {
        var (hits, place, sum) = (0, 0, 0.0);
        foreach (var i in Order(Numbers, ranker))
        {
            place++;
            if (Same[i]) sum += ++hits / (double)place;
        }

        return sum / All;
    }

    /// <summary>The places of the titles found, the likest first: by the ranker, or as they are when there is none.</summary>
    public static IEnumerable<int> Order(float[][] numbers, LikenessRanker? ranker) =>
        ranker is null ? Enumerable.Range(0, numbers.Length) : Enumerable.Range(0, numbers.Length).OrderByDescending(i => ranker.Score(numbers[i])).ThenBy(i => i);
}
