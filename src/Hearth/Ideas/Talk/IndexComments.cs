using Hearth.Ideas.Likeness;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Talk;

/// <summary>Works out the words of comments that are new or changed, for search. Words of what was taken down or back are none.</summary>
public sealed class IndexComments(Database db)
{
    private const int Batch = 500;

    /// <summary>The words of all comments that lack them. Returns how many.</summary>
    public async Task<int> Missing(CancellationToken ct)
    {
        var done = 0;
        while (true)
        {
            var some = await db.InTransaction(async () =>
            {
                var texts = await db.CommentWordRows.Where(t => t.Words == null).OrderBy(t => t.Number).Take(Batch)
                    .Join(db.IdeaComments, t => t.Number, c => c.Number, (t, c) => new { c.Number, c.Body, Down = c.RemovedAt != null || c.Removed != null }).ToListAsync(ct);
                foreach (var text in texts)
                {
                    // An edit that came between has emptied the words again and is done later.
                    var (words, comments) = (text.Down ? "" : LikeWords.Kept(text.Body), db.IdeaComments);
                    await db.CommentWordRows.Where(t => t.Number == text.Number && comments.Any(c => c.Number == text.Number && c.Body == text.Body && (c.RemovedAt != null || c.Removed != null) == text.Down))
                        .ExecuteUpdateAsync(set => set.SetProperty(t => t.Words, words), ct);
                }

                return texts.Count;
            }, ct);
            done += some;
            if (some < Batch) return done;
        }
    }
}

/// <summary>Looks every minute for comments whose words are missing.</summary>
public sealed record IndexMissingComments : IJob;

internal sealed class IndexMissingCommentsRun(IndexComments index) : IRun<IndexMissingComments>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public Task Run(IndexMissingComments job, CancellationToken ct) => index.Missing(ct);
}
