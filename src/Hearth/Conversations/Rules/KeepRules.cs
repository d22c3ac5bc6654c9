using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>What became of a change to the rules.</summary>
public abstract record KeptRule
{
    private KeptRule() { }

    /// <summary>It is kept.</summary>
    /// <param name="Number">What people call the rule by.</param>
    /// <param name="Version">Its latest version.</param>
    public sealed record Done(long Number, int Version) : KeptRule;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptRule;

    /// <summary>Somebody wrote version <paramref name="Version"/> meanwhile; nothing was changed.</summary>
    public sealed record WrittenMeanwhile(int Version) : KeptRule;

    /// <summary>This version was never tried on what has been.</summary>
    public sealed record NotTried : KeptRule;

    public sealed record Unknown : KeptRule;
}

/// <summary>Writes rules, puts them live and takes them back, and keeps their order. What is written acts only once it was tried and put live; until then the version before it goes on.</summary>
public sealed class KeepRules
{
    /// <summary>More would make every post ask for long.</summary>
    public const int AtMost = 500;

    private readonly Database _db;
    private readonly CheckRule _check;
    private readonly RuleWaits _waits;
    private readonly TimeProvider _clock;

    internal KeepRules(Database db, CheckRule check, RuleWaits waits, TimeProvider clock) => (_db, _check, _waits, _clock) = (db, check, waits, clock);

    /// <summary>Writes a new rule, last in the order. It does not act yet.</summary>
    public async Task<KeptRule> Add(RuleDraft draft, Actor by, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (await _check.Read(draft, errors, ct) is not { } rule) return new KeptRule.Invalid(errors);
        if (await _db.Set<RuleRow>().CountAsync(r => r.RemovedAt == null, ct) >= AtMost) return new KeptRule.Invalid([new("name", $"is one too many: there can be {AtMost} rules")]);
        return await _db.InTransaction(async () =>
        {
            var now = _clock.Now();
            var last = await _db.Set<RuleRow>().MaxAsync(r => (int?)r.Place, ct) ?? 0;
            var row = new RuleRow { Name = rule.Name, Place = last + 1, Version = 1, CreatedAt = now };
            _db.Add(row);
            await _db.SaveChangesAsync(ct);
            _db.Add(Version(row.Number, 1, rule, by, now));
            await _db.SaveChangesAsync(ct);
            return new KeptRule.Done(row.Number, 1);
        }, ct);
    }

    /// <summary>Writes a new version. The one that acts goes on until the new one is put live.</summary>
    /// <param name="number">Which rule.</param>
    /// <param name="was">Its latest version as the writer saw it.</param>
    /// <param name="draft">The new content.</param>
    /// <param name="by">Who writes.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<KeptRule> Change(long number, int was, RuleDraft draft, Actor by, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (await _check.Read(draft, errors, ct) is not { } rule) return new KeptRule.Invalid(errors);
        return await _db.InTransaction<KeptRule>(async () =>
        {
            var changed = await _db.Set<RuleRow>().Where(r => r.Number == number && r.Version == was && r.RemovedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, was + 1).SetProperty(r => r.Name, rule.Name), ct);
            if (changed == 0) return await Latest(number, ct) is { } latest ? new KeptRule.WrittenMeanwhile(latest) : new KeptRule.Unknown();
            _db.Add(Version(number, was + 1, rule, by, _clock.Now()));
            await _db.SaveChangesAsync(ct);
            return new KeptRule.Done(number, was + 1);
        }, ct);
    }

    /// <summary>From now on this version acts, on what happens from now on. It must be the latest, and tried.</summary>
    public Task<KeptRule> PutLive(long number, int version, CancellationToken ct) => _db.InTransaction<KeptRule>(async () =>
    {
        var now = _clock.Now();
        var live = await _db.Set<RuleRow>().Where(r => r.Number == number && r.Version == version && r.TriedVersion == version && r.RemovedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LiveVersion, version).SetProperty(r => r.LiveSince, now), ct);
        if (live == 0)
        {
            return await Latest(number, ct) is not { } latest ? new KeptRule.Unknown() : latest == version ? new KeptRule.NotTried() : new KeptRule.WrittenMeanwhile(latest);
        }

        var row = await _db.Set<RuleVersionRow>().AsNoTracking().SingleAsync(v => v.Rule == number && v.Version == version, ct);
        await _waits.Watch(new ActingRule(number, version, row.Name, now, row.Read()), ct);
        return new KeptRule.Done(number, version);
    }, ct);

    /// <summary>It does not act any more, until it is put live again.</summary>
    /// <returns>False when there is no such rule.</returns>
    public Task<bool> TakeBack(long number, CancellationToken ct) => _db.InTransaction(async () =>
    {
        await _waits.Forget(number, ct);
        return await _db.Set<RuleRow>().Where(r => r.Number == number && r.RemovedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LiveVersion, (int?)null).SetProperty(r => r.LiveSince, (DateTimeOffset?)null), ct) > 0;
    }, ct);

    /// <summary>Takes it back for good; what it did stays readable.</summary>
    /// <returns>False when there is no such rule.</returns>
    public Task<bool> Remove(long number, CancellationToken ct) => _db.InTransaction(async () =>
    {
        var now = _clock.Now();
        await _waits.Forget(number, ct);
        return await _db.Set<RuleRow>().Where(r => r.Number == number && r.RemovedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemovedAt, now).SetProperty(r => r.LiveVersion, (int?)null).SetProperty(r => r.LiveSince, (DateTimeOffset?)null), ct) > 0;
    }, ct);

    /// <summary>Sets the order in which rules are asked.</summary>
    /// <param name="numbers">Every rule once.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when these are not all the rules there are; nothing was changed.</returns>
    public Task<bool> Order(IReadOnlyList<long> numbers, CancellationToken ct) => _db.InTransaction(async () =>
    {
        var rules = await _db.Set<RuleRow>().Where(r => r.RemovedAt == null).ToListAsync(ct);
        if (!rules.Select(r => r.Number).Order().SequenceEqual(numbers.Order())) return false;
        for (var i = 0; i < numbers.Count; i++) rules.Find(r => r.Number == numbers[i])!.Place = i + 1;
        await _db.SaveChangesAsync(ct);
        return true;
    }, ct);

    private async Task<int?> Latest(long number, CancellationToken ct) =>
        await _db.Set<RuleRow>().Where(r => r.Number == number && r.RemovedAt == null).Select(r => (int?)r.Version).SingleOrDefaultAsync(ct);

    private static RuleVersionRow Version(long number, int version, (string Name, RuleBody Body) rule, Actor by, DateTimeOffset at) =>
        new() { Rule = number, Version = version, Name = rule.Name, Body = JsonSerializer.Serialize(rule.Body, Json.Options), By = by.Id, ByName = by.Name, At = at };
}
