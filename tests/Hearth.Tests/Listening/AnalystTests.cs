using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Counting;
using Hearth.Platform;

namespace Hearth.Tests.Listening;

public class AnalystTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada", "AL", Department.Care, Role.Agent);
    private static readonly DateTimeOffset At = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 23.5)]
    [InlineData("America/Santiago", "2026-09-06", 23)] // midnight itself is left out
    [InlineData("Asia/Kolkata", "2026-10-25", 24)]
    [InlineData(null, "2026-03-29", 24)]
    public void A_day_is_as_long_as_the_clock_on_the_wall_says(string? name, string text, double hours)
    {
        Assert.True(DayZone.TryFind(name, out var zone));
        var day = DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(hours, (zone.Start(day.AddDays(1)) - zone.Start(day)).TotalHours);
        Assert.Equal(day, zone.Day(zone.Start(day)));
        Assert.Equal(day.AddDays(-1), zone.Day(zone.Start(day).AddTicks(-1)));
    }

    [Theory, EveryDatabase]
    public async Task A_view_keeps_its_address_when_it_is_renamed_and_two_of_one_name_have_two(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var first = Assert.IsType<KeptView.Done>(await house.With<SavedViews, KeptView>(v => v.Add(Ada, new("Späte Pakete!", "?lang=de&by=week&after=x&nonsense=1"), default))).View;
        var second = Assert.IsType<KeptView.Done>(await house.With<SavedViews, KeptView>(v => v.Add(Ada, new("spate pakete", ""), default))).View;

        Assert.Equal(("spate-pakete", "lang=de&by=week", "Ada"), (first.Slug, first.Filters, first.By));
        Assert.Equal("spate-pakete-2", second.Slug);
        Assert.Equal("Late", Assert.IsType<KeptView.Done>(await house.With<SavedViews, KeptView>(v => v.Change("spate-pakete", new("Late", null), default))).View.Name);
        Assert.Equal(("Late", "lang=de&by=week"), await house.With<SavedViews, SavedView?>(v => v.Of("spate-pakete", default)) is { } now ? (now.Name, now.Filters) : default);
        var wrong = Assert.IsType<KeptView.Invalid>(await house.With<SavedViews, KeptView>(v => v.Add(Ada, new(" ", "from=yesterday&zone=Mars/Base"), default)));
        Assert.Equal(["name", "filters", "filters"], wrong.Errors.Select(e => e.Field));
        Assert.True(await house.With<SavedViews, bool>(v => v.Remove("spate-pakete", default)));
        Assert.IsType<KeptView.Unknown>(await house.With<SavedViews, KeptView>(v => v.Change("spate-pakete", new("x", null), default)));
        Assert.Single(await house.With<SavedViews, IReadOnlyList<SavedView>>(v => v.All(default)));
    }

    [Theory, EveryDatabase]
    public async Task Shares_of_voice_add_up_and_each_number_is_the_list_behind_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var queries = new List<QueryId>();
        foreach (var name in (string[])["emberly", "norrpine", "nobody"]) queries.Add(((SavedQuery.Done)await house.With<SavedQueries, SavedQuery>(q => q.Add(name, name, default))).Query);
        await Keep(house, ["emberly great", "emberly awful", "norrpine", "emberly or norrpine", "neither"]);

        var shares = await house.With<ShareOfVoice, VoiceShares>(v => v.Run(new(From: new(2026, 8, 1), To: new(2026, 8, 1)), queries, null, true, default));

        Assert.Equal([0.6, 0.4, 0], shares.Voices.Select(v => v.Share));
        Assert.All(shares.Voices, v => Assert.Equal(0, v.Before?.Total));
        foreach (var voice in shares.Voices)
            Assert.Equal(voice.Mentions.Total, (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Query: voice.Query), null, 50, default)))!.Items.Count);
        var errors = new List<FieldError>();
        await house.With<ShareOfVoice, IReadOnlyList<QueryId>>(v => v.Read($"{queries[0].Value},{Guid.Empty},x", errors, default));
        Assert.Equal(["queries", "queries", "queries"], errors.Select(e => e.Field));
    }

    [Theory, EveryDatabase]
    public async Task What_stands_out_is_counted_as_the_list_counts_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Keep(house, [.. Enumerable.Range(0, 40).Select(n => n < 10 ? $"the hinge broke again #sad https://www.shop.example/p/{n % 2}/" : $"the sun is out and the kettle sings number{n}")]);

        var tops = await house.With<TopMentions, MentionTops>(t => t.Run(new(Text: "hinge"), 10, default));

        Assert.Equal((10, false, 10L), (tops.LookedAt, tops.IsSample, tops.Of));
        Assert.Equal([("#sad", 10L)], tops.Tags.Select(t => (t.Name, t.Mentions)));
        Assert.Equal([5L, 5L], tops.Links.Select(l => l.Mentions));
        Assert.Contains("hinge", tops.Words.Take(4).Select(w => w.Word));
        Assert.DoesNotContain("the", tops.Words.Select(w => w.Word));
        foreach (var filter in tops.Links.Select(l => new MentionFilter(Text: "hinge") { Link = l.Name })) Assert.Equal(5, (await house.With<CountMentions, Counted>(c => c.Total(filter, default))).Count);
        foreach (var author in tops.Authors) Assert.Equal(author.Mentions, (await house.With<CountMentions, Counted>(c => c.Total(new(Text: "hinge", Author: author.Handle), default))).Count);
        foreach (var word in tops.Words) Assert.Equal(word.Mentions, (await house.With<CountMentions, Counted>(c => c.Total(new(Text: $"hinge {word.Word}"), default))).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_thread_is_read_from_its_first_post_each_answer_below_what_it_answers(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("file", default));
        IncomingPost Post(string id, int minute, string? parent) => new(id, "post " + id, At.AddMinutes(minute), ParentId: parent, RootId: parent is null ? null : "a");
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [Post("d", 4, "b"), Post("a", 0, null), Post("c", 2, "a"), Post("b", 1, "a"), Post("e", 3, "gone"), Post("f", 5, "g"), Post("g", 6, "f")], new Receiving(), default));
        var key = (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(), null, 50, default)))!.Items[0].ThreadKey;

        var thread = MentionThread.Order(await house.With<ReadMention, IReadOnlyList<MentionView>>(r => r.Thread(key, default)));

        Assert.Equal(["a 0", "b 1", "d 2", "c 1", "e 0", "f 0", "g 1"], thread.Select(p => $"{p.Mention.ExternalId} {p.Depth}"));
    }

    [Theory]
    [InlineData("https://www.Example.com/A/", "example.com/A")]
    [InlineData("http://example.com/a#part).", "example.com/a")]
    [InlineData("www.example.com", "example.com")]
    [InlineData("https://example.com/a?b=c", "example.com/a?b=c")]
    public void Two_spellings_of_one_address_are_one_link(string link, string key) => Assert.Equal(key, MentionSearch.LinkKey(link));

    [Fact]
    public void Log_likelihood_is_that_of_the_paper() => // 2 (100 ln(100/75) + 50 ln(50/75))
        Assert.Equal(16.99, WordCounts.LogLikelihood(100, 10_000, 50, 10_000), 0.01);

    private static async Task Keep(TestHouse house, string[] texts)
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("file", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. texts.Select((t, n) => new IncomingPost($"{n}", t, At.AddMinutes(n), new($"author{n % 3}", $"author{n % 3}")))], new Receiving(), default));
    }
}
