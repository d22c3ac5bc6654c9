using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.People;

public class ResolvePeopleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private static SeenIdentity Seen(string id, string? handle = null, string? name = null, DateTimeOffset? at = null, string network = "bluesky") =>
        new(network, id, handle ?? id + ".example", name, null, null, at ?? Noon);

    [Theory, EveryDatabase]
    public async Task The_same_account_is_always_the_same_person_and_another_is_another(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var first = await house.With<ResolvePeople, IReadOnlyList<PersonId>>(r => r.For([Seen("a"), Seen("b"), Seen("a"), Seen("a", network: "web")], default));
        var again = await house.With<ResolvePeople, PersonId>(r => r.For(Seen("a"), default));

        Assert.Equal([first[0], first[1], first[0], first[3]], first);
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first[0], again);
    }

    [Theory, EveryDatabase]
    public async Task Overlapping_batches_at_once_make_one_person_per_account(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(11);
        var batches = Enumerable.Range(0, 16).Select(_ => Enumerable.Range(0, 600).Select(_ => Seen("u" + random.Next(400))).ToList()).ToList();

        var answers = await Task.WhenAll(batches.Select(b => Task.Run(() => house.With<ResolvePeople, IReadOnlyList<PersonId>>(r => r.For(b, default)))));

        var byAccount = batches.SelectMany((b, i) => b.Select((s, j) => (s.ExternalId, Person: answers[i][j]))).Distinct().ToList();
        var accounts = batches.SelectMany(b => b).Select(s => s.ExternalId).Distinct().Count();
        Assert.Equal(accounts, byAccount.Count);
        await house.With<Database>(async db =>
        {
            Assert.Equal(accounts, await db.Set<Person>().CountAsync());
            Assert.Equal(accounts, await db.Set<Identity>().CountAsync());
        });
    }

    [Theory, EveryDatabase]
    public async Task A_person_made_in_work_that_is_given_up_was_never_made(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await s.GetRequiredService<ResolvePeople>().For(Seen("a"), default);
            await transaction.RollbackAsync();
        });

        Assert.Null(await house.With<ReadPeople, PersonId?>(p => p.Behind("bluesky", "a", default)));
    }

    [Theory, EveryDatabase]
    public async Task An_older_sight_widens_the_time_but_never_overwrites_the_newer_handle(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var person = await house.With<ResolvePeople, PersonId>(r => r.For(Seen("a", "new.example", "New"), default));

        await house.With<ResolvePeople, PersonId>(r => r.For(Seen("a", "old.example", "Old", Noon.AddDays(-3)), default));
        var card = await house.With<ReadPeople, PersonCard?>(p => p.Of(person, default));
        Assert.Equal(("New", "new.example"), (card!.Name, card.Handle));
        Assert.Equal((Noon.AddDays(-3), Noon), (card.FirstSeen, card.LastSeen));

        await house.With<ResolvePeople, PersonId>(r => r.For(Seen("a", "newest.example", null, Noon.AddDays(1)), default));
        card = await house.With<ReadPeople, PersonCard?>(p => p.Of(person, default));
        Assert.Equal(("New", "newest.example"), (card!.Name, card.Handle));
    }

    [Theory, EveryDatabase]
    public async Task A_name_of_ours_goes_before_the_accounts_own_until_it_is_taken_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var person = await house.With<ResolvePeople, PersonId>(r => r.For(Seen("a", "a.example", "Ann"), default));

        Assert.True(await house.With<RenamePerson, bool>(r => r.To(person, "Ann from Berlin", default)));
        Assert.Equal("Ann from Berlin", (await house.With<ReadPeople, PersonCard?>(p => p.Of(person, default)))!.Name);
        Assert.True(await house.With<RenamePerson, bool>(r => r.Handle("bluesky", "a", "ann.example", default)));
        Assert.True(await house.With<RenamePerson, bool>(r => r.To(person, " ", default)));
        var card = await house.With<ReadPeople, PersonCard?>(p => p.Of(person, default));
        Assert.Equal(("Ann", "ann.example"), (card!.Name, card.Handle));
        Assert.False(await house.With<RenamePerson, bool>(r => r.To(PersonId.New(), "Nobody", default)));
    }
}
