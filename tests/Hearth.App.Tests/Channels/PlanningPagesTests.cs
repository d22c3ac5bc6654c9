using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests.Channels;

public class PlanningPagesTests
{
    private static async Task<ChannelAccountId> Account(HearthServer server) =>
        Assert.IsType<Connection.Connected>(await server.With<OpenActor, Connection>(o => o.With("https://brand.example", "brand", "Brand", null, default))).Account.Id;

    private static string Field(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Slots_are_set_a_post_is_written_into_the_queue_and_the_calendar_moves_it_on_the_clock_of_its_zone()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);
        var account = (await Account(server)).Value;
        var wrong = await agent.Submit("/engage/slots", $"slots-{account}", [("version", "0"), ("zone", "Asia/Kolkata"), ("Monday", "9:00 25:00")]);
        Assert.Contains("not “25:00”", WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/engage/slots", $"slots-{account}", [("version", "0"), ("zone", "Asia/Kolkata"), ("Monday", "9:00 17:30")])).StatusCode);

        (string, string)[] form = [("id", Guid.CreateVersion7().ToString()), ("text", "Open day on <Saturday>"), ("times", "1"), ("zone", "Asia/Kolkata"), ($"account-{account}", "true"), ($"when-{account}", "Queue")];
        Assert.Contains("22 of 5000 characters", await (await agent.Submit("/engage/write", "plan", [.. form, ("do", "preview")])).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        for (var n = 0; n < 2; n++) Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/engage/write", "plan", [.. form, ("do", "post")])).StatusCode); // the form sent twice
        var refused = await (await agent.Submit("/engage/write", "plan", [("id", Guid.CreateVersion7().ToString()), .. form[1..], ("do", "post")])).Content.ReadAsStringAsync();
        Assert.Contains("The text is planned in the same words", refused, StringComparison.Ordinal);
        var post = Assert.Single((await server.With<ReadMessages, Page<MessageView>?>(r => r.List(null, null, null, default)))!.Items);

        var (at, offset) = (post.At!.Value, TimeSpan.FromMinutes(330));
        var address = $"/engage/calendar?view=month&zone=Asia/Kolkata&day={(at + offset).UtcDateTime:yyyy-MM-dd}";
        var page = await agent.GetStringAsync(address);
        Assert.Contains($"value=\"{Field((at + offset).UtcDateTime)}\"", page, StringComparison.Ordinal);
        Assert.Contains("Open day on &lt;Saturday&gt;", page, StringComparison.Ordinal);
        var wanted = (at + offset).UtcDateTime.AddDays(2).AddMinutes(30);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit(address, $"move-{post.Id.Value}", [("at", Field(wanted))])).StatusCode);
        Assert.Equal(at.AddDays(2).AddMinutes(30), (await server.With<ReadMessages, MessageView?>(r => r.Find(post.Id, default)))!.At);
        Assert.Contains("Must be in the future", await (await agent.Submit($"/engage/calendar?view=week&zone=Asia/Kolkata&day={wanted:yyyy-MM-dd}", $"move-{post.Id.Value}", [("at", "2001-01-01T00:00")])).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var viewer = await server.SignedIn(Role.Viewer);
        Assert.DoesNotContain($"move-{post.Id.Value}\"", await viewer.GetStringAsync($"/engage/calendar?view=month&day={wanted:yyyy-MM-dd}"), StringComparison.Ordinal);
        Assert.Contains("Must be a time zone", await agent.GetStringAsync("/engage/calendar?zone=Mars"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync("/engage/calendar?day=0001-01-01&view=month")).StatusCode);
    }

    [Fact]
    public async Task The_api_names_the_account_that_does_not_take_its_post_and_shows_the_calendar_of_the_page()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);
        var account = (await Account(server)).Value;
        var refused = await agent.PostAsJsonAsync("/api/v1/messages/several", new { id = Guid.CreateVersion7(), wordings = new[] { "Hello" }, accounts = new[] { new { account, when = "queue" } } });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("brand", (await refused.Content.ReadAsStringAsync()).ToLowerInvariant(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await agent.PutAsJsonAsync($"/api/v1/accounts/{account}/slots", new { zone = "Europe/Berlin", version = 0, slots = new[] { new { day = "monday", time = "09:00" } } })).StatusCode);
        var kept = await agent.PostAsJsonAsync("/api/v1/messages/several", new { id = Guid.CreateVersion7(), wordings = new[] { "Hello", "Good day" }, times = 2, accounts = new[] { new { account, when = "queue" } } });
        Assert.Equal(2, (await kept.Content.ReadFromJsonAsync<JsonObject>())!["messages"]!.AsArray().Count);

        var now = server.Services.GetRequiredService<TimeProvider>().Now();
        string Span(int days) => $"/api/v1/calendar?from={now:yyyy-MM-dd'T'HH:mm:ss}Z&to={now.AddDays(days):yyyy-MM-dd'T'HH:mm:ss}Z";
        var calendar = (await agent.GetFromJsonAsync<JsonObject>(Span(30)))!;
        Assert.Equal(["Hello", "Good day"], calendar["posts"]!.AsArray().Select(p => (string)p!["message"]!["words"]!));
        Assert.NotEmpty(calendar["slots"]!.AsArray());
        foreach (var days in new[] { 0, 63 }) Assert.Equal(HttpStatusCode.BadRequest, (await agent.GetAsync(Span(days))).StatusCode);
    }
}
