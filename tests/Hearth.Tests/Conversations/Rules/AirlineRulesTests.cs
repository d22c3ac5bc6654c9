using System.Text.RegularExpressions;
using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Tests.Operations.Proposals;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations.Rules;

/// <summary>Posts to six airlines arrive at their times; where each conversation goes is computed here once more, without Hearth, and compared.</summary>
public sealed partial class AirlineRulesTests
{
    /// <summary>So many of the 11,712 posts, from the first on; HEARTH_AIRLINE_POSTS gives more.</summary>
    private static readonly int Posts = int.TryParse(Environment.GetEnvironmentVariable("HEARTH_AIRLINE_POSTS"), out var given) ? given : 400;

    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan TooLong = TimeSpan.FromHours(4);
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private sealed record Route(Department? Department, ConversationPriority Priority, string Labels);

    [Theory, EveryDatabase]
    public async Task Every_conversation_of_a_real_week_goes_where_an_independent_computation_sends_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var posts = (await AirlineReplay.Posts()).Select(p => p.Post).DistinctBy(p => p.ExternalId).Take(Posts).ToList();
        house.Clock.Set(posts[0].At.AddHours(-1).ToUniversalTime());
        await WriteRules(house);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));

        var expected = new Dictionary<string, Route>(StringComparer.Ordinal);
        var waiting = new List<(IncomingPost Post, bool Answered)>();
        DateTimeOffset now = default;
        foreach (var turn in posts.GroupBy(p => p.At.UtcTicks / Turn.Ticks).OrderBy(g => g.Key))
        {
            now = new((turn.Key + 1) * Turn.Ticks, TimeSpan.Zero);
            house.Clock.Set(now);
            await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. turn], new Receiving(Engage: true), default));
            await house.Settle();
            foreach (var post in turn) expected[post.ExternalId] = Arrives(post.Text, now);
            var answered = turn.Where((_, i) => i % 20 == 0).Select(p => p.ExternalId).ToHashSet(StringComparer.Ordinal);
            foreach (var id in answered) await Answer(house, id);
            waiting.AddRange(turn.Select(p => (p, answered.Contains(p.ExternalId))));
        }

        now += TooLong;
        house.Clock.Set(now);
        await house.Settle();
        foreach (var (post, answered) in waiting.Where(w => !w.Answered && w.Post.At + TooLong <= now)) expected[post.ExternalId] = Late(expected[post.ExternalId]);

        var routes = await Routes(house);
        Assert.Equal(posts.Count, routes.Count);
        var wrong = posts.Where(p => routes[p.ExternalId] != expected[p.ExternalId]).Select(p => $"{p.ExternalId} {p.Text}: {routes[p.ExternalId]} instead of {expected[p.ExternalId]}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {posts.Count}:\n{string.Join('\n', wrong.Take(10))}");
        Assert.Equal([Department.Care, Department.Marketing, Department.Legal, Department.Operations], ((Department[])[Department.Care, Department.Marketing, Department.Legal, Department.Operations]).Where(d => routes.Values.Any(r => r.Department == d)));
    }

    private static async Task WriteRules(TestHouse house)
    {
        var week = new WeekHours("09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00");
        var (office, _) = await house.With<BusinessCalendars, (CalendarId?, IReadOnlyList<FieldError>)>(c => c.Put(null, new("Office", "America/New_York", week), default));
        await house.OnArrival("Legal", new(Query: "lawyer OR lawsuit OR sue OR attorney OR fraud OR refund"), new(Department.Legal, Priority: ConversationPriority.Urgent, Stop: true));
        await house.OnArrival("Thanks", new(Query: "thanks OR thank OR awesome"), new(Department.Marketing, Labels: ["thanks"]));
        await house.OnArrival("Bags", new(Query: "bag OR bags OR luggage OR baggage"), new(Department.Operations, Labels: ["bags"]));
        await house.OnArrival("Cancelled", new(Query: "cancelled OR canceled", WithoutLabels: ["bags"]), new(Department.Care, Priority: ConversationPriority.Watch));
        await house.OnArrival("Night", new(Calendar: office, Open: false, Routed: false), new(Department.Care, Labels: ["night"]));
        await house.OnArrival("Rest", new(Routed: false), new(Department.Care));
        await house.Rule("Bags are urgent", new(RuleMoment.Changes, [RuleChange.Label]), new(Labels: ["bags"]), new(Priority: ConversationPriority.Urgent));
        await house.Rule("Too long", new(RuleMoment.TimePasses, Minutes: (int)TooLong.TotalMinutes), new(Priorities: [ConversationPriority.None]), new(Priority: ConversationPriority.Watch, Labels: ["late"]));
    }

    private static Route Arrives(string text, DateTimeOffset at)
    {
        var words = Words(text);
        if (words.Overlaps(["lawyer", "lawsuit", "sue", "attorney", "fraud", "refund"])) return new(Department.Legal, ConversationPriority.Urgent, "");
        Department? department = null;
        var priority = ConversationPriority.None;
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        if (words.Overlaps(["thanks", "thank", "awesome"]))
        {
            department = Department.Marketing;
            labels.Add("thanks");
        }

        if (words.Overlaps(["bag", "bags", "luggage", "baggage"]))
        {
            department = Department.Operations;
            labels.Add("bags");
        }

        if (words.Overlaps(["cancelled", "canceled"]) && !labels.Contains("bags"))
        {
            department = Department.Care;
            priority = ConversationPriority.Watch;
        }

        var local = TimeZoneInfo.ConvertTime(at, NewYork);
        var isOpen = local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour is >= 9 and < 17;
        if (!isOpen && department is null) labels.Add("night");
        if (labels.Contains("bags")) priority = ConversationPriority.Urgent;
        return new(department ?? Department.Care, priority, string.Join(',', labels));
    }

    private static Route Late(Route route) => route.Priority != ConversationPriority.None ? route
        : route with { Priority = ConversationPriority.Watch, Labels = string.Join(',', route.Labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Append("late").Order(StringComparer.Ordinal)) };

    private static HashSet<string> Words(string text) =>
        [.. Word().Matches(Link().Replace(text, " ")).Where(m => m.Index == 0 || m.Value[0] != '@').Select(m => m.Value.TrimStart('#').Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal).ToLowerInvariant())];

    private static async Task Answer(TestHouse house, string post)
    {
        var id = await house.With<Database, ConversationId>(db => db.Set<Entry>().Where(e => e.ExternalId == post && e.Kind == EntryKind.Mention).Select(e => e.ConversationId).SingleAsync());
        Assert.IsType<Reply.ByHand>(await house.With<ReplyToConversation, Reply>(r => r.With(id, "We look into it.", 0, Talk.Ada, null, default)));
    }

    private static Task<Dictionary<string, Route>> Routes(TestHouse house) => house.With<Database, Dictionary<string, Route>>(async db =>
    {
        var labels = (await db.Set<LabelRow>().AsNoTracking().ToListAsync()).ToLookup(l => l.ConversationId, l => l.Label);
        var rows = await db.Set<Entry>().Where(e => e.Kind == EntryKind.Mention).Join(db.Set<Conversation>(), e => e.ConversationId, c => c.Id, (e, c) => new { e.ExternalId, c.Id, c.Department, c.Priority }).ToListAsync();
        return rows.ToDictionary(r => r.ExternalId!, r => new Route(r.Department, r.Priority, string.Join(',', labels[r.Id].Order(StringComparer.Ordinal))), StringComparer.Ordinal);
    });

    [GeneratedRegex(@"[@#]?[\p{L}\p{N}_][\p{L}\p{N}_'’]*", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
