using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Proposals;

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
        var proposed = await Proposed(ct);
        foreach (var cause in DemoCauses.All)
        {
            var talks = story.Talks.Where(t => t.Post.Cause == cause.Id && story.Attached(t)).ToList();
            if (talks.Count == 0) continue;
            var first = talks.MinBy(t => t.Steps[0].At)!;
            var raised = Later(first.Steps[0].At.AddHours(3), story.Now.AddDays(-cause.StartDay + 3));
            var mine = proposed.GetValueOrDefault(cause.Id) ?? [];
            if (mine.Count > 0) raised = Later(raised, mine[0].RaisedAt.AddHours(3));
            if (cause.FixedDay is { } day && raised > story.Now.AddDays(-day - 1)) raised = story.Now.AddDays(-day - 1); // what has been loaded at once may be grouped late, and is fixed after it was taken up
            acts.Add(new(raised, s => mine.Count > 0 ? Accept(s, cause, mine, talk.Of(first)!.Value, ct) : Raise(s, cause, talk.Of(first)!.Value, ct)));
            acts.AddRange(talks.Where(t => t != first).Select(t => new DemoAct(
                Later(t.Steps[0].At.AddMinutes(20), raised.AddMinutes(5)), s => Attach(s, cause, talk.Of(t)!.Value, ct))));
            acts.AddRange(changes.Acts(cause, raised, ct));
        }

        await house.Play(acts.Where(a => a.At < story.Now.AddMinutes(30)).Select(a => a.At < story.Now ? a : a with { At = story.Now }), ct);
        await house.Settle(ct);
        await house.In(story.Now, async s =>
        {
            await s.GetRequiredService<CountGapsRun>().Run(new(), ct);
            return true;
        });
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    // What the house has found by itself: by cause, the proposals whose posts it brought forth, the largest first.
    private Task<Dictionary<string, List<GapLine>>> Proposed(CancellationToken ct) => house.In(story.Now, async s =>
    {
        var causes = story.History.Where(p => p.Cause is not null).ToDictionary(p => p.Id, p => p.Cause!, StringComparer.Ordinal);
        var found = new Dictionary<string, List<GapLine>>(StringComparer.Ordinal);
        foreach (var gap in (await s.GetRequiredService<ListGaps>().Of(new(GapStage.Proposed), null, 100, ct))!.Items)
        {
            var posts = await s.GetRequiredService<ReadMention>().Of((await s.GetRequiredService<ReadGroup>().Of(gap.Id, ct))!.Mentions, ct);
            if (posts.Select(p => causes.GetValueOrDefault(p.ExternalId)).OfType<string>().GroupBy(c => c).MaxBy(g => g.Count())?.Key is not { } cause) continue;
            if (!found.TryGetValue(cause, out var list)) found[cause] = list = [];
            list.Add(gap);
        }

        foreach (var list in found.Values) list.Sort((a, b) => b.Mentions - a.Mentions);
        return found;
    });

    private async Task Accept(IServiceProvider s, DemoCause cause, List<GapLine> proposals, ConversationId conversation, CancellationToken ct)
    {
        var gap = _gaps[cause.Id] = proposals[0].Id;
        if (cause.Stage != DemoStage.Proposed)
        {
            var decide = s.GetRequiredService<DecideProposal>();
            if (await decide.Accept(gap, Draft(cause), staff["DO"], ct) is not Deciding.Done) throw new DemoException($"The proposal of {cause.Id} could not be accepted.");
            foreach (var other in proposals.Skip(1)) await decide.Merge(other.Id, gap, staff["DO"], ct);
        }

        await Attach(s, cause, conversation, ct);
    }

    private GapDraft Draft(DemoCause cause) => new(cause.Attribute, DemoBrand.Promises.First(p => p.Key == cause.Promise).Text, cause.Experienced, Owner(cause), cause.Title,
        cause.Sku is { } sku ? catalog.Products[sku] : null, catalog.Promises[cause.Promise], Due: cause.FixedDay is { } day ? story.Now.AddDays(-day + 4) : story.Now.AddDays(12));

    private async Task Raise(IServiceProvider s, DemoCause cause, ConversationId conversation, CancellationToken ct)
    {
        var raising = await s.GetRequiredService<RaiseGap>().From(Draft(cause), conversation, staff["DO"], ct);
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
