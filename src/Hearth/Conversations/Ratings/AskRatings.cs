using System.Buffers.Text;
using System.Security.Cryptography;
using Hearth.Conversations.Kpis;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Ratings;

/// <summary>A closed conversation is to be asked about in a while, if it stays closed.</summary>
internal sealed class PlanRating(Database db, TimeProvider clock) : IHandle<ConversationClosed>
{
    public async Task Handle(ConversationClosed fact, CancellationToken ct)
    {
        if (await db.Set<RatingSettingsRow>().AsNoTracking().SingleOrDefaultAsync(ct) is not { Enabled: true } settings || fact.At < clock.Now().AddDays(-1)) return;
        var due = fact.At.AddMinutes(settings.DelayMinutes);
        if (await db.Set<RatingAskRow>().SingleOrDefaultAsync(a => a.Conversation == fact.Conversation, ct) is { } known)
        {
            if (known.State == AskState.Waiting) known.Due = due;
            return;
        }

        db.Add(new RatingAskRow { Conversation = fact.Conversation, Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), Due = due });
    }
}

/// <summary>Looks for closed conversations whose time to be asked about has come.</summary>
public sealed record AskRatings : IJob;

/// <summary>Asks in the channel where the person spoke, once, in the name of whoever answered them; or notes why it is better not to.</summary>
internal sealed class AskRatingsRun(Database db, Publish publish, ReadMention mentions, Staff staff, Consents consents, ReadPeople people, SpeakUnasked speak, TimeProvider clock) : IRun<AskRatings>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private sealed class NotThereException(string message, Exception? inner = null) : Exception(message, inner);

    public async Task Run(AskRatings job, CancellationToken ct)
    {
        if (await db.Set<RatingSettingsRow>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } settings) return;
        var now = clock.Now();
        foreach (var id in await db.Set<RatingAskRow>().Where(a => a.State == AskState.Waiting && a.Due <= now).OrderBy(a => a.Due).Take(100).Select(a => a.Conversation).ToListAsync(ct))
        {
            try
            {
                await db.InTransaction(() => Ask(id, settings, now, ct), ct);
            }
            catch (NotThereException)
            {
                db.Forget();
                await db.Set<RatingAskRow>().Where(a => a.Conversation == id && a.State == AskState.Waiting)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AskState.NotAsked).SetProperty(a => a.Reason, "nothing can send it there"), ct);
            }

            db.Forget();
        }
    }

    private async Task Ask(ConversationId id, RatingSettingsRow settings, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<RatingAskRow>().Where(a => a.Conversation == id && a.State == AskState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(a => a.Due, a => a.Due), ct) == 0) return;
        var ask = await db.Set<RatingAskRow>().SingleAsync(a => a.Conversation == id, ct);
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (conversation is not { Status: ConversationStatus.Closed })
        {
            db.Remove(ask); // opened again: it is asked about when it is closed for good
            await db.SaveChangesAsync(ct);
            return;
        }

        var (author, reason) = await Who(conversation, settings, now, ct);
        if (author is null)
        {
            (ask.State, ask.Reason) = (AskState.NotAsked, reason);
            await db.SaveChangesAsync(ct);
            return;
        }

        var mention = (await mentions.Of(conversation.LastMention, ct))!;
        var text = settings.Text.Replace("{link}", $"{settings.Home}/rate/{ask.Token}", StringComparison.Ordinal);
        if (await publish.Reply(new(ReplyToConversation.Target(mention), text, author, "conversation:" + id.Value), ct) is not Publication.Queued queued) throw new NotThereException("Nothing can send it there.");
        (ask.State, ask.AskedAt, ask.Message) = (AskState.Asked, now, queued.Message);
        await speak.Keep(id, queued.Message, text, author, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<(Actor? Author, string? Reason)> Who(Conversation conversation, RatingSettingsRow settings, DateTimeOffset now, CancellationToken ct)
    {
        if (!settings.Enabled) return (null, "asking was switched off");
        if (conversation.Standing != Standing.Normal) return (null, "it is no conversation of its own");
        if (conversation.PersonId is not { } person) return (null, "nobody knows who wrote");
        if (!await consents.May(person, ConsentPurpose.Service, conversation.Network, ct)) return (null, "they do not want to be written to unasked");
        var since = now.AddDays(-settings.QuietDays);
        var whole = (await people.Whole(person, ct)).Select(p => (PersonId?)p).ToArray();
        if (await db.Set<RatingAskRow>().AnyAsync(a => a.AskedAt > since && db.Set<Conversation>().Any(c => c.Id == a.Conversation && whole.Contains(c.PersonId)), ct)) return (null, $"they were asked within {settings.QuietDays} days");
        if (await mentions.Of(conversation.LastMention, ct) is not { IsRemoved: false }) return (null, "they deleted what they wrote");
        var by = await db.Set<RecordRow>().Where(r => r.Conversation == conversation.Id).Select(r => r.LastReplyBy).SingleOrDefaultAsync(ct);
        if (by is not { } user || await staff.Find(user, ct) is not { Active: true } member) return (null, "nobody of ours answered them");
        return (member.Actor(), null);
    }
}
