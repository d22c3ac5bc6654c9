using System.Text;
using Hearth.Channels.Files;
using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>What is learned from and what is measured on.</summary>
/// <param name="Name">The group that is held out; null for a split of another kind.</param>
public sealed record Split(string? Name, IReadOnlyList<LabelledPost> Train, IReadOnlyList<LabelledPost> Test);

/// <summary>Holds out a part of labelled posts. The same posts and seed give the same parts, in whatever order the posts come.</summary>
public static class SplitPosts
{
    /// <summary>The latest part is held out; posts of one moment stay together on the earlier side as far as the share goes.</summary>
    /// <exception cref="UnreadableFileException">No time is known.</exception>
    public static Split ByTime(IReadOnlyList<LabelledPost> posts, double share)
    {
        if (posts.Any(p => p.At is null)) throw new UnreadableFileException("--split time needs the column with the time: --map time=COLUMN.");
        var ordered = posts.OrderBy(p => p.At).ThenBy(p => p.Line).ToList();
        var first = ordered.Count - (int)Math.Round(ordered.Count * share);
        return new(null, ordered[..first], ordered[first..]);
    }

    /// <summary>A random part is held out. Posts with the same words stand on the same side, or repeats would be learned by heart.</summary>
    public static Split Random(IReadOnlyList<LabelledPost> posts, double share, ulong seed)
    {
        var byText = posts.Select(p => (Post: p, Draw: Draw(p.Text, seed))).OrderBy(p => p.Draw).ToList();
        var cut = (int)Math.Round(posts.Count * share);
        while (cut > 0 && cut < byText.Count && byText[cut].Draw == byText[cut - 1].Draw) cut++;
        return new(null, [.. byText.Skip(cut).Select(p => p.Post)], [.. byText.Take(cut).Select(p => p.Post)]);
    }

    /// <summary>Each group is held out once.</summary>
    public static IEnumerable<Split> ByGroup(IReadOnlyList<LabelledPost> posts)
    {
        foreach (var group in posts.Select(p => p.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            yield return new(group, [.. posts.Where(p => p.Group != group)], [.. posts.Where(p => p.Group == group)]);
    }

    /// <summary>A number that looks random, of a text's words and a seed (splitmix64 over FNV-1a).</summary>
    internal static ulong Draw(string text, ulong seed)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var b in Encoding.UTF8.GetBytes(string.Join(' ', Tokens.Of(text).Select(t => t.Folded)) is { Length: > 0 } words ? words : text)) hash = (hash ^ b) * 0x100000001B3;
        hash += (seed + 1) * 0x9E3779B97F4A7C15;
        hash = (hash ^ hash >> 30) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ hash >> 27) * 0x94D049BB133111EB;
        return hash ^ hash >> 31;
    }
}
