using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Storms;

/// <summary>What became of opening a storm.</summary>
public abstract record OpenedStorm
{
    private OpenedStorm() { }

    public sealed record Stands(StormId Storm) : OpenedStorm;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : OpenedStorm;
}

/// <summary>A question to the public.</summary>
/// <param name="Question">10 to 160 characters, one line.</param>
/// <param name="Body">Markdown without HTML, at most 4,000 characters: what it is about and what happens with the answers.</param>
/// <param name="Category">The slug of the shelf that the ideas will stand on.</param>
/// <param name="OpensAt">From when on ideas may be posted into it.</param>
/// <param name="ClosesAt">Until when: one hour to 60 days after it opens, and not past.</param>
public sealed record StormDraft(string Question, string Body, string Category, DateTimeOffset OpensAt, DateTimeOffset ClosesAt);

/// <summary>Asks the public a question that is open for a while.</summary>
public sealed class OpenStorm(Database db, TimeProvider clock)
{
    public const int MaxQuestion = 160;
    public const int MaxBody = 4_000;
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>Opens the storm, now or later.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="id">Chosen by the caller; the same id again changes nothing and answers the same.</param>
    /// <param name="draft">The question.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<OpenedStorm> By(Actor by, StormId id, StormDraft draft, CancellationToken ct) => db.InTransaction<OpenedStorm>(async () =>
    {
        if (await db.Storms.AnyAsync(s => s.Id == id, ct)) return new OpenedStorm.Stands(id);
        var (question, body, now) = (draft.Question.Trim(), draft.Body.Trim().ReplaceLineEndings("\n"), clock.Now());
        var errors = Errors(question, body, draft, now).ToList();
        if (!await db.IdeaCategories.AnyAsync(c => c.Slug == draft.Category, ct)) errors.Add(new("category", "is not a category of this board"));
        if (errors.Count > 0) return new OpenedStorm.Invalid(errors);
        db.Add(new Storm
        {
            Id = id, Question = question, Body = body, Category = draft.Category, OpensAt = draft.OpensAt, ClosesAt = draft.ClosesAt, By = by.Id, ByName = by.Name, Department = by.Department,
        });
        db.Record(new StormOpened(id, question, draft.OpensAt, draft.ClosesAt, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new OpenedStorm.Stands(id);
    }, ct);

    internal static void Map(IEndpointRouteBuilder storms) => storms.MapPost("/",
        async Task<Results<Created<OpenedStorm.Stands>, ProblemHttpResult>> (StormBody body, HttpContext http, OpenStorm open, TimeProvider clock, CancellationToken ct) =>
            await open.By(http.Actor(), body.Id is { } id ? new(id) : StormId.New(), new(body.Question, body.Body ?? "", body.Category, body.OpensAt ?? clock.Now(), body.ClosesAt), ct) switch
            {
                OpenedStorm.Stands stands => TypedResults.Created($"/api/v1/ideas/storms/{stands.Storm.Value}", stands),
                OpenedStorm.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => throw new System.Diagnostics.UnreachableException(),
            })
        .RequireAuthorization("write").WithSummary("Ask the public a question").ProducesProblem(400);

    /// <summary>A question to the public.</summary>
    /// <param name="Id">Chosen by the caller so that a repeated request asks once; made here when left out.</param>
    /// <param name="Question">10 to 160 characters, one line.</param>
    /// <param name="Body">Markdown without HTML, at most 4,000 characters.</param>
    /// <param name="Category">The slug of a category.</param>
    /// <param name="OpensAt">Now when left out.</param>
    /// <param name="ClosesAt">One hour to 60 days later.</param>
    internal sealed record StormBody(Guid? Id, string Question, string? Body, string Category, DateTimeOffset? OpensAt, DateTimeOffset ClosesAt);

    private static IEnumerable<FieldError> Errors(string question, string body, StormDraft draft, DateTimeOffset now)
    {
        if (question.Length is < 10 or > MaxQuestion) yield return new("question", $"must have 10 to {MaxQuestion} characters");
        if (question.Any(char.IsControl)) yield return new("question", "must be one line");
        if (body.Length > MaxBody || body.Contains('\0')) yield return new("body", $"must have at most {MaxBody:N0} characters");
        if (draft.ClosesAt - draft.OpensAt < Shortest || draft.ClosesAt - draft.OpensAt > Longest) yield return new("closesAt", $"must be one hour to {Longest.TotalDays:0} days after it opens");
        else if (draft.ClosesAt <= now) yield return new("closesAt", "is past already");
    }
}
