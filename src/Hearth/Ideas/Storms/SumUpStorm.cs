using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Storms;

/// <summary>What became of summing a storm up.</summary>
public abstract record SummedUp
{
    private SummedUp() { }

    public sealed record Stands(DateTimeOffset At) : SummedUp;

    /// <summary>It is still open; ideas may come until then.</summary>
    public sealed record StillOpen(DateTimeOffset ClosesAt) : SummedUp;

    /// <summary>Somebody summed it up before: what was promised is not rewritten.</summary>
    public sealed record Already(DateTimeOffset At) : SummedUp;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : SummedUp;

    public sealed record UnknownStorm : SummedUp;
}

/// <summary>One thing that will be done.</summary>
/// <param name="What">5 to 300 characters, one line.</param>
/// <param name="Idea">The idea of this storm that it comes from, if one.</param>
public sealed record WillDo(string What, IdeaId? Idea);

/// <summary>Closes a storm with a summary that names what will be done; one that names nothing is refused.</summary>
public sealed class SumUpStorm(Database db, TimeProvider clock)
{
    public const int MaxSummary = 4_000;
    public const int MostPromises = 12;

    /// <summary>Sums the storm up, for everybody to read.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="storm">A storm that is over.</param>
    /// <param name="summary">Markdown without HTML, 20 to 4,000 characters: what was heard.</param>
    /// <param name="willDo">What will be done, 1 to 12 things.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<SummedUp> By(Actor by, StormId storm, string summary, IReadOnlyList<WillDo> willDo, CancellationToken ct) => db.InTransaction<SummedUp>(async () =>
    {
        if (await db.Storms.AsNoTracking().SingleOrDefaultAsync(s => s.Id == storm, ct) is not { } asked) return new SummedUp.UnknownStorm();
        var now = clock.Now();
        if (asked.SummedUpAt is { } before) return new SummedUp.Already(before);
        if (now < asked.ClosesAt) return new SummedUp.StillOpen(asked.ClosesAt);
        summary = summary.Trim().ReplaceLineEndings("\n");
        var promises = willDo.Select(w => w with { What = w.What.Trim() }).Where(w => w.What.Length > 0).ToList();
        var errors = Errors(summary, promises).ToList();
        var named = promises.Select(p => p.Idea).OfType<IdeaId>().Distinct().ToList();
        if (await db.Ideas.CountAsync(i => named.Contains(i.Id) && i.Storm == storm, ct) != named.Count) errors.Add(new("willDo", "names an idea that was not posted into this storm"));
        if (errors.Count > 0) return new SummedUp.Invalid(errors);

        // Of two who sum up at once, one finds it summed up.
        var first = await db.Storms.Where(s => s.Id == storm && s.SummedUpAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.SummedUpAt, now).SetProperty(s => s.Summary, summary).SetProperty(s => s.SummaryBy, by.Name), ct);
        if (first == 0) return new SummedUp.Already(now);
        db.AddRange(promises.Select((p, i) => new StormPromise { Storm = storm, Place = i + 1, What = p.What, Idea = p.Idea }));
        db.Record(new StormClosed(storm, asked.Question, await db.ShownIdeas.CountAsync(i => i.Storm == storm, ct), [.. promises.Select(p => p.What)], by.Id, now));
        await db.SaveChangesAsync(ct);
        return new SummedUp.Stands(now);
    }, ct);

    internal static void Map(IEndpointRouteBuilder storms) => storms.MapPost("/{storm:guid}/summary",
        async Task<Results<Ok<SummedUp.Stands>, ProblemHttpResult>> (Guid storm, SummaryBody body, HttpContext http, SumUpStorm sum, CancellationToken ct) =>
            await sum.By(http.Actor(), new(storm), body.Summary, [.. body.WillDo.Select(w => new WillDo(w.What, w.Idea is { } idea ? new IdeaId(idea) : null))], ct) switch
            {
                SummedUp.Stands stands => TypedResults.Ok(stands),
                SummedUp.StillOpen open => Problems.Refused("still-open", $"It is open until {open.ClosesAt:u}."),
                SummedUp.Already already => Problems.Refused("summed-up-already", $"It was summed up at {already.At:u}."),
                SummedUp.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("storm"),
            })
        .RequireAuthorization("write").WithSummary("Sum a storm up: what was heard and what will be done").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <summary>The closing words of a storm.</summary>
    /// <param name="Summary">Markdown without HTML, 20 to 4,000 characters.</param>
    /// <param name="WillDo">1 to 12 things that will be done.</param>
    internal sealed record SummaryBody(string Summary, IReadOnlyList<WillDoBody> WillDo);

    /// <summary>One thing that will be done.</summary>
    /// <param name="What">5 to 300 characters, one line.</param>
    /// <param name="Idea">The idea of this storm that it comes from, if one.</param>
    internal sealed record WillDoBody(string What, Guid? Idea);

    private static IEnumerable<FieldError> Errors(string summary, List<WillDo> promises)
    {
        if (summary.Length is < 20 or > MaxSummary || summary.Contains('\0')) yield return new("summary", $"must have 20 to {MaxSummary:N0} characters");
        if (promises.Count is 0 or > MostPromises) yield return new("willDo", $"must name 1 to {MostPromises} things that will be done");
        if (promises.Exists(p => p.What.Length is < 5 or > 300 || p.What.Any(char.IsControl))) yield return new("willDo", "each must have 5 to 300 characters in one line");
    }
}
