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
        foreach (var cause in DemoCauses.All)
        {
            var talks = story.Talks.Where(t => t.Post.Cause == cause.Id && story.Attached(t)).ToList();
            if (talks.Count == 0) continue;
            var first = talks.MinBy(t => t.Steps[0].At)!;
            var raised = Later(first.Steps[0].At.AddHours(3), story.Now.AddDays(-cause.StartDay + 3));
            acts.Add(new(raised, s => Raise(s, cause, talk.Of(first)!.Value, ct)));
            acts.AddRange(talks.Where(t => t != first).Select(t => new DemoAct(
                Later(t.Steps[0].At.AddMinutes(20), raised.AddMinutes(5)), s => Attach(s, cause, talk.Of(t)!.Value, ct))));
            acts.AddRange(Moves(cause, raised).Select(m => new DemoAct(m.At, s => Move(s, cause, m, ct))));
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

    private async Task Move(IServiceProvider s, DemoCause cause, Step step, CancellationToken ct)
    {
        var moved = await s.GetRequiredService<MoveGap>().To(_gaps[cause.Id], step.From, step.To, step.Why, Mover(cause), ct);
        if (moved is not Hearth.Operations.Move.Done) throw new DemoException($"The gap {cause.Id} could not be moved to {step.To}: {moved}.");
    }

    private sealed record Step(DateTimeOffset At, GapStage From, GapStage To, string? Why);

    private IEnumerable<Step> Moves(DemoCause cause, DateTimeOffset raised)
    {
        if (cause.Stage == DemoStage.Open) yield break;
        var shipped = cause.FixedDay is { } day ? story.Now.AddDays(-day) : (DateTimeOffset?)null;
        var planned = shipped is { } at ? raised + (at - raised) / 3 : story.Now.AddDays(-13);
        yield return new(planned, GapStage.Open, GapStage.ChangePlanned, Plan(cause));
        if (shipped is not { } then) yield break;
        yield return new(then, GapStage.ChangePlanned, GapStage.Shipped, Shipped(cause));
        if (cause.Stage == DemoStage.Verified) yield return new(Later(then.AddDays(5 * cause.LagDays * 0.7), then.AddDays(3)), GapStage.Shipped, GapStage.Verified, "Hardly anybody speaks of it any more.");
    }

    private static string Plan(DemoCause cause) => cause.Id switch
    {
        "hinge" => "A steel pin instead of the plastic one, in every lid.",
        "glow" => "Firmware that saves power on the middle level, and an honest table on the box.",
        "checkout" => "Speak the wallet provider's new version.",
        _ => "A second sorter, and parcels from the south until it runs.",
    };

    private static string Shipped(DemoCause cause) => cause.Id switch
    {
        "hinge" => "All flasks leave with the steel hinge; older lids are exchanged.",
        "glow" => "Version 1.3 is out: sixteen hours, measured.",
        _ => "Live since this morning; double charges paid back.",
    };

    private Actor Mover(DemoCause cause) => staff[Owner(cause) switch { Department.Product => "PR", Department.It => "LN", Department.Operations => "JW", _ => "DO" }];

    private static Department Owner(DemoCause cause) => cause.Id switch
    {
        "hinge" or "glow" or "strap" => Department.Product,
        "depot" => Department.Operations,
        "checkout" => Department.It,
        _ => Department.Care,
    };
}
