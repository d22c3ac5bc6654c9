using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Merging;

/// <summary>What a merge would do, before anybody does it.</summary>
/// <param name="Votes">Votes on the idea that would go.</param>
/// <param name="Both">Of them, how many are by accounts that voted on the other idea too: those count once.</param>
/// <param name="Apart">Of those, how many stand differently on the two: their vote on the idea that stays counts.</param>
/// <param name="Comments">Comments that would move along.</param>
public sealed record MergePreview(int Votes, int Both, int Apart, int Comments);

/// <summary>Counts what a merge would do.</summary>
public sealed class PreviewMerge(Database db)
{
    public async Task<MergePreview> Of(IdeaId idea, IdeaId into, CancellationToken ct)
    {
        var going = db.IdeaVotes.Where(v => v.Idea == idea);
        var both = going.Join(db.IdeaVotes.Where(v => v.Idea == into), v => v.User, v => v.User, (a, b) => new { A = a.Stance, B = b.Stance });
        return new(await going.CountAsync(ct), await both.CountAsync(ct), await both.CountAsync(p => p.A != p.B, ct),
            await db.Ideas.Where(i => i.Id == idea).Select(i => i.Comments).SingleOrDefaultAsync(ct));
    }
}
