using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>How much people said.</summary>
/// <param name="Merges">Merges that stand.</param>
/// <param name="Choices">Titles that somebody, instead of posting them, found to be an idea that stands.</param>
/// <param name="Refusals">Pairs of ideas that somebody said are not the same.</param>
public sealed record SaidCount(int Merges, int Choices, int Refusals)
{
    /// <summary>What an order can be learned from.</summary>
    public int Teaching => Merges + Choices;
}

/// <summary>One title, with what is found for it on the board as it is now.</summary>
/// <param name="Family">The idea that is shown for all of its meaning; titles of one family are learned from or measured on together.</param>
/// <param name="IsMerged">True for the title of an idea that staff merged; false for one that was chosen instead of posted.</param>
/// <param name="Whole">The title whole.</param>
/// <param name="Begun">The same half and three quarters typed.</param>
internal sealed record TaughtTitle(IdeaId Family, bool IsMerged, RankedTitles Whole, IReadOnlyList<RankedTitles> Begun);

/// <summary>Turns what people said of ideas into examples: each title of a merged family is asked, and the family's others are what should come first.</summary>
internal sealed class ReadSaid(Database db, FindLikeIdeas find)
{
    /// <summary>More titles than the newest of these are not learned from: each is looked for three times.</summary>
    private const int Most = 2_000;

    public async Task<SaidCount> Count(CancellationToken ct) => new(
        await db.Set<IdeaMerge>().CountAsync(m => m.UndoneAt == null, ct), await db.SaidAlike.CountAsync(s => s.IsSame, ct), await db.SaidAlike.CountAsync(s => !s.IsSame, ct));

    public async Task<IReadOnlyList<TaughtTitle>> All(CancellationToken ct)
    {
        var merges = await db.Set<IdeaMerge>().Where(m => m.UndoneAt == null).OrderByDescending(m => m.Number).Select(m => new { m.Idea, m.Into }).ToListAsync(ct);
        var into = merges.ToDictionary(m => m.Idea, m => m.Into);
        var families = merges.SelectMany(m => (IdeaId[])[m.Idea, m.Into]).Distinct().GroupBy(Root).ToDictionary(g => g.Key, g => g.ToHashSet());
        var asked = merges.SelectMany(m => (IdeaId[])[m.Idea, m.Into]).Distinct().Take(Most).ToList();
        var titles = new Dictionary<IdeaId, string>();
        foreach (var some in asked.Chunk(500))
        {
            var ids = some.ToList();
            foreach (var row in await db.Ideas.Where(i => ids.Contains(i.Id) && i.Standing != IdeaStanding.Removed).Select(i => new { i.Id, i.Title }).ToListAsync(ct)) titles[row.Id] = row.Title;
        }

        var examples = new List<TaughtTitle>();
        foreach (var idea in asked.Where(titles.ContainsKey))
        {
            var same = families[Root(idea)].Where(i => i != idea).ToHashSet();
            examples.Add(await Example(titles[idea], idea, Root(idea), same, true, ct));
        }

        var chosen = await db.SaidAlike.Where(s => s.IsSame && s.Text != null).OrderByDescending(s => s.Number).Take(Math.Max(0, Most - examples.Count)).Select(s => new { s.Text, s.Other }).ToListAsync(ct);
        foreach (var choice in chosen)
        {
            var root = Root(choice.Other);
            examples.Add(await Example(choice.Text!, null, root, families.GetValueOrDefault(root) ?? [choice.Other], false, ct));
        }

        return examples;

        IdeaId Root(IdeaId idea)
        {
            while (into.TryGetValue(idea, out var to)) idea = to;
            return idea;
        }
    }

    private async Task<TaughtTitle> Example(string title, IdeaId? idea, IdeaId family, HashSet<IdeaId> same, bool isMerged, CancellationToken ct)
    {
        var begun = new List<RankedTitles>();
        foreach (var typed in LearnedOrder.Typed) begun.Add(await Asked(LearnedOrder.Begin(title, typed), true));
        return new(family, isMerged, await Asked(title, false), begun);

        async Task<RankedTitles> Asked(string text, bool isBegun)
        {
            var found = await find.Found(text, isBegun, idea, withRefused: true, ct);
            var numbers = found.Numbers();
            return new(numbers, [.. found.Titles.Take(numbers.Length).Select(t => same.Contains(t.Idea))], same.Count);
        }
    }
}
