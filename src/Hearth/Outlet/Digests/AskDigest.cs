using System.Net.Mail;
using System.Security.Cryptography;
using Hearth.Channels;
using Hearth.Listening;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>What somebody wants.</summary>
/// <param name="Contact">An e-mail address.</param>
/// <param name="Every">daily or weekly.</param>
/// <param name="Weekday">The day of a weekly one.</param>
/// <param name="Condition">Only these; null for all.</param>
public sealed record DigestWish(string? Contact, DigestRhythm Every, DayOfWeek Weekday, Condition? Condition);

/// <summary>What became of asking for the digest.</summary>
public abstract record AskedDigest
{
    private AskedDigest() { }

    /// <summary>If the address may get a letter now, one is on its way. The same whoever subscribes already.</summary>
    public sealed record Asked : AskedDigest;

    public sealed record Invalid(FieldError Error) : AskedDigest;

    /// <summary>There is no digest, or it rests.</summary>
    public sealed record NotOpen : AskedDigest;
}

/// <summary>What became of confirming.</summary>
public abstract record ConfirmedDigest
{
    private ConfirmedDigest() { }

    /// <summary>They get it; confirming again changes nothing.</summary>
    public sealed record Done : ConfirmedDigest;

    /// <summary>The link is too old, or another was sent since.</summary>
    public sealed record Expired : ConfirmedDigest;
}

/// <summary>Takes in who wants the digest: an address gets one letter that asks back, and nothing else before whoever reads it has said yes.</summary>
public sealed class AskDigest(Database db, KeepDigest keep, ResolvePeople people, Consents consents, TimeProvider clock)
{
    /// <summary>What people agree to. A change of it is a new version.</summary>
    public const string Words = "Send me the outlet's offers by e-mail, as often as I chose. I can end it at any time, by a link in every mail. (Version 1)";

    /// <summary>How long the link in the letter works.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromHours(48);

    /// <summary>The least between two letters to one address, and the most of them in a day.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <inheritdoc cref="Pause"/>
    public const int MostLetters = 3;

    /// <summary>Queues the letter that asks back. Who asks too often gets the same answer and no letter.</summary>
    public async Task<AskedDigest> For(DigestWish wish, CancellationToken ct)
    {
        if (await keep.Read(ct) is not { IsOpen: true }) return new AskedDigest.NotOpen();
        if (Contact.Normal(wish.Contact) is not { } reach || reach[0] == '@' || !MailAddress.TryCreate(reach, out _)) return new AskedDigest.Invalid(new("contact", "must be an e-mail address"));
        if (!Enum.IsDefined(wish.Every)) return new AskedDigest.Invalid(new("every", "must be daily or weekly"));
        if (!Enum.IsDefined(wish.Weekday)) return new AskedDigest.Invalid(new("weekday", "must be a day of the week"));
        if (wish.Condition is { } only && !Enum.IsDefined(only)) return new AskedDigest.Invalid(new("condition", "must be new, refurbished, scratchAndDent, overstock or returned"));
        try
        {
            await db.InTransaction(() => Keep(wish, reach, ct), ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // the form was sent twice at once
        }

        return new AskedDigest.Asked();
    }

    private async Task Keep(DigestWish wish, string reach, CancellationToken ct)
    {
        var now = clock.Now();
        var before = await db.Set<DigestAsk>().AsNoTracking().SingleOrDefaultAsync(a => a.Contact == reach, ct);
        var today = before is not null && now - before.FirstAt < TimeSpan.FromDays(1);
        if (before is not null && (now - before.At < Pause || today && before.Letters >= MostLetters)) return;
        if (before is not null && await db.Set<DigestAsk>().Where(a => a.Id == before.Id).ExecuteDeleteAsync(ct) == 0) return; // asked twice at once
        var ask = new DigestAsk
        {
            Id = DigestAskId.New(), Contact = reach, Every = wish.Every, Weekday = wish.Weekday, Condition = wish.Condition, Words = Words, At = now, Until = now + Valid,
            FirstAt = today ? before!.FirstAt : now, Letters = today ? before!.Letters + 1 : 1,
        };
        db.Add(ask);
        db.Enqueue(new AskBackForDigest(ask.Id), now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What a letter's link confirms; null when it confirms nothing any more.</summary>
    public async Task<DigestWish?> Read(DigestAskId id, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.Set<DigestAsk>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.Until > now, ct) is { } ask ? new(ask.Contact, ask.Every, ask.Weekday, ask.Condition) : null;
    }

    /// <summary>Confirms an ask: the yes is kept with its words and proof, and the first digest is the next due.</summary>
    public async Task<ConfirmedDigest> Confirm(DigestAskId id, CancellationToken ct)
    {
        var zone = await db.Set<DigestSettingsRow>().AsNoTracking().Select(s => s.Zone).SingleOrDefaultAsync(ct);
        return await db.InTransaction<ConfirmedDigest>(async () =>
        {
            db.ChangeTracker.Clear();
            var now = clock.Now();
            var ask = await db.Set<DigestAsk>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.Until > now, ct);
            if (ask is null || await db.Set<DigestAsk>().Where(a => a.Id == id).ExecuteDeleteAsync(ct) == 0)
            {
                return await db.Set<DigestSubscriber>().AnyAsync(s => s.ConfirmedWith == id && s.EndedAt == null, ct) ? new ConfirmedDigest.Done() : new ConfirmedDigest.Expired();
            }

            var person = await people.For(new SeenIdentity(Networks.Email, ask.Contact, ask.Contact, null, null, null, now), ct);
            var proof = $"/outlet/digest, asked {ask.At:u}; letter {AskBackForDigestRun.LetterId(ask.Id):N} to {ask.Contact}, confirmed by its link {now:u}";
            if (await consents.Note(person, new(ConsentPurpose.Marketing, Networks.Email, true, ConsentHow.Form, ask.Words, proof, now), "the outlet's digest", ct) is not ConsentNoted.Done) throw new InvalidOperationException("The consent could not be kept.");
            DayZone.TryFind(zone, out var found);
            var next = NextDay(ask.Every, ask.Weekday, (found ?? TimeZoneInfo.Utc).Day(now));
            var row = await db.Set<DigestSubscriber>().SingleOrDefaultAsync(s => s.Contact == ask.Contact || s.Person == person, ct);
            if (row is null)
            {
                db.Add(row = new()
                {
                    Id = Ids.New(now), Person = person, Every = ask.Every, Weekday = ask.Weekday, EndToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), ConfirmedWith = id, ConfirmedAt = now, SubscribedAt = now, NextDay = next, Since = now,
                });
            }

            if (row.EndedAt is not null) (row.Since, row.SubscribedAt) = (now, now);
            (row.Contact, row.Every, row.Weekday, row.Condition, row.ConfirmedWith, row.ConfirmedAt, row.NextDay, row.EndedAt, row.Why) = (ask.Contact, ask.Every, ask.Weekday, ask.Condition, id, now, next, null, null);
            await db.SaveChangesAsync(ct);
            return new ConfirmedDigest.Done();
        }, ct);
    }

    /// <summary>The first day after one on which a digest is due.</summary>
    internal static DateOnly NextDay(DigestRhythm every, DayOfWeek weekday, DateOnly day) =>
        every == DigestRhythm.Daily ? day.AddDays(1) : day.AddDays((weekday - day.DayOfWeek + 6) % 7 + 1);
}
