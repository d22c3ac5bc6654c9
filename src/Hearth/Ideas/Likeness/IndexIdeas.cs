using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness;

/// <summary>
/// Works out the words of ideas that are new or changed. Whoever posts or edits one idea has it done at once; what came in bulk, or was written past the slices, is
/// found by the job.
/// </summary>
public sealed class IndexIdeas(Database db)
{
    private const int Batch = 500;

    /// <summary>The words of all ideas that lack them. Returns how many.</summary>
    public async Task<int> Missing(CancellationToken ct)
    {
        var done = 0;
        while (true)
        {
            var some = await db.InTransaction(async () =>
            {
                var texts = await db.IdeaWordRows.Where(t => t.Words == null).OrderBy(t => t.Number).Take(Batch)
                    .Join(db.Ideas, t => t.Idea, i => i.Id, (t, i) => new { i.Id, i.Title, i.Body }).ToListAsync(ct);
                foreach (var text in texts) await db.Index(text.Id, text.Title, text.Body, ct);
                return texts.Count;
            }, ct);
            done += some;
            if (some < Batch) return done;
        }
    }
}

internal static class Indexing
{
    /// <summary>Keeps the words of one idea as it stands, in the caller's transaction.</summary>
    public static async Task Index(this Database db, IdeaId idea, CancellationToken ct)
    {
        if (await db.Ideas.Where(i => i.Id == idea).Select(i => new { i.Title, i.Body }).SingleOrDefaultAsync(ct) is { } text) await db.Index(idea, text.Title, text.Body, ct);
    }

    /// <summary>Keeps the words only while the text is still the one given: an edit that came between has emptied the words again and is done later.</summary>
    public static Task<int> Index(this Database db, IdeaId idea, string title, string body, CancellationToken ct)
    {
        var (words, ideas) = (LikeWords.Kept(title, body), db.Ideas);
        return db.IdeaWordRows.Where(t => t.Idea == idea && ideas.Any(i => i.Id == idea && i.Title == title && i.Body == body))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Words, words), ct);
    }
}

/// <summary>Looks every minute for ideas whose words are missing.</summary>
public sealed record IndexMissingIdeas : IJob;

internal sealed class IndexMissingIdeasRun(IndexIdeas index) : IRun<IndexMissingIdeas>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public Task Run(IndexMissingIdeas job, CancellationToken ct) => index.Missing(ct);
}
