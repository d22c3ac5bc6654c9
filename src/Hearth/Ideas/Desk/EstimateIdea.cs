using Hearth.Governance;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>What the brand thinks an idea costs and brings. Not public.</summary>
/// <param name="Effort">1 (a day or so) to 5 (a year).</param>
/// <param name="Impact">1 (few will notice) to 5 (everybody will be glad).</param>
/// <param name="Note">Why, for colleagues; may be empty.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record IdeaEstimateView(int Effort, int Impact, string Note, string By, DateTimeOffset At);

/// <summary>An estimated idea, for the matrix.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Estimate">What it costs and brings.</param>
public sealed record EstimatedIdea(IdeaLink Idea, IdeaEstimateView Estimate);

/// <summary>Notes of effort and impact, and the matrix they make.</summary>
public sealed class EstimateIdea(Database db, TimeProvider clock)
{
    public const int MaxNote = 1_000;
    private const int MostShown = 500;

    /// <summary>Says what an idea costs and brings, in place of what was said before.</summary>
    /// <returns>Errors by field; empty when done; null when there is no such idea.</returns>
    public Task<IReadOnlyList<FieldError>?> Put(Actor by, IdeaId idea, int effort, int impact, string note, CancellationToken ct) => db.InTransaction<IReadOnlyList<FieldError>?>(async () =>
    {
        var errors = new List<FieldError>();
        if (effort is < 1 or > 5) errors.Add(new("effort", "must be 1 to 5"));
        if (impact is < 1 or > 5) errors.Add(new("impact", "must be 1 to 5"));
        if (note.Length > MaxNote) errors.Add(new("note", $"must have at most {MaxNote:N0} characters"));
        if (errors.Count > 0) return errors;
        if (!await db.Ideas.AnyAsync(i => i.Id == idea, ct)) return null;
        var row = await db.IdeaEstimates.FindAsync([idea], ct);
        if (row is null) db.Add(new IdeaEstimate { Idea = idea, Effort = effort, Impact = impact, Note = note.Trim(), By = by.Id, ByName = by.Name, At = clock.Now() });
        else (row.Effort, row.Impact, row.Note, row.By, row.ByName, row.At) = (effort, impact, note.Trim(), by.Id, by.Name, clock.Now());
        await db.SaveChangesAsync(ct);
        return [];
    }, ct);

    /// <summary>What was said of one idea; null when nothing was.</summary>
    public async Task<IdeaEstimateView?> Of(IdeaId idea, CancellationToken ct) => await db.IdeaEstimates.Where(e => e.Idea == idea)
        .Select(e => new IdeaEstimateView(e.Effort, e.Impact, e.Note, e.ByName, e.At)).SingleOrDefaultAsync(ct);

    /// <summary>Ideas still open (neither done, refused nor put away), most impact for the least effort first; at most 500.</summary>
    public async Task<IReadOnlyList<EstimatedIdea>> Matrix(CancellationToken ct)
    {
        IdeaStatus[] closed = [IdeaStatus.Implemented, IdeaStatus.AlreadyOffered, IdeaStatus.NotPlanned, IdeaStatus.Archived];
        return await db.IdeaEstimates.Join(db.ShownIdeas.Where(i => !closed.Contains(i.Status)), e => e.Idea, i => i.Id, (e, i) => new { e, i })
            .OrderByDescending(x => x.e.Impact - x.e.Effort).ThenByDescending(x => x.i.Points).ThenBy(x => x.i.Number).Take(MostShown)
            .Select(x => new EstimatedIdea(new(x.i.Id, x.i.Title, x.i.Status, x.i.Points), new(x.e.Effort, x.e.Impact, x.e.Note, x.e.ByName, x.e.At))).ToListAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapPut("/{idea:guid}/estimate", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, EstimateBody body, HttpContext http, EstimateIdea estimate, CancellationToken ct) =>
            await estimate.Put(http.Actor(), new(idea), body.Effort, body.Impact, body.Note ?? "", ct) is not { } errors ? Problems.Unknown("idea")
                : errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.NoContent())
            .RequireAuthorization("write").WithSummary("Say what an idea costs and brings").ProducesProblem(400).ProducesProblem(404);
        ideas.MapGet("/{idea:guid}/estimate", async Task<Results<Ok<IdeaEstimateView>, ProblemHttpResult>> (Guid idea, EstimateIdea estimate, CancellationToken ct) =>
            await estimate.Of(new(idea), ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("estimate"))
            .RequireAuthorization("read").WithSummary("What the brand thinks an idea costs and brings").ProducesProblem(404);
        ideas.MapGet("/estimates", async (EstimateIdea estimate, CancellationToken ct) => TypedResults.Ok(await estimate.Matrix(ct)))
            .RequireAuthorization("read").WithSummary("Open ideas by impact and effort");
    }

    /// <summary>What an idea costs and brings.</summary>
    /// <param name="Effort">1 (a day or so) to 5 (a year).</param>
    /// <param name="Impact">1 (few will notice) to 5 (everybody will be glad).</param>
    /// <param name="Note">Why, for colleagues, at most 1,000 characters.</param>
    internal sealed record EstimateBody(int Effort, int Impact, string? Note = null);
}
