using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Governance;

public sealed class MailedLinksTests
{
    private const string Site = "https://hearth.example";

    [Theory, EveryDatabase]
    public async Task Whoever_asks_learns_nothing_and_the_mailbox_learns_whether_there_is_an_account(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await SignUp(house, "grace@example.org");
        Assert.Equal(await Ask(house, "grace@example.org"), await Ask(house, "nobody@example.org"));

        var letters = await Letters(house);
        Assert.StartsWith("Sign in", letters.Single(l => l.To == "grace@example.org").Subject, StringComparison.Ordinal);
        Assert.StartsWith("Join", letters.Single(l => l.To == "nobody@example.org").Subject, StringComparison.Ordinal);
        Assert.All(letters, l => Assert.Matches(Site + "/sign-in/mail/[0-9a-f]{64}\n", l.Text));
        Assert.Equal(["email"], (await Ask(house, "no address")).Select(e => e.Field));
    }

    [Theory, EveryDatabase]
    public async Task A_new_address_gets_an_account_and_comes_back_to_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var browser = new FakeBrowser(house);
        await Ask(house, " New@Example.org ", to: "/ideas/new");
        var first = await Enter(browser, await Secret(house), "Grace Hopper");
        var done = Assert.IsType<SignInOutcome.Done>(Assert.IsType<EnterOutcome.Proven>(first).SignedIn);
        Assert.Equal(("Grace Hopper", Role.Community, "/ideas/new"), (done.Actor.Name, done.Actor.Role, ((EnterOutcome.Proven)first).To));
        Assert.Equal(done.Actor.Id, (await browser.Me())!.Id);

        await Ask(house, "new@example.org");
        var again = Assert.IsType<EnterOutcome.Proven>(await Enter(new(house), await Secret(house), null));
        Assert.Equal(done.Actor.Id, Assert.IsType<SignInOutcome.Done>(again.SignedIn).Actor.Id);
        Assert.True((await house.With<OwnAccount, OwnAddress>(o => o.Address(done.Actor))) is { Confirmed: true, HasPassword: false, Email: "new@example.org" });
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_open_one_link_at_once_one_comes_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Ask(house, "new@example.org");
        var secret = await Secret(house);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Enter(new(house), secret, "Grace"))));
        Assert.Single(outcomes.OfType<EnterOutcome.Proven>());
        Assert.Equal(5, outcomes.OfType<EnterOutcome.NoSuchLink>().Count());
    }

    [Theory, EveryDatabase]
    public async Task Two_links_of_one_new_address_lead_to_one_account(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var round = 0; round < 10; round++) // who is first, and how far the other is then, differs from round to round
        {
            await Ask(house, $"new{round}@example.org");
            await Ask(house, $"new{round}@example.org");
            var secrets = (await Letters(house)).Select(Of).ToArray();
            var outcomes = await Task.WhenAll(secrets.Select(s => Task.Run(() => Enter(new(house), s, "Grace"))));
            var actors = outcomes.Select(o => ((SignInOutcome.Done)((EnterOutcome.Proven)o).SignedIn).Actor.Id).ToArray();
            Assert.Equal(2, actors.Length);
            Assert.Single(actors.Distinct());
        }
    }

    [Theory, EveryDatabase]
    public async Task A_mistake_does_not_use_the_link_up_and_time_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Ask(house, "new@example.org");
        var secret = await Secret(house);
        Assert.Equal(["name", "password"], Assert.IsType<EnterOutcome.Invalid>(await Enter(new(house), secret, " ", "short")).Errors.Select(e => e.Field));
        house.Clock.Advance(MailedLinks.Lasts - TimeSpan.FromMicroseconds(1));
        Assert.NotNull(await house.With<MailedLinks, MailedLinkView?>(l => l.Read(secret, default)));
        house.Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.IsType<EnterOutcome.NoSuchLink>(await Enter(new(house), secret, "Grace"));
    }

    [Theory, EveryDatabase]
    public async Task Who_opened_an_account_with_a_strangers_address_loses_it_when_the_stranger_comes(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var thief = await SignUp(house, "victim@example.org", "the thief knows this");
        await Ask(house, "victim@example.org");
        var victim = Assert.IsType<EnterOutcome.Proven>(await Enter(new(house), await Secret(house), null));
        Assert.Equal(thief.Id, Assert.IsType<SignInOutcome.Done>(victim.SignedIn).Actor.Id);
        Assert.IsType<SignInOutcome.Refused>(await new FakeBrowser(house).With<SignIn, SignInOutcome>(s => s.ByPassword("victim@example.org", "the thief knows this", false, default)));
    }

    [Theory, EveryDatabase]
    public async Task An_address_gets_five_mails_an_hour_whoever_asks(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var i = 0; i < MailedLinks.MostPerAddress + 3; i++) Assert.Empty(await Ask(house, "grace@example.org"));
        await Ask(house, "other@example.org");
        Assert.Equal(MailedLinks.MostPerAddress + 1, (await Letters(house)).Count);
        house.Clock.Advance(MailedLinks.Lasts + TimeSpan.FromSeconds(1));
        await Ask(house, "grace@example.org");
        Assert.Single(await Letters(house));
    }

    [Theory, EveryDatabase]
    public async Task A_mailbox_is_one_factor_and_the_second_is_still_asked_for(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ada = await PeopleOfTheBrandTests.FirstOwner(house);
        var key = (await house.With<SecondFactor, SecondFactorView>(f => f.Read(ada))).Key;
        await house.With<SecondFactor, IReadOnlyList<string>?>(f => f.SwitchOn(ada, Totp.Code(key, TimeProvider.System.GetUtcNow()), default));
        await Ask(house, "ada@example.org");
        var browser = new FakeBrowser(house);
        Assert.IsType<SignInOutcome.SecondFactor>(Assert.IsType<EnterOutcome.Proven>(await Enter(browser, await Secret(house), null)).SignedIn);
        Assert.Null(await browser.Me());
        Assert.IsType<SignInOutcome.Done>(await browser.With<SignIn, SignInOutcome>(s => s.ByCode(Totp.Code(key, TimeProvider.System.GetUtcNow()), false, default)));
        Assert.Equal(ada.Id, (await browser.Me())!.Id);
    }

    [Theory, EveryDatabase]
    public async Task A_guest_who_joins_stays_who_they_were(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var browser = new FakeBrowser(house);
        var guest = await browser.With<Guests, Actor>(g => g.Come(default));
        Assert.True((await browser.Me()) is { IsGuest: true, Role: Role.Community });
        await Ask(house, "new@example.org");
        await Enter(browser, await Secret(house), "Grace");
        var me = await browser.Me();
        Assert.Equal((guest.Id, "Grace", false), (me!.Id, me.Name, me.IsGuest));
        Assert.Equal((guest.Id, guest.Id), Assert.Single(await Joined(house)));
    }

    [Theory, EveryDatabase]
    public async Task A_guest_who_signs_in_to_an_account_is_told_to_the_house(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var grace = await SignUp(house, "grace@example.org");
        var browser = new FakeBrowser(house);
        var guest = await browser.With<Guests, Actor>(g => g.Come(default));
        Assert.IsType<SignInOutcome.Done>(await browser.With<SignIn, SignInOutcome>(s => s.ByPassword("grace@example.org", "a long enough password", false, default)));
        Assert.Equal((guest.Id, grace.Id), Assert.Single(await Joined(house)));
    }

    [Theory, EveryDatabase]
    public async Task A_new_address_becomes_mine_only_by_a_link_opened_while_signed_in_as_me(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var grace = await SignUp(house, "grace@example.org");
        var other = await SignUp(house, "other@example.org");
        Assert.Empty(await house.With<MailedLinks, IReadOnlyList<FieldError>>(l => l.AskToConfirm(grace, "new@example.org", Site, default)));
        var secret = await Secret(house);
        var browser = new FakeBrowser(house);
        await browser.With<SignIn, SignInOutcome>(s => s.As(grace.Id, "test", default));
        Assert.NotEmpty(await browser.With<EnterByMail, IReadOnlyList<FieldError>>(e => e.Confirm(other, secret, default)));
        Assert.IsType<EnterOutcome.NoSuchLink>(await Enter(new(house), secret, "Thief"));
        Assert.Empty(await browser.With<EnterByMail, IReadOnlyList<FieldError>>(e => e.Confirm(grace, secret, default)));
        Assert.True(await house.With<OwnAccount, OwnAddress>(o => o.Address(grace)) is { Email: "new@example.org", Confirmed: true });
        Assert.NotEmpty(await browser.With<EnterByMail, IReadOnlyList<FieldError>>(e => e.Confirm(grace, secret, default)));
    }

    internal static async Task<Actor> SignUp(TestHouse house, string email, string password = "a long enough password") =>
        Assert.IsType<SignUpOutcome.Opened>(await house.With<SignUp, SignUpOutcome>(s => s.Run("Grace", email, password, default))).Actor;

    private static Task<IReadOnlyList<FieldError>> Ask(TestHouse house, string email, string? to = null) =>
        house.With<MailedLinks, IReadOnlyList<FieldError>>(l => l.AskToEnter(email, null, to, Site, default));

    private static Task<EnterOutcome> Enter(FakeBrowser browser, string secret, string? name, string? password = null) =>
        browser.With<EnterByMail, EnterOutcome>((e, me) => e.By(secret, name, password, me, false, default));

    private static async Task<string> Secret(TestHouse house) => Of((await Letters(house)).Single());

    private static string Of(AccountLetter letter) => letter.Text[(letter.Text.IndexOf("/mail/", StringComparison.Ordinal) + 6)..][..64];

    // The letters that are due, as they would be written now; they are then done with.
    private static Task<List<AccountLetter>> Letters(TestHouse house) => house.In(async s =>
    {
        var db = (Database)s.GetService(typeof(Database))!;
        var rows = await db.Set<JobRow>().Where(j => j.Kind.EndsWith("AccountLetterDue")).OrderBy(j => j.Id).ToListAsync();
        var letters = new List<AccountLetter>();
        foreach (var row in rows)
        {
            var due = System.Text.Json.JsonSerializer.Deserialize<AccountLetterDue>(row.Body, Json.Options)!;
            if (await ((AccountLetters)s.GetService(typeof(AccountLetters))!).Write(due, "Emberly", default) is { } letter) letters.Add(letter);
        }

        db.RemoveRange(rows);
        await db.SaveChangesAsync();
        return letters;
    });

    private static Task<List<(UserId, UserId)>> Joined(TestHouse house) => house.With<ReadRecord, List<(UserId, UserId)>>(async r =>
        [.. (await r.Run("person", "Governance", null, 100, default))!.Items.Where(e => e.Type == "Governance.GuestJoined")
            .Select(e => (new UserId(e.Body.GetProperty("guest").GetGuid()), new UserId(e.Body.GetProperty("member").GetGuid())))]);
}
