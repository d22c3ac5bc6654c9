using System.Globalization;
using System.Text.Json;
using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>The slots of an account, for each week.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Zone">IANA name of the time zone whose clock they mean ("Europe/Berlin").</param>
/// <param name="Slots">From Monday on, each day in the order of the clock.</param>
/// <param name="Version">Counts the changes, from 1; 0 while nobody has set any.</param>
/// <param name="ByName">Who set them last; null while nobody has.</param>
/// <param name="At">When that was.</param>
public sealed record SlotPlan(ChannelAccountId Account, string Zone, IReadOnlyList<WeekSlot> Slots, int Version, string? ByName, DateTimeOffset? At);

/// <summary>What became of setting the slots of an account: exactly one of the nested cases.</summary>
public abstract record SlotChange
{
    private SlotChange() { }

    public sealed record Done(SlotPlan Plan) : SlotChange;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : SlotChange;

    /// <summary>Somebody has changed them since; nothing was kept.</summary>
    public sealed record Meanwhile(int Version) : SlotChange;

    public sealed record UnknownAccount : SlotChange;
}

/// <summary>The weekly slots of accounts, and which of them are free.</summary>
public sealed class Slots(Database db, TimeProvider clock, ChannelAccounts accounts)
{
    /// <summary>The most slots in a week.</summary>
    public const int Most = 100;

    private static readonly MessageStatus[] Free = [MessageStatus.GivenUp, MessageStatus.Rejected, MessageStatus.Deleted, MessageStatus.Deleting];

    /// <summary>Of one account; without slots when nobody has set any.</summary>
    public async Task<SlotPlan> Of(ChannelAccountId account, CancellationToken ct) =>
        await db.Set<SlotRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Account == account, ct) is { } row ? Plan(row) : new(account, "UTC", [], 0, null, null);

    /// <summary>Of all accounts that have a plan, in the order of their ids.</summary>
    public async Task<IReadOnlyList<SlotPlan>> All(CancellationToken ct) => (await db.Set<SlotRow>().AsNoTracking().OrderBy(s => s.Account).ToListAsync(ct)).ConvertAll(Plan);

    /// <summary>Sets an account's slots. Posts that have their time keep it.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="zone">IANA name.</param>
    /// <param name="slots">At most <see cref="Most"/>; none for no queue.</param>
    /// <param name="version">The one that the writer saw.</param>
    /// <param name="by">Who sets them.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<SlotChange> Set(ChannelAccountId account, string? zone, IReadOnlyList<WeekSlot>? slots, int version, Actor by, CancellationToken ct)
    {
        if (await accounts.Find(account, ct) is null) return new SlotChange.UnknownAccount();
        var errors = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(zone) || zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Trim(), out _)) errors.Add(new("zone", "must be a time zone like Europe/Berlin"));
        var week = new List<WeekSlot>();
        foreach (var slot in slots ?? [])
        {
            if (slot is null || !Enum.IsDefined(slot.Day) || !TimeOnly.TryParseExact(slot.Time?.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) errors.Add(new("slots", $"must be a day and a time like 09:30, not “{slot?.Time}”"));
            else week.Add(new(slot.Day, time.ToString("HH:mm", CultureInfo.InvariantCulture)));
        }

        var clean = week.Distinct().OrderBy(s => ((int)s.Day + 6) % 7).ThenBy(s => s.Time, StringComparer.Ordinal).ToList();
        if (clean.Count > Most) errors.Add(new("slots", $"must be at most {Most} a week"));
        if (errors.Count > 0) return new SlotChange.Invalid(errors);

        var row = new SlotRow { Account = account, Zone = zone!.Trim(), Slots = JsonSerializer.Serialize(clean, Platform.Json.Options), Version = version + 1, By = by.Id, ByName = by.Name, At = clock.Now() };
        try
        {
            if (version == 0)
            {
                db.Add(row);
                await db.SaveChangesAsync(ct);
                return new SlotChange.Done(Plan(row));
            }
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.Forget();
            return new SlotChange.Meanwhile((await Of(account, ct)).Version);
        }

        var kept = await db.Set<SlotRow>().Where(s => s.Account == account && s.Version == version).ExecuteUpdateAsync(set => set.SetProperty(s => s.Zone, row.Zone).SetProperty(s => s.Slots, row.Slots)
            .SetProperty(s => s.Version, row.Version).SetProperty(s => s.By, row.By).SetProperty(s => s.ByName, row.ByName).SetProperty(s => s.At, row.At), ct);
        return kept == 1 ? new SlotChange.Done(Plan(row)) : new SlotChange.Meanwhile((await Of(account, ct)).Version);
    }

    /// <summary>The slots of an account in a span that have no post yet, in order.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> FreeBetween(SlotPlan plan, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        if (plan.Slots.Count == 0 || !TimeZoneInfo.TryFindSystemTimeZoneById(plan.Zone, out var zone)) return [];
        var account = plan.Account;
        var taken = (await db.Set<Message>().AsNoTracking().Where(m => m.Account == account && m.Part == 1 && m.DueAt >= from && m.DueAt < to && !Free.Contains(m.Status)).Select(m => m.DueAt).ToListAsync(ct)).ToHashSet();
        taken.UnionWith(db.Set<Message>().Local.Where(m => m.Account == account && db.Entry(m).State == EntityState.Added).Select(m => m.DueAt));
        return [.. SlotTimes.Between(plan.Slots, zone, from, to).Where(at => !taken.Contains(at))];
    }

    /// <summary>The next slot that nobody has, for a post that the caller keeps in the same transaction; until then others wait.</summary>
    /// <returns>Null when the account has no slots, or all within a year are taken.</returns>
    internal async Task<DateTimeOffset?> Next(ChannelAccountId account, CancellationToken ct)
    {
        if (!db.IsInTransaction) throw new InvalidOperationException("A slot is taken in the transaction that keeps its post.");
        await db.Set<SlotRow>().Where(s => s.Account == account).ExecuteUpdateAsync(set => set.SetProperty(s => s.Version, s => s.Version), ct);
        var (now, plan) = (clock.Now(), await Of(account, ct));
        for (var from = now.AddSeconds(1); from < now + SendTime.Furthest; from = from.AddDays(28))
        {
            var to = from.AddDays(28) < now + SendTime.Furthest ? from.AddDays(28) : now + SendTime.Furthest;
            if (await FreeBetween(plan, from, to, ct) is [var first, ..]) return first;
        }

        return null;
    }

    private static SlotPlan Plan(SlotRow row) => new(row.Account, row.Zone, JsonSerializer.Deserialize<WeekSlot[]>(row.Slots, Platform.Json.Options)!, row.Version, row.ByName, row.At);
}
