using System.Globalization;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Likeness;
using Hearth.Ideas.Likeness.Ranking;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Ideas.Likeness.Ranking;

public class RankersTests
{
    private const int Pairs = 130;

    [Theory, EveryDatabase]
    public async Task A_board_learns_from_its_merges_what_comes_first_and_uses_it_only_when_held_out_merges_say_so(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Fill(house);
        Assert.Equal(Pairs, (await house.With<LikenessRankers, SaidCount>(r => r.Said(default))).Merges);

        await house.With<LearnLikenessRun>(r => r.Run(new(), default));
        var ranker = Assert.Single(await house.With<LikenessRankers, IReadOnlyList<RankerView>>(r => r.All(default)));
        Assert.Equal((1, RankerState.Current), (ranker.Version, ranker.State));
        Assert.InRange(ranker.HeldOut, 20, Pairs);
        Assert.True(ranker.Map > ranker.Before + 0.1, $"{ranker.Map} against {ranker.Before}");

        // A title that no merge holds: its number decides, as it did in the merges.
        Assert.Equal($"Sew in compartment {Number(Pairs)}", (await house.Like(Asked(Pairs)))[0].Title);

        // Nothing more was said: nothing is learned again.
        await house.With<LearnLikenessRun>(r => r.Run(new(), default));
        Assert.Single(await house.With<LikenessRankers, IReadOnlyList<RankerView>>(r => r.All(default)));

        // Learned again from the same it is no better than itself, is kept, and is not used.
        var again = Assert.IsType<RankerLearned.Kept>(await house.With<LikenessRankers, RankerLearned>(r => r.Learn("Priya Nair", default))).Ranker;
        Assert.Equal((2, RankerState.Refused), (again.Version, again.State));
    }

    [Theory, EveryDatabase]
    public async Task Going_back_to_the_first_day_or_to_a_former_version_is_one_step(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Fill(house);
        var before = await house.Like(Asked(Pairs));
        Assert.IsType<RankerLearned.Kept>(await house.With<LikenessRankers, RankerLearned>(r => r.Learn("Priya Nair", default)));
        var after = await house.Like(Asked(Pairs));
        Assert.NotEqual(before[0].Id, after[0].Id);

        Assert.True(await house.With<LikenessRankers, bool>(r => r.Use(null, IdeasHouse.Staff(), default)));
        Assert.Equal(before, await house.Like(Asked(Pairs)));
        Assert.True(await house.With<LikenessRankers, bool>(r => r.Use(1, IdeasHouse.Staff(), default)));
        Assert.Equal(after, await house.Like(Asked(Pairs)));
        Assert.False(await house.With<LikenessRankers, bool>(r => r.Use(7, IdeasHouse.Staff(), default)));
        Assert.Equal(1, await house.With<Database, int>(db => db.IdeaRankers.CountAsync(r => r.State == RankerState.Current)));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_learned_from_less_than_a_hundred_merges_and_choices(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Post("A lid that locks");
        Assert.Equal(new(0, 0, 0), Assert.IsType<RankerLearned.TooLittle>(await house.With<LikenessRankers, RankerLearned>(r => r.Learn("Priya Nair", default))).Said);
        await house.With<LearnLikenessRun>(r => r.Run(new(), default));
        Assert.Empty(await house.With<LikenessRankers, IReadOnlyList<RankerView>>(r => r.All(default)));
    }

    // Each wish stands twice, with one number but in other words, beside a title that shares its rare words and not the number.
    private static async Task Fill(TestHouse house)
    {
        var author = UserId.New();
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        string[] titles = [.. Enumerable.Range(0, Pairs + 1).SelectMany(i => (string[])[Asked(i), $"Sew in compartment {Number(i)}", $"{Word(2 * i)} {Word(2 * i + 1)} as a pattern"])];
        var ideas = titles.Select((t, n) => new Idea { Id = IdeaId.New(), Title = t, Body = "As it says.", Category = "general", Author = author, AuthorName = "Ana Fox", At = at.AddMinutes(n) })
            .Where(i => i.Title != Asked(Pairs)).ToList();
        await house.With<Database>(async db =>
        {
            await db.InsertAll(ideas, default);
            for (var i = 0; i < Pairs; i++)
            {
                var (idea, into) = (ideas[3 * i].Id, ideas[3 * i + 1].Id);
                db.Add(new IdeaMerge { Idea = idea, Into = into, Reason = "Both ask for the same pocket.", By = author, ByName = "Priya Nair", Department = null, At = at });
                await db.Ideas.Where(x => x.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(x => x.Standing, IdeaStanding.Merged).SetProperty(x => x.MergedInto, into));
            }

            await db.SaveChangesAsync();
        });
        await house.With<IndexIdeas, int>(i => i.Missing(default));
    }

    private static string Asked(int i) => $"{Word(2 * i)} {Word(2 * i + 1)} {Number(i)}";

    private static string Number(int i) => (100 + i * 7).ToString(CultureInfo.InvariantCulture);

    private static string Word(int i)
    {
        const string Consonants = "bdfgklmnprtvz", Vowels = "aeiou";
        var word = "";
        for (var left = (i + 50) * 7919L; left > 0; left /= 65) word += $"{Consonants[(int)(left % 65 / 5)]}{Vowels[(int)(left % 5)]}";
        return word;
    }
}
