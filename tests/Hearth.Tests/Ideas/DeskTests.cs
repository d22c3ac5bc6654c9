using System.Text;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Desk;
using Hearth.Ideas.Telling;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class DeskTests
{
    [Theory, EveryDatabase]
    public async Task What_waits_seven_days_is_on_the_list_of_the_partner_with_the_fewest(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var (priya, tom, lead) = (await Colleague(house, "Priya Nair"), await Colleague(house, "Tom Hale", Department.Care), await Colleague(house, "Lea Dunn", Department.Marketing, Role.Lead));
        await Answer(house, "stoves", priya, tom);
        var stoves = new List<IdeaId>();
        for (var i = 0; i < 5; i++) stoves.Add(await Post(house, $"A stove number {i}", "stoves"));
        var (packs, answered) = (await Post(house, "A pack with wheels", "packs"), await Post(house, "A stove that sings", "stoves"));
        await house.Said(answered, IdeasHouse.Staff(), "Thank you, we hear it.");

        house.Clock.Advance(TimeSpan.FromDays(6.9));
        var young = await Post(house, "A young stove", "stoves");
        Assert.Equal(0, await house.With<AgeIdeas, int>(a => a.Run(default)));
        house.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(6, await house.With<AgeIdeas, int>(a => a.Run(default)));
        Assert.Equal(0, await house.With<AgeIdeas, int>(a => a.Run(default)));

        var all = await Queue(house, new());
        Assert.Equal([2, 3], all.Where(l => l.Line.Category == "stoves" && l.Owner is not null).GroupBy(l => l.Owner).Select(g => g.Count()).Order());
        Assert.Equal((lead, "Lea Dunn"), all.Where(l => l.Line.Id == packs).Select(l => (l.Owner!.Value, l.OwnerName)).Single());
        Assert.Null(all.Single(l => l.Line.Id == young).Owner);
        Assert.DoesNotContain(answered, all.Select(l => l.Line.Id));
        Assert.Equal(3, await house.In(s => s.GetRequiredService<Database>().IdeaNotices.CountAsync())); // one for each, however many ideas
        Assert.Equal(0, (await house.With<ReviewQueue, IdeaAges>(q => q.Ages(new(), default))).Nobodys);
    }

    [Theory, EveryDatabase]
    public async Task Ideas_of_somebody_who_left_go_to_others(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var gone = UserId.New();
        var idea = await Post(house, "A stove that sings", "stoves");
        await house.In(s => s.GetRequiredService<Database>().Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Owner, (UserId?)gone)));
        house.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(0, await house.With<AgeIdeas, int>(a => a.Run(default))); // nobody may answer yet
        var tom = await Colleague(house, "Tom Hale");

        Assert.Equal(1, await house.With<AgeIdeas, int>(a => a.Run(default)));
        Assert.Equal(tom, (await Queue(house, new(Owner: tom))).Single().Owner);
    }

    [Theory, EveryDatabase]
    public async Task Hundreds_that_waited_are_all_given_at_once(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var people = new[] { await Colleague(house, "Tom Hale"), await Colleague(house, "Priya Nair") };
        await Answer(house, "stoves", people);
        await house.In(s => s.GetRequiredService<Database>().InTransaction(async () =>
        {
            for (var i = 0; i < 430; i++) await s.GetRequiredService<PostIdea>().By(IdeasHouse.Somebody(), IdeaId.New(), new($"Idea number {i}", "Please make it so.", "stoves"), default);
        }, default));
        house.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal(430, await house.With<AgeIdeas, int>(a => a.Run(default)));
        foreach (var person in people) Assert.Equal(215, (await Queue(house, new(Owner: person))).Count);
    }

    [Theory, EveryDatabase]
    public async Task The_queue_is_cut_by_department_partner_owner_category_and_age_and_pages_in_order(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var (priya, tom) = (await Colleague(house, "Priya Nair"), await Colleague(house, "Tom Hale", Department.Care));
        await Answer(house, "stoves", priya);
        await Answer(house, "packs", tom, priya);
        var old = await Post(house, "An old stove", "stoves");
        house.Clock.Advance(TimeSpan.FromDays(5));
        var (pack, loose) = (await Post(house, "A pack with wheels", "packs"), await Post(house, "Something else", "general"));
        await house.With<OwnIdea, OwnedIdea>(o => o.To(IdeasHouse.Staff(), loose, tom, default));
        house.Clock.Advance(TimeSpan.FromDays(3));

        async Task<IdeaId[]> Ids(DeskFilter filter) => [.. (await Queue(house, filter)).Select(l => l.Line.Id)];
        Assert.Equal([old, pack, loose], await Ids(new()));
        Assert.Equal([pack], await Ids(new(Department: Department.Care)));
        Assert.Equal([old, pack], await Ids(new(Partner: priya)));
        Assert.Equal([loose], await Ids(new(Owner: tom)));
        Assert.Equal([old], await Ids(new(Days: 7)));
        Assert.Equal([pack, loose], await Ids(new(Days: 3, Below: 7)));
        Assert.Equal([pack], await Ids(new(Category: "packs")));
        await house.Move(old, IdeaStatus.Submitted, IdeaStatus.Planned);
        Assert.Equal([old], await Ids(new(Status: IdeaStatus.Planned)));
        Assert.Equal([pack, loose], await Ids(new()));
        Assert.Equal(new IdeaAges(0, 2, 0, 0, 0), await house.With<ReviewQueue, IdeaAges>(q => q.Ages(new(), default)));
        var line = (await Queue(house, new(Category: "packs"))).Single();
        Assert.Equal((3, false, "Priya Nair, Tom Hale"), (line.DaysWaiting!.Value, line.Late, string.Join(", ", line.Partners)));
    }

    [Theory, EveryDatabase]
    public async Task Only_people_who_may_answer_are_given_ideas_or_categories(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var (viewer, agent) = (await Colleague(house, "Vera Holm", role: Role.Viewer), await Colleague(house, "Tom Hale"));
        var idea = await house.Post();
        Task<OwnedIdea> Give(IdeaId to, UserId? owner) => house.With<OwnIdea, OwnedIdea>(o => o.To(IdeasHouse.Staff(), to, owner, default));

        Assert.Equal(OwnedIdea.UnknownPerson, await Give(idea, viewer));
        Assert.Equal(OwnedIdea.UnknownPerson, await Give(idea, UserId.New()));
        Assert.Equal(OwnedIdea.UnknownIdea, await Give(IdeaId.New(), agent));
        foreach (var owner in new UserId?[] { agent, agent, null }) Assert.Equal(OwnedIdea.Stands, await Give(idea, owner));
        Assert.Equal(2, await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaOwned")));
        Assert.Equal("users", (await house.With<IdeaPartners, FieldError?>(p => p.Put("stoves", [viewer], default)))!.Field);
        Assert.Equal("category", (await house.With<IdeaPartners, FieldError?>(p => p.Put("lamps", [agent], default)))!.Field);
    }

    [Theory, EveryDatabase]
    public async Task An_idea_can_be_moved_to_the_category_whose_partners_can_answer_it(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var idea = await Post(house, "A stove that sings", "packs");
        Task<IReadOnlyList<FieldError>?> Shelve(IdeaId what, string category) => house.With<ShelveIdea, IReadOnlyList<FieldError>?>(s => s.Into(IdeasHouse.Staff(), what, category, default));

        Assert.Empty((await Shelve(idea, "stoves"))!);
        Assert.Empty((await Shelve(idea, "stoves"))!);
        Assert.Equal(("category", "stoves"), ((await Shelve(idea, "lamps"))!.Single().Field, (await house.Read(idea)).Category));
        Assert.Null(await Shelve(IdeaId.New(), "packs"));
        Assert.Equal(1, await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaShelved")));
        var counts = (await house.With<IdeaCategories, IReadOnlyList<IdeaCategoryLine>>(c => c.All(default))).ToDictionary(c => c.Slug, c => c.Ideas);
        Assert.Equal((1, 0), (counts["stoves"], counts["packs"]));
    }

    [Theory, EveryDatabase]
    public async Task The_agenda_keeps_its_order_and_tells_what_was_decided(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var (a, b, c) = (await house.Post("Idea number A"), await house.Post("Idea number B"), await house.Post("Idea number C"));
        await house.Vote(c);
        Task<AgendaChange> Put(IdeaId idea, string question) => house.With<CouncilAgenda, AgendaChange>(g => g.Put(IdeasHouse.Staff(), idea, question, default));
        Task<AgendaChange> Move(IdeaId idea, int? by) => house.With<CouncilAgenda, AgendaChange>(g => g.Move(idea, by, default));
        async Task<string> Order() => string.Concat((await house.With<CouncilAgenda, IReadOnlyList<AgendaLine>>(g => g.All(default))).Select(i => i.Idea.Title[^1]));

        Assert.Equal(c, (await house.With<CouncilAgenda, IReadOnlyList<IdeaLink>>(g => g.Suggested(default)))[0].Id);
        foreach (var idea in new[] { a, b, c }) Assert.Equal(AgendaChange.Stands, await Put(idea, "Do we make it?"));
        Assert.Equal(AgendaChange.Stands, await Put(b, "By when?"));
        Assert.Equal((AgendaChange.Invalid, AgendaChange.UnknownIdea), (await Put(a, new string('?', 301)), await Put(IdeaId.New(), "")));
        Assert.Equal("ABC", await Order());
        await Move(c, -1);
        Assert.Equal("ACB", await Order());
        await Move(a, 5);
        Assert.Equal("CBA", await Order());
        Assert.Empty(await house.With<CouncilAgenda, IReadOnlyList<IdeaLink>>(g => g.Suggested(default)));

        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.Move(b, IdeaStatus.Submitted, IdeaStatus.Planned, "It goes into the spring batch.");
        var items = await house.With<CouncilAgenda, IReadOnlyList<AgendaLine>>(g => g.All(default));
        Assert.Equal([null, "Planned: It goes into the spring batch.", null], items.Select(i => i.Decided));
        Assert.Equal("By when?", items[1].Question);
        Assert.Equal(1, await house.With<CouncilAgenda, int>(g => g.Clear(default)));
        Assert.Equal("CA", await Order());
        Assert.Equal((AgendaChange.Stands, AgendaChange.UnknownIdea), (await Move(c, null), await Move(c, null)));
        Assert.Equal("A", await Order());
    }

    [Theory, EveryDatabase]
    public async Task Effort_and_impact_make_a_list_that_begins_with_the_most_for_the_least(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        var (dear, cheap, done) = (await house.Post("A dear idea"), await house.Post("A cheap idea"), await house.Post("A finished idea"));
        Task<IReadOnlyList<FieldError>?> Say(IdeaId idea, int effort, int impact) => house.With<EstimateIdea, IReadOnlyList<FieldError>?>(e => e.Put(IdeasHouse.Staff(), idea, effort, impact, "See the bench.", default));

        foreach (var (idea, effort, impact) in new[] { (dear, 5, 4), (cheap, 4, 4), (done, 1, 5) }) Assert.Empty((await Say(idea, effort, impact))!);
        Assert.Empty((await Say(cheap, 1, 4))!);
        await house.Move(done, IdeaStatus.Submitted, IdeaStatus.Implemented);
        Assert.Equal(["effort", "impact"], (await Say(dear, 0, 6))!.Select(e => e.Field));
        Assert.Null(await Say(IdeaId.New(), 1, 1));

        var matrix = await house.With<EstimateIdea, IReadOnlyList<EstimatedIdea>>(e => e.Matrix(default));
        Assert.Equal([(cheap, 1, 4), (dear, 5, 4)], matrix.Select(m => (m.Idea.Id, m.Estimate.Effort, m.Estimate.Impact)));
    }

    [Theory, EveryDatabase]
    public async Task Every_list_is_a_csv_that_holds_all_of_it_and_runs_nothing(DatabaseKind kind)
    {
        await using var house = await Board(kind);
        await house.In(s => s.GetRequiredService<Database>().InTransaction(async () =>
        {
            for (var i = 0; i < 501; i++) await s.GetRequiredService<PostIdea>().By(IdeasHouse.Somebody(), IdeaId.New(), new($"=1+{i}, \"so\"", "Please make it so.", "stoves"), default);
        }, default));
        await house.With<CouncilAgenda, AgendaChange>(async g => await g.Put(IdeasHouse.Staff(), (await Queue(house, new(Days: 0)))[0].Line.Id, "-2+3", default));

        var board = await Csv(house, e => e.Board(new(IdeaOrder.New), default));
        Assert.Equal(502, board.Length);
        Assert.Contains(",\"'=1+500, \"\"so\"\"\",stoves,Ana Fox,", board[1]);
        Assert.Equal(502, (await Csv(house, e => e.Queue(new(), default))).Length);
        Assert.Contains(",'-2+3,", (await Csv(house, e => e.Agenda(default)))[1]);
        Assert.Single(await Csv(house, e => e.Estimates(default)));
    }

    private static async Task<string[]> Csv(TestHouse house, Func<ExportLists, IAsyncEnumerable<string>> rows) => await house.In(async s =>
    {
        var text = new StringBuilder();
        await foreach (var row in rows(s.GetRequiredService<ExportLists>())) text.Append(row);
        return text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    });

    private static async Task<TestHouse> Board(DatabaseKind kind)
    {
        var house = await TestHouse.Create(kind);
        foreach (var slug in new[] { "stoves", "packs" }) Assert.Null(await house.With<IdeaCategories, FieldError?>(c => c.Put(slug, slug, 1, default)));
        return house;
    }

    private static async Task<UserId> Colleague(TestHouse house, string name, Department department = Department.Product, Role role = Role.Agent)
    {
        var (email, founder) = ($"{Guid.NewGuid():N}@example.org", new Actor(UserId.New(), "Founder", "F", null, Role.Owner));
        var invited = Assert.IsType<StaffOutcome.Invited>(await house.With<ManageStaff, StaffOutcome>(m => m.Invite(founder, name, email, department, role, default)));
        return Assert.IsType<WelcomeOutcome.Opened>(await house.With<Welcome, WelcomeOutcome>(w => w.Accept(invited.Link.Split('/')[^1], new(name, "XY", email, "a long enough password"), default))).Actor.Id;
    }

    private static async Task Answer(TestHouse house, string category, params UserId[] users) => Assert.Null(await house.With<IdeaPartners, FieldError?>(p => p.Put(category, users, default)));

    private static async Task<IdeaId> Post(TestHouse house, string title, string category)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        return Assert.IsType<PostedIdea.Stands>(await house.With<PostIdea, PostedIdea>(p => p.By(IdeasHouse.Somebody(), IdeaId.New(), new(title, "Please make it so.", category), default))).Idea;
    }

    private static async Task<List<DeskLine>> Queue(TestHouse house, DeskFilter filter)
    {
        var (all, after) = (new List<DeskLine>(), (string?)null);
        do
        {
            var page = (await house.With<ReviewQueue, Page<DeskLine>?>(q => q.Of(filter, after, filter == new DeskFilter() ? 2 : 500, default)))!;
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }
}
