using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Publishing;

namespace Hearth.App.Demo;

/// <summary>Emberly's policy of speaking, whom the council has certified, answers that wait for somebody else, and what waits for its first person.</summary>
internal sealed class LoadSpeaking(DemoHouse house, IReadOnlyDictionary<string, Actor> staff)
{
    private static readonly string[] Answers =
    [
        "You are right, this was our fault: the depot lost it. We refund the 129 € today and send a new one, free of charge.",
        "Thank you for telling us. We take this to our lawyers and come back to you by Friday.",
    ];

    /// <summary>So many conversations that were nobody's are the owner's.</summary>
    private const int Taken = 4;

    public Task Run(DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        var (owner, agents) = (staff.Values.First(a => a.Role == Role.Owner), staff.Values.Where(a => a.Role == Role.Agent).ToList());
        var policies = s.GetRequiredService<SpeakingPolicies>();
        var policy = await policies.Read(ct) with
        {
            Voices = [new("mastodon", "DE", null, "Emberly GmbH, Berlin: emberly.example/imprint")], Approvals = ReviewRules.Suggested with { NewAgentUntil = 0 },
        };
        if (await policies.Set(policy, owner, ct) is not PolicyChange.Done) throw new DemoException("The policy of speaking was refused.");
        foreach (var (agent, level, days) in agents.Zip([CertificationLevel.Product, CertificationLevel.Company], [180, 365]))
        {
            if (await s.GetRequiredService<Certifications>().Grant(owner, agent.Id, level, days, ct) is not Granting.Done) throw new DemoException($"{agent.Name} could not be certified.");
        }

        var open = (await s.GetRequiredService<ListConversations>().Of(new InboxFilter(InboxView.WaitingForUs), null, Answers.Length, ct))!.Items;
        foreach (var (row, text) in open.Zip(Answers))
        {
            var talk = (await s.GetRequiredService<ReadConversation>().Of(row.Id, ct))!;
            var reply = await s.GetRequiredService<ReplyToConversation>().With(row.Id, text, talk.Version, agents[0], null, ct);
            if (reply is not Reply.Held) throw new DemoException($"An answer did not wait: {reply}.");
        }

        var nobodys = (await s.GetRequiredService<ListConversations>().Of(new InboxFilter(InboxView.Unassigned), null, Taken, ct))!.Items;
        foreach (var row in nobodys) await s.GetRequiredService<AssignConversation>().To(row.Id, owner, null, owner, ct);

        return true;
    });
}
