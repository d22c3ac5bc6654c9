using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Operations.Delight;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.People.Merging;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Hearth.Tests.Ideas;
using Hearth.Tests.Outlet;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.People;

/// <summary>What follows from who is one, in every room, against a reader that notes each step and works it out anew.</summary>
public class MergeEverywhereTests
{
    private const int Persons = 8;

    [Theory, EveryDatabase]
    public async Task Blocks_opt_outs_consents_votes_surprises_and_conversations_follow_every_merge_and_its_undoing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(4711);
        var world = await World.In(house, random);
        for (var step = 0; step < 90; step++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.Step(random);
            if (step % 9 == 8) await world.Check();
        }

        await world.PartAll(random);
        await world.Check();
    }

    private sealed class World(TestHouse house, Talk talk, List<PersonId> everybody, List<IdeaId> ideas, DelightId program)
    {
        private readonly Dictionary<PersonId, PersonId> _standing = [];
        private readonly HashSet<PersonId> _blocked = [];
        private readonly HashSet<PersonId> _out = [];
        private readonly Dictionary<PersonId, bool> _agreed = [];
        private readonly HashSet<PersonId> _surprised = [];
        private readonly Dictionary<(IdeaId, PersonId), (Stance Stance, int Turn)> _votes = [];

        public static async Task<World> In(TestHouse house, Random random)
        {
            var talk = await Talk.In(house);
            var everybody = new List<PersonId>();
            for (var n = 0; n < Persons; n++) everybody.Add((await talk.Of(await talk.Says("person" + n, "My flask leaks"))).Person!.Id);
            var ideas = new List<IdeaId>();
            for (var n = 0; n < 3; n++) ideas.Add(await house.Post($"A lid, number {n}"));
            var world = new World(house, talk, everybody, ideas, await Program(house));
            foreach (var person in everybody)
            {
                var account = (await house.With<PersonAccounts, PersonAccount?>(a => a.For(person, default)))!.Actor;
                foreach (var idea in ideas.Where(_ => random.Next(3) > 0))
                {
                    var stance = random.Next(3) == 0 ? Stance.Demote : Stance.Promote;
                    house.Clock.Advance(TimeSpan.FromSeconds(1));
                    Assert.IsType<VoteCast.Stands>(await house.Vote(idea, stance, account));
                    world._votes[(idea, person)] = (stance, world._votes.Count);
                }
            }

            return world;
        }

        public async Task Step(Random random)
        {
            var (a, b) = (everybody[random.Next(Persons)], everybody[random.Next(Persons)]);
            switch (random.Next(12))
            {
                case < 4:
                    if (await house.Merge(a, b) is PersonMerge.Done) _standing[Top(b)] = Top(a);
                    break;
                case < 7:
                    Assert.Equal(_standing.Remove(a), await house.Part(a));
                    break;
                case 7:
                    if (random.Next(3) > 0)
                    {
                        await house.With<BlockPerson, bool>(p => p.Block(a, Talk.Ada, default));
                        _blocked.Add(a);
                    }
                    else
                    {
                        await house.With<BlockPerson>(p => p.Unblock(a, Talk.Ada, default));
                        _blocked.ExceptWith(Group(a));
                    }

                    break;
                case 8:
                    if (random.Next(3) > 0)
                    {
                        await house.With<OptOuts, bool>(o => o.Add(a, "Ada", default));
                        _out.UnionWith(Group(a));
                    }
                    else
                    {
                        await house.With<OptOuts>(o => o.Remove(a, default));
                        _out.ExceptWith(Group(a));
                    }

                    break;
                case < 11:
                    var yes = random.Next(2) == 0;
                    Assert.IsType<ConsentNoted.Done>(await house.With<Consents, ConsentNoted>(c => c.Note(a, new(ConsentPurpose.Marketing, "any", yes, ConsentHow.Form, "I agree", "form 1"), "Ada", default)));
                    foreach (var one in yes ? [a] : Group(a)) _agreed[one] = yes;
                    break;
                default:
                    var chosen = await house.With<ChooseForDelight, Choosing>(c => c.For(program, a, Talk.Ada, default));
                    if (Group(a).Exists(_out.Contains)) Assert.Equal(Choosing.OptedOut, chosen);
                    else if (Group(a).Exists(_surprised.Contains)) Assert.Equal(Choosing.ChosenBefore, chosen);
                    else Assert.Contains(chosen, new[] { Choosing.Chosen, Choosing.HeldOut }); // chance decides
                    if (chosen is Choosing.Chosen or Choosing.HeldOut) _surprised.Add(a);
                    break;
            }
        }

        public async Task Check()
        {
            await house.Settle();
            foreach (var person in everybody)
            {
                var group = Group(person);
                Assert.Equal(group.Exists(_blocked.Contains), await house.With<BlockPerson, BlockView?>(b => b.Of(person, default)) is not null);
                Assert.Equal(group.Exists(_out.Contains), await house.With<OptOuts, OptOutView?>(o => o.Of(person, default)) is not null);
                var may = !group.Exists(_out.Contains) && !group.Exists(p => _agreed.TryGetValue(p, out var yes) && !yes) && group.Exists(p => _agreed.GetValueOrDefault(p));
                Assert.Equal(may, await house.With<Consents, bool>(c => c.May(person, ConsentPurpose.Marketing, "email", default)));
                Assert.Equal(group.Count, (await talk.List(new(InboxView.All, Person: person))).Count);
            }

            foreach (var idea in ideas)
            {
                var cast = _votes.Where(v => v.Key.Item1 == idea).Select(v => (Human: Top(v.Key.Item2), v.Value.Stance, v.Value.Turn)).ToList();
                var counts = cast.GroupBy(v => v.Human).Select(g => g.MinBy(v => v.Turn).Stance).ToList();
                var row = await house.With<Database, Idea>(db => db.Set<Idea>().AsNoTracking().SingleAsync(i => i.Id == idea));
                Assert.Equal((counts.Count(s => s == Stance.Promote), counts.Count(s => s == Stance.Demote), cast.Count - counts.Count), (row.Promotions, row.Demotions, row.Held));
            }
        }

        public async Task PartAll(Random random)
        {
            foreach (var joined in _standing.Keys.OrderBy(_ => random.Next()).ToList()) Assert.True(await house.Part(joined));
            _standing.Clear();
        }

        private List<PersonId> Group(PersonId person) => everybody.FindAll(o => Top(o) == Top(person));

        private PersonId Top(PersonId person) => _standing.TryGetValue(person, out var above) ? Top(above) : person;

        private static async Task<DelightId> Program(TestHouse house)
        {
            var draft = new DelightDraft("A card", Gesture.Note, "A hand-written card", Department.Care, OutletHouse.Eur(10_000_00), OutletHouse.Eur(2_00), PerDay: 1_000);
            return Assert.IsType<DelightStart.Done>(await house.With<StartDelight, DelightStart>(s => s.With(draft, Lead, default))).Program;
        }

        private static readonly Actor Lead = new(UserId.New(), "Lee Ong", "LO", Department.Care, Role.Lead);
    }
}
