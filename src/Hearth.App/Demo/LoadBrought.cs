using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Telling;
using Hearth.Operations.Changes;

namespace Hearth.App.Demo;

/// <summary>An idea that came in as a post: brought to the board with the votes of others who asked for it, carried out by a change, and told to everybody where they spoke.</summary>
internal sealed class LoadBrought(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private const int Voters = 6;

    private readonly IdeaId _idea = IdeaId.New();
    private ChangeId _change;

    public async Task Run(CancellationToken ct)
    {
        var talks = await house.In(story.Now.AddDays(-9), async s => (await s.GetRequiredService<ListConversations>().Of(new InboxFilter(InboxView.All), null, 500, ct))!.Items
            .Where(r => r.Person is not null && r.Preview.StartsWith("Is there a spare ", StringComparison.Ordinal)).DistinctBy(r => r.Person).Take(Voters + 1).ToList());
        if (talks.Count < 2) return;
        await house.In(story.Now.AddDays(-8), s => Bring(s, talks, ct));
        await house.In(story.Now.AddDays(-6), s => Plan(s, ct));
        await house.Settle(ct);
        await house.In(story.Now.AddDays(-1), s => Ship(s, ct));
        await house.Settle(ct);
        await house.In(story.Now.AddHours(-20), s => Tell(s, ct));
        for (var n = 0; n < Voters; n++) await house.In(story.Now.AddHours(-20).AddMinutes(n), async s => { await s.GetRequiredService<TellOfIdeasRun>().Run(new(), ct); return true; });
    }

    private async Task<bool> Bring(IServiceProvider s, List<InboxRow> talks, CancellationToken ct)
    {
        var draft = new IdeaDraft("Sell the small parts one by one", "A strap, a burner head, a battery: I would mend mine rather than buy another one.", "repair");
        var raised = await s.GetRequiredService<RaiseIdea>().From(talks[0].Id, _idea, draft, staff["IC"], ct);
        if (raised is not FromPost.Raised) throw new DemoException($"The post of {talks[0].Name} could not be raised: {raised}.");
        foreach (var talk in talks[1..])
        {
            if (await s.GetRequiredService<ReadConversation>().LastMention(talk.Id, ct) is { } mention) await s.GetRequiredService<VoteForCustomer>().With(_idea, mention, Stance.Promote, staff["IC"], ct);
        }

        return true;
    }

    private async Task<bool> Plan(IServiceProvider s, CancellationToken ct)
    {
        var draft = new ChangeDraft("Spare parts in the shop", ChangeKind.ServicePolicy, "Forty small parts, each with a drawing and a price", "People mend rather than throw away", Department.Operations, PlannedFor: story.Now.AddDays(-1));
        var planned = await s.GetRequiredService<PlanChange>().Run(draft, [], [_idea.Value], staff["JW"], ct);
        _change = planned is Changing.Done done ? done.Change : throw new DemoException($"The change for the parts was refused: {planned}.");
        return true;
    }

    private async Task<bool> Ship(IServiceProvider s, CancellationToken ct) =>
        await s.GetRequiredService<ShipChange>().Run(_change, null, staff["JW"], ct) is Changing.Done ? true : throw new DemoException("The change for the parts could not be shipped.");

    private async Task<bool> Tell(IServiceProvider s, CancellationToken ct)
    {
        foreach (var news in (await s.GetRequiredService<ReadNews>().Of(_idea, ct)).Reverse())
        {
            await s.GetRequiredService<SpreadIdeaNewsRun>().Run(new(news.Id), ct);
        }

        var latest = (await s.GetRequiredService<ReadNews>().Of(_idea, ct))[0];
        await s.GetRequiredService<NewsWords>().Approve(latest.Id, latest.Words, "https://emberly.example", staff["PR"], ct);
        return true;
    }
}
