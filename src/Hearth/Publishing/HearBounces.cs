using Hearth.Channels.Mail;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>A letter that came back did not arrive, though the mail server took it: its message fails after all, and stands where failed ones do.</summary>
internal sealed class HearBounces(Database db, TimeProvider clock) : IHandle<LetterBounced>
{
    public async Task Handle(LetterBounced fact, CancellationToken ct)
    {
        var failed = await db.Set<Message>().Where(m => m.ExternalId == fact.MessageId && m.Status == MessageStatus.Sent).Select(m => m.Id).ToListAsync(ct);
        foreach (var id in failed)
        {
            await db.Set<Message>().Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Failed).SetProperty(m => m.Reason, fact.Reason), ct);
            db.Record(new MessageFailed(id, fact.Reason, clock.Now()));
        }
    }
}
