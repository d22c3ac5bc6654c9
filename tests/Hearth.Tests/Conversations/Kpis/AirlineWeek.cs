using System.Globalization;
using Hearth.Channels.Files;
using Hearth.Conversations;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Tests.Conversations.ServiceLevels;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations.Kpis;

/// <summary>
/// A week of customers of six airlines, played through the house at the times they wrote, with agents who answer, close, label and hand over by dice. The same author's later posts to
/// the same airline continue the thread. The test keeps its own account of it in <see cref="Talks"/>.
/// </summary>
internal sealed class AirlineWeek(TestHouse house, SourceId source, int seed)
{
    public const int First = 60;
    public const int Next = 90;
    public const int Resolution = 600;

    private static readonly DateTimeOffset Friday = new(2015, 2, 20, 0, 0, 0, TimeSpan.FromHours(-5));

    public static readonly Actor[] Agents = [.. Enumerable.Range(0, 4).Select(n => new Actor(UserId.New(), "Agent " + n, "A" + n, Department.Care, Role.Agent))];

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<(string Thread, string What), (DateTimeOffset, int)> _plan = new();
    private readonly Dictionary<string, ConversationId> _ids = [];
    private int _planned;

    public Dictionary<string, PlayedTalk> Talks { get; } = [];

    public DateTimeOffset End { get; private set; }

    public static async Task<AirlineWeek> In(TestHouse house, int seed)
    {
        var promised = await Promised.In(house);
        const string Hours = "08:00-20:00";
        var calendar = await promised.Hours(new("Airline", "America/New_York", new(Hours, Hours, Hours, Hours, Hours, "10:00-16:00"), ["2015-02-22 A free Sunday"]));
        await promised.Promise(new("Airline", FirstResponse: First, NextResponse: Next, Resolution: Resolution, Calendar: calendar, Escalations: [new(80, Told.Leads)]));
        return new(house, await house.With<Sources, SourceId>(s => s.ForFile("airlines", default)), seed);
    }

    /// <param name="most">How many posts, in order of time; the whole week from its first post when there are enough of them, else from Friday.</param>
    public async Task Play(int most)
    {
        var posts = await Posts(most < 10_000 ? Friday : DateTimeOffset.MinValue, most);
        foreach (var post in posts)
        {
            await Until(post.At);
            house.Clock.Set(post.At);
            var thread = post.Author + "|" + post.Airline;
            var root = Talks.ContainsKey(thread) ? "root-" + thread : null;
            var id = root is null ? "root-" + thread : post.Id;
            await house.With<ReceiveMentions, Received>(r => r.Run(source, [new IncomingPost(id, post.Text, post.At, new(post.Author, post.Author, post.Author), null, "en", root, root, false)], new Receiving(Engage: true), default));
            await Facts();
            if (Talks.TryGetValue(thread, out var known)) known.Speak(post.At);
            else
            {
                Talks[thread] = new(post.At);
                _ids[thread] = await house.With<Database, ConversationId>(db => db.Set<Entry>().Where(e => e.ExternalId == id).Select(e => e.ConversationId).SingleAsync());
            }

            Plan(thread, post.At);
        }

        End = posts[^1].At.AddHours(6);
        await Until(End);
        house.Clock.Set(End);
        await house.Settle();
    }

    /// <summary>Working minutes of the airline, counted by hand: New York is five hours behind all week.</summary>
    public static double Minutes(DateTimeOffset from, DateTimeOffset until)
    {
        var sum = TimeSpan.Zero;
        for (var day = from.ToOffset(TimeSpan.FromHours(-5)).Date; day <= until.ToOffset(TimeSpan.FromHours(-5)).Date; day = day.AddDays(1))
        {
            if (day.DayOfWeek == DayOfWeek.Sunday) continue;
            var (open, close) = day.DayOfWeek == DayOfWeek.Saturday ? (10, 16) : (8, 20);
            var (start, end) = (new DateTimeOffset(day.AddHours(open), TimeSpan.FromHours(-5)), new DateTimeOffset(day.AddHours(close), TimeSpan.FromHours(-5)));
            if (start < from) start = from;
            if (end > until) end = until;
            if (end > start) sum += end - start;
        }

        return sum.TotalMinutes;
    }

    private void Plan(string thread, DateTimeOffset at)
    {
        var dice = _random.NextDouble();
        if (dice < 0.75) Put(thread, "answer", at.AddMinutes(Math.Exp(_random.NextDouble() * 6.5)));
        else if (dice < 0.85) Put(thread, "close", at.AddMinutes(_random.Next(5, 600)));
        if (_random.NextDouble() < 0.6) Put(thread, "close", at.AddMinutes(_random.Next(200, 1500)));
        if (_random.NextDouble() < 0.4) Put(thread, new[] { "label", "assign", "route", "urgent" }[_random.Next(4)], at.AddMinutes(_random.Next(1, 60)));
    }

    private void Put(string thread, string what, DateTimeOffset at) => _plan.Enqueue((thread, what), (Time.FromUnixMicroseconds(at.ToUnixMicroseconds()), _planned++));

    private async Task Until(DateTimeOffset at)
    {
        while (_plan.TryPeek(out var next, out var when) && when.Item1 < at)
        {
            _plan.Dequeue();
            house.Clock.Set(when.Item1);
            await Do(next.Thread, next.What, when.Item1);
            await Facts();
        }
    }

    private async Task Do(string thread, string what, DateTimeOffset at)
    {
        var (talk, id, who) = (Talks[thread], _ids[thread], Agents[_random.Next(Agents.Length)]);
        switch (what)
        {
            case "answer" when talk.Asked is not null:
                Assert.IsType<Reply.ByHand>(await house.With<ReplyToConversation, Reply>(r => r.With(id, "We are sorry, here is how.", talk.Waits.Count, who, null, default)));
                talk.Answer(at, who.Id.Value);
                break;
            case "close" when talk.Closed is null:
                await house.With<ConversationSteps, bool>(s => s.Move(id, ConversationStatus.Closed, who!, default));
                talk.Close(at);
                break;
            case "label":
                await house.With<ConversationSteps, bool>(s => s.AddLabel(id, new[] { "late", "luggage", "thanks" }[_random.Next(3)], who!, default));
                break;
            case "assign":
                await house.With<AssignConversation, Assignment>(s => s.Claim(id, who, default));
                break;
            case "route":
                await house.With<AssignConversation, bool>(s => s.ToDepartment(id, _random.Next(2) == 0 ? Department.Care : Department.Operations, who!, default));
                break;
            case "urgent":
                await house.With<SetPriority, bool>(s => s.To(id, ConversationPriority.Urgent, who!, default));
                break;
        }
    }

    private Task<int> Facts() => house.With<FactDispatcher, int>(f => f.Drain(default));

    private static async Task<List<(string Id, DateTimeOffset At, string Author, string Airline, string Text)>> Posts(DateTimeOffset from, int most)
    {
        var posts = new List<(string, DateTimeOffset, string, string, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await using var file = File.OpenRead(SharedData.File("airline-tweets/posts.csv"));
        await foreach (var row in RowReader.Read(file, ["tweet_id", "tweet_created", "name", "airline", "text"]))
        {
            if (row.Error is not null) continue;
            var at = DateTimeOffset.Parse(row["tweet_created"]!, CultureInfo.InvariantCulture).ToUniversalTime();
            if (at >= from && seen.Add(row["tweet_id"]!)) posts.Add((row["tweet_id"]!, at, row["name"]!, row["airline"]!, row["text"]!));
        }

        return [.. posts.OrderBy(p => p.Item2).Take(most)];
    }
}
