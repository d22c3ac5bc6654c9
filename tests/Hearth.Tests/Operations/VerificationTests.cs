using System.Globalization;
using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Operations.Verification;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Hearth.Tests.Listening.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations;

public class VerificationTests
{
    private const int Before = 50;

    [Theory, EveryDatabase]
    public async Task Talk_that_fell_verifies_the_gap_once_the_window_has_passed_and_not_before(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (gap, change) = await Shipped(house, day => day < 3 ? 4 : 0);
        await At(house, 6.5);
        Assert.Equal(GapStage.Shipped, await Stage(house, gap));
        await At(house, 10);
        Assert.Equal((GapStage.Verifying, Verdict.TooEarly), (await Stage(house, gap), (await Judged(house, gap)).Judgement.Verdict));
        await At(house, 20.5);
        Assert.Equal(GapStage.Verifying, await Stage(house, gap));
        await At(house, 21.5);

        var judged = await Judged(house, gap);
        Assert.Equal((GapStage.Verified, Verdict.Fell, change), (await Stage(house, gap), judged.Judgement.Verdict, judged.Change));
        Assert.True(judged.Judgement.Average!.Value is { Estimate: < -2, High: < 0 });
        Assert.InRange(judged.Judgement.Curve.Count, Before + 21, JudgeTalk.MostBefore + 21);
        Assert.Equal(4, judged.Judgement.Curve[^22].Observed);
        Assert.Equal(["Hearth", "Hearth"], (await Read(house, gap)).History.TakeLast(2).Select(h => h.ByName));
        await At(house, 30);
        Assert.Equal((1, judged.At), (await Facts(house, nameof(GapVerified)), (await Judged(house, gap)).At));
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<JobRow>().CountAsync(j => j.Kind == "Operations.Verification.VerifyChange")));
    }

    [Theory, EveryDatabase]
    public async Task Talk_that_went_on_opens_the_gap_again_with_what_the_data_say(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (gap, _) = await Shipped(house, _ => 4);
        await At(house, 21.5);
        var judged = await Judged(house, gap);
        Assert.True(judged.Judgement.Verdict == Verdict.DidNotFall, judged.Judgement.Sentence + string.Join(' ', judged.Judgement.Curve.Select(c => c.Observed)) + string.Join(' ', judged.Judgement.Controls));
        Assert.Equal(GapStage.Reopened, await Stage(house, gap));
        Assert.EndsWith(judged.Judgement.Sentence, (await Read(house, gap)).History[^1].Why, StringComparison.Ordinal);
        Assert.Contains("no fall is shown", judged.Judgement.Sentence, StringComparison.Ordinal);
        Assert.Equal((0, 1), (await Facts(house, nameof(GapVerified)), await Facts(house, nameof(GapReopened))));
    }

    [Theory, EveryDatabase]
    public async Task As_many_complaints_of_ever_more_units_sold_are_a_fall(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Sold(house, day => day < 0 ? 10 : 40);
        var (gap, _) = await Shipped(house, _ => 4, sku: "L-1");
        await At(house, 21.5);
        var judged = (await Judged(house, gap)).Judgement;
        Assert.True(judged.Verdict == Verdict.Fell, judged.Sentence);
        Assert.Equal(GapStage.Verified, await Stage(house, gap));
        var sold = judged.PerThousand!;
        Assert.Equal((280, 910), (sold.Before, sold.After));
        Assert.Equal(4 * 14 / (Enumerable.Range(7, 14).Sum(t => 280 + 30 * (t + 1)) / 28000.0), sold.Observed, 6);
        Assert.InRange(sold.Expected, 320, 480); // 3 to 5 posts a day of 10 units
        Assert.Equal(sold.Observed - sold.Expected, sold.Effect.Estimate, 9);
        Assert.True(sold.Effect.High < 0);
        Assert.Contains("of as many units sold", judged.Sentence, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Per 1,000 units sold that is {sold.Observed:0.0} instead of {sold.Expected:0.0}."), judged.Sentence, StringComparison.Ordinal);
        var last = judged.Curve[^1];
        Assert.True(last.Expected > judged.Curve[^22].Expected * 2, $"{last}"); // in posts, as many as so many units would bring
        Assert.Equal(judged.Cumulative!.Value.Estimate / 14, judged.Average!.Value.Estimate, 9);
    }

    [Theory, EveryDatabase]
    public async Task Fewer_complaints_because_fewer_were_sold_are_no_fall_though_the_posts_alone_say_so(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Sold(house, day => day < -14 ? 40 : 4);
        foreach (var (sku, verdict) in new[] { ("L-1", Verdict.DidNotFall), ("unknown", Verdict.Fell) })
        {
            await using var other = sku == "L-1" ? null : await TestHouse.Create(kind);
            var (gap, _) = await Shipped(other ?? house, day => day < 7 ? 2 : 1, before: day => day < -14 ? 4 : 3, sku: sku);
            await At(other ?? house, 21.5);
            var judged = (await Judged(other ?? house, gap)).Judgement;
            Assert.True(judged.Verdict == verdict, $"{sku}: {judged.Sentence}");
            Assert.Equal(sku == "L-1", judged.PerThousand is not null);
        }
    }

    [Theory, EveryDatabase]
    public async Task Too_few_units_sold_are_not_looked_at(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Sold(house, day => day % 2 == 0 ? 1 : 0);
        var (gap, _) = await Shipped(house, _ => 0, sku: "L-1");
        await At(house, 21.5);
        var judged = (await Judged(house, gap)).Judgement;
        Assert.Equal((Verdict.Fell, null), (judged.Verdict, judged.PerThousand));
        Assert.DoesNotContain("units", judged.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_sold_counts_from_the_day_on_which_enough_is_sold_up_to_the_last()
    {
        var lately = Sales.Lately([.. Enumerable.Repeat(1, 27), .. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(2, 40)]);
        Assert.Equal((70, 28L, 18L, 56L), (lately.Length, lately[0], lately[29], lately[^1]));
        Assert.Equal(31, Sales.From(lately, 45));
        Assert.Null(Sales.From(lately, 44)); // 13 days before the change are not enough
        Assert.Null(Sales.From([.. Enumerable.Repeat(30L, 30), 19], 20)); // too few at the end
    }

    private static async Task Sold(TestHouse house, Func<int, int> units)
    {
        for (var day = -Before - 28; day < 22; day++)
        {
            if (units(day) is not (> 0 and var count)) continue;
            var at = new DateTimeOffset(Ship.UtcDateTime.Date, TimeSpan.Zero).AddDays(day).AddHours(9);
            house.Clock.Set(at.AddHours(1));
            Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new($"day{day}", at, [new("L-1", count, new(1000 * count, "EUR")), new("L-2", 5, new(1000, "EUR"))]), default)));
        }
    }

    [Theory, EveryDatabase]
    public async Task Where_too_little_was_said_before_a_person_decides(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (gap, _) = await Shipped(house, _ => 0, before: day => day > -4 ? 2 : 0);
        await At(house, 21.5);
        Assert.Equal((GapStage.Verifying, Verdict.Unclear), (await Stage(house, gap), (await Judged(house, gap)).Judgement.Verdict));
        Assert.IsType<Move.Done>(await house.With<MoveGap, Move>(m => m.To(gap, GapStage.Verifying, GapStage.Verified, "Nobody speaks of it", Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_change_that_was_rolled_back_is_not_judged(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (gap, change) = await Shipped(house, _ => 0);
        await At(house, 10);
        Assert.IsType<Changing.Done>(await house.With<ShipChange, Changing>(s => s.Back(change, "It rattles", Talk.Ada, default)));
        await At(house, 25);
        Assert.Equal((GapStage.Reopened, Verdict.TooEarly), (await Stage(house, gap), (await Judged(house, gap)).Judgement.Verdict));
        Assert.Equal(0, await Facts(house, nameof(GapVerified)) + await Facts(house, nameof(GapReopened)));
    }

    [Theory, EveryDatabase]
    public async Task Killed_at_a_commit_the_verdict_falls_once_and_is_the_same(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (gap, change) = await Shipped(house, _ => 0);
        house.Clock.Set(Ship.AddDays(22));
        foreach (var at in new[] { 0, 1, 2 })
        {
            await ChildProcess.Run(VerifyAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, change.Value.ToString(), at.ToString(CultureInfo.InvariantCulture));
            Assert.InRange(await Facts(house, nameof(GapVerified)), 0, 1);
            Assert.Equal(await Facts(house, nameof(GapVerified)) == 1, await Stage(house, gap) == GapStage.Verified);
        }

        await house.Settle();
        Assert.Equal((1, GapStage.Verified), (await Facts(house, nameof(GapVerified)), await Stage(house, gap)));
    }

    [Theory, EveryDatabase]
    public async Task The_series_of_a_topic_counts_each_day_without_praise_removed_posts_and_what_names_another_product(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, product) = await house.With<Products, (CatalogOutcome, ProductId Id)>(p => p.Add(new("F-1", "Hush flask", ["flask"]), default));
        var first = new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);
        await Hear(house,
            Post(first, "The delivery of my flask was late, awful", "a"), Post(first.AddHours(23), "Late delivery of the flask again", "b"), Post(first.AddDays(2), "Delivery late and the refund of my flask never came", "c"),
            Post(first.AddDays(1), "Delivery of the kettle was late, awful", "d"), Post(first.AddDays(1), "The refund never came, awful", "e"), Post(first, "So happy, the delivery of the flask was wonderful and fast", "f"),
            Post(first, "Late delivery of a flask", "own", own: true), Post(first.AddDays(-1), "Late delivery of a flask", "g"), Post(first.AddDays(3), "Late delivery of a flask", "h"), Post(first, "Late flask delivery, gone", "i"));
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["i"]), default));
        await house.Settle();

        var from = DateOnly.FromDateTime(first.UtcDateTime);
        var days = await house.With<TopicSeries, TopicDays>(s => s.Of("delivery-time", product, from, from.AddDays(3), default));
        Assert.Equal([3, 0, 1], days.Mentions);
        Assert.Equal([2, 0, 1], days.Critical);
        Assert.Equal([4, 2, 1], days.All);
        Assert.Equal([0, 1, 0], days.Others["refund"]);
        Assert.Equal([0, 1, 0], days.Others["delivery-time"]);
        var all = await house.With<TopicSeries, TopicDays>(s => s.Of("delivery-time", null, from, from.AddDays(3), default));
        Assert.Equal([2, 1, 1], all.Critical);
        Assert.False(all.Others.ContainsKey("delivery-time"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => house.With<TopicSeries, TopicDays>(s => s.Of("delivery-time", null, from, from, default)));
    }

    [Fact]
    public void The_level_before_begins_where_the_talk_last_changed_its_level()
    {
        var (flat, step) = (Enumerable.Range(0, 80).Select(n => 3 + n % 3 - 1).ToArray(), Enumerable.Range(0, 80).Select(n => n < 40 ? n % 8 == 0 ? 1 : 0 : 4 + n % 2).ToArray());
        Assert.Equal(0, LevelBefore.Begin(flat, 80));
        Assert.Equal(40, LevelBefore.Begin(step, 80));
        Assert.Equal(20, LevelBefore.Begin(new int[200], 200)); // no talk at all; no more than 180 days are looked at
    }

    private static readonly DateTimeOffset Ship = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Some talk a day of other things, and of deliveries as told, around a change that shipped on 1 September at noon.</summary>
    private static async Task<(GapId, ChangeId)> Shipped(TestHouse house, Func<int, int> after, Func<int, int>? before = null, string? sku = null)
    {
        var posts = new List<IncomingPost>();
        for (var day = -Before; day < 22; day++)
        {
            var at = new DateTimeOffset(Ship.UtcDateTime.Date, TimeSpan.Zero).AddDays(day);
            var count = day >= 0 ? after(day) : before?.Invoke(day) ?? 3 + (day * 7919 % 3 + 3) % 3;
            for (var n = 0; n < count; n++) posts.Add(Post(at.AddHours(7 + n), "The delivery took nine days, awful", $"d{day}-{n}"));
            for (var n = 0; n < 4 + (day * 31 % 2 + 2) % 2; n++) posts.Add(Post(at.AddHours(3 + n), "Still no refund, awful", $"r{day}-{n}"));
        }

        house.Clock.Set(Ship.AddDays(30)); // what comes from the future is refused
        await Hear(house, [.. posts]);
        house.Clock.Set(Ship);
        var gap = Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(r => r.From(new GapDraft("delivery-time", "Two days", "Nine", Department.Operations), (ConversationId?)null, Talk.Ada, default))).Gap;
        var draft = new ChangeDraft("A second sorter", ChangeKind.Process, "Sorts twice as much", "One is too few", Department.Operations, Skus: sku is null ? null : [sku]);
        var change = Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(p => p.Run(draft, [gap], [], Talk.Ada, default))).Change;
        Assert.IsType<Changing.Done>(await house.With<ShipChange, Changing>(s => s.Run(change, null, Talk.Ada, default)));
        return (gap, change);
    }

    private static IncomingPost Post(DateTimeOffset at, string text, string id, bool own = false) => new(id, text, at, new("author-" + id, "author-" + id), Language: "en", IsOwn: own);

    private static async Task Hear(TestHouse house, params IncomingPost[] posts)
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(Engage: false), default));
    }

    /// <summary>So many days after the change was out, all that is due is done.</summary>
    private static async Task At(TestHouse house, double days)
    {
        house.Clock.Set(new DateTimeOffset(Ship.UtcDateTime.Date, TimeSpan.Zero).AddDays(days));
        await house.Services.GetRequiredService<JobWorker>().Drain(default);
    }

    private static async Task<GapView> Read(TestHouse house, GapId gap) => (await house.With<ReadGap, GapView?>(r => r.Of(gap, default)))!;

    private static async Task<GapStage> Stage(TestHouse house, GapId gap) => (await Read(house, gap)).Line.Stage;

    private static async Task<GapJudgement> Judged(TestHouse house, GapId gap) => Assert.Single(await house.With<ReadJudgement, IReadOnlyList<GapJudgement>>(r => r.Of(gap, default)));

    private static Task<int> Facts(TestHouse house, string name) => house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == "Operations.Changes." + name));

    [Child]
    internal static async Task VerifyAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var clock = new FakeClock();
        clock.Set(Ship.AddDays(22));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(at);
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommit(int.Parse(args[4], CultureInfo.InvariantCulture))));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<VerifyChangeRun>().Run(new(ChangeId.From(Guid.Parse(args[3]))), default);
    }
}
