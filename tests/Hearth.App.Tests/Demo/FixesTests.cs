using System.Globalization;
using Hearth.App.Demo;
using Hearth.Operations.Verification;

namespace Hearth.App.Tests.Demo;

/// <summary>Whether planted fixes that work are told from planted shams, from what people post alone.</summary>
public sealed class FixesTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 16, 20, 0, TimeSpan.Zero);

    /// <summary>How many stories are told; the figures in docs/accuracy.md are of 200.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("HEARTH_FIX_SEEDS") ?? "10", CultureInfo.InvariantCulture);

    [Fact]
    public void A_fix_that_works_is_verified_and_a_sham_is_opened_again()
    {
        var verdicts = new Dictionary<string, List<Verdict>>(StringComparer.Ordinal);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var series = new DemoTalkSeries(Now, seed);
            foreach (var cause in DemoCauses.All.Where(c => c.Stage is DemoStage.Verified or DemoStage.Reopened))
            {
                var judged = Judge(series, cause);
                (verdicts.TryGetValue(cause.Id, out var all) ? all : verdicts[cause.Id] = []).Add(judged.Verdict);
                if (seed == 1) output.WriteLine($"{cause.Id}: {series.Recall(cause)} counted; {judged.Sentence}");
            }
        }

        foreach (var (cause, all) in verdicts)
        {
            var right = all.Count(v => v == (DemoCauses.Of(cause).Works ? Verdict.Fell : Verdict.DidNotFall));
            output.WriteLine($"{cause} ({(DemoCauses.Of(cause).Works ? "works" : "sham")}): {right} of {all.Count} right; {string.Join(", ", all.GroupBy(v => v).Select(g => $"{g.Key} {g.Count()}"))}");

            // A sham that passes is worse than a fix that has to wait for more talk; docs/accuracy.md has the rates of 200 stories.
            Assert.InRange((double)right / all.Count, DemoCauses.Of(cause).Works ? 0.6 : 0.9, 1);
        }
    }

    private static Judgement Judge(DemoTalkSeries series, DemoCause cause)
    {
        var shipped = series.Days - (int)cause.FixedDay!.Value;
        var (critical, others) = series.Of(cause, shipped + 7 + 14);
        return JudgeTalk.Of(series.First, critical, others, shipped, 7, isLast: true);
    }
}
