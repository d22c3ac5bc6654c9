using Hearth.App.Demo;
using Hearth.Platform;

namespace Hearth.App.Tests.Demo;

public sealed class DemoStoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 16, 20, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_moment_and_seed_tell_the_same_story()
    {
        var (one, two) = (new DemoStory(Now), new DemoStory(Now));
        Assert.Equal(one.History, two.History);
        Assert.Equal((one.Truth.Direct, one.Truth.Halo, one.Truth.Unattributed, one.Truth.Votes), (two.Truth.Direct, two.Truth.Halo, two.Truth.Unattributed, two.Truth.Votes));
        Assert.NotEqual(one.History, new DemoStory(Now, seed: 5).History);
    }

    [Fact]
    public void Nothing_happens_after_now_and_no_two_posts_of_a_day_read_alike()
    {
        var story = new DemoStory(Now);
        Assert.All(story.History, p => Assert.True(p.At < Now));
        Assert.All(story.Talks.SelectMany(t => t.Steps), s => Assert.True(s.At < Now));
        Assert.All(story.Shop.All.Where(j => j.Order is not null), j => Assert.True(j.Order!.At < Now));
        Assert.All(story.Ideas.Votes, v => Assert.True(v.At < Now));
        Assert.InRange(story.History.Select(p => p.Text).Distinct(StringComparer.Ordinal).Count(), story.History.Count * 0.85, story.History.Count);
        Assert.DoesNotContain(story.History, p => p.Text.AsSpan().ContainsAny("{}[]|"));
    }

    [Fact]
    public void A_cause_is_not_spoken_of_before_it_began_and_hardly_after_it_was_fixed()
    {
        var story = new DemoStory(Now);
        foreach (var cause in DemoCauses.All)
        {
            var posts = story.History.Where(p => p.Cause == cause.Id).Select(p => (Now - p.At).TotalDays).ToArray();
            Assert.NotEmpty(posts);
            Assert.All(posts, ago => Assert.True(ago < cause.StartDay + 1));
            if (cause is not { FixedDay: { } shipped, Works: true }) continue;
            var settled = shipped - 3 * cause.LagDays;
            if (settled > 2) Assert.InRange(posts.Count(ago => ago < settled) / settled, 0, cause.PerDay / 3);
        }
    }

    [Fact]
    public void Every_unit_and_every_cent_of_an_offer_is_accounted_for()
    {
        var story = new DemoStory(Now);
        foreach (var earned in story.Truth.Earned)
        {
            var offer = DemoOffers.All.Single(o => o.Key == earned.Offer);
            Assert.InRange(earned.Claims, 1, offer.Units);
            if (offer.Fate == DemoFate.SellsOut) Assert.Equal(offer.Units, earned.Claims);
            Assert.True(earned.Clicks >= offer.Visitors);
        }

        var paid = story.Shop.All.Where(j => j.Order is not null).SelectMany(j => j.Order!.Lines).Sum(l => l.Amount.Minor)
            - story.Shop.All.Sum(j => j.Order?.Refund?.Amount.Minor ?? 0);
        Assert.Equal(paid, (story.Truth.Direct + story.Truth.Halo + story.Truth.Unattributed).Minor);
        Assert.True(story.Truth.Direct > Money.Zero("EUR") && story.Truth.Halo > Money.Zero("EUR") && story.Truth.Unattributed > Money.Zero("EUR"));
    }

    [Theory]
    [InlineData("[a|]b", "Ab", "B")]
    [InlineData("x {who}", "X you", "X me")]
    [InlineData("[one [two|three]|four] .", "One two.", "One three.", "Four.")]
    [InlineData("{slot} is  here !", "S is here!")]
    public void The_grammar_says_what_it_can_and_nothing_else(string template, params string[] sayings)
    {
        var phrases = new Phrases(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["t"] = [template], ["who"] = ["you", "me"] }, new Random(1));
        var said = Enumerable.Range(0, 60).Select(_ => phrases.Say("t", ("slot", "s"))).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(sayings.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }
}
