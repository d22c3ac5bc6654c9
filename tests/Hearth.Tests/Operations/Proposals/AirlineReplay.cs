using Hearth.Catalog;
using Hearth.Channels.Files;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;
using Hearth.Operations;
using Hearth.Operations.Proposals;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Operations.Proposals;

/// <summary>A proposed group of the replay with what labellers said of its posts.</summary>
/// <param name="Reasons">What labellers said of its posts.</param>
/// <param name="Blind">The same of those that nobody of the brand had looked at.</param>
internal sealed record ReplayedGap(string Title, string Airline, DateTimeOffset At, IReadOnlyDictionary<string, int> Reasons, IReadOnlyDictionary<string, int> Blind)
{
    public double? Purity => Blind.Count == 0 ? null : (double)Blind.Values.Max() / Blind.Values.Sum();

    public int Labelled => Reasons.Values.Sum();

    public (string Reason, double Share) Main => Reasons.Count == 0 ? ("", 0) : Reasons.MaxBy(r => r.Value) is var most ? (most.Key, (double)most.Value / Labelled) : default;
}

/// <summary>
/// Plays the posts to six airlines at their times into an empty house, an hour at a turn, on its clock. Each airline is a product of the catalogue that is found by its
/// handles in the text; labels are only looked at afterwards, but for those that somebody of the brand is taken to have said by a moment.
/// </summary>
internal static class AirlineReplay
{
    private static readonly Actor Ada = new(UserId.New(), "Ada", "AL", Department.Care, Role.Agent);

    private static readonly (string Airline, string[] Words)[] Airlines =
    [
        ("United", ["@united"]), ("US Airways", ["@USAirways"]), ("Southwest", ["@SouthwestAir", "Southwest Airlines"]), ("American", ["@AmericanAir", "American Airlines"]),
        ("Delta", ["@JetBlue", "@DeltaAssist"]), ("Virgin America", ["@VirginAmerica"]),
    ];

    // What a person who labels for the brand would choose of the house's topics; what cannot be told is none.
    private static readonly Dictionary<string, string> TopicOf = new(StringComparer.Ordinal)
    {
        ["Late Flight"] = "delay", ["Cancelled Flight"] = "cancellation", ["Customer Service Issue"] = "customer-service", ["Lost Luggage"] = "luggage", ["Damaged Luggage"] = "damage",
        ["Bad Flight"] = "seat", ["Flight Booking Problems"] = "booking", ["Flight Attendant Complaints"] = "staff", ["longlines"] = "queue",
    };

    // Somebody of the brand looks at every mention so far and says what fell short in it, or that it was read rightly.
    private static async Task Teach(TestHouse house, IReadOnlyDictionary<string, string?> reasons)
    {
        var mentions = await house.With<Database, List<(MentionId Id, string Post)>>(async db =>
            [.. (await db.Set<MentionRow>().OrderBy(m => m.Number).Select(m => new { m.Id, m.ExternalId }).ToListAsync()).Select(m => (m.Id, m.ExternalId))]);
        foreach (var (id, post) in mentions)
        {
            var view = (await house.With<ReadMention, MentionView?>(r => r.Of(id, default)))!;
            IReadOnlyList<MentionAspect> bad = reasons[post] is { } reason && TopicOf.TryGetValue(reason, out var topic) ? [new(topic, Sentiment.Negative)] : [];
            var said = new Correction(Aspects: [.. view.Aspects.Where(a => a.Polarity != Sentiment.Negative && !bad.Any(b => b.Attribute == a.Attribute)), .. bad]);
            await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, id, said, default));
            Assert.True(await house.With<ConfirmMention, bool>(c => c.Run(Ada, id, ModelTask.Mismatches, default)));
        }
    }

    public static async Task<IReadOnlyList<(IncomingPost Post, string Airline, string? Reason)>> Posts()
    {
        var posts = new List<(IncomingPost, string, string?)>();
        await using var file = File.OpenRead(SharedData.File("airline-tweets/posts.csv"));
        await foreach (var row in RowReader.Read(file, ["tweet_id", "tweet_created", "name", "airline", "text", "negativereason"]))
        {
            if (row.Error is not null) continue;
            var name = row["name"]!;
            posts.Add((new(row["tweet_id"]!, row["text"]!, DateTimeOffset.Parse(row["tweet_created"]!, System.Globalization.CultureInfo.InvariantCulture), new(name, name, name), null, "en"), row["airline"]!, row["negativereason"]));
        }

        return posts;
    }

    public static async Task<IReadOnlyList<ReplayedGap>> Run(TestHouse house, IReadOnlyList<(IncomingPost Post, string Airline, string? Reason)> posts, DateTimeOffset? taughtUntil = null)
    {
        var reasons = posts.DistinctBy(p => p.Post.ExternalId).ToDictionary(p => p.Post.ExternalId, p => p.Reason);
        foreach (var (airline, words) in Airlines) await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new(null, airline, words), default));
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var isTaught = false;
        foreach (var hour in posts.GroupBy(p => p.Post.At.UtcTicks / TimeSpan.TicksPerHour).OrderBy(g => g.Key))
        {
            house.Clock.Set(new(hour.Key * TimeSpan.TicksPerHour + TimeSpan.TicksPerHour, TimeSpan.Zero));
            await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. hour.Select(p => p.Post)], new Receiving(Engage: false), default));
            await house.Settle();
            if (taughtUntil is not { } cut || isTaught || house.Clock.Now() < cut) continue;
            await Teach(house, reasons);
            isTaught = true;
        }

        return await house.In(async s =>
        {
            var db = (Database)s.GetService(typeof(Database))!;
            var products = (await ((Products)s.GetService(typeof(Products))!).All(true, default)).ToDictionary(p => p.Id, p => p.Name);
            var seen = await db.Set<MentionRow>().Where(m => db.Set<ConfirmedRow>().Any(c => c.Mention == m.Id)).Select(m => m.ExternalId).ToListAsync();
            var gaps = new List<ReplayedGap>();
            foreach (var gap in await db.Set<Gap>().AsNoTracking().Where(g => g.Stage == GapStage.Proposed).OrderByDescending(g => g.Cost).ToListAsync())
            {
                var ids = await db.Set<CauseMention>().Where(m => db.Set<Cause>().Any(c => c.Id == m.CauseId && c.GapId == gap.Id))
                    .Join(db.Set<MentionRow>(), m => m.Mention, m => m.Id, (_, m) => m.ExternalId).Distinct().ToListAsync();
                gaps.Add(new(gap.Title, gap.ProductId is { } p ? products[p] : "", gap.RaisedAt, Labelled(ids), Labelled(ids.Except(seen))));
            }

            return (IReadOnlyList<ReplayedGap>)gaps;
        });

        Dictionary<string, int> Labelled(IEnumerable<string> ids) => ids.Select(i => reasons[i]).OfType<string>().GroupBy(r => r).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
    }
}
