using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>Whoever answers a digest has written to the human whose name stands in it: the conversation is theirs.</summary>
internal sealed class GiveDigestAnswers(Database db, ReadMention mentions, Staff staff, AssignConversation assign) : IHandle<ConversationOpened>
{
    private static readonly Doer Digest = new(null, "The outlet's digest", "/offer/digest");

    public async Task Handle(ConversationOpened fact, CancellationToken ct)
    {
        if (fact.Network != Networks.Email || await mentions.Of(fact.Mention, ct) is not { ParentId: { } parent } || SendMail.IdIn(parent) is not { } id) return;
        if (!await db.Set<DigestLetter>().AnyAsync(l => l.Id == id, ct)) return;
        var human = await db.Set<DigestSettingsRow>().Select(s => (UserId?)s.Human).SingleOrDefaultAsync(ct);
        if (human is { } user && await staff.Find(user, ct) is { Active: true } who) await assign.To(fact.Conversation, who.Actor(), null, Digest, ct);
    }
}
