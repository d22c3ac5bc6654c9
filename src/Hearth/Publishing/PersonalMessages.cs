using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>What the brand said to somebody, for rooms above that know whom it was said to.</summary>
public sealed class PersonalMessages(Database db, PlacedPosts placed, EraseTraces traces)
{
    /// <summary>All that belongs to some subjects ("conversation:0198..."), as it is kept; a file of an export.</summary>
    public Task<IReadOnlyList<object>> About(IReadOnlyCollection<string> subjects, CancellationToken ct) => Rows(db.Set<Message>().Where(m => m.About != null && subjects.Contains(m.About)), ct);

    /// <summary>Some messages, as they are kept.</summary>
    public Task<IReadOnlyList<object>> Of(IReadOnlyCollection<MessageId> messages, CancellationToken ct) => Rows(db.Set<Message>().Where(m => messages.Contains(m.Id)), ct);

    /// <summary>Pictures that went with them.</summary>
    public async Task<IReadOnlyList<object>> Pictures(IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        [.. await db.Set<PictureRow>().AsNoTracking().Where(p => p.MessageId != null && db.Set<Message>().Any(m => m.Id == p.MessageId && m.About != null && subjects.Contains(m.About)))
            .OrderBy(p => p.MessageId).ThenBy(p => p.Position).Select(p => new { Message = p.MessageId, p.MediaType, p.Alt, p.Bytes }).ToListAsync(ct)];

    /// <summary>What was decided about them, and how that changed their words.</summary>
    public async Task<IReadOnlyList<object>> Decisions(IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        [.. await db.Set<DecisionRow>().AsNoTracking().Where(d => db.Set<Message>().Any(m => m.Id == d.MessageId && m.About != null && subjects.Contains(m.About)))
            .OrderBy(d => d.Number).Select(d => new { Message = d.MessageId, d.What, By = d.ByName, d.At, d.Reason, d.Before, d.After }).ToListAsync(ct)];

    /// <inheritdoc cref="Erase(IReadOnlyCollection{MessageId}, CancellationToken)"/>
    public async Task<int> EraseAbout(IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        await Erase(await db.Set<Message>().Where(m => m.About != null && subjects.Contains(m.About)).Select(m => m.Id).ToListAsync(ct), ct);

    /// <summary>
    /// Takes the words and what they answer away; that something was said, by whom of ours and when, stays. What was not sent yet is not sent; of what is on its way nothing more is tried (a letter that its server has taken
    /// meanwhile stays taken). Joins the caller's transaction.
    /// </summary>
    public async Task<int> Erase(IReadOnlyCollection<MessageId> messages, CancellationToken ct)
    {
        var count = 0;
        foreach (var some in messages.Chunk(500))
        {
            await db.Set<Message>().Where(m => some.Contains(m.Id) && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Scheduled || m.Status == MessageStatus.Held || m.Status == MessageStatus.Failed || m.Status == MessageStatus.ByHand || m.Status == MessageStatus.Sending))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.GivenUp), ct);
            await db.Set<Message>().Where(m => some.Contains(m.Id) && m.Status == MessageStatus.Editing).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Sent), ct);
            var kept = await db.Set<Message>().Where(m => some.Contains(m.Id) && m.Account != null && (m.Key != null || m.StaleKey != null)).Select(m => new { m.Account, m.Key, m.StaleKey }).ToListAsync(ct);
            foreach (var one in kept.GroupBy(k => k.Account!.Value)) await placed.Forget(one.Key, [.. one.SelectMany(k => new[] { k.Key, k.StaleKey }).OfType<string>()], ct);
            await traces.EmptyFacts([.. some.Select(m => "message:" + m.Value)], ["words", "changed", "reason", "url"], ct);
            foreach (var one in some) await traces.InJobs(one.Value.ToString(), ct);
            await db.Set<PictureRow>().Where(p => p.MessageId != null && some.Contains(p.MessageId.Value)).ExecuteDeleteAsync(ct);
            await db.Set<DecisionRow>().Where(d => some.Contains(d.MessageId)).ExecuteUpdateAsync(set => set.SetProperty(d => d.Before, (string?)null).SetProperty(d => d.After, (string?)null).SetProperty(d => d.Reason, (string?)null), ct);
            count += await db.Set<Message>().Where(m => some.Contains(m.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.Words, "").SetProperty(m => m.Prepared, (string?)null).SetProperty(m => m.ParentUri, (string?)null).SetProperty(m => m.ParentCid, (string?)null)
                .SetProperty(m => m.ParentId, (string?)null).SetProperty(m => m.ParentHandle, (string?)null).SetProperty(m => m.NewWords, (string?)null).SetProperty(m => m.HeldFor, (string?)null)
                .SetProperty(m => m.CorrectedClaim, (string?)null).SetProperty(m => m.Evidence, (string?)null)
                .SetProperty(m => m.RootUri, (string?)null).SetProperty(m => m.RootCid, (string?)null).SetProperty(m => m.Reason, (string?)null).SetProperty(m => m.Url, (string?)null)
                .SetProperty(m => m.CardUrl, (string?)null).SetProperty(m => m.CardTitle, (string?)null).SetProperty(m => m.CardDescription, (string?)null).SetProperty(m => m.CardImage, (byte[]?)null), ct);
        }

        return count;
    }

    private static async Task<IReadOnlyList<object>> Rows(IQueryable<Message> messages, CancellationToken ct) => [.. await messages.AsNoTracking().OrderBy(m => m.QueuedAt)
        .Select(m => new { m.Id, m.Network, m.Status, m.Words, m.NewWords, m.Signature, m.AuthorName, m.ParentUri, m.ParentHandle, m.CorrectedClaim, m.Evidence, m.QueuedAt, m.DueAt, m.SentAt, m.EditedAt, m.Url }).ToListAsync(ct)];
}
