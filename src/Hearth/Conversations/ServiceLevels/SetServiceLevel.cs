using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>Chooses by hand, or by a rule, which promise counts for a conversation.</summary>
public sealed class SetServiceLevel(Database db, TimeProvider clock)
{
    /// <param name="conversation">Which.</param>
    /// <param name="policy">The promise; null to let the first one that fits count again.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when there is no such conversation or policy.</returns>
    public Task<bool> To(ConversationId conversation, SlaPolicyId? policy, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var name = policy is { } wanted ? await db.Set<SlaPolicyRow>().Where(p => p.Id == wanted).Select(p => p.Name).SingleOrDefaultAsync(ct) : "the first that fits";
        if (name is null || !await db.Set<Conversation>().AnyAsync(c => c.Id == conversation, ct)) return false;
        var now = clock.Now();
        db.Add(Entry.Event(conversation, "promised", name, by, now));
        db.Record(new ServiceLevelChosen(conversation, policy, now, by.Why));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);
}
