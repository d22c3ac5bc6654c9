using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Changes;

/// <summary>A change as given.</summary>
/// <param name="Title">1 to 200 characters: "A steel hinge".</param>
/// <param name="Kind">productDesign, servicePolicy, process or message.</param>
/// <param name="What">What is done, 1 to 2,000 characters.</param>
/// <param name="Why">Why it should help, 1 to 2,000 characters.</param>
/// <param name="Owner">The department that does it.</param>
/// <param name="Cost">What it costs, a plain decimal ("12500.00"); null when nobody has said.</param>
/// <param name="Currency">ISO 4217, needed with a cost.</param>
/// <param name="PlannedFor">When it is to be out.</param>
/// <param name="Region">Where it holds, up to 200 characters; null for everywhere.</param>
/// <param name="Units">How many units or cases it reaches, from 1; null when not counted.</param>
/// <param name="Skus">Which products, by SKU: at most 100 of up to 60 characters; empty for all.</param>
/// <param name="LagDays">Days after shipping that are not judged, because opinion lags changes: 0 to 90, 7 unless told.</param>
/// <param name="WindowDays">Days after these that are judged: 7 to 180, 14 unless told.</param>
public sealed record ChangeDraft(string? Title, ChangeKind? Kind, string? What, string? Why, Department? Owner, string? Cost = null, string? Currency = null,
    DateTimeOffset? PlannedFor = null, string? Region = null, int? Units = null, IReadOnlyList<string>? Skus = null, int? LagDays = null, int? WindowDays = null)
{
    public const int MaxText = 2000;
    public const int DefaultLag = 7;
    public const int DefaultWindow = 14;

    internal IEnumerable<FieldError> Errors()
    {
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > 200) yield return new("title", "must have 1 to 200 characters");
        if (Kind is null || !Enum.IsDefined(Kind.Value)) yield return new("kind", "must be productDesign, servicePolicy, process or message");
        if (string.IsNullOrWhiteSpace(What) || What.Length > MaxText) yield return new("what", $"must have 1 to {MaxText:N0} characters");
        if (string.IsNullOrWhiteSpace(Why) || Why.Length > MaxText) yield return new("why", $"must have 1 to {MaxText:N0} characters");
        if (Owner is null || !Enum.IsDefined(Owner.Value)) yield return new("owner", "must be a department");
        if (!string.IsNullOrWhiteSpace(Cost) && (!Money.TryParse(Cost, Currency, out var cost) || cost.Minor < 0)) yield return new("cost", "must be an amount like 1250.00 with a currency like EUR, not below zero");
        if (Region?.Length > 200) yield return new("region", "must have at most 200 characters");
        if (Units < 1) yield return new("units", "must be at least 1");
        if (Skus is { Count: > 100 }) yield return new("skus", "must be at most 100");
        if (Skus?.Any(s => s is null || s.Length > 60) == true) yield return new("skus", "must have at most 60 characters each");
        if (LagDays is < 0 or > 90) yield return new("lagDays", "must be 0 to 90");
        if (WindowDays is < 7 or > 180) yield return new("windowDays", "must be 7 to 180");
    }

    internal void Fill(ChangeRow row)
    {
        (row.Title, row.Kind, row.What, row.Why, row.Owner) = (Title!.Trim(), Kind!.Value, What!.Trim(), Why!.Trim(), Owner!.Value);
        Money? cost = !string.IsNullOrWhiteSpace(Cost) && Money.TryParse(Cost, Currency, out var given) ? given : null;
        (row.CostMinor, row.CostCurrency) = (cost?.Minor, cost?.Currency);
        (row.PlannedFor, row.Region, row.Units) = (PlannedFor, string.IsNullOrWhiteSpace(Region) ? null : Region.Trim(), Units);
        row.Skus = string.Join('\n', (Skus ?? []).Select(s => s.Trim()).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal));
        (row.LagDays, row.WindowDays) = (LagDays ?? DefaultLag, WindowDays ?? DefaultWindow);
    }
}

/// <summary>What became of planning, editing, shipping or taking back a change: exactly one of the nested cases.</summary>
public abstract record Changing
{
    private Changing() { }

    public sealed record Done(ChangeId Change) : Changing;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Changing;

    /// <summary>Its state does not allow it (any more).</summary>
    public sealed record NotNow(ChangeState State) : Changing;

    public sealed record Unknown : Changing;
}

/// <summary>Decides what will change, and which gaps and ideas that serves; the gaps are then planned for.</summary>
public sealed class PlanChange(Database db, ServeGaps serve, TimeProvider clock)
{
    /// <param name="draft">The change.</param>
    /// <param name="gaps">What it is to close: open, being investigated, planned for or opened again.</param>
    /// <param name="ideas">The ideas it carries out, by id.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Changing> Run(ChangeDraft draft, IReadOnlyCollection<GapId> gaps, IReadOnlyCollection<Guid> ideas, Actor by, CancellationToken ct)
    {
        List<FieldError> errors = [.. draft.Errors(), .. await serve.Check(gaps, ct)];
        if (ideas.Count > 100) errors.Add(new("ideas", "must be at most 100"));
        if (errors.Count > 0) return new Changing.Invalid(errors);
        return await db.InTransaction<Changing>(async () =>
        {
            var now = clock.Now();
            var row = new ChangeRow { Id = ChangeId.New(), Title = "", What = "", Why = "", Skus = "", By = by.Id, ByName = by.Name, At = now };
            draft.Fill(row);
            db.Add(row);
            db.AddRange(ideas.Distinct().Select(i => new ServedIdea { ChangeId = row.Id, Idea = i }));
            db.Record(new ChangePlanned(row.Id, row.Kind, [.. gaps.Distinct()], by.Id, now));
            foreach (var idea in ideas.Distinct()) db.Record(new ChangeCarriesIdea(row.Id, idea, true, by.Id, by.Name, now));
            await db.SaveChangesAsync(ct);
            foreach (var gap in gaps.Distinct()) await serve.Add(row, gap, by, ct);
            return new Changing.Done(row.Id);
        }, ct);
    }

    /// <summary>Changes what a change says. What has shipped keeps its lag and window: they were set before anybody saw what it did.</summary>
    public async Task<Changing> Edit(ChangeId change, ChangeDraft draft, CancellationToken ct)
    {
        var errors = draft.Errors().ToList();
        if (errors.Count > 0) return new Changing.Invalid(errors);
        return await db.InTransaction<Changing>(async () =>
        {
            if (await db.Set<ChangeRow>().SingleOrDefaultAsync(c => c.Id == change, ct) is not { } row) return new Changing.Unknown();
            var kept = (row.LagDays, row.WindowDays);
            draft.Fill(row);
            if (row.State != ChangeState.Planned) (row.LagDays, row.WindowDays) = kept;
            await db.SaveChangesAsync(ct);
            return new Changing.Done(change);
        }, ct);
    }

    internal static void Map(IEndpointRouteBuilder changes)
    {
        changes.MapPost("/", async Task<Results<Created<ChangeView>, ProblemHttpResult>> (ChangeToPlan body, PlanChange plan, ReadChange read, HttpContext http, CancellationToken ct) =>
                body.Change is null ? Problems.Invalid("change", "is missing")
                    : await plan.Run(body.Change, [.. (body.Gaps ?? []).Select(GapId.From)], body.Ideas ?? [], http.Actor(), ct) switch
                    {
                        Changing.Done done => TypedResults.Created($"/api/v1/changes/{done.Change.Value}", await read.Of(done.Change, ct)),
                        var refused => ChangeAnswers.Refused(refused),
                    })
            .WithName("planChange").WithSummary("Plan a change that serves gaps and ideas").RequireAuthorization("write");
        changes.MapPut("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ChangeDraft body, PlanChange plan, CancellationToken ct) =>
                ChangeAnswers.Of(await plan.Edit(ChangeId.From(id), body, ct)))
            .WithName("editChange").WithSummary("Change what a change says").RequireAuthorization("write");
    }
}

/// <summary>A change, and what it serves.</summary>
/// <param name="Change">The change.</param>
/// <param name="Gaps">Ids of the gaps it is to close.</param>
/// <param name="Ideas">Ids of the ideas it carries out.</param>
public sealed record ChangeToPlan(ChangeDraft? Change, IReadOnlyList<Guid>? Gaps = null, IReadOnlyList<Guid>? Ideas = null);

internal static class ChangeAnswers
{
    public static Results<NoContent, ProblemHttpResult> Of(Changing outcome) => outcome is Changing.Done ? TypedResults.NoContent() : Refused(outcome);

    public static ProblemHttpResult Refused(Changing outcome) => outcome switch
    {
        Changing.Invalid invalid => Problems.Invalid(invalid.Errors),
        Changing.NotNow n => Problems.Refused("not-now", $"The change is {n.State.Title()}."),
        _ => Problems.Unknown("change"),
    };

    /// <summary>As people call it: "rolled back".</summary>
    public static string Title(this ChangeState state) => state == ChangeState.RolledBack ? "rolled back" : state.ToString().ToLowerInvariant();
}
