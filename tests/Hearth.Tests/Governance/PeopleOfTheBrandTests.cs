using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Governance;

public sealed class PeopleOfTheBrandTests
{
    private static readonly Newcomer Ada = new("Ada Lovelace", "al", "Ada@Example.org", "analytical engine");

    internal static async Task<Actor> FirstOwner(TestHouse house)
    {
        var link = await house.With<SignInLinks, string?>(l => l.ForFirstOwner(default));
        return Assert.IsType<WelcomeOutcome.Opened>(await Accept(house, link!, Ada)).Actor;
    }

    private static Task<WelcomeOutcome> Accept(TestHouse house, string link, Newcomer who) => house.With<Welcome, WelcomeOutcome>(w => w.Accept(link.Split('/')[^1], who, default));

    private static Task<StaffOutcome> Invite(TestHouse house, Actor by, string email, Department department = Department.Care, Role role = Role.Agent) =>
        house.With<ManageStaff, StaffOutcome>(m => m.Invite(by, "Charles Babbage", email, department, role, default));

    [Theory, EveryDatabase]
    public async Task Of_several_who_invite_the_same_person_at_once_one_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var owner = await FirstOwner(house);
        for (var round = 0; round < 5; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Invite(house, owner, $"charles{round}@example.org"))));
            Assert.Single(outcomes.OfType<StaffOutcome.Invited>());
            Assert.Equal(3, outcomes.OfType<StaffOutcome.Invalid>().Count());
        }
    }

    [Theory, EveryDatabase]
    public async Task The_first_owner_comes_in_by_a_link_that_works_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var link = (await house.With<SignInLinks, string?>(l => l.ForFirstOwner(default)))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Accept(house, link, Ada with { Email = $"ada{i}@example.org" }))));

        Assert.Single(answers.OfType<WelcomeOutcome.Opened>());
        Assert.Equal(7, answers.OfType<WelcomeOutcome.NoSuchLink>().Count());
        var owner = Assert.Single(await house.With<Staff, IReadOnlyList<StaffMember>>(s => s.All()));
        Assert.Equal(("AL", Role.Owner), (owner.Initials, owner.Role));
        Assert.Null(await house.With<SignInLinks, string?>(l => l.ForFirstOwner(default)));
    }

    [Theory, EveryDatabase]
    public async Task A_mistake_in_the_form_does_not_use_the_link_up(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var owner = await FirstOwner(house);
        var link = Assert.IsType<StaffOutcome.Invited>(await Invite(house, owner, "charles@example.org")).Link;
        var charles = new Newcomer("Charles Babbage", "CB", "charles@example.org", "difference engine");

        Assert.Equal(["initials", "email", "password"], Fields(await Accept(house, link, new("Charles", "much too long", "charles", "short"))));
        Assert.Equal(["email"], Fields(await Accept(house, link, charles with { Email = "ada@example.org" })));
        Assert.IsType<WelcomeOutcome.Opened>(await Accept(house, link, charles));
        Assert.IsType<WelcomeOutcome.NoSuchLink>(await Accept(house, link, charles));

        static IEnumerable<string> Fields(WelcomeOutcome outcome) => Assert.IsType<WelcomeOutcome.Invalid>(outcome).Errors.Select(e => e.Field).Distinct();
    }

    [Theory, EveryDatabase]
    public async Task A_link_made_before_somebody_was_shut_out_or_promoted_lets_nobody_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var owner = await FirstOwner(house);
        var shown = Assert.IsType<StaffOutcome.Invited>(await Invite(house, owner, "charles@example.org"));
        var charles = new Newcomer("Charles Babbage", "CB", "charles@example.org", "difference engine");

        Assert.IsType<StaffOutcome.Done>(await house.With<ManageStaff, StaffOutcome>(m => m.SetActive(owner, shown.User, false, default)));
        Assert.IsType<WelcomeOutcome.NoSuchLink>(await Accept(house, shown.Link, charles));

        var again = Assert.IsType<StaffOutcome.Invited>(await house.With<ManageStaff, StaffOutcome>(m => m.InviteAgain(owner, shown.User, default)));
        Assert.IsType<StaffOutcome.Done>(await house.With<ManageStaff, StaffOutcome>(m => m.ChangeDuties(owner, shown.User, Department.Care, Role.Owner, default)));
        Assert.IsType<WelcomeOutcome.NoSuchLink>(await Accept(house, again.Link, charles));
    }

    [Theory, EveryDatabase]
    public async Task A_new_password_by_a_link_ends_the_sessions_of_before(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var owner = await FirstOwner(house);
        var first = Assert.IsType<StaffOutcome.Invited>(await Invite(house, owner, "charles@example.org"));
        var charles = new Newcomer("Charles Babbage", "CB", "charles@example.org", "difference engine");
        Assert.IsType<WelcomeOutcome.Opened>(await Accept(house, first.Link, charles));
        var before = await Stamp();
        var lost = Assert.IsType<StaffOutcome.Invited>(await house.With<ManageStaff, StaffOutcome>(m => m.InviteAgain(owner, first.User, default)));
        Assert.IsType<WelcomeOutcome.Opened>(await Accept(house, lost.Link, charles with { Password = "analytical engine" }));
        Assert.NotEqual(before, await Stamp());

        Task<string?> Stamp() => house.With<Database, string?>(db => db.Set<Account>().Where(a => a.Id == first.User.Value).Select(a => a.SecurityStamp).SingleAsync());
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_sign_up_with_one_address_at_once_one_gets_the_account(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
            house.With<SignUp, SignUpOutcome>(s => s.Run("Grace", "grace@example.org", "a long enough password", default)))));
        Assert.Single(outcomes.OfType<SignUpOutcome.Opened>());
        Assert.All(outcomes.OfType<SignUpOutcome.Invalid>(), o => Assert.All(o.Errors, e => Assert.Equal("email", e.Field)));
    }

    [Theory, EveryDatabase]
    public async Task A_link_lasts_until_just_before_its_end(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var secret = (await house.With<SignInLinks, string?>(l => l.ForFirstOwner(default)))!.Split('/')[^1];
        house.Clock.Advance(SignInLinks.Lasts - TimeSpan.FromMicroseconds(1));
        Assert.NotNull(await house.With<SignInLinks, LinkView?>(l => l.Read(secret, default)));
        house.Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Null(await house.With<SignInLinks, LinkView?>(l => l.Read(secret, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_new_link_ends_the_one_before(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var owner = await FirstOwner(house);
        var first = Assert.IsType<StaffOutcome.Invited>(await Invite(house, owner, "charles@example.org"));
        var second = Assert.IsType<StaffOutcome.Invited>(await house.With<ManageStaff, StaffOutcome>(m => m.InviteAgain(owner, first.User, default)));
        var charles = new Newcomer("Charles Babbage", "CB", "charles@example.org", "difference engine");

        Assert.IsType<WelcomeOutcome.NoSuchLink>(await Accept(house, first.Link, charles));
        Assert.IsType<WelcomeOutcome.Opened>(await Accept(house, second.Link, charles));
    }

    [Theory, EveryDatabase]
    public async Task Two_people_cannot_have_one_address(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var owner = await FirstOwner(house);
        var refused = Assert.IsType<StaffOutcome.Invalid>(await Invite(house, owner, " ADA@example.org "));
        Assert.Equal(new FieldError("email", "has an account already"), refused.Errors[0]);
        var taken = await house.With<SignUp, SignUpOutcome>(s => s.Run("Ada", "ada@example.org", "a long enough password", default));
        Assert.IsType<SignUpOutcome.Invalid>(taken);
    }

    [Theory, EveryDatabase]
    public async Task A_lead_manages_agents_and_viewers_of_the_own_department_only(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await FirstOwner(house);
        var lead = new Actor(UserId.New(), "Lea", "L", Department.Care, Role.Lead);

        Assert.IsType<StaffOutcome.Invited>(await Invite(house, lead, "a@example.org"));
        Assert.IsType<StaffOutcome.NotAllowed>(await Invite(house, lead, "b@example.org", Department.Legal));
        Assert.IsType<StaffOutcome.NotAllowed>(await Invite(house, lead, "c@example.org", role: Role.Lead));
        Assert.IsType<StaffOutcome.NotAllowed>(await Invite(house, lead with { Role = Role.Agent }, "d@example.org"));
        var ada = (await house.With<Staff, IReadOnlyList<StaffMember>>(s => s.All()))[0];
        Assert.IsType<StaffOutcome.NotAllowed>(await house.With<ManageStaff, StaffOutcome>(m => m.SetActive(lead, ada.Id, false, default)));
    }

    [Theory, EveryDatabase]
    public async Task Somebody_stays_owner(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ada = await FirstOwner(house);

        Assert.IsType<StaffOutcome.LastOwner>(await house.With<ManageStaff, StaffOutcome>(m => m.ChangeDuties(ada, ada.Id, Department.It, Role.Viewer, default)));
        Assert.IsType<StaffOutcome.LastOwner>(await house.With<ManageStaff, StaffOutcome>(m => m.SetActive(ada, ada.Id, false, default)));

        var invited = Assert.IsType<StaffOutcome.Invited>(await Invite(house, ada, "charles@example.org", role: Role.Owner));
        Assert.IsType<StaffOutcome.LastOwner>(await house.With<ManageStaff, StaffOutcome>(m => m.SetActive(ada, ada.Id, false, default)));
        await Accept(house, invited.Link, new("Charles Babbage", "CB", "charles@example.org", "difference engine"));
        Assert.IsType<StaffOutcome.Done>(await house.With<ManageStaff, StaffOutcome>(m => m.SetActive(ada, ada.Id, false, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_was_done_stands_in_the_record_newest_first_and_pages_by_key(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ada = await FirstOwner(house);
        await Invite(house, ada, "charles@example.org");
        await house.With<Keys, KeyOutcome>(k => k.Make(ada, "shop", ["orders"], default));

        Task<Page<RecordEntry>?> Read(string? subject = null, string? room = null, string? after = null, int? size = null) =>
            house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run(subject, room, after, size, default));
        var all = (await Read())!.Items;
        Assert.Equal(["Governance.KeyMade", "Governance.PersonInvited", "Governance.AccountOpened"], all.Select(e => e.Type));
        Assert.Equal("charles babbage", all[1].Body.GetProperty("name").GetString()!.ToLowerInvariant());

        var first = (await Read(size: 2))!;
        var second = (await Read(after: first.Next, size: 2))!;
        Assert.Equal(all.Select(e => e.Position), first.Items.Concat(second.Items).Select(e => e.Position));
        Assert.Null(second.Next);
        Assert.Null(await Read(after: "nonsense"));

        Assert.Equal(2, (await Read("person"))!.Items.Count);
        Assert.Single((await Read($"person:{ada.Id.Value}"))!.Items);
        Assert.Empty((await Read(room: "Outlet"))!.Items);
    }
}
