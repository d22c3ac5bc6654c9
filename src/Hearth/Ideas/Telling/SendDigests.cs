using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>Whoever wants mail, and is due, gets what is new in one mail.</summary>
public sealed record GatherDigests : IJob;

/// <summary>
/// Puts what somebody has neither seen on the site nor been told on their network into one mail. The notices are marked with the mail's id and the mail is queued in one transaction, so
/// that each is mailed once, whatever dies.
/// </summary>
internal sealed class GatherDigestsRun(Database db, MailServer server, Mailboxes mailboxes, TimeProvider clock) : IRun<GatherDigests>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private const int Accounts = 200;

    public async Task Run(GatherDigests job, CancellationToken ct)
    {
        if (await server.Read(ct) is null) return; // it waits until somebody says where mail leaves
        for (var now = clock.Now(); ;)
        {
            var due = await db.IdeaMailWishes.AsNoTracking().Where(w => w.Every != MailRhythm.Never && w.NextAt <= now).OrderBy(w => w.NextAt).Take(Accounts).ToListAsync(ct);
            foreach (var wish in due) await Gather(wish, now, ct);
            if (due.Count < Accounts) return;
        }
    }

    private async Task Gather(IdeaMailWish wish, DateTimeOffset now, CancellationToken ct)
    {
        var mailbox = await mailboxes.Of(wish.User, ct);
        await db.InTransaction(async () =>
        {
            var next = MailWishes.Next(wish.Every, now);
            if (await db.IdeaMailWishes.Where(w => w.User == wish.User && w.NextAt == wish.NextAt && w.Every == wish.Every).ExecuteUpdateAsync(set => set.SetProperty(w => w.NextAt, next), ct) == 0) return; // another node had it
            if (mailbox is not { Confirmed: true }) return;
            Guid? digest = Ids.New();
            var marked = await db.IdeaNotices.Where(n => n.User == wish.User && n.Digest == null && n.SeenAt == null && n.At > wish.At
                    && (n.State == null || n.State == ToldState.Skipped || n.State == ToldState.Failed))
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.Digest, digest), ct);
            if (marked == 0) return;
            db.Add(new IdeaDigest { Id = digest.Value, User = wish.User, At = now });
            db.Enqueue(new SendDigest(digest.Value), now);
            await db.SaveChangesAsync(ct);
        }, ct);
    }
}

/// <summary>One mail is to be handed over.</summary>
public sealed record SendDigest(Guid Digest) : IJob;

/// <summary>Hands one mail over. A crash between handing over and noting it sends again under the same Message-ID, so that the mailbox can tell.</summary>
internal sealed class SendDigestRun(Database db, SendMail mail, Mailboxes mailboxes, TimeProvider clock) : IRun<SendDigest>
{
    /// <summary>Notices that a mail tells in full; of more it tells how many.</summary>
    private const int Most = 50;

    public async Task Run(SendDigest job, CancellationToken ct)
    {
        if (await db.IdeaDigests.AsNoTracking().SingleOrDefaultAsync(d => d.Id == job.Digest, ct) is not { SentAt: null, Error: null } digest) return;
        var wish = await db.IdeaMailWishes.AsNoTracking().SingleOrDefaultAsync(w => w.User == digest.User, ct);
        if (wish is not { Every: not MailRhythm.Never } || await mailboxes.Of(digest.User, ct) is not { Confirmed: true } to)
        {
            await Note(job.Digest, null, "They want no mail any more.", ct);
            return;
        }

        var notices = await db.IdeaNotices.AsNoTracking().Where(n => n.Digest == job.Digest).OrderBy(n => n.Number).Take(Most).ToListAsync(ct);
        var count = await db.IdeaNotices.CountAsync(n => n.Digest == job.Digest, ct);
        var titles = await db.Titles(notices.Select(n => n.Idea), ct);
        var human = await Human(notices, ct);
        try
        {
            await mail.Now(DigestLetter.Of(to, wish, digest.Id, notices, count, titles, human), ct);
            await Note(job.Digest, clock.Now(), null, ct);
        }
        catch (MailFailedException e) when (e.IsFinal)
        {
            await Note(job.Digest, null, e.Message, ct);
        }
    }

    // Whoever of the brand made the latest news reads what is answered to it.
    private async Task<Mailbox?> Human(List<IdeaNotice> notices, CancellationToken ct)
    {
        var news = notices.Select(n => n.News).OfType<IdeaNewsId>().ToArray();
        var by = await db.IdeaNews.AsNoTracking().Where(n => news.Contains(n.Id) && n.By != null).OrderByDescending(n => n.Number).Select(n => n.By).FirstOrDefaultAsync(ct);
        return by is { } user ? await mailboxes.Of(user, ct) : null;
    }

    private Task Note(Guid id, DateTimeOffset? sent, string? error, CancellationToken ct) => db.InTransaction(
        () => db.IdeaDigests.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.SentAt, sent).SetProperty(d => d.Error, error), ct), ct);
}
