using Hearth.Conversations.Kpis;

namespace Hearth.Tests.Conversations.Kpis;

public class BacklogsTests
{
    /// <summary>Against the definition: a list of those open at each moment, sorted by age.</summary>
    [Fact]
    public void At_each_moment_it_counts_who_is_open_and_how_old_they_are()
    {
        var random = new Random(3);
        for (var draw = 0; draw < 300; draw++)
        {
            var spans = Enumerable.Range(0, random.Next(40)).Select(_ => (long)random.Next(60)).Select(since => (since, random.Next(4) == 0 ? long.MaxValue : since + random.Next(30))).ToList();
            var moments = Enumerable.Range(0, 12).Select(_ => (long)random.Next(80)).Order().ToList();
            var backlogs = new Backlogs([.. spans]);
            foreach (var moment in moments)
            {
                var ages = spans.Where(s => s.since < moment && s.Item2 >= moment).Select(s => moment - s.since).ToList();
                Assert.Equal(Spread.Of(ages), backlogs.At(moment));
            }
        }
    }
}
