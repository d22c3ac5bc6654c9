using Hearth.Governance;

namespace Hearth.App.Demo;

/// <summary>One thing somebody of Emberly does in a conversation.</summary>
internal abstract record DemoStep(DateTimeOffset At)
{
    public sealed record Assign(DateTimeOffset At, DemoPerson To) : DemoStep(At);

    public sealed record Label(DateTimeOffset At, DemoPerson By, string Name) : DemoStep(At);

    public sealed record Note(DateTimeOffset At, DemoPerson By, string Text) : DemoStep(At);

    public sealed record Reply(DateTimeOffset At, DemoPerson By, string Text) : DemoStep(At);

    /// <summary>The person speaks again.</summary>
    public sealed record Again(DateTimeOffset At, DemoPost Post) : DemoStep(At);

    public sealed record Close(DateTimeOffset At, DemoPerson By) : DemoStep(At);
}

/// <summary>A conversation from its first post on.</summary>
internal sealed record DemoTalk(DemoPost Post, IReadOnlyList<DemoStep> Steps);

/// <summary>What Emberly's people do about the posts that want an answer: nearly all of the old ones are answered, the last day's wait.</summary>
internal sealed class DemoTalks(DemoPosts posts, DateTimeOffset now, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Phrases _says = new(StaffReplies.Lexicon, new Random(seed + 1));

    public IReadOnlyList<DemoTalk> About(IReadOnlyList<DemoPost> history) => [.. history.Where(Opens).Select(p => new DemoTalk(p, [.. Steps(p).Where(s => s.At < now)]))];

    /// <summary>True when the post opens a conversation by itself.</summary>
    public static bool Opens(DemoPost post) =>
        post.Source == DemoPosts.Sources[0].Key && post.Root is null && post.Kind is DemoKind.Complaint or DemoKind.Question or DemoKind.Purchase;

    private IEnumerable<DemoStep> Steps(DemoPost post)
    {
        var age = now - post.At;
        if (age < TimeSpan.FromDays(2.2) && _random.NextDouble() < 0.7) yield break;
        var weekend = post.At.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var at = post.At + TimeSpan.FromMinutes(12 + 200 * _random.NextDouble() * (weekend ? 9 : 1));
        var person = Who(post);
        yield return new DemoStep.Assign(at, person);
        if (LabelOf(post) is { } label) yield return new DemoStep.Label(at, person, label);
        if (age < TimeSpan.FromDays(2.5) && _random.Next(4) == 0) yield break;

        if (post.Cause is not null && _random.Next(6) == 0) yield return new DemoStep.Note(at.AddMinutes(2), person, _says.Say("note." + post.Cause));
        at = at.AddMinutes(4 + _random.Next(30));
        yield return new DemoStep.Reply(at, person, Answer(post, person));
        if (_random.NextDouble() < 0.3)
        {
            at = at.AddMinutes(20 + _random.Next(600));
            yield return new DemoStep.Again(at, posts.Again(post, at));
            if (_random.Next(3) == 0)
            {
                at = at.AddMinutes(10 + _random.Next(120));
                yield return new DemoStep.Reply(at, person, _says.Say("bye", ("first", First(post))));
            }
        }

        if (age > TimeSpan.FromDays(12) || (age > TimeSpan.FromDays(4) && _random.Next(4) != 0)) yield return new DemoStep.Close(at.AddHours(1 + _random.Next(20)), person);
    }

    private string Answer(DemoPost post, DemoPerson person)
    {
        var entry = post switch
        {
            { Cause: { } cause } => "reply." + cause,
            { Kind: DemoKind.Question } => "reply.question",
            { Kind: DemoKind.Purchase } => "reply.purchase",
            _ => "reply.grumble",
        };
        var product = post.Sku is { } sku ? DemoBrand.Product(sku).Name : "it";
        return _says.Say(entry, ("first", First(post)), ("product", product), ("me", person.Name.Split(' ')[0]));
    }

    private static string First(DemoPost post) => post.Author.Name.Split(' ')[0];

    private DemoPerson Who(DemoPost post)
    {
        var department = post switch
        {
            { Kind: DemoKind.Purchase } => Department.Sales,
            { Cause: "checkout" } => Department.It,
            { Cause: "hinge" or "glow" } when _random.Next(5) == 0 => Department.Product,
            { Cause: "depot" } when _random.Next(5) == 0 => Department.Operations,
            _ => Department.Care,
        };
        var people = DemoBrand.Staff.Where(p => p.Department == department && p.Role != Role.Viewer).ToArray();
        return people[_random.Next(people.Length)];
    }

    private static string? LabelOf(DemoPost post) => post switch
    {
        { Cause: "hinge" } => "lid hinge",
        { Cause: "depot" } => "late parcel",
        { Cause: "wait" } => "weekend",
        { Cause: "glow" } => "battery",
        { Cause: "checkout" } => "payment",
        { Kind: DemoKind.Purchase } => "wants to buy",
        _ => null,
    };
}
