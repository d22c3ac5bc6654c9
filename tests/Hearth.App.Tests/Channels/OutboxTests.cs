using System.Globalization;
using System.Net;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests.Channels;

public class OutboxTests
{
    private static async Task<Guid> ByHand(HearthServer server)
    {
        var ada = await server.Somebody(Role.Agent);
        await using var scope = server.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Publish>().Reply(new(new("file", null, null), "Please <b>call</b> us", ada), default);
        await scope.ServiceProvider.GetRequiredService<Database>().SaveChangesAsync();
        return Assert.IsType<Publication.ByHand>(made).Message.Value;
    }

    private static async Task<Guid> Scheduled(HearthServer server, DateTimeOffset at)
    {
        var ada = await server.Somebody(Role.Agent);
        var account = Assert.IsType<Connection.Connected>(await server.With<OpenActor, Connection>(o => o.With("https://brand.example", "brand", "Brand", null, default))).Account.Id;
        return Assert.IsType<Publication.Scheduled>(await server.With<PostMessage, Publication>(p => p.Run(new PostDraft(account, "Open day on Saturday", ada) { At = at }, default))).Message.Value;
    }

    [Fact]
    public async Task A_message_to_post_by_hand_is_shown_as_text_and_marked_once_it_is_posted()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);
        var id = await ByHand(server);
        var page = await agent.GetStringAsync("/engage/outbox?status=ByHand");
        Assert.Contains("Please &lt;b&gt;call&lt;/b&gt; us", page, StringComparison.Ordinal);

        var wrong = await agent.Submit("/engage/outbox", $"posted-{id}", [("url", "javascript:alert(1)")]);
        Assert.Contains("Must be a web address", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var posted = await agent.Submit("/engage/outbox", $"posted-{id}", [("url", "https://forum.example/1")]);
        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        Assert.Contains("https://forum.example/1", await agent.GetStringAsync("/engage/outbox?status=Sent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduled_post_is_moved_rewritten_and_given_up()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);
        var (today, place) = (server.Services.GetRequiredService<TimeProvider>().Now().UtcDateTime.Date, CultureInfo.InvariantCulture);
        var (first, soon, far) = (today.AddDays(40).AddHours(12), today.AddDays(9).AddHours(7), today.AddDays(400));
        var id = await Scheduled(server, new(first, TimeSpan.Zero));
        var page = await agent.GetStringAsync("/engage/outbox?status=Scheduled");
        Assert.Contains("To be sent " + first.ToString("d MMM yyyy, HH:mm 'UTC'", place), page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{first.ToString("yyyy-MM-dd'T'HH:mm", place)}\"", page, StringComparison.Ordinal);

        foreach (var (at, reason) in new[] { ("", "Must be a time"), ("2001-01-01T00:00", "Must be in the future"), (far.ToString("yyyy-MM-dd'T'HH:mm", place), "Must be at most 365 days ahead") })
            Assert.Contains(reason, await (await agent.Submit("/engage/outbox", $"move-{id}", [("at", at)])).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/engage/outbox", $"move-{id}", [("at", soon.ToString("yyyy-MM-dd'T'HH:mm", place))])).StatusCode);
        Assert.Contains("To be sent " + soon.ToString("d MMM yyyy, HH:mm 'UTC'", place), await agent.GetStringAsync("/engage/outbox"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/engage/outbox", $"rewrite-{id}", [("text", "Closed on Saturday")])).StatusCode);
        Assert.Contains("Closed on Saturday", await agent.GetStringAsync("/engage/outbox?status=Scheduled"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/engage/outbox", $"give-up-{id}", [])).StatusCode);
        Assert.DoesNotContain("Closed on Saturday", await agent.GetStringAsync("/engage/outbox?status=Scheduled"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_text_keeps_the_signature_and_a_viewer_changes_nothing()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);
        var id = await ByHand(server);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.Submit("/engage/outbox", $"rewrite-{id}", [("text", "Please write to us")])).StatusCode);
        var page = await agent.GetStringAsync("/engage/outbox");
        Assert.Contains("Please write to us", page, StringComparison.Ordinal);
        Assert.Contains("^AL, Care at our team", page, StringComparison.Ordinal);

        using var viewer = await server.SignedIn(Role.Viewer);
        Assert.DoesNotContain($"rewrite-{id}", await viewer.GetStringAsync("/engage/outbox"), StringComparison.Ordinal);
    }
}
