using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>The brand's promises. The first one that is enabled and fits a conversation is that conversation's own, unless a rule or a person chose another.</summary>
public sealed class SlaPolicies(Database db)
{
    public const int MaxMinutes = 525_600;
    public const int MaxEscalations = 12;

    /// <summary>In the order in which they are tried.</summary>
    public async Task<IReadOnlyList<SlaPolicyView>> All(CancellationToken ct) => [.. (await Rows(ct)).Select(View)];

    public async Task<SlaPolicyView?> Find(SlaPolicyId id, CancellationToken ct) =>
        await db.Set<SlaPolicyRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } row ? View(row) : null;

    /// <summary>Keeps a promise: a new one, as the last, or in place of <paramref name="id"/>. A conversation counts by it from its next change on.</summary>
    /// <returns>What is wrong, empty when it was kept; the id is null when something is wrong or there is no such policy.</returns>
    public Task<(SlaPolicyId? Id, IReadOnlyList<FieldError> Errors)> Put(SlaPolicyId? id, SlaPolicyDraft draft, CancellationToken ct) => db.InTransaction<(SlaPolicyId?, IReadOnlyList<FieldError>)>(async () =>
    {
        var errors = Wrong(draft).ToList();
        if (draft.Calendar is { } calendar && !await db.Set<CalendarRow>().AnyAsync(c => c.Id == calendar, ct)) errors.Add(new("calendar", "is not there"));
        if (errors.Count > 0) return (null, errors);
        var row = id is { } known ? await db.Set<SlaPolicyRow>().SingleOrDefaultAsync(p => p.Id == known, ct) : null;
        if (row is null && id is not null) return (null, []);
        if (row is null)
        {
            var last = await db.Set<SlaPolicyRow>().MaxAsync(p => (int?)p.Position, ct) ?? 0;
            db.Add(row = new() { Id = SlaPolicyId.New(), Name = "", Position = last + 1, Escalations = "[]" });
        }

        (row.Name, row.Priority, row.Network, row.Department) = (draft.Name!.Trim(), draft.Priority, string.IsNullOrWhiteSpace(draft.Network) ? null : draft.Network.Trim().ToLowerInvariant(), draft.Department);
        (row.FirstResponse, row.NextResponse, row.Resolution, row.Calendar, row.Enabled) = (draft.FirstResponse, draft.NextResponse, draft.Resolution, draft.Calendar, draft.Enabled);
        row.Escalations = JsonSerializer.Serialize((draft.Escalations ?? []).OrderBy(e => e.At).ToList(), Json.Options);
        await db.SaveChangesAsync(ct);
        return (row.Id, []);
    }, ct);

    /// <summary>Puts a policy a place earlier or later.</summary>
    public Task Move(SlaPolicyId id, bool up, CancellationToken ct) => db.InTransaction(async () =>
    {
        var rows = await db.Set<SlaPolicyRow>().OrderBy(p => p.Position).ToListAsync(ct);
        var at = rows.FindIndex(r => r.Id == id);
        var other = at + (up ? -1 : 1);
        if (at < 0 || other < 0 || other >= rows.Count) return;
        (rows[at].Position, rows[other].Position) = (rows[other].Position, rows[at].Position);
        await db.SaveChangesAsync(ct);
    }, ct);

    /// <summary>Promises it no more. Clocks that run by it stop at the conversation's next change.</summary>
    public Task Remove(SlaPolicyId id, CancellationToken ct) => db.Set<SlaPolicyRow>().Where(p => p.Id == id).ExecuteDeleteAsync(ct);

    internal Task<List<SlaPolicyRow>> Rows(CancellationToken ct) => db.Set<SlaPolicyRow>().AsNoTracking().OrderBy(p => p.Position).ToListAsync(ct);

    /// <summary>The first that fits; null when none does.</summary>
    internal static SlaPolicyRow? Choose(IEnumerable<SlaPolicyRow> inOrder, ConversationPriority priority, string network, Governance.Department? department) => inOrder.FirstOrDefault(p => p.Enabled
        && (p.Priority is null || p.Priority == priority) && (p.Network is null || p.Network == network.Split(':')[0]) && (p.Department is null || p.Department == department));

    private static IEnumerable<FieldError> Wrong(SlaPolicyDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > 80) yield return new("name", "must have 1 to 80 characters");
        if (draft.Network?.Length > 40) yield return new("network", "must have at most 40 characters");
        foreach (var (field, minutes) in new[] { ("firstResponse", draft.FirstResponse), ("nextResponse", draft.NextResponse), ("resolution", draft.Resolution) })
        {
            if (minutes is < 1 or > MaxMinutes) yield return new(field, $"must be 1 to {MaxMinutes:N0} minutes");
        }

        if (draft is { FirstResponse: null, NextResponse: null, Resolution: null }) yield return new("firstResponse", "must be promised, or one of the other two");
        if (draft.Escalations?.Count > MaxEscalations) yield return new("escalations", $"must be at most {MaxEscalations}");
        if (draft.Escalations?.Any(e => e.At is < 1 or > 1000) == true) yield return new("escalations", "must be at 1 to 1,000 percent of the promised time");
    }

    private static SlaPolicyView View(SlaPolicyRow p) =>
        new(p.Id, p.Position, new(p.Name, p.Priority, p.Network, p.Department, p.FirstResponse, p.NextResponse, p.Resolution, p.Calendar, p.Steps, p.Enabled));
}
