namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>What was learned of an order: one ranker for titles that are whole, one for titles that are being typed. Never changes.</summary>
internal sealed record LearnedOrder(LikenessRanker Whole, LikenessRanker Begun)
{
    /// <summary>Which parts of a title stand for one that is being typed.</summary>
    public static readonly double[] Typed = [0.5, 0.75];

    private const int LeastTyped = 8;

    public LikenessRanker For(bool isBegun) => isBegun ? Begun : Whole;

    /// <summary>Learns both.</summary>
    public static LearnedOrder Learn(IReadOnlyList<RankedTitles> whole, IReadOnlyList<RankedTitles> begun, CancellationToken ct) => new(LikenessRanker.Learn(whole, ct), LikenessRanker.Learn(begun, ct));

    /// <summary>As much of a title as was typed of it, at least eight characters.</summary>
    public static string Begin(string title, double typed) => title[..Math.Min(title.Length, Math.Max(LeastTyped, (int)Math.Ceiling(title.Length * typed)))];

    public byte[] Save() => [.. Whole.Save(), .. Begun.Save()];

    /// <summary>Null when the bytes are of another form.</summary>
    public static LearnedOrder? Load(ReadOnlySpan<byte> data) =>
        data.Length % 2 == 0 && LikenessRanker.Load(data[..(data.Length / 2)]) is { } whole && LikenessRanker.Load(data[(data.Length / 2)..]) is { } begun ? new(whole, begun) : null;
}
