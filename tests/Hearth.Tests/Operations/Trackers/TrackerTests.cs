using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Channels.Trackers;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations;
using Hearth.Operations.Discussion;
using Hearth.Operations.Trackers;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations.Trackers;

/// <summary>A gap and its issue on a forge keep in step, both ways.</summary>
public class TrackerTests
{
    private static async Task<(TestHouse House, TrackerConnection.Connected Tracker, GapId Gap)> Begin(DatabaseKind kind, FakeForge forge)
    {
        var house = await TestHouse.Create(kind, s => forge.Plug(s));
        var connected = Assert.IsType<TrackerConnection.Connected>(await house.With<Hearth.Channels.Trackers.Trackers, TrackerConnection>(t => t.Connect(new("forgejo", "Products", "forge.example", FakeForge.Repository, FakeForge.Token), default)));
        return (house, connected, await Raise(house));
    }

    private static async Task<GapId> Raise(TestHouse house) => Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(
        r => r.From(new GapDraft("quality", "The hinge holds", "It cracks", Department.Product, "Lid hinge"), (ConversationId?)null, Talk.Ada, default))).Gap;

    private static async Task Put(TestHouse house, TrackerConnection.Connected tracker, GapId gap) =>
        Assert.Equal(PuttingIntoTracker.Asked, await house.With<PutIntoTracker, PuttingIntoTracker>(p => p.Run(gap, tracker.Tracker.Id, "https://hearth.example/fix/1", Talk.Ada, default)));

    private static Task<GapDiscussion> Read(TestHouse house, GapId gap) => house.With<ReadDiscussion, GapDiscussion>(r => r.Of(gap, Talk.Ada.Id, default));

    private static async Task<GapStage> Stage(TestHouse house, GapId gap) => (await house.With<ReadGap, GapView?>(r => r.Of(gap, default)))!.Line.Stage;

    private static string Temporary() => Path.Combine(Directory.CreateTempSubdirectory("hearth-forge-").FullName, "issues.json");

    [Theory, EveryDatabase]
    public async Task A_gap_becomes_an_issue_and_what_happens_here_is_said_and_done_there(DatabaseKind kind)
    {
        var forge = new FakeForge(Temporary());
        var (house, tracker, gap) = await Begin(kind, forge);
        await using var _ = house;
        await Put(house, tracker, gap);
        await Put(house, tracker, gap);
        await house.Settle();
        var issue = Assert.Single(forge.Issues)!;
        Assert.Equal("Lid hinge", (string)issue["title"]!);
        Assert.Equal($"**Expected:** The hinge holds\n\n**Experienced:** It cracks\n\nGap 1: https://hearth.example/fix/1\n\n<!-- hearth {gap.Value} -->", (string)issue["body"]!);
        Assert.Equal(new GapIssueView(tracker.Tracker.Id, "Products", IssueState.InStep, 1, $"{FakeForge.Address}/{FakeForge.Repository}/issues/1", true, null), Assert.Single((await Read(house, gap)).Issues));

        Assert.IsType<Discussing.Done>(await house.With<DiscussGap, Discussing>(d => d.Say(gap, GapCommentId.New(), "The pin is too thin.", Talk.Ben, default)));
        foreach (var to in new[] { GapStage.Investigating, GapStage.ChangePlanned, GapStage.Shipped, GapStage.Verified })
        {
            Assert.IsType<Move.Done>(await house.With<MoveGap, Move>(async m => await m.To(gap, (await house.With<ReadGap, GapView?>(r => r.Of(gap, default)))!.Line.Stage, to, null, Talk.Ada, default)));
        }

        house.Clock.Advance(TimeSpan.FromSeconds(10));
        await house.Settle();
        issue = Assert.Single(forge.Issues)!;
        Assert.Equal("closed", (string)issue["state"]!);
        var said = ((JsonArray)issue["said"]!).Select(s => ((string)s!["body"]!).Split('\n')[0]).ToList();
        Assert.Equal("**Ben Costa:** The pin is too thin.", said[0]);
        Assert.Equal(5, said.Count);
        Assert.Contains("Ada Brandt moved the gap from shipped to **verified**.", said);
        Assert.False(Assert.Single((await Read(house, gap)).Issues).IsOpen);

        Assert.IsType<Move.Done>(await house.With<MoveGap, Move>(m => m.To(gap, GapStage.Verified, GapStage.Reopened, "People speak of it again", Talk.Ada, default)));
        house.Clock.Advance(TimeSpan.FromSeconds(10));
        await house.Settle();
        Assert.Equal("open", (string)forge.Issues[0]!["state"]!);
    }

    [Theory, EveryDatabase]
    public async Task An_answer_that_was_lost_leaves_one_issue_and_one_comment(DatabaseKind kind)
    {
        var forge = new FakeForge(Temporary());
        var (house, tracker, gap) = await Begin(kind, forge);
        await using var _ = house;
        var lost = new HashSet<string>(StringComparer.Ordinal);
        forge.Afterwards = call =>
        {
            if (call.StartsWith("POST", StringComparison.Ordinal) && lost.Add(call)) throw new HttpRequestException("The connection was reset.");
        };
        await Put(house, tracker, gap);
        await house.With<DiscussGap, Discussing>(d => d.Say(gap, GapCommentId.New(), "The pin is too thin.", Talk.Ben, default));
        for (var turn = 0; turn < 4; turn++)
        {
            await house.Settle();
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, lost.Count);
        Assert.Single((JsonArray)Assert.Single(forge.Issues)!["said"]!);
        Assert.Equal(IssueState.InStep, Assert.Single((await Read(house, gap)).Issues).State);
    }

    [Theory, EveryDatabase]
    public async Task Killed_after_each_call_it_leaves_one_issue_and_each_note_once(DatabaseKind kind)
    {
        var file = Temporary();
        var (house, tracker, gap) = await Begin(kind, new FakeForge(file));
        await using var _ = house;
        await Put(house, tracker, gap);
        foreach (var text in new[] { "one", "two" }) await house.With<DiscussGap, Discussing>(d => d.Say(gap, GapCommentId.New(), text, Talk.Ben, default));
        await house.With<MoveGap, Move>(m => m.To(gap, GapStage.Open, GapStage.Declined, "It is meant so", Talk.Ada, default));
        for (var kill = 0; kill < 4; kill++)
        {
            // Each child dies right after the tracker did one thing more, before that is kept here.
            Assert.Equal(137, await ChildProcess.Run(SyncAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, file, house.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
            house.Clock.Advance(TimeSpan.FromMinutes(2)); // the dead one's lease runs out
        }

        await house.Settle();
        var issue = Assert.Single(new FakeForge(file).Issues)!;
        Assert.Equal("closed", (string)issue["state"]!);
        Assert.Equal(["**Ben Costa:** one", "**Ben Costa:** two", "Ada Brandt moved the gap from open to **declined**: It is meant so"], ((JsonArray)issue["said"]!).Select(s => ((string)s!["body"]!).Split('\n')[0]));
        Assert.Equal(IssueState.InStep, Assert.Single((await Read(house, gap)).Issues).State);
    }

    [Child]
    internal static async Task SyncAndDie(string[] args)
    {
        var clock = new FakeClock();
        clock.Advance(DateTimeOffset.Parse(args[4], CultureInfo.InvariantCulture) - clock.GetUtcNow());
        var forge = new FakeForge(args[3]) { Afterwards = call => { if (!call.StartsWith("GET", StringComparison.Ordinal)) ChildProcess.DieNow(); } };
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        forge.Plug(services);
        await using var provider = services.BuildServiceProvider();
        while (await provider.GetRequiredService<FactDispatcher>().Drain(default) + await provider.GetRequiredService<JobWorker>().Drain(default) > 0) { }
    }

    [Theory, EveryDatabase]
    public async Task What_is_said_and_done_there_comes_here_once_in_whatever_order(DatabaseKind kind)
    {
        var forge = new FakeForge(Temporary());
        var (house, tracker, gap) = await Begin(kind, forge);
        await using var _ = house;
        await Put(house, tracker, gap);
        await house.Settle();

        for (var twice = 0; twice < 2; twice++) Assert.IsType<NoContent>((await Hook(house, tracker, "issue_comment", Comment("created", 11, "I can reproduce it.", "2026-09-01T10:00:00Z"))).Result);
        Assert.Equal(("Kim Sato", "I can reproduce it.", "Products"), (await Read(house, gap)).Comments is [var only] ? (only.ByName, only.Body, only.Tracker) : default);
        await Hook(house, tracker, "issue_comment", Comment("edited", 11, "I can reproduce it on the blue one.", "2026-09-01T10:05:00Z"));
        await Hook(house, tracker, "issue_comment", Comment("created", 11, "I can reproduce it.", "2026-09-01T10:00:00Z"));
        Assert.Equal("I can reproduce it on the blue one.", Assert.Single((await Read(house, gap)).Comments).Body);

        Assert.Equal(GapStage.Open, await Stage(house, gap));
        await Hook(house, tracker, "issues", Issue("assigned", "open", "2026-09-01T10:10:00Z"));
        Assert.Equal(GapStage.Investigating, await Stage(house, gap));
        await Hook(house, tracker, "issues", Issue("closed", "closed", "2026-09-01T10:20:00Z"));
        await Hook(house, tracker, "issues", Issue("reopened", "open", "2026-09-01T10:15:00Z")); // older, and late
        await Hook(house, tracker, "issues", Issue("closed", "closed", "2026-09-01T10:20:00Z"));
        var read = await Read(house, gap);
        Assert.False(Assert.Single(read.Issues).IsOpen);
        Assert.Equal(["I can reproduce it on the blue one.", "Closed the issue."], read.Comments.Select(c => c.Body));
        Assert.Equal(GapStage.Investigating, await Stage(house, gap)); // closing an issue ships nothing

        // None of it goes back where it came from.
        house.Clock.Advance(TimeSpan.FromSeconds(10));
        await house.Settle();
        Assert.Empty((JsonArray)forge.Issues[0]!["said"]!);
        await Hook(house, tracker, "issue_comment", Comment("created", 12, "**Ben:** x\n\n<!-- hearth 0198 -->", "2026-09-01T10:30:00Z"));
        await Hook(house, tracker, "issue_comment", Comment("deleted", 11, "", "2026-09-01T10:40:00Z"));
        await Hook(house, tracker, "issues", Issue("deleted", "closed", "2026-09-01T10:50:00Z"));
        read = await Read(house, gap);
        Assert.Equal(["Removed in the tracker.", "Closed the issue.", "Deleted the issue."], read.Comments.Select(c => c.Body));
        Assert.Equal(IssueState.Gone, Assert.Single(read.Issues).State);
    }

    [Theory, EveryDatabase]
    public async Task A_message_without_the_right_signature_changes_nothing(DatabaseKind kind)
    {
        var forge = new FakeForge(Temporary());
        var (house, tracker, gap) = await Begin(kind, forge);
        await using var _ = house;
        await Put(house, tracker, gap);
        await house.Settle();
        var message = Comment("created", 11, "Hello", "2026-09-01T10:00:00Z");
        Assert.Equal(401, Problem(await Hook(house, tracker, "issue_comment", message, "wrong")));
        Assert.Equal(401, Problem(await Hook(house, tracker, "issue_comment", message, null)));
        Assert.Equal(400, Problem(await Hook(house, tracker, "issue_comment", "[1]")));
        Assert.Equal(400, Problem(await Hook(house, tracker, "issues", "{}")));
        Assert.Equal(404, Problem(await Hook(house, tracker with { Tracker = tracker.Tracker with { Id = TrackerId.New() } }, "issues", "{}")));
        Assert.IsType<NoContent>((await Hook(house, tracker, "push", "{}")).Result);
        Assert.IsType<NoContent>((await Hook(house, tracker, "issue_comment", message.Replace("brand/products", "brand/other", StringComparison.Ordinal))).Result);
        Assert.Empty((await Read(house, gap)).Comments);
        await house.With<Hearth.Channels.Trackers.Trackers, bool>(t => t.Remove(tracker.Tracker.Id, default));
        Assert.Equal(404, Problem(await Hook(house, tracker, "issue_comment", message)));
    }

    [Theory, EveryDatabase]
    public async Task What_the_tracker_refuses_waits_for_a_person_and_a_limit_for_its_end(DatabaseKind kind)
    {
        var forge = new FakeForge(Temporary());
        var (house, tracker, gap) = await Begin(kind, forge);
        await using var _ = house;
        forge.Instead = call => call.StartsWith("POST", StringComparison.Ordinal) ? FakeForge.Error(HttpStatusCode.Forbidden, "token does not have at least one of required scope(s): [write:issue]") : null;
        await Put(house, tracker, gap);
        await house.Settle();
        var refused = Assert.Single((await Read(house, gap)).Issues);
        Assert.Equal(IssueState.Refused, refused.State);
        Assert.Contains("write:issue", refused.Error, StringComparison.Ordinal);
        Assert.Contains("write:issue", Assert.Single(await house.With<Hearth.Channels.Trackers.Trackers, IReadOnlyList<TrackerView>>(t => t.All(default))).Error, StringComparison.Ordinal);

        forge.Instead = _ =>
        {
            var wait = FakeForge.Error(HttpStatusCode.TooManyRequests, "slow down");
            wait.Headers.RetryAfter = new(TimeSpan.FromMinutes(3));
            return wait;
        };
        await Put(house, tracker, gap);
        house.Clock.Advance(TimeSpan.FromSeconds(10));
        await house.Settle();
        var waits = Assert.Single((await Read(house, gap)).Issues);
        Assert.Equal((IssueState.Waiting, "The tracker's rate limit is met."), (waits.State, waits.Error));
        forge.Instead = _ => null;
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.Settle();
        Assert.Empty(forge.Issues);
        house.Clock.Advance(TimeSpan.FromMinutes(1.2));
        await house.Settle();
        Assert.Single(forge.Issues);
        Assert.Null(Assert.Single((await Read(house, gap)).Issues).Error);
    }

    [Theory, EveryDatabase]
    public async Task A_tracker_is_proven_before_it_is_kept(DatabaseKind kind)
    {
        var forge = new FakeForge(Temporary());
        await using var house = await TestHouse.Create(kind, s => forge.Plug(s));
        var draft = new TrackerDraft(null, null, FakeForge.Address, FakeForge.Repository, FakeForge.Token);
        foreach (var (field, wrong) in new[]
        {
            ("kind", draft with { Kind = "jira" }), ("service", draft with { Service = "ftp://x" }), ("repository", draft with { Repository = "brand" }), ("token", draft with { Token = " " }),
            ("name", draft with { Name = new string('x', 61) }),
        })
        {
            Assert.Equal(field, Assert.IsType<TrackerConnection.Invalid>(await Connect(wrong)).Error.Field);
        }

        Assert.Contains("does not accept the token", Assert.IsType<TrackerConnection.Refused>(await Connect(draft with { Token = "old" })).Reason, StringComparison.Ordinal);
        Assert.IsType<TrackerConnection.Refused>(await Connect(draft with { Repository = "brand/none" }));
        Assert.Empty(await house.With<Hearth.Channels.Trackers.Trackers, IReadOnlyList<TrackerView>>(t => t.All(default)));
        var first = Assert.IsType<TrackerConnection.Connected>(await Connect(draft));
        var again = Assert.IsType<TrackerConnection.Connected>(await Connect(draft with { Name = "Other" }));
        Assert.Equal((first.Tracker.Id, first.Secret, "Other", "hearth-bot"), (again.Tracker.Id, again.Secret, again.Tracker.Name, again.Tracker.Login));

        Task<TrackerConnection> Connect(TrackerDraft d) => house.With<Hearth.Channels.Trackers.Trackers, TrackerConnection>(t => t.Connect(d, default));
    }

    private static int Problem(Results<NoContent, ProblemHttpResult> result) => Assert.IsType<ProblemHttpResult>(result.Result).StatusCode;

    private static Task<Results<NoContent, ProblemHttpResult>> Hook(TestHouse house, TrackerConnection.Connected tracker, string kind, string body) => Hook(house, tracker, kind, body, tracker.Secret);

    private static async Task<Results<NoContent, ProblemHttpResult>> Hook(TestHouse house, TrackerConnection.Connected tracker, string kind, string body, string? secret)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var headers = new HeaderDictionary { ["X-Forgejo-Event"] = kind, ["X-Gitea-Event"] = kind, ["X-Forgejo-Delivery"] = Guid.NewGuid().ToString() };
        if (secret is not null) headers["X-Forgejo-Signature"] = headers["X-Gitea-Signature"] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));
        return await house.With<ReceiveTrackerNews, Results<NoContent, ProblemHttpResult>>(r => r.Run(tracker.Tracker.Id, headers, bytes, default));
    }

    private const string Shared = """
        "repository": { "id": 1, "name": "products", "full_name": "brand/products", "owner": { "login": "brand" } },
        "sender": { "id": 3, "login": "kim", "full_name": "Kim Sato", "email": "kim@example.org" }
        """;

    private static string Issue(string action, string state, string at) => $$"""
        { "action": "{{action}}", "number": 1, "issue": { "id": 1000, "number": 1, "title": "Lid hinge", "body": "", "state": "{{state}}", "html_url": "https://forge.example/brand/products/issues/1", "updated_at": "{{at}}" }, {{Shared}} }
        """;

    private static string Comment(string action, int id, string text, string at) => $$"""
        { "action": "{{action}}", "issue": { "id": 1000, "number": 1, "title": "Lid hinge", "state": "open", "html_url": "https://forge.example/brand/products/issues/1", "updated_at": "{{at}}" },
          "comment": { "id": {{id}}, "body": {{System.Text.Json.JsonSerializer.Serialize(text)}}, "user": { "login": "kim", "full_name": "Kim Sato" }, "html_url": "https://forge.example/brand/products/issues/1#issuecomment-{{id}}", "updated_at": "{{at}}" },
          "is_pull": false, {{Shared}} }
        """;
}
