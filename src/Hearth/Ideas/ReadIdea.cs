using Hearth.Governance;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.Talk;
using Hearth.Ideas.Words;
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
/// <param name="Standing">Whether the board shows it.</param>
/// <param name="MergedInto">The idea it was merged into; null unless it is merged.</param>
/// <param name="AnewOf">The archived idea that it posts anew, if any.</param>
/// <param name="ArchiveAt">When it goes to the archive unless the brand takes it up; null while that is not announced.</param>
/// <param name="Words">The template's answers, pictures, products, what it builds on and what builds on it.</param>
public sealed record IdeaView(
    IdeaLine Line, string Body, UserId Author, IReadOnlyList<IdeaMoveView> Moves, IdeaStanding Standing, IdeaId? MergedInto, IdeaId? AnewOf, DateTimeOffset? ArchiveAt, IdeaWords Words);

/// <summary>One step of an idea's public status line.</summary>
/// <param name="From">Where it stood.</param>
/// <param name="To">Where it went.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who moved it.</param>
/// <param name="Department">Theirs.</param>
/// <param name="At">When.</param>
/// <param name="Place">Where what was wished for is to be had: an address.</param>
/// <param name="Due">The day it is planned for.</param>
public sealed record IdeaMoveView(
    IdeaStatus From, IdeaStatus To, string Reason, string By, Department? Department, DateTimeOffset At, string? Place = null, DateOnly? Due = null);

/// <summary>A comment as shown.</summary>
/// <param name="Id">The comment.</param>
/// <param name="By">Who wrote it, by name.</param>
/// <param name="Department">Of somebody of the brand; null for the public.</param>
/// <param name="FromBrand">True when somebody of the brand wrote it.</param>
/// <param name="Body">Markdown as typed; HTML in it is text. Empty once it was taken back or taken down.</param>
/// <param name="At">When it was written.</param>
/// <param name="Author">The account that wrote it.</param>
/// <param name="ReplyTo">The comment that it answers; null when it speaks to the idea.</param>
/// <param name="Edits">How often its author changed it; what it said before is open.</param>
/// <param name="EditedAt">When it was last changed; null for never.</param>
/// <param name="Removed">Why its words are not shown, `author` when its author took it back; null while they are.</param>
/// <param name="Named">The names in it, as written after an @, that are people who take part.</param>
public sealed record IdeaCommentView(
    IdeaCommentId Id, string By, Department? Department, bool FromBrand, string Body, DateTimeOffset At, UserId Author, IdeaCommentId? ReplyTo, int Edits,
    DateTimeOffset? EditedAt, RemovalReason? Removed, IReadOnlyList<string> Named);

/// <summary>Reads one idea, what was said to it and by whom.</summary>
public sealed class ReadIdea(Database db, ReadWords words, ReadThreads threads, RankEpoch epoch, TimeProvider clock)
{
    /// <summary>The idea with its status line.</summary>
    /// <returns>Null when there is no such idea.</returns>
    public async Task<IdeaView?> Of(IdeaId idea, UserId? reader, CancellationToken ct)
    {
        if (await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct) is not { } row) return null;
        var mine = reader is { } user
            ? await db.IdeaVotes.Where(v => v.Idea == idea && v.User == user).Select(v => v.Stance).SingleOrDefaultAsync(ct) : Stance.None;
        var moves = await db.IdeaMoves.AsNoTracking().Where(m => m.Idea == idea).OrderBy(m => m.Number)
            .Select(m => new IdeaMoveView(m.From, m.To, m.Reason, m.ByName, m.Department, m.At, m.Place, m.Due)).ToListAsync(ct);
        var worth = (await epoch.Read(ct)).WorthAt(row.Score, clock.Now());
        return new(ListIdeas.Line(row, worth, mine), row.Body, row.Author, moves, row.Standing, row.MergedInto, row.AnewOf, row.ArchiveAt, await words.Of(row, ct));
    }

    /// <summary>The comments, earliest first, whatever they answer.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<IdeaCommentView>?> Comments(IdeaId idea, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<long?>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var rows = await db.IdeaComments.AsNoTracking().Where(c => c.Idea == idea && c.Number > (last ?? 0)).OrderBy(c => c.Number).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, c => (long?)c.Number).Select(await threads.Views(rows, ct));
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
