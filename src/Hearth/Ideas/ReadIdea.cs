using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>An idea as its page shows it.</summary>
/// <param name="Line">What lists show of it.</param>
/// <param name="Body">Markdown as typed; HTML in it is text.</param>
/// <param name="Author">Whose idea it is.</param>
/// <param name="Moves">What the brand said, earliest first.</param>
public sealed record IdeaView(IdeaLine Line, string Body, UserId Author, IReadOnlyList<IdeaMoveView> Moves);

/// <summary>One step of an idea's public status line.</summary>
public sealed record IdeaMoveView(IdeaStatus From, IdeaStatus To, string Reason, string By, Department? Department, DateTimeOffset At);

/// <summary>A comment as shown.</summary>
public sealed record IdeaCommentView(IdeaCommentId Id, string By, Department? Department, bool FromBrand, string Body, DateTimeOffset At);

/// <summary>Reads one idea, what was said to it and by whom.</summary>
public sealed class ReadIdea(Database db, RankEpoch epoch, TimeProvider clock)
{
    /// <summary>The idea with its status line.</summary>
    /// <returns>Null when there is no such idea.</returns>
    public async Task<IdeaView?> Of(IdeaId idea, UserId? reader, CancellationToken ct)
    {
        if (await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct) is not { } row) return null;
        var mine = reader is { } user
            ? await db.IdeaVotes.Where(v => v.Idea == idea && v.User == user).Select(v => v.Stance).SingleOrDefaultAsync(ct) : Stance.None;
        var moves = await db.IdeaMoves.AsNoTracking().Where(m => m.Idea == idea).OrderBy(m => m.Number)
            .Select(m => new IdeaMoveView(m.From, m.To, m.Reason, m.ByName, m.Department, m.At)).ToListAsync(ct);
        var worth = (await epoch.Read(ct)).WorthAt(row.Score, clock.Now());
        return new(ListIdeas.Line(row, worth, mine), row.Body, row.Author, moves);
    }

    /// <summary>The comments, earliest first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<IdeaCommentView>?> Comments(IdeaId idea, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<long?>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var rows = await db.IdeaComments.AsNoTracking().Where(c => c.Idea == idea && c.Number > (last ?? 0)).OrderBy(c => c.Number).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, c => (long?)c.Number).Select(c => new IdeaCommentView(c.Id, c.AuthorName, c.Department, c.FromBrand, c.Body, c.At));
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}", async Task<Results<Ok<IdeaView>, ProblemHttpResult>> (Guid idea, HttpContext http, ReadIdea read, CancellationToken ct) =>
            await read.Of(new(idea), http.ActorOrNull()?.Id, ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("idea"))
            .AllowAnonymous().WithSummary("One idea with its status line").ProducesProblem(404);
        ideas.MapGet("/{idea:guid}/comments", async Task<Results<Ok<Page<IdeaCommentView>>, ProblemHttpResult>> (
            Guid idea, string? after, int? size, ReadIdea read, CancellationToken ct) =>
            await read.Comments(new(idea), after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .AllowAnonymous().WithSummary("Its comments, earliest first").ProducesProblem(400);
    }
}
