using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Writing;

/// <summary>Keeps macros and runs them.</summary>
public sealed class Macros(Database db, RunMacro run, SavedReplies replies, Staff staff, TimeProvider clock)
{
    public const int MaxName = 80;
    public const int MaxSteps = 20;

    /// <summary>The most conversations that one request runs a macro on.</summary>
    public const int MaxAtOnce = 500;

    /// <summary>All, by name.</summary>
    public async Task<IReadOnlyList<MacroView>> All(CancellationToken ct) => [.. (await db.Set<MacroRow>().AsNoTracking().OrderBy(m => m.NameKey).Take(1_000).ToListAsync(ct)).Select(View)];

    /// <returns>Null when there is no such macro.</returns>
    public async Task<MacroView?> Of(MacroId id, CancellationToken ct) => await db.Set<MacroRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is { } row ? View(row) : null;

    public async Task<KeptMacro> Add(MacroDraft draft, Actor by, CancellationToken ct)
    {
        var (name, steps, errors) = await Check(draft, ct);
        if (errors.Count > 0) return new KeptMacro.Invalid(errors);
        var row = new MacroRow { Id = MacroId.New(), Name = name, NameKey = Key(name), Steps = JsonSerializer.Serialize(steps, Json.Options), ByName = by.Name, At = clock.Now() };
        if (await Taken(row.NameKey, row.Id, ct)) return Same();
        db.Add(row);
        return await Save(row, ct);
    }

    public async Task<KeptMacro> Change(MacroId id, MacroDraft draft, Actor by, CancellationToken ct)
    {
        var (name, steps, errors) = await Check(draft, ct);
        if (errors.Count > 0) return new KeptMacro.Invalid(errors);
        if (await db.Set<MacroRow>().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } row) return new KeptMacro.Unknown();
        if (await Taken(Key(name), id, ct)) return Same();
        (row.Name, row.NameKey, row.Steps, row.ByName, row.At) = (name, Key(name), JsonSerializer.Serialize(steps, Json.Options), by.Name, clock.Now());
        return await Save(row, ct);
    }

    /// <returns>False when there is no such macro.</returns>
    public async Task<bool> Remove(MacroId id, CancellationToken ct) => await db.Set<MacroRow>().Where(m => m.Id == id).ExecuteDeleteAsync(ct) > 0;

    /// <summary>Does all its steps with one conversation, in one transaction; what cannot be done is told and keeps nothing else from being done.</summary>
    public async Task<MacroRun> Run(MacroId id, ConversationId conversation, Actor by, CancellationToken ct) =>
        await Of(id, ct) is { } macro ? await run.On(macro, conversation, by, ct) : new MacroRun.UnknownMacro();

    /// <summary>The same with many, each by itself and with its own outcome.</summary>
    public async Task<IReadOnlyDictionary<ConversationId, MacroRun>> Run(MacroId id, IReadOnlyCollection<ConversationId> conversations, Actor by, CancellationToken ct)
    {
        var outcomes = new Dictionary<ConversationId, MacroRun>();
        var macro = await Of(id, ct);
        foreach (var conversation in conversations.Distinct()) outcomes[conversation] = macro is null ? new MacroRun.UnknownMacro() : await run.On(macro, conversation, by, ct);
        return outcomes;
    }

    private async Task<bool> Taken(string key, MacroId but, CancellationToken ct) => await db.Set<MacroRow>().AnyAsync(m => m.NameKey == key && m.Id != but, ct);

    private async Task<KeptMacro> Save(MacroRow row, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return new KeptMacro.Done(View(row));
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey()) // somebody else used the name at the same moment
        {
            db.ChangeTracker.Clear();
            return Same();
        }
    }

    private async Task<(string Name, List<MacroStep> Steps, List<FieldError> Errors)> Check(MacroDraft draft, CancellationToken ct)
    {
        var (name, steps, errors) = ((draft.Name ?? "").Trim(), new List<MacroStep>(), new List<FieldError>());
        if (name.Length is 0 or > MaxName) errors.Add(new("name", $"must have 1 to {MaxName} characters"));
        if (draft.Steps is not { Count: > 0 and <= MaxSteps }) errors.Add(new("steps", $"must be 1 to {MaxSteps}"));
        foreach (var (step, n) in (draft.Steps ?? []).Take(MaxSteps).Select((s, n) => (s, n + 1)))
        {
            var (kept, wrong) = await Check(step, ct);
            if (wrong is not null) errors.Add(new("steps", $"{n}: {wrong}"));
            else steps.Add(kept!);
        }

        return (name, steps, errors);
    }

    private async Task<(MacroStep? Kept, string? Wrong)> Check(MacroStep? step, CancellationToken ct)
    {
        var value = step?.Value?.Trim();
        return step?.Act switch
        {
            null => (null, "must say what to do"),
            MacroAct.Label or MacroAct.Unlabel => ConversationSteps.Label(value) is { } label ? (step with { Value = label }, null) : (null, $"a label has 1 to {ConversationSteps.MaxLabel} characters"),
            MacroAct.Assign => Guid.TryParse(value, out var user) && await staff.Find(UserId.From(user), ct) is { Active: true } ? (step with { Value = value }, null) : (null, "is nobody who can sign in"),
            MacroAct.Department => Word<Department>.TryParse(value, out var department) ? (step with { Value = department.Value.ToString() }, null) : (null, "is no department"),
            MacroAct.Priority => Word<ConversationPriority>.TryParse(value, out var priority) ? (step with { Value = priority.Value.ToString() }, null) : (null, "is none, watch or urgent"),
            MacroAct.SavedReply => Guid.TryParse(value, out var reply) && await replies.Of(SavedReplyId.From(reply), ct) is not null ? (step with { Value = value }, null) : (null, "is no saved reply"),
            MacroAct.Note => value?.Length is > 0 and <= ConversationSteps.MaxNote ? (step with { Value = value }, null) : (null, $"a note has 1 to {ConversationSteps.MaxNote:N0} characters"),
            MacroAct.Snooze => string.IsNullOrEmpty(value) ? (step with { Value = null }, null) : Hours(value) is not null ? (step with { Value = value }, null) : (null, "a snooze has 1 to 8,760 hours, or none for until they speak"),
            _ => (step with { Value = null }, null),
        };
    }

    internal static int? Hours(string? value) => int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var hours) && hours is >= 1 and <= 8_760 ? hours : null;

    private static KeptMacro.Invalid Same() => new([new("name", "is another macro's")]);

    private static string Key(string name) => name.ToLowerInvariant();

    private static MacroView View(MacroRow row) => new(row.Id, row.Name, JsonSerializer.Deserialize<List<MacroStep>>(row.Steps, Json.Options)!, row.ByName, row.At);
}
