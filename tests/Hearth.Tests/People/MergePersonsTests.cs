using Hearth.Conversations;
using Hearth.People;
using Hearth.People.Merging;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.People;

public class MergePersonsTests
{
    [Theory, EveryDatabase]
    public async Task Whatever_is_merged_and_parted_in_whatever_order_who_is_one_follows_from_the_merges_that_stand(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(20261122);
        var everybody = new List<PersonId>();
        for (var n = 0; n < 14; n++) everybody.Add(await house.Seen(n % 2 == 0 ? "bluesky" : "mastodon", "u" + n, "u" + n, "Person " + n));
        var standing = new Dictionary<PersonId, PersonId>(); // joined -> kept, as a naive reader would note them
        for (var step = 0; step < 120; step++)
        {
            if (random.Next(5) < 3)
            {
                var (a, b) = (everybody[random.Next(everybody.Count)], everybody[random.Next(everybody.Count)]);
                var outcome = await house.Merge(a, b);
                if (Top(a) == Top(b)) Assert.IsType<PersonMerge.AlreadyOne>(outcome);
                else standing[Top(b)] = Assert.IsType<PersonMerge.Done>(outcome) is { } done && done.Joined == Top(b) ? Top(a) : throw new InvalidOperationException("Another one joined.");
            }
            else
            {
                var one = everybody[random.Next(everybody.Count)];
                Assert.Equal(standing.Remove(one), await house.Part(one));
            }

            if (step % 10 != 9) continue;
            foreach (var person in everybody)
            {
                var card = await house.Card(person);
                var expected = everybody.Where(o => Top(o) == Top(person)).ToHashSet();
                Assert.Equal(Top(person), card.Id);
                Assert.True(expected.SetEquals(card.Persons));
                Assert.Equal(expected.Count, card.Identities.Count);
            }
        }

        foreach (var joined in standing.Keys.OrderBy(_ => random.Next()).ToList()) Assert.True(await house.Part(joined));
        foreach (var person in everybody) Assert.Equal((person, 1, 1), (await house.Card(person)) is var card ? (card.Id, card.Persons.Count, card.Identities.Count) : default);

        PersonId Top(PersonId person) => standing.TryGetValue(person, out var above) ? Top(above) : person;
    }

    [Theory, EveryDatabase]
    public async Task Merges_at_once_never_make_a_circle(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var everybody = new List<PersonId>();
        for (var n = 0; n < 8; n++) everybody.Add(await house.Seen("bluesky", "u" + n));

        await Task.WhenAll(Enumerable.Range(0, 24).Select(n => Task.Run(() => house.Merge(everybody[n % 8], everybody[(n * 3 + 1) % 8]))));

        var roots = await house.With<ReadPeople, IReadOnlyDictionary<PersonId, PersonId>>(p => p.Roots(everybody, default));
        foreach (var (_, root) in roots) Assert.Equal(root, roots[root]);
        var rows = await house.With<Database, List<Person>>(db => db.Set<Person>().AsNoTracking().ToListAsync());
        var below = rows.ToDictionary(r => r.Id, r => r.MergedInto);
        foreach (var one in everybody)
        {
            var (at, steps) = (one, 0);
            for (; below[at] is { } above; at = above) Assert.True(++steps < 8);
            Assert.Equal(at, roots[one]);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_conversation_goes_on_through_a_merge_and_its_undoing_and_is_found_by_either(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ann = await talk.Of(await talk.Says("ann", "The hinge broke", id: "a"));
        var anna = await talk.Of(await talk.Says("anna", "My hinge broke", id: "b"));
        var (one, two) = (ann.Person!.Id, anna.Person!.Id);

        await house.Merge(one, two);
        var more = await talk.Of(await talk.Says("anna", "Hello?", inThread: "b"));
        Assert.Equal(anna.Id, more.Id);
        Assert.Equal(2, (await talk.List(new(InboxView.All, Person: one))).Count);
        Assert.Equal(2, (await talk.List(new(InboxView.All, Person: two))).Count);
        Assert.Equal((2, 3), await house.With<ReadConversation, (int, int)>(r => r.With(one, default)));
        Assert.Equal(one, more.Person!.Id);

        Assert.True(await house.Part(two));
        var again = await talk.Of(await talk.Says("anna", "Anybody?", inThread: "b"));
        Assert.Equal((anna.Id, two), (again.Id, again.Person!.Id));
        Assert.Equal(ann.Id, Assert.Single(await talk.List(new(InboxView.All, Person: one))).Id);
        Assert.Equal(anna.Id, Assert.Single(await talk.List(new(InboxView.All, Person: two))).Id);
    }

    [Theory, EveryDatabase]
    public async Task Who_opted_out_while_they_were_one_stays_out_when_parted(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (a, b) = (await house.Seen("bluesky", "a"), await house.Seen("mastodon", "b"));
        await house.Merge(a, b);
        await house.With<OptOuts, bool>(o => o.Add(a, "Ada", default));
        Assert.NotNull(await house.With<OptOuts, OptOutView?>(o => o.Of(b, default)));

        await house.Part(b);
        Assert.Equal([a, b], (await house.With<OptOuts, IReadOnlySet<PersonId>>(o => o.Among([a, b], default))).Order(Comparer<PersonId>.Create((x, y) => x.Value.CompareTo(y.Value))));
    }
}
