using Hearth.Governance;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>
/// "Every idea is answered": one that waited seven days for a word of the brand goes onto the list of somebody by name: of the partner of its category with the
/// fewest ideas waiting; of the lead or owner with the fewest where a category has no partner. Ideas of people who can no longer sign in go to others.
/// </summary>
public sealed class AgeIdeas(Database db, Staff staff, TellAccount tell, TimeProvider clock)
{
    /// <summary>So long an idea may wait before it is on somebody's list.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const int Together = 200;

    /// <summary>Gives every idea that waited too long to somebody. Returns how many; none while the brand has nobody who may answer.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        var people = (await staff.All(ct)).Where(s => s.Role >= Role.Agent).ToList();
        var leads = people.Where(s => s.Role >= Role.Lead).Select(s => s.Id).ToList();
        if (people.Count == 0) return 0;
        var (ids, all) = (people.ConvertAll(p => p.Id), 0);
        var load = await Waiting.Where(i => i.Owner != null).GroupBy(i => i.Owner!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var partners = (await db.IdeaPartners.AsNoTracking().Where(p => ids.Contains(p.User)).ToListAsync(ct)).ToLookup(p => p.Category, p => p.User, StringComparer.Ordinal);
        var given = new Dictionary<UserId, int>();
        while (true)
        {
            var count = await db.InTransaction(() => Some(ids, leads, partners, load, given, ct), ct);
            all += count;
            if (count < Together) return all;
        }
    }

    private IQueryable<Idea> Waiting => db.ShownIdeas.Where(i => i.AnsweredAt == null && i.Status != IdeaStatus.Archived);

    private async Task<int> Some(List<UserId> people, List<UserId> leads, ILookup<string, UserId> partners, Dictionary<UserId, int> load, Dictionary<UserId, int> given, CancellationToken ct)
    {
        var now = clock.Now();
        var before = now - Longest;
        var late = await Waiting.Where(i => i.At <= before && (i.Owner == null || !people.Contains(i.Owner.Value))).OrderBy(i => i.At).ThenBy(i => i.Number).Take(Together)
            .Select(i => new { i.Id, i.Category }).ToListAsync(ct);
        given.Clear();
        var count = 0;
        foreach (var idea in late)
        {
            var fit = partners[idea.Category].ToList();
            var owner = (fit.Count > 0 ? fit : leads.Count > 0 ? leads : people).OrderBy(p => load.GetValueOrDefault(p)).ThenBy(p => p.Value).First();
            if (await db.Ideas.Where(i => i.Id == idea.Id && i.AnsweredAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.Owner, (UserId?)owner).SetProperty(i => i.OwnedSince, (DateTimeOffset?)now), ct) == 0) continue;
            load[owner] = load.GetValueOrDefault(owner) + 1;
            given[owner] = given.GetValueOrDefault(owner) + 1;
            count++;
            db.Record(new IdeaOwned(idea.Id, owner, null, now));
        }

        foreach (var (owner, number) in given)
        {
            var text = number == 1 ? "An idea waited seven days for an answer and is on your list now." : $"{number} ideas waited seven days for an answer and are on your list now.";
            await tell.To(owner, IdeaNewsKind.Other, null, text, ct);
        }

        await db.SaveChangesAsync(ct);
        return late.Count == Together ? Together : count;
    }
}

/// <summary>Looks for ideas that waited too long.</summary>
public sealed record AgeIdeasNow : IJob;

internal sealed class AgeIdeasJob(AgeIdeas age) : IRun<AgeIdeasNow>
{
    public Task Run(AgeIdeasNow job, CancellationToken ct) => age.Run(ct);
}
