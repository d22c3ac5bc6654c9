using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests.Engage;

public class SpeakingPagesTests
{
    private static async Task<ConversationId> Talk(HearthServer server)
    {
        var source = await server.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var post = new IncomingPost("p1", "It broke", TimeProvider.System.GetUtcNow(), new("ann", "ann.example", "Ann"), null, "en", null, null, false);
        await server.With<ReceiveMentions, Received>(r => r.Run(source, [post], new Receiving(Engage: true), default));
        await server.Settle();
        return (await server.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 1, default)))!.Items[0].Id;
    }

    private static Task Rules(HearthServer server) => server.With<SpeakingPolicies>(async p =>
        Assert.IsType<PolicyChange.Done>(await p.Set(await p.Read(default) with { Approvals = ApprovalRules.None with { ApologyWords = ["our fault"] } }, null, default)));

    [Fact]
    public async Task An_answer_that_a_rule_holds_is_approved_by_a_lead_on_the_page_and_not_by_its_author()
    {
        await using var server = await HearthServer.Start();
        await Rules(server);
        var talk = await Talk(server);
        var ada = await server.Somebody(Role.Lead);
        using var author = await server.SignedIn(ada);
        var sent = await author.Submit($"/engage/{talk.Value}", "reply", [("Answer.Text", "It was our fault."), ("Answer.Version", "0")]);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Contains("waits for somebody else", await author.GetStringAsync($"/engage/{talk.Value}"), StringComparison.Ordinal);
        var id = (await server.With<ReadMessages, Page<MessageView>?>(r => r.Waiting(null, null, default)))!.Items.Single().Id.Value;

        var own = await author.GetStringAsync("/engage/approvals");
        Assert.Contains("You wrote this", own, StringComparison.Ordinal);
        Assert.DoesNotContain($"approve-{id}", own, StringComparison.Ordinal);
        author.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.Forbidden, (await author.PostAsJsonAsync($"/api/v1/messages/{id}/approve", new { text = (string?)null })).StatusCode);
        using var program = await server.Program("write");
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsJsonAsync($"/api/v1/messages/{id}/approve", new { text = (string?)null })).StatusCode);

        using var lead = await server.SignedIn(Role.Lead);
        var page = await lead.GetStringAsync("/engage/approvals");
        Assert.Contains("It broke", page, StringComparison.Ordinal);
        Assert.Contains("It admits or promises: our fault", page, StringComparison.Ordinal);
        var refused = await lead.Submit("/engage/approvals", $"reject-{id}", [("Decision.Reason", " ")]);
        Assert.Contains("Must say in 1 to", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/engage/approvals", $"change-{id}", [("Decision.Text", "We look at it.")])).StatusCode);
        await server.Settle();
        var shown = await lead.GetStringAsync($"/engage/{talk.Value}");
        Assert.Contains("approved the answer with another text", shown, StringComparison.Ordinal);
        Assert.Contains("We look at it.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_needs_a_certificate_on_the_page_and_in_the_API()
    {
        await using var server = await HearthServer.Start();
        var talk = await Talk(server);
        var ada = await server.Somebody(Role.Agent);
        using var agent = await server.SignedIn(ada);
        agent.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        var body = new { text = "It is brass.", version = 0, correction = new { claim = "It is plastic", evidence = "https://acme.example/hinge", of = "product" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsJsonAsync($"/api/v1/conversations/{talk.Value}/replies", body)).StatusCode);
        Assert.Contains("You are not certified", await agent.GetStringAsync($"/engage/{talk.Value}"), StringComparison.Ordinal);

        using var lead = await server.SignedIn(Role.Lead);
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/council/certificates", "grant", [("Input.User", $"{ada.Id.Value}"), ("Input.Level", "Product"), ("Input.Days", "30")])).StatusCode);
        Assert.Contains(ada.Name, await lead.GetStringAsync("/council/certificates"), StringComparison.Ordinal);
        var wrong = await agent.PostAsJsonAsync($"/api/v1/conversations/{talk.Value}/replies", body with { correction = body.correction with { evidence = "trust me" } });
        Assert.Contains("correction.evidence", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var preview = (await (await agent.PostAsJsonAsync($"/api/v1/conversations/{talk.Value}/preview", body)).Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("It is brass.\nhttps://acme.example/hinge\n^AL, Care at our team", (string?)preview["parts"]![0]!["text"]);
        Assert.Equal(HttpStatusCode.OK, (await agent.PostAsJsonAsync($"/api/v1/conversations/{talk.Value}/replies", body)).StatusCode);
    }

    [Fact]
    public async Task The_policy_is_set_on_its_page_line_by_line()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        (string, string)[] fields = [("Input.Version", "0"), ("Input.Brand", "Acme"), ("Input.Format", "{name}, {brand}"), ("Input.Voices", "mastodon | DE | | Acme GmbH"), ("Input.Legal", "lawsuit*\nsue"), ("Input.Amount", "50"), ("Input.Newcomers", "3"), ("Input.Repeat", "14")];
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/council/speaking", "policy", fields)).StatusCode);
        var policy = await server.With<SpeakingPolicies, SpeakingPolicy>(p => p.Read(default));
        Assert.Equal((1, "Acme", 2, 50L, 3, "Acme GmbH", 14), (policy.Version, policy.Brand, policy.Approvals.LegalWords.Count, policy.Approvals.AmountFrom, policy.Approvals.NewAgentUntil, policy.Voices.Single().Affiliation, policy.RepeatDays));
        var wrong = await lead.Submit("/council/speaking", "policy", [.. fields.Where(f => f.Item1 is not ("Input.Voices" or "Input.Version")), ("Input.Version", "1"), ("Input.Voices", "mastodon | Germany | | Acme GmbH")]);
        Assert.Contains("must be two letters", await wrong.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }
}
