using Hearth.Channels.Mail;
using Hearth.People.Consent;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>Ends the digest for somebody. The address is gone at once; that they said no is kept with what they had agreed to.</summary>
public sealed class EndDigest(Database db, Consents consents, TimeProvider clock)
{
    /// <summary>Letters in a row that must come back before a mailbox counts as gone: one may be a server's mistake.</summary>
    public const int MostBounces = 2;

    /// <summary>Ends it by the secret that every letter carries (RFC 8058). Ending it again changes nothing.</summary>
    /// <returns>False when no letter has this secret.</returns>
    public Task<bool> By(string token, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Set<DigestSubscriber>().AsNoTracking().SingleOrDefaultAsync(s => s.EndToken == token, ct) is not { } row) return false;
        await End(row, DigestEnd.Unsubscribed, ct);
        return true;
    }, ct);

    /// <summary>True when a letter has this secret, ended or not.</summary>
    public Task<bool> Knows(string token, CancellationToken ct) => db.Set<DigestSubscriber>().AnyAsync(s => s.EndToken == token, ct);

    internal async Task End(DigestSubscriber row, DigestEnd why, CancellationToken ct)
    {
        var now = clock.Now();
        var ended = await db.Set<DigestSubscriber>().Where(s => s.Id == row.Id && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.Why, why).SetProperty(s => s.Contact, (string?)null), ct);
        if (ended == 1 && why == DigestEnd.Unsubscribed)
        {
            await consents.Note(row.Person, new(ConsentPurpose.Marketing, Channels.Networks.Email, false, ConsentHow.Form, null, $"the link in the outlet's digest, {now:u}", now), "the outlet's digest", ct);
        }
    }

    /// <summary>Notes that a letter came back for good.</summary>
    internal Task Bounced(Guid letter, string reason, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Set<DigestLetter>().Where(l => l.Id == letter && !l.Bounced).ExecuteUpdateAsync(set => set.SetProperty(l => l.Bounced, true).SetProperty(l => l.Error, reason), ct) == 0) return;
        var subscriber = await db.Set<DigestLetter>().Where(l => l.Id == letter).Select(l => l.Subscriber).SingleAsync(ct);
        var last = await db.Set<DigestLetter>().Where(l => l.Subscriber == subscriber && (l.SentAt != null || l.Bounced)).OrderByDescending(l => l.Issue).Take(MostBounces).Select(l => l.Bounced).ToListAsync(ct);
        if (last.Count < MostBounces || last.Contains(false)) return;
        await End(await db.Set<DigestSubscriber>().AsNoTracking().SingleAsync(s => s.Id == subscriber, ct), DigestEnd.Bounced, ct);
    }, ct);
}

/// <summary>A digest that came back.</summary>
internal sealed class HearDigestBounces(Database db, EndDigest end) : IHandle<LetterBounced>
{
    public async Task Handle(LetterBounced fact, CancellationToken ct)
    {
        if (SendMail.IdIn(fact.MessageId) is { } id && await db.Set<DigestLetter>().AnyAsync(l => l.Id == id, ct)) await end.Bounced(id, fact.Reason, ct);
    }
}
