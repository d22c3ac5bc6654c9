using System.Collections.Concurrent;
using System.Text.Json;
using Hearth.Channels.Webhooks;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening.Alerts;

public class AlertTests
{
    private static readonly Actor Ann = new(UserId.New(), "Ann Bell", "AB", Department.Care, Role.Agent);

    [Theory, EveryDatabase]
    public async Task New_mentions_of_a_query_are_told_once_and_together(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Alert(house, new AlertDraftOf(AlertKind.AtOnce));

        await Hear(house, "the ember is great", "my ember again", "nothing of ours");
        await house.Settle();
        await Pass(house, 5);
        Assert.Equal("2 new mentions of “Ember”", Assert.Single(await Told(house)).Title);

        await Hear(house, "one more ember");
        await Pass(house, 5);
        var told = await Told(house);
        Assert.Equal(["New mention of “Ember”", "2 new mentions of “Ember”"], told.Select(n => n.Title));
        Assert.Equal("one more ember", Assert.Single(told[0].Mentions).Text);
        Assert.Equal($"/listen/mentions/{told[0].Mentions[0].Mention.Value}", told[0].Href);
    }

    [Theory, EveryDatabase]
    public async Task History_own_posts_and_what_the_alert_does_not_ask_for_wake_nobody(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Alert(house, new AlertDraftOf(AlertKind.AtOnce, NegativeOnly: true));

        await Receive(house, [
            new("old", "I hate this ember, awful", house.Clock.Now().AddDays(-2)), new("own", "we hate ember, awful", house.Clock.Now(), IsOwn: true),
            new("glad", "I love my ember", house.Clock.Now()), new("angry", "I hate my ember, it is awful", house.Clock.Now()),
        ]);
        await Pass(house, 5);

        var notice = Assert.Single(await Told(house));
        Assert.Equal(("New negative mention of “Ember”", true), (notice.Title, notice.Bad));
    }

    [Theory, EveryDatabase]
    public async Task A_post_that_was_deleted_meanwhile_is_not_shown(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Alert(house, new AlertDraftOf(AlertKind.AtOnce));
        await Receive(house, [new("gone", "my ember leaked", house.Clock.Now())]);
        await Pass(house, 2);

        await Receive(house, [], removed: ["gone"]);

        Assert.Empty(Assert.Single(await Told(house)).Mentions);
    }

    [Theory, EveryDatabase]
    public async Task A_daily_digest_comes_at_its_hour_in_its_zone_and_not_when_there_is_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind); // 09:00 UTC, 11:00 in Berlin
        await Alert(house, new AlertDraftOf(AlertKind.Daily, Hour: 18, TimeZone: "Europe/Berlin"));
        await Hear(house, "ember one", "ember two");

        await Advance(house, TimeSpan.FromMinutes(6 * 60 + 59));
        Assert.Empty(await Told(house));
        await Advance(house, TimeSpan.FromMinutes(2));
        Assert.Equal("2 new mentions of “Ember”", Assert.Single(await Told(house)).Title);
        await Advance(house, TimeSpan.FromDays(2));
        Assert.Single(await Told(house));
    }

    [Theory, EveryDatabase]
    public async Task Volume_is_told_once_per_spell(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Alert(house, new AlertDraftOf(AlertKind.Volume, Threshold: 3, Window: 10));

        await Hear(house, "ember a", "ember b");
        await Pass(house, 2);
        Assert.Empty(await Told(house));
        await Hear(house, "ember c");
        await Pass(house, 2);
        await Hear(house, "ember d");
        await Pass(house, 2);
        Assert.Equal("3 mentions of “Ember” within 10 minutes", Assert.Single(await Told(house)).Title);

        await Advance(house, TimeSpan.FromMinutes(15)); // quiet again: armed again
        await Hear(house, "ember e", "ember f", "ember g", "ember h");
        await Pass(house, 2);
        Assert.Equal(["4 mentions of “Ember” within 10 minutes", "3 mentions of “Ember” within 10 minutes"], (await Told(house)).Select(n => n.Title));
    }

    [Theory, EveryDatabase]
    public async Task Quiet_hours_and_the_cap_hold_back_and_lose_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind); // 09:00
        await Alert(house, new AlertDraftOf(AlertKind.AtOnce, MostPerDay: 2, QuietFrom: "09:00", QuietTo: "10:00"));

        await Hear(house, "ember 1", "ember 2");
        await Pass(house, 5);
        Assert.Empty(await Told(house));
        await Advance(house, TimeSpan.FromHours(1));
        Assert.Equal("2 new mentions of “Ember”", Assert.Single(await Told(house)).Title);

        await Hear(house, "ember 3");
        await Pass(house, 2);
        Assert.Contains("last notice today", (await Told(house))[0].Text!, StringComparison.Ordinal);
        await Hear(house, "ember 4");
        await Hear(house, "ember 5");
        await Pass(house, 2);
        Assert.Equal(2, (await Told(house)).Count);
        Assert.Equal(2, Assert.Single(await house.With<AlertRules, IReadOnlyList<AlertView>>(a => a.All(default))).Waiting);

        await Advance(house, TimeSpan.FromDays(1)); // 10:00 on the next day
        Assert.Equal("2 new mentions of “Ember”", (await Told(house))[0].Title);
        Assert.Equal(3, (await Told(house)).Count);
    }

    [Theory, EveryDatabase]
    public async Task Eight_nodes_that_tell_at_once_tell_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Alert(house, new AlertDraftOf(AlertKind.AtOnce));
        await Hear(house, "ember");
        await house.Services.GetRequiredService<FactDispatcher>().Drain(default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.With<TellAlertsRun>(r => r.Run(new(), default)))));

        Assert.Single(await Told(house));
    }

    [Theory, EveryDatabase]
    public async Task A_failing_source_is_told_on_the_page_though_nobody_asked_and_by_the_alert_when_somebody_did(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("Reviews", default));
        await Fail(house, source);
        Assert.Equal(("Reviews fails", "the door is shut"), (await Told(house)).Select(n => (n.Title, n.Text!)).Single());

        await Alert(house, new AlertDraftOf(AlertKind.SourceTrouble));
        await Fail(house, source);
        var told = await Told(house);
        Assert.Equal(("Reviews fails", "Reviews fails: the door is shut", "Trouble"), (told[0].Title, told[0].Text!, told[0].Alert!));
        Assert.Equal(2, told.Count);
    }

    [Theory, EveryDatabase]
    public async Task A_webhook_gets_a_signed_message_and_again_the_same_after_a_failure(DatabaseKind kind)
    {
        await using var receiver = await Receiver.Start(failures: 1);
        await using var house = await TestHouse.Create(kind, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));
        var secret = await Alert(house, new AlertDraftOf(AlertKind.AtOnce, Webhook: receiver.Address));

        await Hear(house, "my ember is late");
        await Pass(house, 1);
        await Advance(house, TimeSpan.FromMinutes(10));

        Assert.Equal((DeliveryState.Sent, 2), (await Told(house))[0].Deliveries.Select(d => (d.State, d.Attempts)).Single());
        Assert.Equal(2, receiver.Got.Count);
        Assert.Equal(receiver.Got.First().Id, receiver.Got.Last().Id);
        Assert.All(receiver.Got, g => Assert.Null(StandardWebhook.Refuse(secret!, g.Id, g.Timestamp, g.Signature, g.Body, DateTimeOffset.FromUnixTimeSeconds(long.Parse(g.Timestamp, null)))));
        using var message = JsonDocument.Parse(receiver.Got.Last().Body);
        Assert.Equal("my ember is late", message.RootElement.GetProperty("mentions")[0].GetProperty("text").GetString());
        Assert.StartsWith("https://hearth.example/listen/mentions/", message.RootElement.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_process_killed_once_the_receiver_has_the_message_sends_the_same_again_and_tells_nothing_twice(DatabaseKind kind)
    {
        await using var receiver = await Receiver.Start(failures: 0);
        await using var house = await TestHouse.Create(kind);
        house.Clock.Advance(TimeProvider.System.GetUtcNow() - house.Clock.GetUtcNow()); // the child's clock is the real one
        await Alert(house, new AlertDraftOf(AlertKind.AtOnce, Webhook: receiver.Address));
        var source = await house.With<Sources, SourceId>(s => s.ForFile("Talk", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [new("1", "my ember is late", TimeProvider.System.GetUtcNow())], (string?)null, default));
        string[] where = [house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory];

        Assert.Equal(137, await ChildProcess.Run(TellAndDie, [.. where, "dies"]));
        Assert.Equal(DeliveryState.Waiting, Assert.Single(Assert.Single(await Told(house)).Deliveries).State); // the receiver has it, we do not know
        Assert.Equal(0, await ChildProcess.Run(TellAndDie, [.. where, "lives"]));

        Assert.Equal(DeliveryState.Sent, Assert.Single(Assert.Single(await Told(house)).Deliveries).State);
        Assert.Equal(2, receiver.Got.Count);
        Assert.Single(receiver.Got.Select(g => g.Id).Distinct());
    }

    [Child]
    internal static async Task TellAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var services = new ServiceCollection().AddLogging().AddHearth(at).Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1));
        if (args[3] == "dies") services.AddTransient<DieAfterSending>().AddHttpClient(SafeHttp.Client).AddHttpMessageHandler<DieAfterSending>();
        await using var provider = services.BuildServiceProvider();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = TimeProvider.System.GetTimestamp();
        do
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30)) throw new TimeoutException("Nothing was sent within 30 s.");
            await provider.GetRequiredService<FactDispatcher>().Drain(default);
            await provider.GetRequiredService<JobWorker>().Drain(default);
            await timer.WaitForNextTickAsync();
        }
        while (!await IsSent(provider));
    }

    private static async Task<bool> IsSent(ServiceProvider provider)
    {
        await using var scope = provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Set<NoticeDelivery>().AnyAsync(d => d.State == DeliveryState.Sent);
    }

    /// <summary>kill -9 once the receiver has answered.</summary>
    internal sealed class DieAfterSending : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode) ChildProcess.DieNow();
            return answer;
        }
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_used_is_named_field_by_field(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var refused = await house.With<AlertRules, KeptAlert>(a => a.Add(
            new(" ", null, QueryId.New(), null, 0, 2000, 24, 0, "25:00", null, null, "Mars/Base", ["ann@example.org", "not an address"], "ftp://x", null), null, Ann, default));

        Assert.Equal(["name", "kind", "threshold", "window", "hour", "mostPerDay", "quietFrom", "quietTo", "timeZone", "emails", "webhook"], Assert.IsType<KeptAlert.Invalid>(refused).Errors.Select(e => e.Field));
        var noQuery = await house.With<AlertRules, KeptAlert>(a => a.Add(new AlertDraftOf(AlertKind.AtOnce).Draft(QueryId.New()), null, Ann, default));
        Assert.Equal("query", Assert.Single(Assert.IsType<KeptAlert.Invalid>(noQuery).Errors).Field);
    }

    private sealed record AlertDraftOf(
        AlertKind Kind, bool? NegativeOnly = null, int? Threshold = null, int? Window = null, int? Hour = null, int? MostPerDay = null, string? QuietFrom = null, string? QuietTo = null, string? TimeZone = null, string? Webhook = null)
    {
        public AlertDraft Draft(QueryId? query) => new(Kind == AlertKind.SourceTrouble ? "Trouble" : "Watch", Kind, query, NegativeOnly, Threshold, Window, Hour, MostPerDay, QuietFrom, QuietTo, null, TimeZone, [], Webhook, null);
    }

    private static async Task<string?> Alert(TestHouse house, AlertDraftOf draft)
    {
        QueryId? query = null;
        if (draft.Kind != AlertKind.SourceTrouble) query = ((SavedQuery.Done)await house.With<SavedQueries, SavedQuery>(q => q.Add("Ember", "ember", default))).Query;
        var kept = await house.With<AlertRules, KeptAlert>(a => a.Add(draft.Draft(query), "https://hearth.example", Ann, default));
        await house.Settle();
        return Assert.IsType<KeptAlert.Done>(kept).Secret;
    }

    private static Task Hear(TestHouse house, params string[] texts) => Receive(house, [.. texts.Select(t => new IncomingPost(t, t, house.Clock.Now()))]);

    private static async Task Receive(TestHouse house, IReadOnlyList<IncomingPost> posts, IReadOnlyList<string>? removed = null)
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("Talk", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(Removed: removed), default));
        await house.Settle();
    }

    private static Task Fail(TestHouse house, SourceId source) => house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        db.Record(new SourceFailed(source, "the door is shut", house.Clock.Now()));
        await db.SaveChangesAsync();
        await house.Settle();
        await Pass(house, 2);
    });

    private static async Task Pass(TestHouse house, int seconds)
    {
        for (var i = 0; i < seconds; i++) await Advance(house, TimeSpan.FromSeconds(1));
    }

    private static async Task Advance(TestHouse house, TimeSpan by)
    {
        house.Clock.Advance(by);
        await house.Settle();
    }

    private static async Task<IReadOnlyList<NoticeView>> Told(TestHouse house) => (await house.With<Notices, Page<NoticeView>?>(n => n.List(Ann.Id, null, null, default)))!.Items;

    private sealed class Receiver(WebApplication app, int failures) : IAsyncDisposable
    {
        private int _failures = failures;

        public string Address => app.Urls.Single() + "/hook";

        public ConcurrentQueue<(string Id, string Timestamp, string Signature, byte[] Body)> Got { get; } = [];

        public static async Task<Receiver> Start(int failures)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var receiver = new Receiver(builder.Build(), failures);
            await receiver.Run();
            return receiver;
        }

        private Task Run()
        {
            app.MapPost("/hook", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                Got.Enqueue((request.Headers["webhook-id"]!, request.Headers["webhook-timestamp"]!, request.Headers["webhook-signature"]!, body.ToArray()));
                return Results.StatusCode(Interlocked.Decrement(ref _failures) >= 0 ? 500 : 204);
            });
            return app.StartAsync();
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
