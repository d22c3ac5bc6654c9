using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening;

public class SavedQueriesTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada", "AL", Department.Care, Role.Agent);
    private static readonly Actor Bob = new(UserId.New(), "Bob", "BB", Department.Care, Role.Agent);

    [Theory, EveryDatabase]
    public async Task A_changed_query_keeps_what_it_asked_before_with_who_and_when(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var began = house.Clock.GetUtcNow();
        var id = await Add(house, Ada, "Hinges", "hinge");
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.With<SavedQueries, SavedQuery>(q => q.Change(Bob, id, "Hinges", "hinge OR lid", default));
        await house.With<SavedQueries, SavedQuery>(q => q.Change(Bob, id, "Lids", "hinge OR lid", default)); // a name alone is no new version
        house.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<SavedQuery.Done>(await house.With<SavedQueries, SavedQuery>(q => q.Restore(Ada, id, 1, default)));

        Assert.Equal(
            [new QueryVersion(3, "hinge", "Ada", began.AddHours(2), 1), new(2, "hinge OR lid", "Bob", began.AddHours(1), null), new(1, "hinge", "Ada", began, null)],
            await house.With<SavedQueries, IReadOnlyList<QueryVersion>?>(q => q.Versions(id, default)));
        var now = (await house.With<SavedQueries, QueryView?>(q => q.Of(id, default)))!;
        Assert.Equal(("Lids", "hinge", 3), (now.Name, now.Text, now.Version));
        Assert.IsType<SavedQuery.Unknown>(await house.With<SavedQueries, SavedQuery>(q => q.Restore(Ada, id, 9, default)));
        Assert.True(await house.With<SavedQueries, bool>(q => q.Remove(id, default)));
        Assert.Null(await house.With<SavedQueries, IReadOnlyList<QueryVersion>?>(q => q.Versions(id, default)));
    }

    [Theory, EveryDatabase]
    public async Task Fields_are_asked_of_history_as_of_what_comes_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new ProductDraft("TS-100", "Trail Stove", ["camp stove"]), default));
        (string Query, int[] Finds)[] expected =
        [
            ("author:ada", [0, 2]), ("author:ad*", [0, 2]), ("is:reply", [1]), ("followers:>1000", [0]), ("NOT followers:>1000", [1, 2, 3]), ("has:image", [2]), ("has:link", [0, 3]), ("url:shop.example/sale", [0, 3]),
            ("site:forum.example", [1]), ("source:posts", [0, 1, 2, 3]), ("source:file", [0, 1, 2, 3]), ("source:bluesky", []), ("lang:de", [1]), ("sentiment:negative", [2]), ("intent:question", [1]),
            ("product:\"trail stove\"", [0, 2]), ("product:ts-100", [0, 2]), ("product:tent", []), ("NOT product:ts-100", [1, 3]), ("{Stove}", [0]), ("sto?e NEAR/3 camp", [2]),
        ];
        var (before, after) = (new List<QueryId>(), new List<QueryId>());
        foreach (var (query, _) in expected) before.Add(await Add(house, Ada, "before " + query, query));

        await Keep(house, Posts);
        foreach (var (query, _) in expected) after.Add(await Add(house, Ada, "after " + query, query));
        await house.Settle();

        for (var n = 0; n < expected.Length; n++)
        {
            var wanted = (expected[n].Query, string.Join(' ', expected[n].Finds));
            Assert.Equal(wanted, (expected[n].Query, string.Join(' ', await Found(house, before[n]))));
            Assert.Equal(wanted, (expected[n].Query, string.Join(' ', await Found(house, after[n]))));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_product_that_gets_another_word_is_found_by_it_in_the_next_post(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, product) = await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new ProductDraft("TS-100", "Trail Stove"), default));
        var id = await Add(house, Ada, "Stoves", "product:ts-100");
        await Keep(house, [new("0", "my blazer is broken", house.Clock.GetUtcNow())]);
        await house.With<Products, CatalogOutcome>(p => p.Change(product, new ProductDraft("TS-100", "Trail Stove", ["blazer"]), default));
        await Keep(house, [new("1", "my blazer is broken", house.Clock.GetUtcNow())]);

        Assert.Equal([1], await Found(house, id));
    }

    [Theory, EveryDatabase]
    public async Task Looking_back_shows_how_far_it_is_and_a_change_begins_anew(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Keep(house, [.. Enumerable.Range(0, 2_500).Select(n => new IncomingPost($"{n}", n % 5 == 0 ? "a hinge" : "a lid", house.Clock.GetUtcNow()))]);
        var id = await Add(house, Ada, "Hinges", "hinge");

        await house.Settle();
        var view = (await house.With<SavedQueries, QueryView?>(q => q.Of(id, default)))!;
        Assert.Equal((500, 500, true, 2_500, 2_500), (view.Mentions, view.MentionsOfWeek, view.HistoryDone, view.HistorySeen, view.HistoryTotal));
        Assert.Equal(house.Clock.GetUtcNow(), view.LastMatch);

        await house.With<SavedQueries, SavedQuery>(q => q.Change(Ada, id, "Hinges", "lid", default));
        view = (await house.With<SavedQueries, QueryView?>(q => q.Of(id, default)))!;
        Assert.Equal((false, 0, 0), (view.HistoryDone, view.HistorySeen, view.HistoryTotal));
        await house.Settle();
        Assert.Equal(2_000, (await house.With<SavedQueries, QueryView?>(q => q.Of(id, default)))!.Mentions);
        Assert.Equal(2_000, await house.In(s => s.GetRequiredService<Database>().Set<MentionQuery>().CountAsync(m => m.Query == id)));
    }

    [Theory, EveryDatabase]
    public async Task A_correction_or_an_edit_asks_the_queries_again(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var angry = await Add(house, Ada, "Angry", "stove sentiment:negative");
        var happy = await Add(house, Ada, "Happy", "sentiment:positive");
        await Keep(house, [Posts[2]]);
        Assert.Equal(([2], []), (await Found(house, angry), await Found(house, happy)), Lists);
        var id = (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(), null, 1, default)))!.Items[0].Id;

        await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, id, new Correction(Sentiment.Positive), default));
        Assert.Equal(([], [2]), (await Found(house, angry), await Found(house, happy)), Lists);

        // The words change; what a person said of it stays.
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [Posts[2] with { Text = "The tent is terrible and I hate it", IsEdit = true, EditedAt = At.AddMinutes(5) }], (string?)null, default));
        Assert.Equal(([], [2]), (await Found(house, angry), await Found(house, happy)), Lists);
        Assert.Equal((0, 1), ((await house.With<SavedQueries, QueryView?>(q => q.Of(angry, default)))!.Mentions, (await house.With<SavedQueries, QueryView?>(q => q.Of(happy, default)))!.Mentions));
    }

    private static bool Lists((List<int>, List<int>) one, (List<int>, List<int>) other) => one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2);

    [Theory, EveryDatabase]
    public async Task A_trial_tells_volume_and_marks_from_the_latest_mentions(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var nothing = await Try("hinge");
        Assert.Equal((0, 0, null, true), (nothing.LookedAt, nothing.Found, nothing.Volume, nothing.IsAll));

        // A hundred a day for ten days, one in five about a hinge; and an old file that must not stretch the rate.
        await Keep(house, [.. Enumerable.Range(0, 20).Select(n => new IncomingPost($"old {n}", "a lid", At.AddYears(-3).AddDays(n)))]);
        await Keep(house, [.. Enumerable.Range(0, 1_000).Select(n => new IncomingPost($"{n}", n % 5 == 0 ? "a hinge broke, the Hinge!" : "a lid", At.AddDays(-10).AddMinutes(n * 14.4)))]);

        var found = await Try("hinge");
        Assert.Equal((1_020, 200, 10), (found.LookedAt, found.Found, found.Examples.Count));
        Assert.Equal([new TextSpan(2, 5), new TextSpan(19, 5)], found.Examples[0].Marks);
        Assert.Equal("995", found.Examples[0].Mention.ExternalId);
        Assert.InRange(found.PerDay!.Value, 19, 21);
        Assert.Equal("about 20 a day, 20 % of what comes in", found.Volume!);
        Assert.Empty(found.Warnings);
        Assert.Equal(["This finds nearly everything: it only excludes"], (await Try("NOT hinge")).Warnings);
        Assert.Equal(["This finds much of what comes in"], (await Try("lid")).Warnings);
        Assert.Equal("nothing of what came in lately", (await Try("elsewhere")).Volume);

        Task<QueryPreview> Try(string text) => house.With<TryQuery, QueryPreview>(t => t.Run(((Parsed.Ok)ParseQuery.Read(text)).Query, default));
    }

    internal static async Task<QueryId> Add(TestHouse house, Actor by, string name, string text) => (await house.With<SavedQueries, SavedQuery>(q => q.Add(by, name, text, default))) switch
    {
        SavedQuery.Done done => done.Query,
        SavedQuery.Invalid invalid => throw new InvalidOperationException(invalid.Errors[0].Reason),
        _ => throw new InvalidOperationException(),
    };

    internal static async Task Keep(TestHouse house, IReadOnlyList<IncomingPost> posts)
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var received = await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, (string?)null, default));
        Assert.Equal(posts.Count, received.Kept);
    }

    internal static async Task<List<int>> Found(TestHouse house, QueryId query) => await house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        var ids = await db.Set<MentionQuery>().Where(m => m.Query == query).Join(db.Set<MentionRow>(), m => m.Mention, m => m.Id, (_, m) => m.ExternalId).ToListAsync();
        return ids.Select(i => int.Parse(i, System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
    });

    private static readonly IncomingPost[] Posts =
    [
        new("0", "New: the Trail Stove is here, a Stove for all https://shop.example/sale", At, new("ada-1", "Ada"), Followers: 5_000),
        new("1", "Wann kommt die Lieferung mit dem Zelt an?", At, new("bob-1", "bob"), Url: "https://forum.example/t/1", Kind: PostKind.Reply, Followers: 10),
        new("2", "The camp stove broke, this is terrible and I hate it", At, new("ada-2", "ada"), Has: Media.Image),
        new("3", "Sale at the outlet", At, Links: ["https://shop.example/sale?x=1"]),
    ];

    private static DateTimeOffset At => new(2026, 8, 31, 12, 0, 0, TimeSpan.Zero);
}
