using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>An issue and what came of it. That a letter was opened is not tracked.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Day">In the house's zone.</param>
/// <param name="Sent">Letters that the mail server took.</param>
/// <param name="Waiting">Letters still to go.</param>
/// <param name="NotSent">Letters that did not go: nothing was left, or they had ended.</param>
/// <param name="Bounced">Letters that came back.</param>
/// <param name="Clicks">Times a person followed a link in it.</param>
/// <param name="Ended">Who unsubscribed from this issue until the next.</param>
public sealed record DigestIssueView(int Number, DateOnly Day, int Sent, int Waiting, int NotSent, int Bounced, int Clicks, int Ended);

/// <summary>The digest as its desk sees it.</summary>
/// <param name="Daily">Who gets it each day.</param>
/// <param name="Weekly">Who gets it each week.</param>
/// <param name="Asked">Asked for and not confirmed yet.</param>
/// <param name="Unsubscribed">Ended by their own wish, ever.</param>
/// <param name="Bounced">Ended because their mailbox is not there, ever.</param>
/// <param name="Issues">The latest, the newest first.</param>
public sealed record DigestDesk(int Daily, int Weekly, int Asked, int Unsubscribed, int Bounced, IReadOnlyList<DigestIssueView> Issues);

/// <summary>What came of sending a test.</summary>
public abstract record DigestTest
{
    private DigestTest() { }

    public sealed record Sent(string To) : DigestTest;

    /// <summary>Why not.</summary>
    public sealed record NotSent(string Reason) : DigestTest;
}

/// <summary>Reads how the digest does, and what the next one would say.</summary>
public sealed class ReadDigest(Database db, KeepDigest keep, DisclosurePolicy policy, Mailboxes mailboxes, SendMail mail, TimeProvider clock)
{
    /// <summary>The numbers, with the latest issues.</summary>
    public async Task<DigestDesk> Desk(CancellationToken ct, int issues = 10)
    {
        var now = clock.Now();
        var all = db.Set<DigestSubscriber>().AsNoTracking();
        var latest = await db.Set<DigestIssue>().AsNoTracking().OrderByDescending(i => i.Number).Take(issues).ToListAsync(ct);
        var views = new List<DigestIssueView>();
        var until = DateTimeOffset.MaxValue;
        foreach (var issue in latest)
        {
            var letters = db.Set<DigestLetter>().Where(l => l.Issue == issue.Number);
            var counts = await letters.GroupBy(_ => 1).Select(g => new
            {
                Sent = g.Count(l => l.SentAt != null), Bounced = g.Count(l => l.Bounced), Waiting = g.Count(l => l.SentAt == null && l.Error == null), NotSent = g.Count(l => l.SentAt == null && l.Error != null && !l.Bounced),
            }).SingleOrDefaultAsync(ct);
            var from = Click.OfDigest(issue.Number);
            var clicks = await db.Set<Click>().CountAsync(c => c.From == from && c.Kind == ClickKind.Person && c.At >= issue.At, ct);
            var ended = await all.CountAsync(s => s.Why == DigestEnd.Unsubscribed && s.EndedAt >= issue.At && s.EndedAt < until, ct);
            views.Add(new(issue.Number, issue.Day, counts?.Sent ?? 0, counts?.Waiting ?? 0, counts?.NotSent ?? 0, counts?.Bounced ?? 0, clicks, ended));
            until = issue.At;
        }

        return new(await all.CountAsync(s => s.EndedAt == null && s.Every == DigestRhythm.Daily, ct), await all.CountAsync(s => s.EndedAt == null && s.Every == DigestRhythm.Weekly, ct),
            await db.Set<DigestAsk>().CountAsync(a => a.Until > now, ct), await all.CountAsync(s => s.Why == DigestEnd.Unsubscribed, ct), await all.CountAsync(s => s.Why == DigestEnd.Bounced, ct), views);
    }

    /// <summary>What somebody would read who gets it now and had the last one at the latest issue.</summary>
    /// <returns>Null while there are no settings, nobody to answer, or nothing that opened since.</returns>
    public async Task<DigestWords?> Next(CancellationToken ct) => await keep.Read(ct) is { Address: not null, HumanName: not null } house ? await Next(house, ct) : null;

    /// <summary>Sends the next one to somebody of the brand. Its links count as no issue's, and its link to unsubscribe ends nothing.</summary>
    public async Task<DigestTest> Test(Actor to, CancellationToken ct)
    {
        if (await keep.Read(ct) is not { Address: not null, HumanName: not null } house) return new DigestTest.NotSent("Say first who answers, and from which mailbox it comes");
        if (await mailboxes.Of(to.Id, ct) is not { } mailbox) return new DigestTest.NotSent("Your account has no e-mail address");
        if (await Next(house, ct) is not { } words) return new DigestTest.NotSent("Nothing opened since the last one, so there is nothing to send");
        var site = await db.Set<DigestSettingsRow>().AsNoTracking().Select(s => s.Site).SingleAsync(ct);
        try
        {
            await mail.Now(SendDigestRun.Letter(mailbox.Address, words with { Subject = "Test: " + words.Subject }, Ids.New(), house, (await policy.Read(ct)).Brand ?? "Hearth", site), ct);
            return new DigestTest.Sent(mailbox.Address);
        }
        catch (MailFailedException e)
        {
            return new DigestTest.NotSent($"It could not be sent: {e.Message}");
        }
    }

    private async Task<DigestWords?> Next(DigestSettingsView house, CancellationToken ct)
    {
        var now = clock.Now();
        var running = (await Shelves.Running(db, now, ct)).Where(o => o.Segment is null || o.IsForAll(now)).ToList();
        var last = await db.Set<DigestIssue>().OrderByDescending(i => i.Number).Select(i => (DateTimeOffset?)i.At).FirstOrDefaultAsync(ct) ?? DateTimeOffset.MinValue;
        var fresh = Shelves.New(running, null, last == DateTimeOffset.MinValue ? last : last - Shelves.Settling, now, Shelves.Opened);
        if (fresh.Count == 0) return null;
        DayZone.TryFind(house.Settings.Zone, out var zone);
        var site = await db.Set<DigestSettingsRow>().AsNoTracking().Select(s => s.Site).SingleAsync(ct);
        return DigestText.Of(fresh, [.. running.Except(fresh)], null, site, house.HumanName!, (await policy.Read(ct)).Brand ?? "Hearth", DigestRhythm.Weekly, $"{site}/outlet/digest/end/test", zone ?? TimeZoneInfo.Utc, o => o.IsForAll(now) ? null : Invitation.Nobodys);
    }
}
