using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>Reads rules, their versions and what they did.</summary>
public sealed class ReadRules
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Database _db;
    private readonly RuleNaming _naming;
    private readonly TimeProvider _clock;

    internal ReadRules(Database db, RuleNaming naming, TimeProvider clock) => (_db, _naming, _clock) = (db, naming, clock);

    private sealed record Place(long Position);

    /// <summary>All, in the order in which they are asked; removed ones are left out.</summary>
    public async Task<IReadOnlyList<RuleLine>> All(CancellationToken ct) => await Lines(await _db.Set<RuleRow>().AsNoTracking().Where(r => r.RemovedAt == null).ToListAsync(ct), ct);

    /// <summary>One with all its versions, also when it was removed; null when there is none of that number.</summary>
    public async Task<RuleView?> Of(long number, CancellationToken ct)
    {
        if (await _db.Set<RuleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Number == number, ct) is not { } rule) return null;
        var versions = await _db.Set<RuleVersionRow>().AsNoTracking().Where(v => v.Rule == number).OrderByDescending(v => v.Version).ToListAsync(ct);
        var names = await _naming.All(ct);
        return new((await Lines([rule], ct))[0], rule.RemovedAt is not null, versions.ConvertAll(v => View(v, names)));
    }

    /// <summary>What rules did, the latest first, a page at a time.</summary>
    /// <param name="rule">Only this one; null for all.</param>
    /// <param name="conversation">Only on this one; null for all.</param>
    /// <param name="after">The place after which to go on.</param>
    /// <param name="size">Most of a page.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<FiringView>?> Firings(long? rule, ConversationId? conversation, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var found = _db.Set<RuleFiring>().AsNoTracking();
        if (rule is { } number) found = found.Where(f => f.Rule == number);
        if (conversation is { } id) found = found.Where(f => f.Conversation == id);
        if (place is { Position: var position }) found = found.Where(f => f.Position < position);
        var rows = await (from f in found
                          orderby f.Position descending
                          join c in _db.Set<Conversation>() on f.Conversation equals c.Id
                          join r in _db.Set<RuleRow>() on f.Rule equals r.Number
                          select new FiringView(f.Position, f.Rule, r.Name, f.Version, f.Conversation, c.Number, c.Preview, f.Mention, f.Moment, f.Did, f.At)).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, f => new Place(f.Position));
    }

    private async Task<IReadOnlyList<RuleLine>> Lines(List<RuleRow> rules, CancellationToken ct)
    {
        var numbers = rules.ConvertAll(r => r.Number);
        var since = _clock.Now() - Week;
        var lately = await _db.Set<RuleFiring>().Where(f => numbers.Contains(f.Rule) && f.At >= since).GroupBy(f => f.Rule).Select(g => new { g.Key, Count = g.Count(), Last = g.Max(f => f.At) }).ToDictionaryAsync(g => g.Key, ct);
        var latest = await (from v in _db.Set<RuleVersionRow>().AsNoTracking()
                            join r in _db.Set<RuleRow>() on new { v.Rule, v.Version } equals new { Rule = r.Number, r.Version }
                            where numbers.Contains(v.Rule)
                            select v).ToDictionaryAsync(v => v.Rule, ct);
        var names = await _naming.All(ct);
        var lines = new List<RuleLine>();
        var place = 0;
        foreach (var rule in rules.OrderBy(r => r.Place).ThenBy(r => r.Number))
        {
            var body = latest[rule.Number].Read();
            var number = rule.Number;
            var inWeek = lately.GetValueOrDefault(number);
            var last = inWeek?.Last ?? await _db.Set<RuleFiring>().Where(f => f.Rule == number).OrderByDescending(f => f.Position).Select(f => (DateTimeOffset?)f.At).FirstOrDefaultAsync(ct);
            lines.Add(new(rule.Number, rule.Name, rules.Count == 1 ? rule.Place : ++place, rule.Version, rule.LiveVersion, rule.LiveSince, rule.TriedVersion, rule.TriedAt, RuleWords.When(body.When, names),
                RuleWords.If(body.If, names), RuleWords.Then(body.Then, names), inWeek?.Count ?? 0, last));
        }

        return lines;
    }

    private static RuleVersionView View(RuleVersionRow v, RuleNames names)
    {
        var body = v.Read();
        return new(v.Version, v.Name, body, RuleWords.When(body.When, names), RuleWords.If(body.If, names), RuleWords.Then(body.Then, names), v.By, v.ByName, v.At);
    }
}
