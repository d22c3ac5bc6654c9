using Hearth.Governance;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Talk;

/// <summary>A comment that speaks to the idea, and what was answered to it.</summary>
/// <param name="Comment">What began the thread.</param>
/// <param name="Replies">The first of its answers, earliest first, at most 50; each names what it answers.</param>
/// <param name="More">How many answers follow those; read them at the thread's own address.</param>
public sealed record CommentThread(IdeaCommentView Comment, IReadOnlyList<IdeaCommentView> Replies, int More);

/// <summary>What was said before a change.</summary>
/// <param name="Version">From 0, the words as first written.</param>
/// <param name="Title">Of an idea; null for a comment.</param>
/// <param name="Body">Markdown as written.</param>
/// <param name="At">When these words were written.</param>
public sealed record EarlierText(int Version, string? Title, string Body, DateTimeOffset At);

/// <summary>Reads what is said below an idea as threads.</summary>
public sealed class ReadThreads(Database db)
{
    private const int RepliesShown = 50;

    /// <summary>The threads of an idea, earliest first.</summary>
    /// <param name="size">1 to 100 threads; 25 unless told.</param>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<CommentThread>?> Of(IdeaId idea, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<long?>(after, out var last)) return null;
        var take = Math.Clamp(size ?? 25, 1, 100);
        var rows = await db.IdeaComments.AsNoTracking().Where(c => c.Idea == idea && c.Root == null && c.Number > (last ?? 0) && (c.RemovedAt == null || c.Replies > 0))
            .OrderBy(c => c.Number).Take(take + 1).ToListAsync(ct);
        var page = Keyset.Cut(rows, take, c => (long?)c.Number);
        var replies = await Replies(page.Items, ct);
        var view = await Views([.. page.Items, .. replies.SelectMany(r => r)], ct);
        return page.Select(root =>
        {
            var answers = replies[root.Id].ToList();
            var shown = Shown(answers);
            return new CommentThread(view(root), [.. shown.Select(view)], Math.Max(0, root.Replies - shown.Count(a => a.RemovedAt is null)));
        });
    }

    /// <summary>One thread: the comment that began it and a page of its answers. Any comment of the thread may be named.</summary>
    /// <returns>Null when there is no such comment, or <paramref name="after"/> is no place in such a list.</returns>
    public async Task<(CommentThread Thread, string? Next)?> One(IdeaId idea, IdeaCommentId comment, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<long?>(after, out var last)) return null;
        var named = await db.IdeaComments.Where(c => c.Id == comment && c.Idea == idea).Select(c => new { c.Root }).SingleOrDefaultAsync(ct);
        if (named is null) return null;
        var id = named.Root ?? comment;
        var root = await db.IdeaComments.AsNoTracking().SingleAsync(c => c.Id == id, ct);
        var take = Keyset.Size(size ?? 100);
        var rows = await db.IdeaComments.AsNoTracking().Where(c => c.Root == id && c.Number > (last ?? 0)).OrderBy(c => c.Number).Take(take + 1).ToListAsync(ct);
        var page = Keyset.Cut(rows, take, c => (long?)c.Number);
        var view = await Views([root, .. page.Items], ct);
        return (new(view(root), [.. page.Items.Select(view)], 0), page.Next);
    }

    /// <summary>One comment; null when there is none.</summary>
    public async Task<IdeaCommentView?> Comment(IdeaId idea, IdeaCommentId comment, CancellationToken ct) =>
        await db.IdeaComments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == comment && c.Idea == idea, ct) is { } row ? (await Views([row], ct))(row) : null;

    /// <summary>What a comment said before, latest first; empty when it was never changed.</summary>
    public async Task<IReadOnlyList<EarlierText>> Earlier(IdeaId idea, IdeaCommentId comment, CancellationToken ct) =>
        await db.IdeaTexts.AsNoTracking().Where(t => t.Comment == comment && db.Set<IdeaComment>().Any(c => c.Id == comment && c.Idea == idea)).OrderByDescending(t => t.Version)
            .Select(t => new EarlierText(t.Version, null, t.Body, t.At)).ToListAsync(ct);

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}/threads", async Task<Results<Ok<Page<CommentThread>>, ProblemHttpResult>> (
            Guid idea, string? after, int? size, ReadThreads read, CancellationToken ct) =>
            await read.Of(new(idea), after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .AllowAnonymous().WithSummary("What is said below an idea, as threads, earliest first").ProducesProblem(400);
        ideas.MapGet("/{idea:guid}/comments/{comment:guid}", async Task<Results<Ok<ThreadPage>, ProblemHttpResult>> (
            Guid idea, Guid comment, string? after, int? size, ReadThreads read, CancellationToken ct) =>
            !Keyset.TryRead<long?>(after, out _) ? Problems.NoPlace()
                : await read.One(new(idea), new(comment), after, size, ct) is var (thread, next) ? TypedResults.Ok(new ThreadPage(thread.Comment, thread.Replies, next)) : Problems.Unknown("comment"))
            .AllowAnonymous().WithSummary("The thread that a comment belongs to").ProducesProblem(400).ProducesProblem(404);
        ideas.MapGet("/{idea:guid}/comments/{comment:guid}/history", async (Guid idea, Guid comment, ReadThreads read, CancellationToken ct) =>
            TypedResults.Ok(await read.Earlier(new(idea), new(comment), ct)))
            .AllowAnonymous().WithSummary("What a comment said before it was changed, latest first");
    }

    /// <summary>A thread, page by page.</summary>
    /// <param name="Comment">What began it.</param>
    /// <param name="Replies">Its answers, earliest first.</param>
    /// <param name="Next">Pass as <c>after</c> for the answers that follow; null on the last page.</param>
    internal sealed record ThreadPage(IdeaCommentView Comment, IReadOnlyList<IdeaCommentView> Replies, string? Next);

    /// <summary>Rows as they are shown: with who is named in them.</summary>
    internal async Task<Func<IdeaComment, IdeaCommentView>> Views(IReadOnlyList<IdeaComment> rows, CancellationToken ct)
    {
        var naming = rows.Where(r => r.Body.Contains('@')).Select(r => r.Id).ToList();
        var named = naming.Count == 0 ? [] : await db.IdeaNamed.AsNoTracking().Where(n => naming.Contains(n.Comment)).ToListAsync(ct);
        var names = named.ToLookup(n => n.Comment, n => n.Name);
        return c => new(c.Id, c.AuthorName, c.Department, c.FromBrand, c.Removed is null ? c.Body : "", c.At, c.Author, c.ReplyTo, c.Edits, c.EditedAt, c.Removed ?? (c.RemovedAt is null ? null : RemovalReason.Author),
            [.. names[c.Id].Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    // Short threads in one query; a long one by itself, so that no page reads more of it than it shows.
    private async Task<ILookup<IdeaCommentId, IdeaComment>> Replies(IReadOnlyList<IdeaComment> roots, CancellationToken ct)
    {
        var shorter = roots.Where(r => r.Replies is > 0 and <= RepliesShown).Select(r => (IdeaCommentId?)r.Id).ToList();
        var rows = shorter.Count == 0 ? [] : await db.IdeaComments.AsNoTracking().Where(c => shorter.Contains(c.Root)).OrderBy(c => c.Number).ToListAsync(ct);
        foreach (var root in roots.Where(r => r.Replies > RepliesShown))
        {
            rows.AddRange(await db.IdeaComments.AsNoTracking().Where(c => c.Root == root.Id).OrderBy(c => c.Number).Take(RepliesShown).ToListAsync(ct));
        }

        return rows.ToLookup(r => r.Root!.Value);
    }

    // What was taken back shows only where somebody answered it.
    private static List<IdeaComment> Shown(List<IdeaComment> answers) =>
        [.. answers.Where(a => a.RemovedAt is null || answers.Exists(b => b.ReplyTo == a.Id && b.RemovedAt is null))];
}
