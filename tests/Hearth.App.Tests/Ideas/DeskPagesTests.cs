using System.Net;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Desk;

namespace Hearth.App.Tests.Ideas;

[Collection("browser")]
public sealed class DeskPagesTests(Browser browser)
{
    [Fact]
    public async Task A_product_owner_gives_estimates_and_puts_on_the_agenda_without_a_script()
    {
        await using var server = await HearthServer.Start();
        var (author, lead) = (await server.Somebody(Role.Community), await server.Somebody(Role.Lead, Department.Product, "Priya Nair"));
        var idea = IdeaId.New();
        await server.With<PostIdea, PostedIdea>(p => p.By(author, idea, new("A lid that locks", "So that nothing spills.", "general"), default));
        using var desk = await server.SignedIn(lead);
        var page = $"/ideas/desk/{idea.Value}";

        foreach (var (path, form, fields) in new (string, string, (string, string)[])[]
        {
            ("/ideas/desk/partners", "partners-general", [("Users", lead.Id.Value.ToString())]),
            (page, "own", [("Own.User", lead.Id.Value.ToString())]),
            (page, "estimate", [("Estimate.Effort", "2"), ("Estimate.Impact", "5"), ("Estimate.Note", "The old pattern fits.")]),
            (page, "agenda", [("Item.Question", "By when?")]),
        })
        {
            Assert.Equal((path + " " + form, HttpStatusCode.Redirect), (path + " " + form, (await desk.Submit(path, form, fields)).StatusCode));
        }

        Assert.Contains("A lid that locks", await desk.GetStringAsync("/ideas/desk/mine"));
        Assert.Contains("Priya Nair", await desk.GetStringAsync("/ideas/desk?department=Product"));
        Assert.DoesNotContain("A lid that locks", await desk.GetStringAsync("/ideas/desk?department=Legal"));
        Assert.Contains("The old pattern fits.", await desk.GetStringAsync("/ideas/desk/matrix"));
        Assert.Contains("By when?", await desk.GetStringAsync("/ideas/desk/agenda"));
        Assert.Contains(",A lid that locks,Submitted,0,0,By when?,2,5,Priya Nair,", await desk.GetStringAsync("/api/v1/ideas/agenda/export.csv"));
        Assert.Contains(",0,Priya Nair,Priya Nair,2,5,The old pattern fits.", await desk.GetStringAsync("/api/v1/ideas/queue/export.csv?owner=" + lead.Id.Value));
        Assert.Contains("The old pattern fits.", await desk.GetStringAsync("/api/v1/ideas/estimates/export.csv"));
        Assert.Contains(",A lid that locks,general,", await server.Visitor().GetStringAsync("/api/v1/ideas/export.csv"));
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.GetAsync("/api/v1/ideas/queue?department=Cellar")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.GetAsync("/api/v1/ideas/queue?days=-1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Visitor().GetAsync("/api/v1/ideas/queue")).StatusCode);

        await desk.Submit("/ideas/desk/agenda", $"move-{idea.Value}", [("By", "off")]);
        Assert.DoesNotContain("By when?", await desk.GetStringAsync("/ideas/desk/agenda"));
        using var viewer = await server.SignedIn(Role.Viewer);
        Assert.DoesNotContain("name=\"Own.User\"", await viewer.GetStringAsync(page));
    }

    [Fact]
    public async Task The_desk_is_accessible_in_both_themes_and_on_a_phone()
    {
        await using var server = await HearthServer.Start();
        var (author, lead) = (await server.Somebody(Role.Community), await server.Somebody(Role.Lead, Department.Product, "Priya Nair"));
        var ideas = Enumerable.Range(0, 3).Select(_ => IdeaId.New()).ToArray();
        foreach (var idea in ideas)
        {
            await server.With<PostIdea, PostedIdea>(p => p.By(author, idea, new("A lid that locks, and stays so", "So that nothing spills.", "general"), default));
            await server.With<CouncilAgenda, AgendaChange>(a => a.Put(lead, idea, "By when, and by whom?", default));
            await server.With<EstimateIdea, IReadOnlyList<Platform.FieldError>?>(e => e.Put(lead, idea, 2, 4, "The old pattern fits.", default));
        }

        await server.With<MoveIdea, MovedIdea>(m => m.To(lead, ideas[0], IdeaStatus.Submitted, IdeaStatus.Planned, "It goes into the spring batch.", default));
        await server.With<IdeaPartners, Platform.FieldError?>(p => p.Put("general", [lead.Id], default));
        foreach (var (width, dark) in new[] { (1440, false), (390, true) })
        {
            var page = await browser.Open(server, lead, width, dark);
            foreach (var path in new[] { "/ideas/desk", "/ideas/desk/mine", "/ideas/desk/agenda", "/ideas/desk/matrix", "/ideas/desk/partners", "/ideas/desk/likeness", $"/ideas/desk/{ideas[0].Value}" })
            {
                await page.GotoAsync(path);
                Assert.Equal([], (await Browser.Violations(page)).Select(v => path + " " + v));
                Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than {width} px");
            }

            await page.Context.CloseAsync();
        }
    }
}
