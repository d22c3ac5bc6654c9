using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Archive;
using Hearth.Platform;
using Hearth.Tests.Ideas.Merging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Archive;

/// <summary>Boards over two years at random: posted, voted on, moved, announced, archived, brought back.</summary>
public class ArchivePropertyTests
{
    private static readonly Actor[] People = [.. Enumerable.Range(0, 6).Select(i => IdeasHouse.Somebody($"Person {i}"))];
    private static readonly IdeaStatus[] Moves = [.. Enum.GetValues<IdeaStatus>().Where(s => s is not (IdeaStatus.Submitted or IdeaStatus.AlreadyOffered or IdeaStatus.Archived))];

    [Theory, EveryDatabase]
    public async Task Only_what_rested_for_six_months_and_was_announced_two_weeks_goes_to_the_archive_and_all_of_it_does(DatabaseKind kind)
    {
        foreach (var seed in new[] { 1, 2 })
        {
            await using var house = await TestHouse.Create(kind);
            var random = new Random(seed);
            var touched = new Dictionary<IdeaId, DateTimeOffset>();
            var announced = new Dictionary<IdeaId, DateTimeOffset>();
            var archived = 0;
            for (var step = 0; step < 60; step++)
            {
                house.Clock.Advance(TimeSpan.FromDays(random.Next(1, 25)));
                if (random.Next(3) == 0) touched[await house.Post($"Idea number {step}")] = house.Clock.GetUtcNow();
                if (touched.Count > 0 && random.Next(2) == 0)
                {
                    var idea = touched.Keys.ElementAt(random.Next(touched.Count));
                    var from = (await house.Read(idea)).Status;
                    if (await house.Move(idea, from, Moves[random.Next(Moves.Length)]) is MovedIdea.Stands)
                    {
                        touched[idea] = house.Clock.GetUtcNow();
                        announced.Remove(idea);
                    }
                }

                var (before, now) = (await States(house), house.Clock.GetUtcNow());
                await house.With<ArchiveIdeas, (int, int)>(a => a.Run(default));
                foreach (var (idea, (status, at)) in await States(house))
                {
                    var idle = touched[idea] < now.AddMonths(-6);
                    if (status == IdeaStatus.Archived && before[idea].Status != IdeaStatus.Archived)
                    {
                        archived++;
                        Assert.True(ArchiveIdeas.MayRest(before[idea].Status), $"seed {seed}, step {step}: {before[idea].Status} went to the archive");
                        Assert.True(announced[idea] + TimeSpan.FromDays(14) <= now, $"seed {seed}, step {step}: the notice was too short");
                        touched[idea] = now;
                        continue;
                    }

                    Assert.Equal(idle && ArchiveIdeas.MayRest(status), at is not null);
                    if (at is null) continue;
                    Assert.True(at > now, $"seed {seed}, step {step}: its time had come");
                    if (announced.TryAdd(idea, now)) Assert.Equal(now + TimeSpan.FromDays(14), at);
                }
            }

            Assert.True(archived > 3, $"seed {seed} archived {archived}: too few to mean anything");
        }
    }

    [Theory, EveryDatabase]
    public async Task An_idea_that_comes_back_has_everything_it_had(DatabaseKind kind)
    {
        foreach (var seed in new[] { 5, 6, 7 })
        {
            await using var house = await TestHouse.Create(kind);
            var random = new Random(seed);
            var ideas = new List<IdeaId>();
            for (var i = 0; i < 5; i++) ideas.Add(await house.Post($"Idea number {i}", by: People[i]));
            for (var i = 0; i < 40; i++)
            {
                house.Clock.Advance(TimeSpan.FromHours(random.Next(30)));
                await house.Vote(ideas[random.Next(5)], (Stance)random.Next(-1, 2), People[random.Next(People.Length)]);
                if (i % 5 == 0) await house.Say(ideas[random.Next(5)], by: People[random.Next(People.Length)]);
            }

            await house.Merge(ideas[0], ideas[1]);
            await house.Move(ideas[2], IdeaStatus.Submitted, IdeaStatus.Acknowledged);
            await house.Move(ideas[3], IdeaStatus.Submitted, IdeaStatus.NotPlanned);
            var before = await Snapshot(house);
            house.Clock.Advance(TimeSpan.FromDays(190));
            Assert.Equal((4, 0), await house.With<ArchiveIdeas, (int, int)>(a => a.Run(default)));
            house.Clock.Advance(TimeSpan.FromDays(14));
            Assert.Equal((0, 4), await house.With<ArchiveIdeas, (int, int)>(a => a.Run(default)));
            Assert.Empty(await house.List(new()));

            var back = ideas.Skip(1).ToArray();
            random.Shuffle(back);
            foreach (var idea in back)
            {
                Assert.IsType<MovedIdea.Stands>(await house.With<ReturnIdea, MovedIdea>(r => r.FromArchive(IdeasHouse.Staff(), idea, "Asked for again and again.", default)));
            }

            Assert.Equal(before, await Snapshot(house));
        }
    }

    private static Task<Dictionary<IdeaId, (IdeaStatus Status, DateTimeOffset? At)>> States(TestHouse house) => house.In(s =>
        s.GetRequiredService<Database>().Ideas.AsNoTracking().ToDictionaryAsync(i => i.Id, i => (i.Status, i.ArchiveAt)));

    private static async Task<string[]> Snapshot(TestHouse house)
    {
        var popular = (await house.List(new())).Select(l => $"{l.Id} {l.Status} {l.Points} {l.Promotions} {l.Demotions} {l.Comments} {l.Title}");
        var votes = await house.In(async s => (await s.GetRequiredService<Database>().IdeaVotes.AsNoTracking().ToListAsync())
            .Select(v => $"vote {v.Idea} {v.User} {v.Stance} {v.At:O} {v.CarriedFrom}").Order(StringComparer.Ordinal).ToArray());
        return [.. popular, .. votes];
    }
}
