using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations;

namespace Hearth.App.Demo;

/// <summary>The planted causes come before the departments that can remove them.</summary>
internal sealed class LoadGaps(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff, DemoCatalog catalog, LoadTalk talk)
{
    private readonly Dictionary<string, GapId> _gaps = new(StringComparer.Ordinal);

    /// <summary>By cause: its gap.</summary>
    public IReadOnlyDictionary<string, GapId> Gaps => _gaps;

    public async Task Run(CancellationToken ct)
    {
        var acts = new List<DemoAct>();
        var changes = new LoadChanges(story, staff, _gaps);
        foreach (var cause in DemoCauses.All)
        {
            var talks = story.Talks.Where(t => t.Post.Cause == cause.Id && story.Attached(t)).ToList();
            if (talks.Count == 0) continue;
            var first = talks.MinBy(t => t.Steps[0].At)!;
            var raised = Later(first.Steps[0].At.AddHours(3), story.Now.AddDays(-cause.StartDay + 3));
            acts.Add(new(raised, s => Raise(s, cause, talk.Of(first)!.Value, ct)));
            acts.AddRange(talks.Where(t => t != first).Select(t => new DemoAct(
                Later(t.Steps[0].At.AddMinutes(20), raised.AddMinutes(5)), s => Attach(s, cause, talk.Of(t)!.Value, ct))));
            acts.AddRange(changes.Acts(cause, raised, ct));
        }

        await house.Play(acts.Where(a => a.At < story.Now.AddMinutes(30)).Select(a => a.At < story.Now ? a : a with { At = story.Now }), ct);
        await house.Settle(ct);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private async Task Raise(IServiceProvider s, DemoCause cause, ConversationId conversation, CancellationToken ct)
    {
        var promise = DemoBrand.Promises.First(p => p.Key == cause.Promise);
        var draft = new GapDraft(cause.Attribute, promise.Text, cause.Experienced, Owner(cause), cause.Title, cause.Sku is { } sku ? catalog.Products[sku] : null,
            catalog.Promises[cause.Promise], Due: cause.FixedDay is { } day ? story.Now.AddDays(-day + 4) : story.Now.AddDays(12));
        var raising = await s.GetRequiredService<RaiseGap>().From(draft, conversation, staff["DO"], ct);
        _gaps[cause.Id] = raising is Raising.Done done ? done.Gap
            : throw new DemoException($"The gap {cause.Id} was refused: {(raising is Raising.Invalid invalid ? string.Join(", ", invalid.Errors) : raising)}.");
    }

    private async Task Attach(IServiceProvider s, DemoCause cause, ConversationId conversation, CancellationToken ct)
    {
        var attached = await s.GetRequiredService<AttachConversation>().To(_gaps[cause.Id], conversation, staff["IC"], ct);
        if (attached != Attaching.Attached) throw new DemoException($"A conversation could not be attached to {cause.Id}: {attached}.");
    }

    internal static Actor Mover(IReadOnlyDictionary<string, Actor> staff, DemoCause cause) => staff[Owner(cause) switch { Department.Product => "PR", Department.It => "LN", Department.Operations => "JW", _ => "DO" }];

    internal static Department Owner(DemoCause cause) => cause.Id switch
    {
        "hinge" or "glow" or "strap" => Department.Product,
        "depot" => Department.Operations,
        "checkout" => Department.It,
        _ => Department.Care,
    };
}
