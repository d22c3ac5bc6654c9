using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Conversations.Rules;
using Hearth.Governance;

namespace Hearth.App.Tests.Engage;

public sealed class RulePagesTests
{
    [Fact]
    public async Task A_lead_writes_a_rule_tries_it_puts_it_live_and_reads_what_it_did()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(await server.Somebody(Role.Lead, name: "Lena Lead"));
        (string, string)[] rule = [("name", "Legal words"), ("moment", "arrives"), ("query", "lawyer OR sue"), ("intents", "complaint"), ("intents", "other"), ("department", "legal"), ("priority", "urgent"), ("addLabels", "legal, care")];

        var wrong = await lead.Submit("/engage/rules/new", "rule", [.. rule.Where(f => f.Item1 is not "query"), ("query", "(lawyer"), ("do", "keep")]);
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        var html = await wrong.Content.ReadAsStringAsync();
        Assert.Contains("never closed", html);
        Assert.Contains(">(lawyer</textarea>", html);

        var kept = await lead.Submit("/engage/rules/new", "rule", [.. rule, ("do", "keep")]);
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        var page = kept.Headers.Location!.OriginalString;
        Assert.DoesNotContain("Put version 1 live", await lead.GetStringAsync(page));
        Assert.Contains("Put version 1 live", await (await lead.Submit(page, "try", [])).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit(page, "live", [("version", "1")])).StatusCode);

        var shown = (await server.With<ReadRules, IReadOnlyList<RuleLine>>(r => r.All(default))).Single();
        Assert.Equal((1, 1, "a person speaks"), (shown.LiveVersion, shown.Version, shown.When));
        Assert.Contains("the post matches lawyer OR sue", await lead.GetStringAsync("/engage/rules"));
        Assert.Contains("It has not acted yet", await lead.GetStringAsync(page));
    }

    [Fact]
    public async Task The_api_tells_what_is_wrong_and_lets_nothing_untried_go_live()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(await server.Somebody(Role.Lead));
        lead.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        using var agent = await server.SignedIn(Role.Agent);
        agent.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        var rule = JsonNode.Parse("""{"name": "Legal words", "when": {"moment": "arrives"}, "if": {"query": "lawyer"}, "then": {"department": "legal"}}""");

        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsJsonAsync("/api/v1/rules", rule)).StatusCode);
        var bad = await lead.PostAsJsonAsync("/api/v1/rules", JsonNode.Parse("""{"name": "", "when": {"moment": "arrives"}, "if": {"query": "lawyer AND"}, "then": {}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(["if.query", "name", "then"], JsonNode.Parse(await bad.Content.ReadAsStringAsync())!["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));

        var added = await lead.PostAsJsonAsync("/api/v1/rules", rule);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var address = added.Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.Conflict, (await lead.PutAsJsonAsync(address + "/live", new { version = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await agent.PostAsync(address + "/try", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await lead.PutAsJsonAsync(address + "/live", new { version = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await lead.PutAsJsonAsync(address, new { was = 1, rule })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await lead.PutAsJsonAsync(address, new { was = 1, rule })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await lead.DeleteAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Everybody_says_when_they_are_away_and_leads_say_what_their_people_take()
    {
        await using var server = await HearthServer.Start();
        var ada = await server.Somebody(Role.Agent, name: "Ada Lovelace");
        using var agent = await server.SignedIn(ada);
        var page = $"/engage/desks?department={ada.Department!.Value.ToString().ToLowerInvariant()}";
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit(page, "away", [("away", "4")])).StatusCode);
        Assert.DoesNotContain($"agent-{ada.Id.Value}", await agent.GetStringAsync(page));

        using var owner = await server.SignedIn();
        var bad = await owner.Submit(page, $"agent-{ada.Id.Value}", [("capacity", "900"), ("skills", "refunds, Spare  parts"), ("languages", "en, deutsch")]);
        Assert.Contains("Must be between 0 and 500", await bad.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await owner.Submit(page, $"agent-{ada.Id.Value}", [("capacity", "9"), ("skills", "refunds, Spare  parts"), ("languages", "en, DE")])).StatusCode);
        var desk = await server.With<Agents, DeskView>(a => a.Of(ada.Department.Value, default));
        var shown = desk.People.Single(p => p.User == ada.Id);
        Assert.Equal((9, "refunds/spare parts", "en/de"), (shown.Capacity, string.Join('/', shown.Skills), string.Join('/', shown.Languages)));
        Assert.NotNull(shown.AwayUntil);
    }
}
