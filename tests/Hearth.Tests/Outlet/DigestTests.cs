using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Outlet.Digests;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Outlet;

public class DigestTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory, EveryDatabase]
    public async Task Nobody_is_subscribed_before_they_confirm_and_the_yes_is_kept_with_its_proof(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.IsType<AskedDigest.NotOpen>(await house.Ask("ann@example.org"));
        await house.Digest();
        Assert.Equal("contact", Assert.IsType<AskedDigest.Invalid>(await house.Ask("@ann")).Error.Field);
        Assert.Equal("contact", Assert.IsType<AskedDigest.Invalid>(await house.Ask("nobody")).Error.Field);
        Assert.Equal("every", Assert.IsType<AskedDigest.Invalid>(await house.Ask("ann@example.org", (DigestRhythm)7)).Error.Field);
        Assert.Equal("weekday", Assert.IsType<AskedDigest.Invalid>(await house.Ask("ann@example.org", DigestRhythm.Weekly, (DayOfWeek)7)).Error.Field);
        Assert.Equal("condition", Assert.IsType<AskedDigest.Invalid>(await house.Ask("ann@example.org", condition: (Condition)77)).Error.Field);

        await house.Ask(" Ann@Example.org ", DigestRhythm.Weekly, DayOfWeek.Tuesday, Condition.Refurbished);
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<Person>().CountAsync())); // an address that somebody typed is nobody yet
        var ask = await house.AskOf("ann@example.org");
        Assert.Equal(new("ann@example.org", DigestRhythm.Weekly, DayOfWeek.Tuesday, Condition.Refurbished), await house.With<AskDigest, DigestWish?>(a => a.Read(ask, default)));
        Assert.IsType<ConfirmedDigest.Expired>(await house.ConfirmDigest(DigestAskId.New()));
        var confirmed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.ConfirmDigest(ask)));
        Assert.All(confirmed, c => Assert.IsType<ConfirmedDigest.Done>(c));
        Assert.IsType<ConfirmedDigest.Done>(await house.ConfirmDigest(ask));

        var row = await house.Subscriber("ann@example.org");
        Assert.Equal((DigestRhythm.Weekly, DayOfWeek.Tuesday, Condition.Refurbished, new DateOnly(2026, 9, 8)), (row.Every, row.Weekday, row.Condition!.Value, row.NextDay)); // the 1st is a Tuesday, and its hour is over
        var yes = Assert.Single(await house.With<Consents, IReadOnlyList<ConsentView>>(c => c.Of(row.Person, default)));
        Assert.Equal((ConsentPurpose.Marketing, Networks.Email, true, ConsentHow.Form, AskDigest.Words, true), (yes.Purpose, yes.Channel, yes.Given, yes.How, yes.Text, yes.Holds));
        Assert.Contains("confirmed by its link 2026-09-01 09:00:00Z", yes.Proof!, StringComparison.Ordinal);
        Assert.DoesNotContain(ask.Value.ToString("N"), yes.Proof!, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Asking_again_says_the_same_sends_little_and_a_link_is_good_for_two_days(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Digest();
        await house.Subscribe("ann@example.org");
        Assert.IsType<AskedDigest.Asked>(await house.Ask("ann@example.org", DigestRhythm.Weekly)); // whoever subscribes already gets the same answer
        Assert.Equal(DigestRhythm.Daily, (await house.Subscriber("ann@example.org")).Every);

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Ask("bob@example.org"))), a => Assert.IsType<AskedDigest.Asked>(a));
        var first = await house.AskOf("bob@example.org");
        house.Clock.Advance(AskDigest.Pause - TimeSpan.FromSeconds(1));
        await house.Ask("bob@example.org");
        Assert.Equal(first, await house.AskOf("bob@example.org"));
        for (var n = 0; n < 6; n++)
        {
            house.Clock.Advance(AskDigest.Pause);
            await house.Ask("bob@example.org");
        }

        Assert.Equal(AskDigest.MostLetters, await house.With<Database, int>(db => db.Set<JobRow>().CountAsync(j => j.Kind == "Outlet.Digests.AskBackForDigest")) - 2);
        Assert.IsType<ConfirmedDigest.Expired>(await house.ConfirmDigest(first)); // another was sent since
        var last = await house.AskOf("bob@example.org");
        house.Clock.Advance(AskDigest.Valid);
        Assert.Null(await house.With<AskDigest, DigestWish?>(a => a.Read(last, default)));
        Assert.IsType<ConfirmedDigest.Expired>(await house.ConfirmDigest(last));
        await house.Write();
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<DigestAsk>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task It_goes_out_at_the_houses_hour_on_their_day_with_what_is_new_to_them_and_not_without(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Digest();
        var daily = await house.Subscribe("daily@example.org");
        var weekly = await house.Subscribe("weekly@example.org", DigestRhythm.Weekly, DayOfWeek.Thursday);
        var other = await house.Subscribe("other@example.org", condition: Condition.New);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Offer();
        await house.Write();
        Assert.Empty(await house.Letters()); // today's is over

        house.Clock.Set(new(2026, 9, 2, 5, 59, 0, TimeSpan.Zero)); // 07:59 in Berlin
        await house.Write();
        Assert.Empty(await house.Letters());
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, kind == DatabaseKind.Postgres ? 3 : 1).Select(_ => Task.Run(() => Quietly(house))));
        await house.Write();
        Assert.Equal([daily.Id], (await house.Letters()).Select(l => l.Subscriber)); // it is nothing new to who wants new goods alone

        house.Clock.Advance(Day);
        await house.Write();
        Assert.Equal([daily.Id, weekly.Id], (await house.Letters()).Select(l => l.Subscriber)); // Thursday; the daily one has nothing new
        Assert.Equal(2, await house.With<Database, int>(db => db.Set<DigestIssue>().CountAsync()));
        Assert.Equal(new DateOnly(2026, 9, 4), (await house.Subscriber("other@example.org")).NextDay);

        // Paused, nothing is written and nobody forgotten.
        var view = (await house.With<KeepDigest, DigestSettingsView?>(k => k.Read(default)))!;
        await house.With<KeepDigest, IReadOnlyList<FieldError>>(k => k.Set(view.Settings with { Paused = true }, DigestHouse.Site, default));
        await house.Offer(sku: "OTHER");
        house.Clock.Advance(Day);
        await house.Write();
        Assert.Equal(2, (await house.Letters()).Count);
        Assert.IsType<AskedDigest.NotOpen>(await house.Ask("new@example.org"));
        await house.With<KeepDigest, IReadOnlyList<FieldError>>(k => k.Set(view.Settings, DigestHouse.Site, default));
        await house.Write();
        Assert.Equal(daily.Id, (await house.Letters())[^1].Subscriber);
        Assert.Equal(3, (await house.Letters()).Count);
        Assert.Equal((2, 1, 0), await house.With<ReadDigest, (int, int, int)>(async r => await r.Desk(default) is var d ? (d.Daily, d.Weekly, d.Asked) : default));
        Assert.NotEqual(Guid.Empty, other.Id);
    }

    [Theory, EveryDatabase]
    public async Task Who_ends_it_is_forgotten_at_once_and_who_took_the_consent_back_elsewhere_gets_none(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Digest();
        var (ann, bob) = (await house.Subscribe("ann@example.org"), await house.Subscribe("bob@example.org"));
        Assert.False(await house.With<EndDigest, bool>(e => e.By("nobody", default)));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.With<EndDigest, bool>(e => e.By(ann.EndToken, default)))), Assert.True);
        Assert.Equal([false, true], (await house.With<Consents, IReadOnlyList<ConsentView>>(c => c.Of(ann.Person, default))).Select(c => c.Given));
        await house.With<Consents, ConsentNoted>(c => c.Note(bob.Person, new(ConsentPurpose.Marketing, null, false, ConsentHow.OwnPage, null), "they", default));

        await house.Offer();
        house.Clock.Advance(Day);
        await house.Write();
        Assert.Empty(await house.Letters());
        var rows = await house.With<Database, List<DigestSubscriber>>(db => db.Set<DigestSubscriber>().AsNoTracking().OrderBy(s => s.Why).ToListAsync());
        Assert.Equal([(null, DigestEnd.Unsubscribed), (null, DigestEnd.ConsentGone)], rows.Select(r => (r.Contact, r.Why!.Value)));

        // Asked and confirmed anew she gets it again, and what an old letter carries ends that too.
        house.Clock.Advance(Day);
        var again = await house.Subscribe("ann@example.org", DigestRhythm.Weekly);
        Assert.Equal((ann.Id, ann.EndToken, DigestRhythm.Weekly), (again.Id, again.EndToken, again.Every));
        Assert.True(await house.With<Consents, bool>(c => c.May(again.Person, ConsentPurpose.Marketing, Networks.Email, default)));
    }

    [Theory, EveryDatabase]
    public async Task Settings_name_a_mailbox_a_human_a_zone_and_an_hour(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var mara = await house.Digest();
        var view = (await house.With<KeepDigest, DigestSettingsView?>(k => k.Read(default)))!;
        Assert.Equal((DigestHouse.Mailbox, "Mara Vogt", true), (view.Address, view.HumanName, view.IsOpen));
        var errors = await house.With<KeepDigest, IReadOnlyList<FieldError>>(k => k.Set(new(ChannelAccountId.New(), UserId.New(), "Atlantis/Capital", 24, false), DigestHouse.Site, default));
        Assert.Equal(["mailbox", "human", "zone", "hour"], errors.Select(e => e.Field));
        await house.With<Database>(db => db.Set<Account>().Where(a => a.Id == mara.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(a => a.Active, false)));
        Assert.IsType<AskedDigest.NotOpen>(await house.Ask("ann@example.org")); // nobody would answer
    }

    // Of several at once one writes; the others may find that it did.
    private static async Task Quietly(TestHouse house)
    {
        try
        {
            await house.Write();
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
        }
    }
}
