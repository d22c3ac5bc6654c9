using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening;

public class MentionsTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada", "AL", Department.Care, Role.Agent);

    private static readonly string[] Texts =
    [
        "My order is out of stock again, worst shop ever", "Where is my order? #Outlet", "@outlet I love it, thank you!", "Café déjà vu — grüße aus Köln", "out of my mind, stock is low",
        "已经缺货了", "so 😡 now", "don't buy \"this\" OR that* (really) -- 'x'; DROP TABLE", "delivery delayed, delayed, delayed", "#outlet #Sale is on", "https://example.com/outlet only a link and words", "underscore_word and e-mail a@b.example",
    ];

    [Theory, EveryDatabase]
    public async Task Search_finds_the_same_on_both_databases(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Keep(house, Texts);

        (string Asked, int[] Found)[] expected =
        [
            ("order", [0, 1]), ("ORDER", [0, 1]), ("\"out of stock\"", [0]), ("out stock", [0, 4]), ("outlet", [1, 9]), ("#outlet", [1, 9]), ("@outlet", [2]), ("cafe", [3]), ("DÉJÀ", [3]), ("koln", [3]),
            ("缺货", [5]), ("😡", [6]), ("dont", [7]), ("don't", [7]), ("deliv*", [8]), ("del* delay*", [8]), ("sale is", [9]), ("\"sale is on\"", [9]), ("underscore_word", [11]), ("example", [11]), ("@b", []),
            ("drop table", [7]), ("\"", []), ("' OR 1=1 --", []), ("AND NOT (", []), ("nothing", []), ("order*:A", []), ("or*", [0, 1, 7]),
        ];
        foreach (var (asked, found) in expected)
        {
            var page = await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Text: asked), null, 100, default));
            if (asked is "\"" or "' OR 1=1 --" or "AND NOT (" or "order*:A") Assert.NotNull(page); // never an error; what it finds is what its words find
            else Assert.Equal((asked, string.Join(' ', found)), (asked, string.Join(' ', page!.Items.Select(m => int.Parse(m.ExternalId, System.Globalization.CultureInfo.InvariantCulture)).Order())));
        }
    }

    [Theory, EveryDatabase]
    public async Task Pages_show_every_mention_once_the_latest_first(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Keep(house, [.. Enumerable.Range(0, 25).Select(n => $"post {n}")], sameTime: true);
        var seen = new List<string>();

        string? after = null;
        do
        {
            var page = await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(), after, 7, default));
            seen.AddRange(page!.Items.Select(m => m.ExternalId));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.Distinct().Count());
        Assert.Null(await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(), "no cursor", 7, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_correction_sticks_and_is_recorded_with_who_said_so(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Keep(house, Texts);
        var id = (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Text: "worst"), null, 1, default)))!.Items[0].Id;
        var correction = new Correction(Sentiment.Positive, [Intent.Idea, Intent.Question], "de", ["price"]);

        Assert.Equal(CorrectionOutcome.Done, await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, id, correction, default)));
        Assert.Equal(CorrectionOutcome.Unchanged, await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, id, correction, default)));

        var now = (await house.With<ExplainMention, Explanation?>(e => e.Of(id, default)))!;
        Assert.Equal((Sentiment.Positive, "de"), (now.Mention.Sentiment, now.Mention.Language));
        Assert.Equal([Intent.Question, Intent.Idea], now.Mention.Intents);
        Assert.Equal(["price"], now.Mention.Topics);
        Assert.Equal(Sentiment.Negative, now.Reading.Sentiment); // what the reader thinks is still shown
        Assert.Equal(["intents", "language", "sentiment", "topics"], now.CorrectedFields.Order());
        var history = await house.With<CorrectMention, IReadOnlyList<CorrectionView>>(c => c.History(id, default));
        Assert.Equal(4, history.Count);
        Assert.All(history, h => Assert.Equal("Ada", h.By));
        Assert.Equal(4, await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Listening.MentionCorrected")));
    }

    [Fact]
    public void A_correction_that_makes_no_sense_is_refused() => Assert.Equal(["intents", "language", "topics"],
        CorrectMention.Check(new(null, [Intent.Other, Intent.Praise], "german", ["nonsense"])).Select(e => e.Field));

    [Theory, EveryDatabase]
    public async Task A_saved_query_is_asked_of_history_and_of_what_comes_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Keep(house, Texts);

        var saved = Assert.IsType<SavedQuery.Done>(await house.With<SavedQueries, SavedQuery>(q => q.Add("Orders", "order", default)));
        await house.Settle();
        Assert.Equal((2, true), await Seen());

        await Keep(house, ["another order", "something else"], from: 100);
        Assert.Equal((3, true), await Seen());

        Assert.IsType<SavedQuery.Done>(await house.With<SavedQueries, SavedQuery>(q => q.Change(saved.Query, "Orders", "delayed OR outlet -order", default)));
        await house.Settle();
        Assert.Equal((2, true), await Seen());
        Assert.Equal(2, (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Query: saved.Query), null, 100, default)))!.Items.Count);

        Assert.IsType<SavedQuery.Invalid>(await house.With<SavedQueries, SavedQuery>(q => q.Add("Orders", "x", default)));
        var invalid = Assert.IsType<SavedQuery.Invalid>(await house.With<SavedQueries, SavedQuery>(q => q.Add("Broken", "a \"b", default)));
        Assert.Equal(2, invalid.Wrong!.Position);
        Assert.True(await house.With<SavedQueries, bool>(q => q.Remove(saved.Query, default)));
        Assert.Empty((await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Query: saved.Query), null, 100, default)))!.Items);

        async Task<(long, bool)> Seen() => await house.With<SavedQueries, QueryView?>(q => q.Of(saved.Query, default)) is { } view ? (view.Mentions, view.HistoryDone) : default;
    }

    [Theory, EveryDatabase]
    public async Task An_export_holds_every_mention_and_no_formula(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Keep(house, ["=1+1", "two\nlines, \"quoted\"", "@brand hello"]);

        var lines = await house.With<ListMentions, List<string>>(async l =>
        {
            var all = new List<string>();
            await foreach (var line in l.Csv(new(), default)) all.Add(line);
            return all;
        });

        Assert.Equal(4, lines.Count);
        Assert.Contains(lines, l => l.Contains(",'=1+1,", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains(",\"two\nlines, \"\"quoted\"\"\",", StringComparison.Ordinal));
    }

    private static async Task Keep(TestHouse house, string[] texts, bool sameTime = false, int from = 0)
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("file", default));
        var at = new DateTimeOffset(2026, 8, 1, 23, 0, 0, TimeSpan.Zero);
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. texts.Select((t, n) =>
            new IncomingPost($"{from + n}", t, sameTime ? at : at.AddHours(n * 7), new($"author{n % 3}", $"author{n % 3}")))], new Receiving(), default));
    }
}
