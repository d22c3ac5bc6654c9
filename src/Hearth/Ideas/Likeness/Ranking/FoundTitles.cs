namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>A title that was found.</summary>
/// <param name="Idea">Whose it is.</param>
/// <param name="Title">As it stands.</param>
/// <param name="Words">Taken apart.</param>
/// <param name="Alike">How alike it is on the first day.</param>
internal sealed record LikeTitle(IdeaId Idea, string Title, TitleWords Words, Alikeness Alike);

/// <summary>What was found for a text, the likest first as of the first day.</summary>
/// <param name="Text">What was asked.</param>
/// <param name="Asked">The same, taken apart.</param>
/// <param name="Board">How rare words are.</param>
/// <param name="Titles">What was found.</param>
internal sealed record FoundTitles(string Text, TitleWords Asked, TitleStatistics Board, IReadOnlyList<LikeTitle> Titles)
{
    /// <summary>What <see cref="PairFeatures"/> says of the first of them.</summary>
    public float[][] Numbers()
    {
        var first = Titles.Take(PairFeatures.Most).ToList();
        return first.Count == 0 ? [] : PairFeatures.Of(new(Text, Asked, Board), first.ConvertAll(t => new ComparedTitle(t.Title, t.Words, Board)), first.ConvertAll(t => t.Alike.Rank), Board);
    }

    /// <summary>The same in the order of a ranker; what comes after the first ones stays below them.</summary>
    public IReadOnlyList<LikeTitle> By(LikenessRanker ranker) => [.. RankedTitles.Order(Numbers(), ranker).Select(i => Titles[i]), .. Titles.Skip(PairFeatures.Most)];
}
