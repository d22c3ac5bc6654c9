using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Merging;

/// <summary>
/// The votes of a shown idea are the ones given on it and, for accounts without one, a copy of the latest they gave on the ideas merged into it.
/// Originals never move and never change, so what is counted follows from what was given and from who is merged into whom, in whatever order the
/// merges came and are undone.
/// </summary>
internal static class CarryVotes
{
    /// <summary>Copies votes up to a shown idea anew, after its tree has changed. The caller holds the ranking alone.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="shown">The root of the tree.</param>
    /// <param name="ct">Stops the work.</param>
    internal static async Task CarryVotesTo(this Database db, IdeaId shown, CancellationToken ct)
    {
        var merged = await db.WithMerged(shown, ct);
        merged.Remove(shown);
        await db.DropCarried(shown, ct);
        foreach (var from in merged) await db.Database.ExecuteSqlRawAsync(db.Copy(), [db.Key(shown), db.Key(from)], ct);
        await RecountVotes.In(db, [shown], ct);
    }

    /// <summary>Takes the copies off an idea that is shown no longer; its own votes stay.</summary>
    internal static Task DropCarried(this Database db, IdeaId idea, CancellationToken ct) =>
        db.IdeaVotes.Where(v => v.Idea == idea && v.CarriedFrom != null).ExecuteDeleteAsync(ct);

    /// <summary>A key as statements of our own take it; they do not pass the model's conversions.</summary>
    internal static object Key(this Database db, IdeaId idea) => db.Kind == DatabaseKind.Postgres ? idea.Value : idea.Value.ToByteArray(bigEndian: true);

    // A vote given on the idea itself wins over every copy; of two copies the later vote wins, then the later idea. All other columns come along,
    // whatever they are.
    private static string Copy(this Database db)
    {
        var entity = db.Model.FindEntityType(typeof(IdeaVote))!;
        var others = entity.GetProperties().Where(p => p.Name is not (nameof(IdeaVote.Idea) or nameof(IdeaVote.User) or nameof(IdeaVote.CarriedFrom)))
            .Select(p => p.GetColumnName()).ToArray();
        return $$"""
            INSERT INTO ideas_votes (idea, "user", carried_from, {{string.Join(", ", others)}})
            SELECT {0}, v."user", v.idea, {{string.Join(", ", others.Select(c => "v." + c))}} FROM ideas_votes v WHERE v.idea = {1} AND v.carried_from IS NULL
            ON CONFLICT (idea, "user") DO UPDATE SET carried_from = excluded.carried_from, {{string.Join(", ", others.Select(c => $"{c} = excluded.{c}"))}}
            WHERE ideas_votes.carried_from IS NOT NULL
              AND (excluded.at > ideas_votes.at OR (excluded.at = ideas_votes.at AND excluded.carried_from > ideas_votes.carried_from))
            """;
    }
}
