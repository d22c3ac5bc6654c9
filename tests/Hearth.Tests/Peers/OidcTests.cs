using System.Web;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Platform.Http;
using Hearth.Tests.Governance;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

public sealed class OidcTests
{
    private const string Back = "https://hearth.example/sign-in/back/company";

    [Theory, EveryDatabase]
    public async Task Somebody_new_joins_and_is_known_again(DatabaseKind kind)
    {
        await using var provider = await OidcPeer.Start(Back);
        await using var house = await House(kind);
        await Set(house, provider, opensAs: Role.Community);
        var ada = new { sub = "1", email = "Ada@example.org", email_verified = true, name = "Ada Lovelace" };

        var browser = new FakeBrowser(house);
        var known = Assert.IsType<OidcOutcome.Known>(await Come(browser, provider, ada, to: "/ideas/new"));
        var first = Assert.IsType<SignInOutcome.Done>(known.SignedIn).Actor;
        Assert.Equal(("Ada Lovelace", Role.Community, "/ideas/new"), (first.Name, first.Role, known.To));
        Assert.Equal(first.Id, (await browser.Me())!.Id);

        // The subject decides: a new address at the provider is still the same person here.
        var again = Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, new { sub = "1", email = "new@example.org", email_verified = true }));
        Assert.Equal(first.Id, Assert.IsType<SignInOutcome.Done>(again.SignedIn).Actor.Id);
    }

    [Theory, EveryDatabase]
    public async Task A_client_without_a_secret_works_as_well(DatabaseKind kind)
    {
        await using var provider = await OidcPeer.Start(Back);
        await using var house = await House(kind);
        await Set(house, provider, Role.Community, client: "hearth-open", secret: "");
        Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, new { sub = "1", email = "ada@example.org", email_verified = true }));
        await Set(house, provider, Role.Community, secret: "a wrong secret");
        Assert.Contains("refused (401 invalid_client)", Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, new { sub = "1", email = "ada@example.org", email_verified = true })).Reason, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task An_address_leads_to_an_account_only_when_both_sides_have_proven_it(DatabaseKind kind)
    {
        await using var provider = await OidcPeer.Start(Back);
        await using var house = await House(kind);
        await Set(house, provider, opensAs: Role.Community);
        var grace = await MailedLinksTests.SignUp(house, "grace@example.org", "the thief knows this");

        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, new { sub = "2", email = "grace@example.org", email_verified = false }));
        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, new { sub = "3", email = "unproven@example.org", email_verified = false }));
        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, new { sub = "4" }));

        var known = Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, new { sub = "5", email = "grace@example.org", email_verified = true }));
        Assert.Equal(grace.Id, Assert.IsType<SignInOutcome.Done>(known.SignedIn).Actor.Id);
        Assert.IsType<SignInOutcome.Refused>(await new FakeBrowser(house).With<SignIn, SignInOutcome>(s => s.ByPassword("grace@example.org", "the thief knows this", false, default)));
    }

    [Theory, EveryDatabase]
    public async Task The_publics_provider_lets_nobody_in_as_staff_and_the_companys_does(DatabaseKind kind)
    {
        await using var provider = await OidcPeer.Start(Back);
        await using var house = await House(kind);
        var owner = await PeopleOfTheBrandTests.FirstOwner(house);
        var ada = new { sub = "1", email = "ada@example.org", email_verified = true };
        await Set(house, provider, opensAs: Role.Community);
        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, ada));

        await Set(house, provider, opensAs: Role.Viewer, staff: true, domains: ["example.org"]);
        Assert.Equal(owner.Id, Assert.IsType<SignInOutcome.Done>(Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, ada)).SignedIn).Actor.Id);
        var viewer = Assert.IsType<SignInOutcome.Done>(Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, new { sub = "2", email = "vi@example.org", email_verified = true })).SignedIn).Actor;
        Assert.Equal((Role.Viewer, Department.Care), (viewer.Role, viewer.Department));
        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, new { sub = "3", email = "vi@example.com", email_verified = true }));

        var invited = Assert.IsType<StaffOutcome.Invited>(await house.With<ManageStaff, StaffOutcome>(m => m.Invite(owner, "Charles", "charles@example.org", Department.Legal, Role.Lead, default)));
        var lead = Assert.IsType<SignInOutcome.Done>(Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, new { sub = "4", email = "charles@example.org", email_verified = true })).SignedIn).Actor;
        Assert.Equal((invited.User, Role.Lead), (lead.Id, lead.Role));
        await house.With<ManageStaff, StaffOutcome>(m => m.SetActive(owner, lead.Id, false, default));
        Assert.IsType<SignInOutcome.Refused>(Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, new { sub = "4", email = "charles@example.org", email_verified = true })).SignedIn);
    }

    [Theory, EveryDatabase]
    public async Task An_answer_must_belong_to_what_this_browser_began(DatabaseKind kind)
    {
        await using var provider = await OidcPeer.Start(Back);
        await using var house = await House(kind);
        await Set(house, provider, opensAs: Role.Community);
        var ada = new { sub = "1", email = "ada@example.org", email_verified = true };
        var mine = await Begin(house);
        var theirs = await Begin(house);
        var answer = Read(await provider.SignIn(mine.Address, ada));

        Assert.IsType<OidcOutcome.Refused>(await End(house, null, answer));
        Assert.IsType<OidcOutcome.Refused>(await End(house, theirs.Ticket, answer));
        Assert.IsType<OidcOutcome.Refused>(await End(house, mine.Ticket, answer with { State = "another" }));
        Assert.Contains("another provider", Assert.IsType<OidcOutcome.Refused>(await End(house, mine.Ticket, answer with { Issuer = "https://evil.example" })).Reason, StringComparison.Ordinal);
        Assert.Contains("another provider", Assert.IsType<OidcOutcome.Refused>(await End(house, mine.Ticket, answer with { Issuer = null })).Reason, StringComparison.Ordinal);

        // Somebody else's code, put into my sign-in: PKCE does not let it through.
        var stolen = Read(await provider.SignIn(theirs.Address, new { sub = "9", email = "thief@example.org", email_verified = true }));
        Assert.Contains("invalid_grant", Assert.IsType<OidcOutcome.Refused>(await End(house, mine.Ticket, answer with { Code = stolen.Code })).Reason, StringComparison.Ordinal);

        Assert.IsType<OidcOutcome.Known>(await End(house, mine.Ticket, answer));
        Assert.IsType<OidcOutcome.Refused>(await End(house, mine.Ticket, answer)); // a code is good once
        var late = await Begin(house);
        var tooLate = Read(await provider.SignIn(late.Address, ada));
        house.Clock.Advance(OidcSignIn.Within);
        Assert.IsType<OidcOutcome.Refused>(await End(house, late.Ticket, tooLate));
    }

    [Theory, EveryDatabase]
    public async Task Saying_no_and_a_provider_that_is_gone_are_told(DatabaseKind kind)
    {
        var provider = await OidcPeer.Start(Back);
        await using var house = await House(kind);
        await Set(house, provider, opensAs: Role.Community);
        Assert.Contains("The person said no", Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, null)).Reason, StringComparison.Ordinal);
        await provider.DisposeAsync();
        house.Clock.Advance(TimeSpan.FromHours(2)); // what was known of it is no longer fresh
        Assert.IsType<OidcBegin.Unreachable>(await house.With<OidcSignIn, OidcBegin>(s => s.Begin("company", Back, null, null, default)));
        var owner = new Actor(UserId.New(), "Ada", "A", null, Role.Owner);
        var errors = await house.With<OidcProviders, IReadOnlyList<FieldError>>(p => p.Set(owner, "gone", new("Gone", provider.Issuer, "hearth", null, false, null, null, null), default));
        Assert.Equal("issuer", Assert.Single(errors).Field);
    }

    [Theory, EveryDatabase]
    public async Task An_account_is_connected_by_whoever_is_signed_in_to_it_and_belongs_to_one(DatabaseKind kind)
    {
        await using var provider = await OidcPeer.Start(Back);
        await using var house = await House(kind);
        await Set(house, provider, opensAs: null);
        var (grace, other) = (await MailedLinksTests.SignUp(house, "grace@example.org"), await MailedLinksTests.SignUp(house, "other@example.org"));
        var elsewhere = new { sub = "1", email = "private@example.com", email_verified = true };

        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, elsewhere));
        Assert.IsType<OidcOutcome.Connected>(await Come(await SignedIn(house, grace), provider, elsewhere, connect: grace));
        Assert.IsType<OidcOutcome.Refused>(await Come(await SignedIn(house, other), provider, elsewhere, connect: other));
        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, new { sub = "7" }, connect: grace)); // signed out meanwhile
        Assert.Equal(grace.Id, Assert.IsType<SignInOutcome.Done>(Assert.IsType<OidcOutcome.Known>(await Come(new(house), provider, elsewhere)).SignedIn).Actor.Id);

        Assert.Empty(await house.With<OidcAccounts, IReadOnlyList<FieldError>>(a => a.Disconnect(grace, provider.Issuer, default)));
        Assert.Empty(await house.With<OidcAccounts, IReadOnlyList<OidcConnection>>(a => a.Of(grace, default)));
        Assert.IsType<OidcOutcome.Refused>(await Come(new(house), provider, elsewhere));
    }

    private static Task<TestHouse> House(DatabaseKind kind) => TestHouse.Create(kind, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));

    private static async Task Set(TestHouse house, OidcPeer provider, Role? opensAs, bool staff = false, string client = "hearth", string secret = "tell nobody", string[]? domains = null) =>
        Assert.Empty(await house.With<OidcProviders, IReadOnlyList<FieldError>>(p => p.Set(
            new(UserId.New(), "Ada", "A", null, Role.Owner), "company", new("Company", provider.Issuer, client, secret, staff, opensAs, opensAs == Role.Viewer ? Department.Care : null, domains), default)));

    private static async Task<FakeBrowser> SignedIn(TestHouse house, Actor who)
    {
        var browser = new FakeBrowser(house);
        await browser.With<SignIn, SignInOutcome>(s => s.As(who.Id, "test", default));
        return browser;
    }

    private static async Task<OidcOutcome> Come(FakeBrowser browser, OidcPeer provider, object? claims, string? to = null, Actor? connect = null)
    {
        var go = Assert.IsType<OidcBegin.Go>(await browser.With<OidcSignIn, OidcBegin>(s => s.Begin("company", Back, to, connect, default)));
        var back = await provider.SignIn(go.Address, claims);
        return await browser.With<OidcSignIn, OidcOutcome>((s, me) => s.End("company", Back, go.Ticket, Read(back), me, default));
    }

    private static async Task<OidcBegin.Go> Begin(TestHouse house) => Assert.IsType<OidcBegin.Go>(await house.With<OidcSignIn, OidcBegin>(s => s.Begin("company", Back, null, null, default)));

    private static Task<OidcOutcome> End(TestHouse house, string? ticket, OidcReturn answer) =>
        new FakeBrowser(house).With<OidcSignIn, OidcOutcome>((s, me) => s.End("company", Back, ticket, answer, me, default));

    private static OidcReturn Read(Uri back)
    {
        var said = HttpUtility.ParseQueryString(back.Query);
        return new(said["state"], said["code"], said["iss"], said["error_description"] ?? said["error"]);
    }
}
