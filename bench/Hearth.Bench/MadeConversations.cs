using Hearth.Conversations;
using Hearth.Conversations.Kpis;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.People;

namespace Hearth.Bench;

/// <summary>The rows of some conversations, with what they are counted from.</summary>
internal sealed record SomeConversations(int Count)
{
    public List<Conversation> Conversations { get; } = new(Count);
    public List<Entry> Entries { get; } = new(Count * 2);
    public List<LabelRow> Labels { get; } = new(Count);
    public List<NamedRow> Named { get; } = [];
    public List<MentionRow> Mentions { get; } = new(Count);
    public List<RecordRow> Records { get; } = new(Count);
    public List<ResponseRow> Responses { get; } = new(Count);
    public List<OpenSpanRow> Spans { get; } = new(Count);
}

/// <summary>Makes conversations up, in the order in which they began; the same ones in every run.</summary>
internal sealed class MadeConversations(int count, int seed)
{
    public static readonly DateTimeOffset Begin = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Networks = ["bluesky", "mastodon", "email", "web"];

    private readonly Random _random = new(seed);
    private readonly SourceId[] _sources = [.. Enumerable.Range(0, 20).Select(n => SourceId.From(Known(1, n)))];

    public PersonId[] People { get; } = [.. Enumerable.Range(0, Math.Min(100_000, count)).Select(n => PersonId.From(Known(2, n)))];

    public UserId[] Agents { get; } = [.. Enumerable.Range(0, 160).Select(n => UserId.From(Known(3, n)))];

    public string[] Labels { get; } = [.. Enumerable.Range(0, 200).Select(n => $"label{n}")];

    public List<SourceRow> Sources => [.. _sources.Select((s, n) => new SourceRow { Id = s, Kind = "file", Network = "file", Name = $"Source {n}", Settings = "{}", Engage = true, CreatedAt = Begin })];

    public List<Identity> Identities() => [.. People.Select((p, n) => new Identity { Id = IdentityId.From(Known(4, n)), PersonId = p, Network = Networks[n % 4], ExternalId = $"author{n}", Handle = $"author{n}", Name = $"Author {n}", FirstSeen = Begin, LastSeen = End })];

    /// <summary>Everybody at the console for eight hours of each working day.</summary>
    public List<WorkHour> Work() =>
    [
        .. from day in Enumerable.Range(0, (End - Begin).Days)
           let morning = Begin.AddDays(day)
           where morning.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
           from agent in Agents
           from hour in Enumerable.Range(8, 8)
           select new WorkHour { User = agent, Hour = WorkHours.Minute(morning) / 60 + hour, Present = (1L << 58) - 1, Handling = ((1L << 58) - 1) & _random.NextInt64() },
    ];

    public SomeConversations Next(int from, int many)
    {
        var some = new SomeConversations(many);
        for (var n = from; n < from + many; n++) Add(some, n);
        return some;
    }

    private void Add(SomeConversations some, int n)
    {
        var at = Begin + ((End - Begin) * ((n + _random.NextDouble()) / count));
        var whose = Zipf(People.Length);
        var (id, mention, network) = (ConversationId.From(Guid.CreateVersion7(at)), MentionId.From(Guid.CreateVersion7(at)), Networks[n % 4]);
        var lot = n > count * 0.85 ? _random.Next(100) : 99; // what is not done is recent
        var agent = _random.Next(10) < 6 || lot >= 50 ? _random.Next(Agents.Length) : -1;
        UserId? user = agent < 0 ? null : Agents[agent];
        var text = Text();
        var (answered, closed) = (lot >= 22, lot >= 45);
        var last = at.AddMinutes(_random.Next(600));
        var c = new Conversation
        {
            Id = id, Key = $"{network}|{n}", Network = network, ThreadKey = $"t{n}", Source = _sources[n % 20], PersonId = People[whose],
            Status = lot < 22 ? ConversationStatus.Open : closed ? ConversationStatus.Closed : ConversationStatus.Waiting, ClosedAt = closed ? last : null,
            SnoozedUntil = lot is 0 or 23 ? End.AddDays(3) : null, Standing = lot == 50 ? Standing.Spam : Standing.Normal,
            Priority = _random.Next(50) switch { 0 => ConversationPriority.Urgent, < 5 => ConversationPriority.Watch, _ => ConversationPriority.None },
            Department = _random.Next(5) == 0 ? null : (Department)Zipf(8), Assignee = user, AssigneeName = agent < 0 ? null : $"Agent {agent}", Version = answered ? 1 : 0,
            Preview = text, LastMention = mention, LastMentionAt = at, LastAt = last, OpenedAt = at, FirstReplyAt = answered ? last : null, LastReplyAt = answered ? last : null,
            Mentions = 1, DueAt = lot < 22 ? at.AddHours(_random.Next(48)) : null,
        };
        some.Conversations.Add(c);
        some.Entries.Add(new() { ConversationId = id, Kind = EntryKind.Mention, At = at, MentionId = mention, Text = text, Words = text });
        if (answered) some.Entries.Add(Said(id, EntryKind.Reply, last));
        if (_random.Next(8) == 0) some.Entries.Add(Said(id, EntryKind.Note, last));
        if (_random.Next(40) == 0) some.Named.Add(new() { User = Agents[_random.Next(Agents.Length)], ConversationId = id, At = last });
        foreach (var label in Enumerable.Range(0, _random.Next(3)).Select(_ => Zipf(Labels.Length)).Distinct()) some.Labels.Add(new() { ConversationId = id, Label = Labels[label] });
        some.Mentions.Add(Heard(n, mention, at, text, whose, c));
        Count(some, n, c, user, answered ? KeepRecord.Micros(last - at) : null, closed);
    }

    private MentionRow Heard(int n, MentionId mention, DateTimeOffset at, string text, int whose, Conversation c) => new()
    {
        Id = mention, Source = c.Source, Network = c.Network, ExternalId = $"p{n}", Text = text, Words = MentionSearch.Words(Tokens.Of(text), []), At = at, Day = MentionRow.DayOf(at), HeardAt = at,
        AuthorId = $"author{whose}", AuthorHandle = $"author{whose}", AuthorName = $"Author {whose}", Person = c.PersonId, ThreadKey = c.ThreadKey, Language = "en", Sentiment = Sentiment.Neutral, Strength = 0, Intents = 1,
    };

    private void Count(SomeConversations some, int n, Conversation c, UserId? user, long? took, bool closed)
    {
        some.Records.Add(new()
        {
            Number = n + 1, Conversation = c.Id, Network = c.Network, OpenedAt = c.OpenedAt, Status = c.Status, Standing = c.Standing, Priority = c.Priority, Department = c.Department, Assignee = user,
            AskedAt = took is null ? c.OpenedAt : null, Posts = 1, Replies = took is null ? 0 : 1, FirstReplyAt = c.FirstReplyAt, FirstReplyBy = took is null ? null : user, LastReplyBy = took is null ? null : user,
            First = took, FirstOpen = took / 3, ClosedAt = c.ClosedAt, Reopenings = _random.Next(12) == 0 ? 1 : 0, Resolution = closed ? took : null, ResolutionOpen = closed ? took / 3 : null,
            FirstMet = took is null ? Verdict.Open : took < 28_800_000_000 ? Verdict.Met : Verdict.Missed, Rating = closed && _random.Next(6) == 0 ? _random.Next(1, 6) : null,
        });
        some.Spans.Add(new() { Record = n + 1, Since = c.OpenedAt, Until = c.ClosedAt });
        if (took is not { } wait) return;
        some.Responses.Add(new() { Record = n + 1, AskedAt = c.OpenedAt, AnsweredAt = c.LastAt, By = user, First = true, Took = wait, TookOpen = wait / 3 });
        if (_random.Next(2) == 0) some.Responses.Add(new() { Record = n + 1, AskedAt = c.LastAt, AnsweredAt = c.LastAt.AddMinutes(30), By = user, First = false, Took = 1_800_000_000, TookOpen = 600_000_000 });
    }

    private Entry Said(ConversationId id, EntryKind kind, DateTimeOffset at)
    {
        var text = Text();
        return new() { ConversationId = id, Kind = kind, At = at, MessageId = kind == EntryKind.Reply ? Publishing.MessageId.New() : null, Text = text, Words = text, By = Agents[0], ByName = "Agent 0" };
    }

    private static Guid Known(int kind, int n) => new(kind, 0, 0x7000, 0x80, 0, 0, 0, (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n);

    // The n-th word is n times as rare as the first (Zipf): word0 stands in nearly every post, word29999 in a few of a million.
    private string Text() => string.Join(' ', Enumerable.Range(0, _random.Next(8, 24)).Select(_ => $"word{Zipf(30_000)}"));

    private int Zipf(int most) => Math.Min((int)Math.Pow(most + 1, _random.NextDouble()) - 1, most - 1);
}
