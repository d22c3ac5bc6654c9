using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Delight;

/// <summary>A programme to begin. It cannot be changed afterwards, only paused: what is measured stays what was planned.</summary>
/// <param name="Name">1 to 100 characters, unique.</param>
/// <param name="Gesture">upgrade, credit or note.</param>
/// <param name="What">What exactly is done, 1 to 500 characters.</param>
/// <param name="Department">Whose money it is.</param>
/// <param name="Budget">All that may be spent; above 0.</param>
/// <param name="Each">What one gesture costs; above 0, at most the budget, in its currency.</param>
/// <param name="PerDay">People a day at most, 1 to 1,000.</param>
/// <param name="HoldOutPercent">The share left out by chance, 10 to 90.</param>
/// <param name="Window">Days in which talk, returns and revenue are counted, 7 to 180.</param>
/// <param name="RuleIntent">Choose authors of posts with this intent by itself; null when people choose alone.</param>
/// <param name="RuleTopic">And about this attribute; null for any.</param>
public sealed record DelightDraft(
    string? Name, Gesture Gesture, string? What, Department Department, Money Budget, Money Each, int PerDay = 5, int HoldOutPercent = 50, int Window = 28, Intent? RuleIntent = null, string? RuleTopic = null)
{
    internal IEnumerable<FieldError> Errors()
    {
        if (Name?.Trim() is not { Length: >= 1 and <= 100 }) yield return new("name", "must have 1 to 100 characters");
        if (What?.Trim() is not { Length: >= 1 and <= 500 }) yield return new("what", "must have 1 to 500 characters");
        if (!Money.IsCurrency(Budget.Currency) || Budget.Minor <= 0) yield return new("budget", "must be an amount above 0 with its currency");
        else if (Each.Currency != Budget.Currency || Each.Minor <= 0 || Each.Minor > Budget.Minor) yield return new("each", $"must be above 0 {Budget.Currency} and at most the budget");
        if (PerDay is < 1 or > 1_000) yield return new("perDay", "must be from 1 to 1,000");
        if (HoldOutPercent is < 10 or > 90) yield return new("holdOutPercent", "must be from 10 to 90: without a hold-out nobody knows what it did");
        if (Window is < 7 or > 180) yield return new("window", "must be from 7 to 180 days");
        if (RuleTopic is not null && RuleIntent is null) yield return new("ruleTopic", "needs an intent");
    }
}

/// <summary>What became of a programme that was to begin.</summary>
public abstract record DelightStart
{
    private DelightStart() { }

    public sealed record Done(DelightId Program) : DelightStart;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : DelightStart;
}

/// <summary>Begins, pauses and resumes programmes. Money is a lead's matter.</summary>
public sealed class StartDelight(Database db, Attributes attributes, TimeProvider clock)
{
    public async Task<DelightStart> With(DelightDraft draft, Actor by, CancellationToken ct)
    {
        var errors = draft.Errors().ToList();
        if (by.Role < Role.Lead) errors.Add(new("", "Only a lead or an owner may spend money"));
        if (by.Role == Role.Lead && by.Department != draft.Department) errors.Add(new("department", "must be your own"));
        if (draft.RuleTopic is { } topic && !(await attributes.All(false, ct)).Any(a => a.Key == topic)) errors.Add(new("ruleTopic", "must be an attribute of the catalogue"));
        if (errors.Count == 0 && await db.Set<DelightProgram>().AnyAsync(p => p.Name == draft.Name!.Trim(), ct)) errors.Add(new("name", "is taken by another programme"));
        if (errors.Count > 0) return new DelightStart.Invalid(errors);
        var (id, now, seed) = (DelightId.New(), clock.Now(), Lottery.NewSeed());
        db.Add(new DelightProgram
        {
            Id = id, Name = draft.Name!.Trim(), Gesture = draft.Gesture, What = draft.What!.Trim(), Department = draft.Department, Currency = draft.Budget.Currency, Budget = draft.Budget.Minor, Each = draft.Each.Minor,
            PerDay = draft.PerDay, HoldOutPercent = draft.HoldOutPercent, Seed = seed, Window = draft.Window, RuleIntent = draft.RuleIntent, RuleTopic = draft.RuleTopic, By = by.Id, ByName = by.Name, At = now,
        });
        db.Record(new DelightStarted(id, draft.Name!.Trim(), draft.Budget, draft.HoldOutPercent, seed, by.Id, now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.Forget();
            return new DelightStart.Invalid([new("name", "is taken by another programme")]);
        }

        return new DelightStart.Done(id);
    }

    /// <summary>Stops choosing, or goes on; what waits can still be done.</summary>
    /// <returns>False when there is no such programme.</returns>
    public async Task<bool> Pause(DelightId id, bool paused, CancellationToken ct) =>
        await db.Set<DelightProgram>().Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.IsPaused, paused), ct) == 1;
}
