using Hearth.Listening;
using Hearth.People;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.People;

/// <summary>Accounts on several networks, and what is done with the persons behind them.</summary>
internal static class Crowd
{
    public static readonly DateTimeOffset Noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public static Task<PersonId> Seen(this TestHouse house, string network, string id, string? handle = null, string? name = null, string? url = null) =>
        house.With<ResolvePeople, PersonId>(r => r.For(new SeenIdentity(network, id, handle, name, null, url, Noon), default));

    public static Task<PersonMerge> Merge(this TestHouse house, PersonId keep, PersonId other) => house.With<MergePersons, PersonMerge>(m => m.Together(keep, other, "Ada", default));

    public static Task<bool> Part(this TestHouse house, PersonId joined) => house.With<MergePersons, bool>(m => m.Part(joined, "Ada", default));

    public static async Task<PersonCard> Card(this TestHouse house, PersonId person) => (await house.With<ReadPeople, PersonCard?>(p => p.Of(person, default)))!;

    public static Task Look(this TestHouse house) => house.With<FindSamePersons>(f => f.Run(new LookForSamePersons(), default));

    public static async Task<IReadOnlyList<ProposalView>> Asked(this TestHouse house, ProposalState state = ProposalState.Open) =>
        (await house.In(s => s.GetRequiredService<ReadProposals>().List(state, null, 100, default)))!.Items;
}
