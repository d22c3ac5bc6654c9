using Hearth.Governance;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>An idea that the council is to decide on.</summary>
/// <param name="Idea">The idea, with what it stands at now.</param>
/// <param name="Question">What is to be decided.</param>
/// <param name="By">Who put it here.</param>
/// <param name="At">When.</param>
/// <param name="Decided">What was said of it since it was put here, the last word; null while the council owes one.</param>
/// <param name="Estimate">What it costs and brings; null when nobody said.</param>
/// <param name="Comments">How many comments stand below it.</param>
public sealed record AgendaLine(IdeaLink Idea, string Question, string By, DateTimeOffset At, string? Decided, IdeaEstimateView? Estimate, int Comments);

/// <summary>What became of a change to the agenda.</summary>
public enum AgendaChange
{
    /// <summary>It stands so; doing it again changes nothing.</summary>
    Stands,

    /// <summary>The question is too long, or there is room for 100 ideas only.</summary>
    Invalid,

    UnknownIdea,
}

/// <summary>The list that the council goes through at its next meeting: kept in the order given, with what was decided.</summary>
public sealed class CouncilAgenda(Database db, TimeProvider clock)
{
    public const int MaxQuestion = 300;
    private const int Most = 100;

    /// <summary>All items in their order.</summary>
    public async Task<IReadOnlyList<AgendaLine>> All(CancellationToken ct)
    {
        var rows = await db.IdeaAgenda.AsNoTracking().Join(db.Ideas, a => a.Idea, i => i.Id, (a, i) => new { a, i.Id, i.Title, i.Status, i.Points, i.Comments }).OrderBy(r => r.a.Place).ToListAsync(ct);
        var ids = rows.ConvertAll(r => r.Id);
        var estimates = await db.IdeaEstimates.AsNoTracking().Where(e => ids.Contains(e.Idea)).ToDictionaryAsync(e => e.Idea, ct);
        var moves = (await db.IdeaMoves.AsNoTracking().Where(m => ids.Contains(m.Idea)).OrderBy(m => m.Number).ToListAsync(ct)).ToLookup(m => m.Idea);
        return rows.ConvertAll(r => new AgendaLine(
            new(r.Id, r.Title, r.Status, r.Points), r.a.Question, r.a.ByName, r.a.At, moves[r.Id].LastOrDefault(m => m.At > r.a.At) is { } move ? $"{move.To.Words()}: {move.Reason}" : null,
            estimates.GetValueOrDefault(r.Id) is { } e ? new(e.Effort, e.Impact, e.Note, e.ByName, e.At) : null, r.Comments));
    }

    /// <summary>The question that an idea is on the agenda with; null when it is not on it.</summary>
    public Task<string?> Question(IdeaId idea, CancellationToken ct) => db.IdeaAgenda.Where(a => a.Idea == idea).Select(a => a.Question).SingleOrDefaultAsync(ct);

    /// <summary>Puts an idea at the end, or changes the question of one that is there.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="question">What is to be decided, at most 300 characters; may be empty.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<AgendaChange> Put(Actor by, IdeaId idea, string question, CancellationToken ct) => db.InTransaction(async () =>
    {
        question = question.Trim();
        if (question.Length > MaxQuestion) return AgendaChange.Invalid;
        if (!await db.ShownIdeas.AnyAsync(i => i.Id == idea, ct)) return AgendaChange.UnknownIdea;
        if (await db.IdeaAgenda.FindAsync([idea], ct) is { } there)
        {
            there.Question = question;
        }
        else
        {
            if (await db.IdeaAgenda.CountAsync(ct) >= Most) return AgendaChange.Invalid;
            var last = await db.IdeaAgenda.MaxAsync(a => (int?)a.Place, ct) ?? 0;
            db.Add(new AgendaItem { Idea = idea, Place = last + 1, Question = question, By = by.Id, ByName = by.Name, At = clock.Now() });
        }

        await db.SaveChangesAsync(ct);
        return AgendaChange.Stands;
    }, ct);

    /// <summary>Moves an idea by so many places (up when below zero), or takes it off (null).</summary>
    public Task<AgendaChange> Move(IdeaId idea, int? by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var items = await db.IdeaAgenda.OrderBy(a => a.Place).ThenBy(a => a.At).ToListAsync(ct);
        if (items.Find(a => a.Idea == idea) is not { } item) return AgendaChange.UnknownIdea;
        var at = items.IndexOf(item);
        items.Remove(item);
        if (by is { } places) items.Insert(Math.Clamp(at + places, 0, items.Count), item);
        else db.Remove(item);
        for (var i = 0; i < items.Count; i++) items[i].Place = i + 1;
        await db.SaveChangesAsync(ct);
        return AgendaChange.Stands;
    }, ct);

    /// <summary>Takes off all that was decided since it was put here. Returns how many.</summary>
    public async Task<int> Clear(CancellationToken ct)
    {
        var decided = (await All(ct)).Where(a => a.Decided is not null).Select(a => a.Idea.Id).ToList();
        return await db.IdeaAgenda.Where(a => decided.Contains(a.Idea)).ExecuteDeleteAsync(ct);
    }

    /// <summary>What the council could take up next: the best liked ideas that nobody has decided on and that are not on the agenda.</summary>
    public async Task<IReadOnlyList<IdeaLink>> Suggested(CancellationToken ct)
    {
        IdeaStatus[] open = [IdeaStatus.Submitted, IdeaStatus.Acknowledged, IdeaStatus.UnderReview];
        return await db.ShownIdeas.Where(i => open.Contains(i.Status) && !db.Set<AgendaItem>().Any(a => a.Idea == i.Id))
            .OrderByDescending(i => i.Score).ThenByDescending(i => i.Number).Take(8).Select(i => new IdeaLink(i.Id, i.Title, i.Status, i.Points)).ToListAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/agenda", async (CouncilAgenda agenda, CancellationToken ct) => TypedResults.Ok(await agenda.All(ct)))
            .RequireAuthorization("read").WithSummary("The ideas that the council is to decide on, in order");
        ideas.MapPut("/agenda/{idea:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, AgendaBody body, HttpContext http, CouncilAgenda agenda, CancellationToken ct) =>
            await agenda.Put(http.Actor(), new(idea), body.Question ?? "", ct) switch
            {
                AgendaChange.Stands => TypedResults.NoContent(),
                AgendaChange.Invalid => Problems.Invalid("question", "must have at most 300 characters, and the agenda at most 100 ideas"),
                _ => Problems.Unknown("idea"),
            })
            .RequireAuthorization("write").WithSummary("Put an idea on the council's agenda").ProducesProblem(400).ProducesProblem(404);
        ideas.MapDelete("/agenda/{idea:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, CouncilAgenda agenda, CancellationToken ct) =>
            await agenda.Move(new(idea), null, ct) == AgendaChange.Stands ? TypedResults.NoContent() : Problems.Unknown("idea on the agenda"))
            .RequireAuthorization("write").WithSummary("Take an idea off the agenda").ProducesProblem(404);
    }

    /// <summary>An item of the agenda.</summary>
    /// <param name="Question">What is to be decided, at most 300 characters.</param>
    internal sealed record AgendaBody(string? Question = null);
}
