using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Governance;

namespace Hearth.App.Demo;

/// <summary>Emberly's rules, written and tried like everybody's; they act on the last forty days of the story. And what its people can take.</summary>
internal static class LoadRules
{
    private static readonly RuleDraft[] Rules =
    [
        new("Safety first", new(RuleMoment.Arrives), new(Query: "burn* OR smoke OR fire OR \"carbon monoxide\" OR brennt OR Rauch"), new(Priority: ConversationPriority.Urgent, Labels: ["safety"])),
        new("Legal words to Legal", new(RuleMoment.Arrives), new(Query: "lawyer OR \"small claims\" OR sue OR Anwalt"), new(Department.Legal, Priority: ConversationPriority.Urgent, Stop: true)),
        new("Loud voices", new(RuleMoment.Arrives), new(MinFollowers: 5_000), new(Priority: ConversationPriority.Watch, Labels: ["reach"])),
    ];

    /// <summary>Written and not live yet: it waits to be looked at.</summary>
    private static readonly RuleDraft Waiting = new("Waited a day", new(RuleMoment.TimePasses, Minutes: 1_440), new(Assigned: false), new(Department.Care, Inside: true, Priority: ConversationPriority.Watch));

    private static readonly (string Initials, string[] Skills, string[] Languages, int Capacity)[] Takes =
        [("DO", ["warranty", "spare parts"], ["en", "de"], 25), ("IC", ["refunds", "delivery"], ["en", "es", "pt"], 15), ("TH", ["refunds", "warranty"], ["en"], 15)];

    public static Task Run(DemoHouse house, DateTimeOffset at, Actor by, CancellationToken ct) => house.In(at, async s =>
    {
        var (keep, trial) = (s.GetRequiredService<KeepRules>(), s.GetRequiredService<TryRules>());
        foreach (var rule in Rules)
        {
            if (await keep.Add(rule, by, ct) is not KeptRule.Done kept) throw new DemoException($"The rule {rule.Name} was refused.");
            await trial.Kept(kept.Number, ct);
            if (await keep.PutLive(kept.Number, kept.Version, ct) is not KeptRule.Done) throw new DemoException($"The rule {rule.Name} did not go live.");
        }

        return await keep.Add(Waiting, by, ct) is KeptRule.Done ? true : throw new DemoException($"The rule {Waiting.Name} was refused.");
    });

    public static Task People(DemoHouse house, DateTimeOffset at, IReadOnlyDictionary<string, Actor> staff, Actor by, CancellationToken ct) => house.In(at, async s =>
    {
        foreach (var (initials, skills, languages, capacity) in Takes)
        {
            if (staff.TryGetValue(initials, out var person)) await s.GetRequiredService<Agents>().Put(person.Id, new(skills, languages, capacity), by, ct);
        }

        return true;
    });
}
