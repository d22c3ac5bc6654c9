using System.Globalization;
using System.Security.Cryptography;
using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Listening;
using Hearth.Outlet.Audiences;
using Hearth.People.Consent;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>Whoever is due gets what is new.</summary>
public sealed record WriteDigests : IJob;

/// <summary>
/// At the house's hour each subscriber who is due is moved to their next day, and where something opened since their last one a letter is noted and queued, all in one transaction: of an issue nobody gets two, whatever dies.
/// Where nothing is new nothing is sent. What was asked for and never confirmed is forgotten.
/// </summary>
internal sealed class WriteDigestsRun(Database db, MailServer server, Consents consents, EndDigest end, TimeProvider clock) : IRun<WriteDigests>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private const int Chunk = 200;

    public async Task Run(WriteDigests job, CancellationToken ct)
    {
        var now = clock.Now();
        var dayAgo = now.AddDays(-1);
        await db.Set<DigestAsk>().Where(a => a.Until <= now && a.FirstAt <= dayAgo).ExecuteDeleteAsync(ct);
        if (await db.Set<DigestSettingsRow>().AsNoTracking().SingleOrDefaultAsync(ct) is not { Paused: false } settings) return;
        var zone = DayZone.TryFind(settings.Zone, out var found) ? found : TimeZoneInfo.Utc;
        if (TimeZoneInfo.ConvertTime(now, zone).Hour < settings.Hour || await server.Read(ct) is null) return;
        var today = zone.Day(now);
        while (await db.InTransaction(() => Some(today, now, ct), ct) == Chunk)
        {
            db.ChangeTracker.Clear();
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <returns>How many were looked at.</returns>
    private async Task<int> Some(DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var due = await db.Set<DigestSubscriber>().AsNoTracking().Where(s => s.EndedAt == null && s.NextDay <= today).OrderBy(s => s.NextDay).ThenBy(s => s.Id).Take(Chunk).ToListAsync(ct);
        if (due.Count == 0) return 0;
        var running = await Shelves.Running(db, now, ct);
        var invited = await Invited.Among(db, due, running, now, ct);
        var refusing = await consents.Refusing([.. due.Select(s => s.Person).Distinct()], ConsentPurpose.Marketing, Networks.Email, ct);
        var until = now - Shelves.Settling;
        int? issue = null;
        foreach (var one in due)
        {
            if (refusing.Contains(one.Person))
            {
                await end.End(one, DigestEnd.ConsentGone, ct);
                continue;
            }

            var next = AskDigest.NextDay(one.Every, one.Weekday, today);
            var isNew = Shelves.New(invited.Offers(one, running, now), one.Condition, one.Since, until, o => invited.Opened(one, o)).Count > 0;
            var since = isNew ? until : one.Since;
            if (await db.Set<DigestSubscriber>().Where(s => s.Id == one.Id && s.EndedAt == null && s.NextDay == one.NextDay)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.NextDay, next).SetProperty(s => s.Since, since), ct) == 0 || !isNew) continue; // another node had it, or there is nothing to say
            issue ??= await Issue(today, now, ct);
            var letter = new DigestLetter { Id = Ids.New(now), Issue = issue.Value, Subscriber = one.Id, Since = one.Since, Until = until };
            db.Add(letter);
            db.Enqueue(new SendDigest(letter.Id), now);
        }

        await db.SaveChangesAsync(ct);
        return due.Count;
    }

    private async Task<int> Issue(DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<DigestIssue>().AsNoTracking().SingleOrDefaultAsync(i => i.Day == today, ct) is { } there) return there.Number;
        var made = new DigestIssue { Day = today, At = now };
        db.Add(made);
        await db.SaveChangesAsync(ct);
        return made.Number;
    }
}

/// <summary>What is on the shelves.</summary>
internal static class Shelves
{
    /// <summary>What opened within this is left to the next time: an offer that is being published while it is looked for would be seen by neither.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>Offers that somebody can claim now, the latest first: not all of them may be everybody's.</summary>
    public static async Task<IReadOnlyList<Offer>> Running(Database db, DateTimeOffset now, CancellationToken ct) =>
        [.. (await db.Set<Offer>().AsNoTracking().Where(o => o.Stage == OfferStage.Published && o.PausedAt == null && o.Left > 0 && o.Opens <= now && o.Closes > now).ToListAsync(ct)).OrderByDescending(Opened).ThenBy(o => o.Id.Value)];

    /// <summary>Those of them that opened after a time.</summary>
    public static List<Offer> New(IReadOnlyList<Offer> running, Condition? condition, DateTimeOffset since, DateTimeOffset until, Func<Offer, DateTimeOffset> opened) =>
        [.. running.Where(o => (condition is null || o.Condition == condition) && opened(o) is var at && at > since && at <= until)];

    /// <summary>When it opened to everybody; of one that was for subscribers first, when it became everybody's.</summary>
    public static DateTimeOffset OpenedToAll(Offer offer) => offer.PublicFrom > Opened(offer) ? offer.PublicFrom.Value : Opened(offer);

    public static DateTimeOffset Opened(Offer offer) => offer.PublishedAt > offer.Opens ? offer.PublishedAt.Value : offer.Opens;
}

/// <summary>One letter is to be handed over.</summary>
public sealed record SendDigest(Guid Letter) : IJob;

/// <summary>
/// Hands one letter over. A crash between handing over and noting it sends again under the same Message-ID, so that the mailbox can tell.
/// </summary>
internal sealed class SendDigestRun(Database db, KeepDigest keep, MailServer server, DisclosurePolicy policy, SendMail mail, EndDigest end, TimeProvider clock) : IRun<SendDigest>
{
    public async Task Run(SendDigest job, CancellationToken ct)
    {
        if (await db.Set<DigestLetter>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == job.Letter, ct) is not { SentAt: null, Error: null } letter) return;
        var now = clock.Now();
        var to = await db.Set<DigestSubscriber>().AsNoTracking().SingleAsync(s => s.Id == letter.Subscriber, ct);
        if (to is not { EndedAt: null, Contact: { } contact })
        {
            await Note(letter.Id, null, "They want it no more.", ct);
            return;
        }

        var site = await db.Set<DigestSettingsRow>().AsNoTracking().Select(s => s.Site).SingleAsync(ct);
        if (await keep.Read(ct) is not { IsOpen: true } house || await server.Read(ct) is null) throw new LaterException(now.AddMinutes(10), "The digest rests, or nobody is there to answer it.");
        var running = await Shelves.Running(db, now, ct);
        var invited = await Invited.Among(db, [to], running, now, ct);
        running = invited.Offers(to, running, now);
        var fresh = Shelves.New(running, to.Condition, letter.Since, letter.Until, o => invited.Opened(to, o));
        if (fresh.Count == 0)
        {
            await Note(letter.Id, null, "Nothing of it was left.", ct);
            return;
        }

        DayZone.TryFind(house.Settings.Zone, out var zone);
        var brand = (await policy.Read(ct)).Brand ?? "Hearth";
        var address = $"{site}/outlet/digest/end/{to.EndToken}";
        var words = DigestText.Of(fresh, [.. running.Where(o => (to.Condition is null || o.Condition == to.Condition) && !fresh.Contains(o))], letter.Issue, site, house.HumanName!, brand, to.Every, address, zone ?? TimeZoneInfo.Utc, o => o.IsForAll(now) ? null : Invitation.To(o.Id, to));
        try
        {
            await mail.Now(Letter(contact, words, letter.Id, house, brand, site) with { Unsubscribe = address }, ct);
        }
        catch (MailFailedException e) when (e.IsFinal)
        {
            await end.Bounced(letter.Id, e.Message, ct); // said at once what others say by a letter back
            return;
        }

        await Note(letter.Id, clock.Now(), null, CancellationToken.None); // it is out: that must be noted, whoever stops waiting
    }

    internal static OutgoingMail Letter(string to, DigestWords words, Guid id, DigestSettingsView house, string brand, string site) => new(to, words.Subject, words.Text, id, house.Address)
    {
        Html = words.Html, From = house.Address, FromName = $"{house.HumanName}, {brand}", ListId = "outlet." + new Uri(site).Host,
    };

    private Task Note(Guid id, DateTimeOffset? sent, string? error, CancellationToken ct) => db.InTransaction(
        () => db.Set<DigestLetter>().Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.SentAt, sent).SetProperty(l => l.Error, error), ct), ct);
}

/// <summary>Somebody who asked for the digest is to be asked back.</summary>
public sealed record AskBackForDigest(DigestAskId Ask) : IJob;

internal sealed class AskBackForDigestRun(Database db, KeepDigest keep, DisclosurePolicy policy, SendMail mail, TimeProvider clock) : IRun<AskBackForDigest>
{
    public async Task Run(AskBackForDigest job, CancellationToken ct)
    {
        var now = clock.Now();
        if (await db.Set<DigestAsk>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == job.Ask && a.Until > now, ct) is not { } ask) return; // confirmed, or too late
        if (await keep.Read(ct) is not { IsOpen: true } house) return;
        var site = await db.Set<DigestSettingsRow>().AsNoTracking().Select(s => s.Site).SingleAsync(ct);
        var brand = (await policy.Read(ct)).Brand ?? "Hearth";
        var often = ask.Every == DigestRhythm.Daily ? "every day" : $"every {ask.Weekday}";
        var what = ask.Condition is { } only ? $"the outlet's offers ({PostOffer.Words(only)})" : "the outlet's offers";
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            Somebody, you we hope, asked {brand} to send {what} to this address, {often}, when there is something new.

            If that is what you want, confirm it here, until {ask.Until.UtcDateTime:d MMMM, HH:mm} UTC:
            {site}/outlet/digest/confirm/{ask.Id.Value:N}

            If it was not you, do nothing: nothing more comes, and the address is forgotten.

            {house.HumanName}
            {brand}
            """);
        try
        {
            await mail.Now(new(ask.Contact, "Please confirm: offers by e-mail", text, LetterId(ask.Id), house.Address) { From = house.Address, FromName = $"{house.HumanName}, {brand}" }, ct);
        }
        catch (MailFailedException e) when (e.IsFinal)
        {
            // No such mailbox, or no mail server: what was said stands beside the server's settings, and whoever asked must not learn it.
        }
    }

    /// <summary>Names the letter, the same each time it is sent. The ask's own id is the key to confirm by, which no server's log of Message-IDs may hold.</summary>
    internal static Guid LetterId(DigestAskId ask) => new(SHA256.HashData(ask.Value.ToByteArray(true)).AsSpan(0, 16), true);
}
