using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;

namespace Hearth.App.Tests.Engage;

public sealed class ServiceLevelPagesTests
{
    [Fact]
    public async Task A_lead_promises_on_the_page_and_a_conversation_shows_when_it_is_due_and_stands_in_the_report()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/engage/service-levels/hours/new", "save",
            [("Input.Name", "Office"), ("Input.TimeZone", "Europe/Berlin"), .. Enumerable.Range(0, 7).Select(n => ($"Input.Hours[{n}]", "00:00-24:00")), ("Input.Holidays", "01-01 New Year")])).StatusCode);
        var hours = Assert.Single(await server.With<BusinessCalendars, IReadOnlyList<CalendarView>>(c => c.All(default)));
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/engage/service-levels/new", "save",
            [("Input.Name", "Care"), ("Input.FirstResponse", "240"), ("Input.Calendar", hours.Id.Value.ToString()), ("Input.Enabled", "yes"), ("Input.Escalations[0].At", "80"), ("Input.Escalations[0].Tell", "Leads")])).StatusCode);
        Assert.Contains("at 80 % of it: tell the leads", await lead.GetStringAsync("/engage/service-levels"));

        var talk = await EngageTests.Said(server, "ann", "Where is my parcel?");
        Assert.Contains("of 4 h", await lead.GetStringAsync($"/engage/{talk.Value}"));
        var clocks = (await lead.GetFromJsonAsync<JsonArray>($"/api/v1/conversations/{talk.Value}/clocks"))!;
        Assert.Equal(("firstResponse", "running", "Office"), ((string?)clocks[0]!["kind"], (string?)clocks[0]!["state"], (string?)clocks[0]!["hours"]));

        var report = (await lead.GetFromJsonAsync<JsonNode>("/api/v1/kpis?by=channel"))!;
        Assert.Equal((1, 1), ((int)report["all"]!["volume"]!, (int)report["all"]!["backlog"]!["count"]!));
        Assert.Single((await lead.GetFromJsonAsync<JsonNode>("/api/v1/kpis/volume/rows"))!["items"]!.AsArray());
        Assert.Contains($"/engage/{talk.Value}", await lead.GetStringAsync("/engage/report/volume"));
        Assert.Equal(2, (await lead.GetStringAsync("/api/v1/kpis/export.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task What_cannot_be_promised_is_refused_by_field_and_who_may_not_promise_is_refused()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        lead.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        await Refused(await lead.PostAsJsonAsync("/api/v1/service-levels", new { name = "", firstResponse = 0 }), "name", "firstResponse");
        await Refused(await lead.PostAsJsonAsync("/api/v1/calendars", new { name = "Office", timeZone = "Berlin", hours = new { monday = "9-5" } }), "timeZone", "hours.monday");
        await Refused(await lead.PutAsJsonAsync("/api/v1/ratings/policy", new { enabled = true, text = "no link", delayMinutes = -1, quietDays = 0 }), "text", "delayMinutes", "quietDays");
        await Refused(await lead.GetAsync("/api/v1/kpis?from=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z"), "until");
        await Refused(await lead.GetAsync("/api/v1/kpis?zone=Nowhere"), "zone");

        using var agent = await server.SignedIn(Role.Agent);
        Assert.NotEqual(HttpStatusCode.OK, (await agent.GetAsync("/engage/service-levels/new")).StatusCode);
        Assert.DoesNotContain("New promise", await agent.GetStringAsync("/engage/service-levels"));
        using var stranger = server.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/rate/nothing")).StatusCode);
    }

    private static async Task Refused(HttpResponseMessage answer, params string[] fields)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(fields.Order(StringComparer.Ordinal), (await answer.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
    }
}
