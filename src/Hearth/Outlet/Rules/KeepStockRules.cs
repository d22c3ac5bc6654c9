using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Rules;

/// <summary>What became of a rule that somebody wrote.</summary>
public abstract record KeptStockRule
{
    private KeptStockRule() { }

    public sealed record Done(StockRuleId Id) : KeptStockRule;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptStockRule;

    /// <summary>Only a lead or an owner lets a rule publish by itself, or changes one that does.</summary>
    public sealed record NotAllowed : KeptStockRule;

    public sealed record Unknown : KeptStockRule;
}

/// <summary>Writes, reads and removes rules of stock.</summary>
public sealed class KeepStockRules(Database db, TimeProvider clock)
{
    /// <summary>The most rules there can be.</summary>
    public const int Most = 100;

    /// <summary>All rules, in the order in which they were written: the earlier one is first at an item.</summary>
    public async Task<IReadOnlyList<StockRuleView>> All(CancellationToken ct)
    {
        var week = clock.Now().AddDays(-7);
        var made = await db.Set<Offer>().Where(o => o.Rule != null && o.CreatedAt > week).GroupBy(o => o.Rule).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key!.Value, g => g.Count, ct);
        return [.. (await db.Set<StockRule>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(ct)).Select(r => new StockRuleView(r.Id, Read(r), r.KeeperName, r.At, r.RanAt, made.GetValueOrDefault(r.Id)))];
    }

    /// <summary>Writes a rule, or writes it anew; whoever does that answers for what it makes.</summary>
    /// <param name="id">Null for a new one.</param>
    /// <param name="draft">What it says.</param>
    /// <param name="by">Who answers for it.</param>
    /// <param name="ct">Stops the work; nothing is kept.</param>
    public Task<KeptStockRule> Put(StockRuleId? id, StockRuleDraft draft, Actor by, CancellationToken ct) => db.InTransaction<KeptStockRule>(async () =>
    {
        var errors = draft.Errors().ToList();
        if (id is null && await db.Set<StockRule>().CountAsync(ct) >= Most) errors.Add(new("name", $"is one too many: there are {Most} rules"));
        if (errors.Count > 0) return new KeptStockRule.Invalid(errors);
        var row = id is { } known ? await db.Set<StockRule>().SingleOrDefaultAsync(r => r.Id == known, ct) : null;
        if (id is not null && row is null) return new KeptStockRule.Unknown();
        if ((draft.Publishes || row is not null && Read(row).Publishes) && !by.Is(Role.Lead)) return new KeptStockRule.NotAllowed();
        var (now, body) = (clock.Now(), JsonSerializer.Serialize(draft with { Name = draft.Name.Trim() }, Json.Options));
        var what = row is null ? "added" : "changed";
        if (row is null) db.Add(row = new() { Id = StockRuleId.New(), Body = body, Keeper = by.Id, KeeperName = by.Name, KeeperInitials = by.Initials, At = now });
        else (row.Body, row.Keeper, row.KeeperName, row.KeeperInitials, row.At) = (body, by.Id, by.Name, by.Initials, now);
        db.Record(new StockRuleChanged(row.Id, what, draft.Name.Trim(), by.Id, by.Name, now));
        await db.SaveChangesAsync(ct);
        return new KeptStockRule.Done(row.Id);
    }, ct);

    /// <summary>Removes a rule; the offers it made stay.</summary>
    public Task<KeptStockRule> Remove(StockRuleId id, Actor by, CancellationToken ct) => db.InTransaction<KeptStockRule>(async () =>
    {
        if (await db.Set<StockRule>().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } row) return new KeptStockRule.Unknown();
        if (Read(row).Publishes && !by.Is(Role.Lead)) return new KeptStockRule.NotAllowed();
        db.Remove(row);
        db.Record(new StockRuleChanged(id, "removed", Read(row).Name, by.Id, by.Name, clock.Now()));
        await db.SaveChangesAsync(ct);
        return new KeptStockRule.Done(id);
    }, ct);

    internal static StockRuleDraft Read(StockRule row) => JsonSerializer.Deserialize<StockRuleDraft>(row.Body, Json.Options)!;
}
