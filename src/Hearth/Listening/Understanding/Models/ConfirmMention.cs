using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Understanding.Models;

/// <summary>Takes down that what was read of a mention is right: because a person said so, or because people handled it and left it as it was.</summary>
public sealed class ConfirmMention(Database db, TimeProvider clock)
{
    /// <summary>A person says that it was read rightly.</summary>
    /// <returns>False when there is no such mention.</returns>
    /// <param name="by">Who says so.</param>
    /// <param name="id">Of which mention.</param>
    /// <param name="task">What was looked at: sentiment, intent or mismatches; null for all of them.</param>
    public Task<bool> Run(Actor by, MentionId id, ModelTask? task, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (!await db.Set<MentionRow>().AnyAsync(m => m.Id == id, ct)) return false;
        await Put(id, task switch { ModelTask.Sentiment => Corrected.Sentiment, ModelTask.Intent => Corrected.Intents, ModelTask.Mismatches => Corrected.Topics, _ => Corrected.Sentiment | Corrected.Intents | Corrected.Topics }, by.Id, ct);
        return true;
    }, ct);

    /// <summary>A conversation with these mentions was handled; what a person had said of one stays. Joins the caller's transaction.</summary>
    public async Task Handled(IReadOnlyCollection<MentionId> mentions, CancellationToken ct)
    {
        foreach (var id in mentions) await Put(id, Corrected.None, null, ct);
    }

    private async Task Put(MentionId id, Corrected said, UserId? by, CancellationToken ct)
    {
        var row = await db.Set<ConfirmedRow>().SingleOrDefaultAsync(c => c.Mention == id, ct);
        if (row is null) db.Add(new ConfirmedRow { Mention = id, Said = said, At = clock.Now(), By = by });
        else if (said != Corrected.None) (row.Said, row.At, row.By) = (row.Said | said, clock.Now(), by);
        await db.SaveChangesAsync(ct);
    }
}
