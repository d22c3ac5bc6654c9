using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Counting;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Listening;

public class CountMentionsTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada", "AL", Department.Care, Role.Agent);
    private static readonly DateTimeOffset Begin = new(2026, 3, 20, 0, 0, 0, TimeSpan.Zero); // the clock goes forward in Berlin on the 29th
    private static readonly string[] Words = ["order", "late", "love", "worst", "delivery", "#sale", "refund", "where", "broken", "thank", "price", "ever", "it", "is", "https://example.com/a"];
    private static readonly string?[] Zones = [null, "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago", "Pacific/Apia"];

    [Theory, EveryDatabase]
    public async Task What_is_counted_equals_a_plain_count_whatever_happened(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(7);
        var story = new Story(house, random);

        for (var round = 0; round < 24; round++)
        {
            await story.Something();
            if (round % 8 == 7) await story.Check();
        }

        // Folding changes how the counts are kept, not what they are.
        await house.With<Database>(async db => { while (await new KeepCountsRun(db).Fold(50, default)) { } });
        await story.Check();
        var rows = await house.With<Database, List<CountRow>>(db => db.Set<CountRow>().AsNoTracking().ToListAsync());
        Assert.Equal(rows.Count, rows.Select(r => (r.Series, r.Level, r.Bucket)).Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task Mentions_from_before_there_were_counts_are_counted_while_people_go_on(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(11);
        var story = new Story(house, random);
        for (var n = 0; n < 12; n++) await story.Something();

        // As a database of the version before is found.
        await house.With<Database>(async db =>
        {
            await db.Set<CountRow>().ExecuteDeleteAsync();
            await db.Set<CountStateRow>().ExecuteDeleteAsync();
            var last = await db.Set<MentionRow>().MaxAsync(m => m.Number);
            db.Add(new CountStateRow { Until = last });
            await db.SaveChangesAsync();
        });
        Assert.False((await house.With<CountMentions, MentionCounts>(c => c.Over(new(), null, SplitBy.Sentiment, false, default))).IsComplete);

        while (await house.With<Database, bool>(db => new KeepCountsRun(db).CountOlder(17, default))) await story.Something();

        Assert.True((await house.With<CountMentions, MentionCounts>(c => c.Over(new(), null, SplitBy.Sentiment, false, default))).IsComplete);
        await story.Check();
    }

    [Theory, EveryDatabase]
    public async Task Every_number_of_a_chart_leads_to_exactly_its_mentions(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(3);
        var story = new Story(house, random);
        for (var n = 0; n < 8; n++) await story.Something();

        for (var n = 0; n < 25; n++)
        {
            var filter = await story.Filter();
            var (by, split) = ((CountBy)random.Next(4), (SplitBy)random.Next(4));
            var counts = await house.With<CountMentions, MentionCounts>(c => c.Over(filter, by, split, true, default));
            Assert.Equal((await story.List(filter)).Count, counts.Total.Total);
            for (var at = 0; at < counts.Spans.Count; at += random.Next(1, 9))
            {
                var there = On(filter, counts.Spans[at]);
                Assert.Equal((await story.List(there)).Count, counts.All[at].Total);
                if (counts.Lines.Where(l => !l.IsRest).ToList() is not { Count: > 0 } lines) continue;
                var line = lines[random.Next(lines.Count)];
                Assert.Equal((await story.List(By(there, split, line.Key))).Count, line.Counts[at].Total);
            }

            if (counts.Before is { } before) Assert.Equal((await story.List(filter with { From = null, To = null, Since = before.Spans[0].Since, Until = before.Spans[^1].Until })).Count, before.Total.Total);
        }
    }

    /// <summary>The filter that a point of a chart leads to.</summary>
    private static MentionFilter On(MentionFilter filter, CountSpan span) =>
        span.IsWholeDays ? filter with { From = span.From, To = span.To } : filter with { Since = span.Since, Until = span.Until };

    private static MentionFilter By(MentionFilter filter, SplitBy split, string key) => split switch
    {
        SplitBy.Query => filter with { Query = QueryId.From(Guid.Parse(key)) },
        SplitBy.Source => filter with { Source = SourceId.From(Guid.Parse(key)) },
        SplitBy.Language => filter with { Language = key },
        _ => filter with { Sentiment = Enum.Parse<Sentiment>(key, ignoreCase: true) },
    };

    /// <summary>Does to mentions what people and networks do, and knows what should then be there by reading every row.</summary>
    private sealed class Story(TestHouse house, Random random)
    {
        private readonly List<QueryId> _queries = [];
        private int _posts;

        public async Task Something()
        {
            var (sources, mentions) = (await Sources(), await All());
            switch (mentions.Count == 0 ? 0 : random.Next(10))
            {
                case <= 4:
                    await house.With<ReceiveMentions, Received>(r => r.Run(sources[random.Next(sources.Count)], [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Post())], new Receiving(), default));
                    break;
                case 5:
                    var one = mentions[random.Next(mentions.Count)];
                    await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, one.Id, new(Some<Sentiment>(), [Some<Intent>()], random.Next(2) == 0 ? "pt" : null, random.Next(2) == 0 ? ["price", "support-wait"] : null), default));
                    break;
                case 6:
                    var gone = mentions[random.Next(mentions.Count)];
                    await house.With<ReceiveMentions, Received>(r => r.Run(gone.Source, [], new Receiving(Removed: [gone.ExternalId]), default));
                    break;
                case 9:
                    var changed = mentions[random.Next(mentions.Count)];
                    await house.With<ReceiveMentions, Received>(r => r.Run(changed.Source, [Post() with { ExternalId = changed.ExternalId, IsEdit = true, EditedAt = Begin.AddDays(30).AddMinutes(_posts) }], new Receiving(Removed: random.Next(4) == 0 ? [changed.ExternalId] : null), default));
                    break;
                case 7 when _queries.Count > 3:
                    await house.With<SavedQueries, bool>(q => q.Remove(_queries[0], default));
                    _queries.RemoveAt(0);
                    break;
                case 7:
                    _queries.Add(((SavedQuery.Done)await house.With<SavedQueries, SavedQuery>(q => q.Add($"q{random.Next()}", Words[random.Next(5)], default))).Query);
                    await house.Settle();
                    break;
                default:
                    if (_queries.Count == 0) return;
                    await house.With<SavedQueries, SavedQuery>(q => q.Change(_queries[^1], $"q{random.Next()}", $"{Words[random.Next(5)]} OR {Words[random.Next(5)]}", default));
                    await house.Settle();
                    break;
            }
        }

        public async Task Check()
        {
            var all = await All();
            foreach (var split in Enum.GetValues<SplitBy>())
            {
                var counts = await house.With<CountMentions, MentionCounts>(c => c.Over(new(), CountBy.Hour, split, false, default));
                Assert.Equal(all.Count, counts.Total.Total);
                foreach (var line in counts.Lines.Where(l => !l.IsRest)) Assert.Equal(all.Where(m => Fits(m, By(new(), split, line.Key))).GroupBy(m => m.Sentiment).ToDictionary(g => g.Key, g => g.LongCount()),
                    Enum.GetValues<Sentiment>().Where(s => line.Total.Of(s) > 0).ToDictionary(s => s, line.Total.Of));
            }

            foreach (var intent in Enum.GetValues<Intent>()) Assert.Equal(all.Count(m => m.Intents.Contains(intent)), (await house.With<CountMentions, Counted>(c => c.Total(new(Intent: intent), default))).Count);
            foreach (var filter in (MentionFilter[])[new(), new(Intent: Intent.Complaint)])
            {
                var topics = await house.With<CountMentions, IReadOnlyList<TopicCount>>(c => c.TopTopics(filter, 100, default));
                Assert.Equal(all.Where(m => Fits(m, filter)).SelectMany(m => m.Topics).CountBy(t => t).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, (long)t.Value)), topics.OrderBy(t => t.Topic, StringComparer.Ordinal).Select(t => (t.Topic, t.Mentions)));
            }
        }

        public async Task<MentionFilter> Filter()
        {
            var (sources, from) = (await Sources(), DateOnly.FromDateTime(Begin.UtcDateTime).AddDays(random.Next(0, 15)));
            return new(
                Text: Maybe(6) ? Words[random.Next(4)] : null, Query: Maybe(4) && _queries.Count > 0 ? _queries[^1] : null, Source: Maybe(3) ? sources[random.Next(sources.Count)] : null, Language: Maybe(5) ? "en" : null,
                Sentiment: Maybe(4) ? Some<Sentiment>() : null, Intent: Maybe(5) ? Some<Intent>() : null, Topic: Maybe(6) ? "price" : null, Author: Maybe(8) ? "Author1" : null,
                From: Maybe(2) ? from : null, To: Maybe(2) ? from.AddDays(random.Next(0, 12)) : null)
            {
                Zone = Zones[random.Next(Zones.Length)], Kind = Maybe(6) ? PostKind.Reply : null, Has = Maybe(8) ? Media.Link : Media.None, Site = Maybe(8) ? "b.example" : null,
                Link = Maybe(8) ? "http://www.example.com/a/" : null, MinFollowers = Maybe(8) ? 50 : null, Since = Maybe(6) ? Begin.AddMinutes(random.Next(20_000)) : null,
            };
        }

        /// <summary>The list behind a filter, page by page, after it was checked against every row.</summary>
        public async Task<List<MentionView>> List(MentionFilter filter)
        {
            var (list, after) = (new List<MentionView>(), (string?)null);
            do
            {
                var page = (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(filter, after, 40, default)))!;
                list.AddRange(page.Items);
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal((await All()).Where(m => Fits(m, filter)).Select(m => m.Id.Value).Order(), list.Select(m => m.Id.Value).Order());
            Assert.Equal(list.Count, (await house.With<CountMentions, Counted>(c => c.Total(filter, default))).Count);
            return list;
        }

        private async Task<List<MentionView>> All()
        {
            var ids = await house.With<Database, List<MentionId>>(db => db.Set<MentionRow>().Where(m => m.RemovedAt == null).Select(m => m.Id).ToListAsync());
            return [.. await house.With<ReadMention, IReadOnlyList<MentionView>>(r => r.Of(ids, default))];
        }

        private static bool Fits(MentionView m, MentionFilter f) =>
            (f.Text is null || m.Text.Split(' ').Any(w => w.TrimStart('#') == f.Text.TrimStart('#')))
            && (f.Query is null || m.Queries.Any(q => q.Id == f.Query)) && (f.Source is null || m.Source == f.Source) && (f.Language is null || m.Language == f.Language)
            && (f.Sentiment is null || m.Sentiment == f.Sentiment) && (f.Intent is null || m.Intents.Contains(f.Intent.Value)) && (f.Topic is null || m.Topics.Contains(f.Topic))
            && (f.Author is null || m.Author?.Handle == f.Author.ToLowerInvariant()) && (f.From is null || f.TimeZone.Day(m.At) >= f.From) && (f.To is null || f.TimeZone.Day(m.At) <= f.To)
            && (f.Kind is null || m.Kind == f.Kind) && (f.Has == Media.None || m.Text.Contains("https://", StringComparison.Ordinal)) && (f.Link is null || m.Text.Contains("https://", StringComparison.Ordinal))
            && (f.Site is null || m.Url is not null && new Uri(m.Url).Host is "b.example" or "www.b.example") && (f.MinFollowers is null || m.Followers >= f.MinFollowers)
            && (f.Since is null || m.At >= f.Since) && (f.Until is null || m.At < f.Until);

        private IncomingPost Post()
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(3, 9)).Select(_ => Words[random.Next(Words.Length)]));
            var id = $"p{_posts++}";
            return new(id, text, Begin.AddMinutes(random.Next(20_000)).AddMicroseconds(random.Next(3)), new($"a{random.Next(5)}", $"author{random.Next(3)}"),
                Url: random.Next(3) switch { 0 => $"https://www.b.example/{id}", 1 => $"https://c.example/b.example/{id}", _ => null }, ParentId: random.Next(3) == 0 ? "p0" : null, Followers: random.Next(2) == 0 ? random.Next(100) : null);
        }

        private async Task<List<SourceId>> Sources() => [await house.With<Sources, SourceId>(s => s.ForFile("one", default)), await house.With<Sources, SourceId>(s => s.ForFile("two", default))];

        private bool Maybe(int oneIn) => random.Next(oneIn) == 0;

        private T Some<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
    }
}
