using System.Globalization;
using System.Text.RegularExpressions;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Simulation;

/// <summary>A board worked out again from what anybody can read.</summary>
/// <param name="Ideas">Ideas whose votes were read.</param>
/// <param name="Votes">Votes that were read, held ones included.</param>
/// <param name="Held">Those of them that are held.</param>
/// <param name="Lists">Lists that were walked to their end and compared, place by place.</param>
/// <param name="Explained">Ideas whose "why is this here" was compared too.</param>
/// <param name="ImplementedPerMonth">What "ideas in action" says.</param>
/// <param name="Faults">What did not agree; at most 20.</param>
public sealed record StormChecked(int Ideas, int Votes, int Held, IReadOnlyList<string> Lists, int Explained, double ImplementedPerMonth, IReadOnlyList<string> Faults);

/// <summary>
/// Works every rank of a board out again from the public votes and the formulas in docs/ideas.md, sharing no code with the ranking, and compares with what the
/// lists show. The board must stand still meanwhile.
/// </summary>
public sealed partial class CheckStorm(IServiceScopeFactory scopes)
{
    private const int Explanations = 150;

    private readonly List<string> _faults = [];

    public async Task<StormChecked> Run(CancellationToken ct)
    {
        var lines = (await Walk(new(IdeaOrder.New), ct)).Concat(await Walk(new(IdeaOrder.New, IdeaStatus.Archived), ct)).ToArray();
        if (lines.Length == 0) return new(0, 0, 0, [], 0, 0, ["the board is empty"]);
        var rules = await Explain(lines[0].Id, ct);
        var rising = RisingRule().Match(rules.Lists.Single(l => l.Order == IdeaOrder.Rising).Formula);
        var risingFrom = DateOnly.ParseExact(rising.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (votes, heldVotes) = (0, 0);
        var ranked = new List<Ranked>();
        foreach (var line in lines)
        {
            var cast = await Votes(line.Id, ct);
            (votes, heldVotes) = (votes + cast.Count, heldVotes + cast.Count(v => v.Held));
            ranked.Add(Rank(line, cast.FindAll(v => !v.Held), rules, risingFrom));
            var r = ranked[^1];
            Same(line, "promotions", r.Promotions, line.Promotions);
            Same(line, "demotions", r.Demotions, line.Demotions);
            Same(line, "held votes", cast.Count(v => v.Held), line.Held);
            Same(line, "points", r.Points, line.Points);
            if (Math.Abs(r.Worth - line.Worth) > 1e-3) Fault($"#{line.Number}: worth {line.Worth}, but {r.Worth} by its votes");
        }

        List<string> lists = [];
        var live = ranked.FindAll(r => r.Line.Status != IdeaStatus.Archived);
        await Compare("popular", new(IdeaOrder.Popular), live.OrderByDescending(r => r.Score).ThenByDescending(r => r.Line.Number));
        await Compare("top", new(IdeaOrder.Top), live.OrderByDescending(r => r.Points).ThenByDescending(r => r.Line.Number));
        await Compare("new", new(IdeaOrder.New), live.OrderByDescending(r => r.Line.At).ThenByDescending(r => r.Line.Number));
        await Compare("oldest", new(IdeaOrder.Oldest), live.OrderBy(r => r.Line.At).ThenBy(r => r.Line.Number));
        await Compare("rising", new(IdeaOrder.Rising), live.Where(r => r.Rising > 0).OrderByDescending(r => r.Rising).ThenByDescending(r => r.Line.Number));
        await Compare("controversial", new(IdeaOrder.Controversial), live.Where(r => r.Controversy > 0).OrderByDescending(r => r.Controversy).ThenByDescending(r => r.Line.Number));
        await Compare("unanswered", new(IdeaOrder.Oldest, Unanswered: true), live.Where(r => r.Line.AnsweredAt is null).OrderBy(r => r.Line.At).ThenBy(r => r.Line.Number));
        foreach (var status in Enum.GetValues<IdeaStatus>())
        {
            await Compare("status " + status, new(IdeaOrder.Popular, status), ranked.Where(r => r.Line.Status == status).OrderByDescending(r => r.Score).ThenByDescending(r => r.Line.Number));
        }

        foreach (var shelf in lines.Select(l => l.Category).Distinct().Order(StringComparer.Ordinal))
        {
            await Compare("category " + shelf, new(IdeaOrder.Popular, Category: shelf), live.Where(r => r.Line.Category == shelf).OrderByDescending(r => r.Score).ThenByDescending(r => r.Line.Number));
        }

        var explained = await CompareExplanations(live, ct);
        return new(lines.Length, votes, heldVotes, lists, explained, await InAction(ranked, ct), _faults);

        async Task Compare(string name, IdeaFilter filter, IEnumerable<Ranked> expected)
        {
            lists.Add(name);
            var (shown, ours) = (await Walk(filter, ct), expected.ToArray());
            if (shown.Count != ours.Length) Fault($"{name}: {shown.Count} ideas, but {ours.Length} belong there");
            for (var i = 0; i < Math.Min(shown.Count, ours.Length); i++)
            {
                if (shown[i].Id == ours[i].Line.Id) continue;
                Fault($"{name}: place {i + 1} shows #{shown[i].Number}, but #{ours[i].Line.Number} belongs there");
                break;
            }
        }
    }

    private sealed record Ranked(IdeaLine Line, int Promotions, int Demotions, long Score, int Points, double Worth, long Rising, long Controversy);

    // The formulas of docs/ideas.md, written a second time.
    private static Ranked Rank(IdeaLine line, List<PublicVote> votes, RankExplained rules, DateOnly risingFrom)
    {
        static int Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;
        long Sum(DateOnly from, double halfLife) => votes.Sum(v => (long)v.Stance * v.Weight * (long)Math.Round(rules.PointsPerVote * 16384.0 * Math.Pow(2, (Day(v.At) - from.DayNumber) / halfLife)));
        var (promotions, demotions) = (votes.Count(v => v.Stance == Stance.Promote), votes.Count(v => v.Stance == Stance.Demote));
        var worth = votes.Sum(v => (int)v.Stance * v.Weight / 1000.0 * rules.PointsPerVote * Math.Pow(0.5, (Day(rules.Now) - Day(v.At)) / (double)rules.HalfLifeDays));
        var (less, more) = (Math.Min(promotions, demotions), Math.Max(promotions, demotions));
        return new(line, promotions, demotions, Sum(rules.Epoch, rules.HalfLifeDays), (int)(votes.Sum(v => (long)v.Stance * v.Weight) * rules.PointsPerVote / 1000), worth,
            Sum(risingFrom, rules.HalfLifeDays / 7.0) / (10 + promotions + demotions), less == 0 ? 0 : (long)(promotions + demotions) * less / more);
    }

    private async Task<int> CompareExplanations(List<Ranked> live, CancellationToken ct)
    {
        var popular = live.OrderByDescending(r => r.Score).ThenByDescending(r => r.Line.Number).ToArray();
        var step = Math.Max(1, popular.Length / Explanations);
        var explained = 0;
        for (var i = 0; i < popular.Length; i += i < 20 ? 1 : step, explained++)
        {
            var why = await Explain(popular[i].Line.Id, ct);
            Same(popular[i].Line, "score", popular[i].Score, why.Score);
            Same(popular[i].Line, "place", i < 1_000 ? i + 1 : 0, why.Place ?? 0);
            Same(popular[i].Line, "promotions by day", popular[i].Promotions, why.Days.Sum(d => d.Promotions));
            if (i > 0 && why.Ahead?.Idea != popular[i - 1].Line.Id) Fault($"#{popular[i].Line.Number}: another idea is said to stand ahead");
        }

        return explained;
    }

    private async Task<double> InAction(List<Ranked> ranked, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var action = await scope.ServiceProvider.GetRequiredService<IdeasInAction>().Now(ct);
        var made = ranked.Count(r => r.Line.Status is IdeaStatus.Implemented or IdeaStatus.PartiallyImplemented);
        if (action.Submitted != ranked.Count) Fault($"in action: {action.Submitted} submitted, but {ranked.Count} are listed");
        if (action.Implemented != made) Fault($"in action: {action.Implemented} implemented, but {made} are listed");
        if (action.Months.Sum(m => m.Implemented) != made) Fault("in action: the months do not add up to what is implemented");
        if (action.Months.Sum(m => m.Submitted) != ranked.Count) Fault("in action: the months do not add up to what was submitted");
        if (action.Categories.Sum(c => c.Submitted) != ranked.Count) Fault("in action: the shelves do not add up to what was submitted");
        return action.PerMonth;
    }

    private async Task<List<IdeaLine>> Walk(IdeaFilter filter, CancellationToken ct)
    {
        var all = new List<IdeaLine>();
        string? after = null;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            var page = (await scope.ServiceProvider.GetRequiredService<ListIdeas>().Of(filter, null, after, Keyset.MaxSize, ct))!;
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private async Task<List<PublicVote>> Votes(IdeaId idea, CancellationToken ct)
    {
        var all = new List<PublicVote>();
        string? after = null;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            var page = (await scope.ServiceProvider.GetRequiredService<ExplainRank>().Votes(idea, after, Keyset.MaxSize, ct))!;
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private async Task<RankExplained> Explain(IdeaId idea, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ExplainRank>().Of(idea, ct))!;
    }

    private void Same(IdeaLine line, string what, long ours, long shown)
    {
        if (ours != shown) Fault($"#{line.Number}: {what} {shown}, but {ours} by its votes");
    }

    private void Fault(string fault)
    {
        if (_faults.Count < 20) _faults.Add(fault);
    }

    [GeneratedRegex(@"(?<=counted from )\d{4}-\d\d-\d\d", RegexOptions.None, 1000)]
    private static partial Regex RisingRule();
}
