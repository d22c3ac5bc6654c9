using System.Globalization;
using Hearth.Operations.Effects;
using Hearth.Statistics;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary>How the effect on units of a panel is told.</summary>
internal static class PanelReport
{
    public static void Print(PanelTable panel, string[] donors, SyntheticEstimate estimate) => EffectReport.Print(new
    {
        Average = Finite(estimate.Average), Cumulative = Finite(estimate.Cumulative), Relative = Finite(estimate.Relative),
        estimate.P, estimate.Level, estimate.Fit, Ratio = Known(estimate.Ratio),
        Donors = donors.Select((d, i) => new { Name = d, Weight = estimate.Weights[i], Ratio = Known(estimate.Placebos[i]) }),
        Verdict = estimate.Sentence,
        Points = estimate.Points.Select((p, i) => new { At = panel.Moments[i], p.Observed, p.Expected }),
    });

    public static void Show(string[] donors, SyntheticEstimate estimate, double level)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Effect", "Estimate", "From", "To");
        Row("average", estimate.Average, "0.##");
        Row("cumulative", estimate.Cumulative, "0.##");
        if (double.IsFinite(estimate.Relative.Estimate)) Row("relative", estimate.Relative, "0.0%");
        HouseCommand.Answer.Write(table);
        EffectReport.Say(estimate.Sentence);
        EffectReport.Say(string.Create(CultureInfo.InvariantCulture, $"The intervals hold the truth with {estimate.Level:0.#%} confidence{(estimate.Level < level ? $": {donors.Length} untreated units allow no more" : "")}."));
        EffectReport.Say("The mix: " + string.Join(", ", donors.Select((d, i) => (d, Weight: estimate.Weights[i])).Where(d => d.Weight >= 0.0005).OrderByDescending(d => d.Weight)
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.d} {d.Weight:0.0%}"))) + ".");

        void Row(string name, Interval interval, string format) =>
            table.AddRow(name, EffectReport.Number(interval.Estimate, format), EffectReport.Number(interval.Low, format), EffectReport.Number(interval.High, format));
    }

    // Where there is nothing to compare with, the ends lie infinitely far: JSON has no such number.
    private static object? Finite(Interval interval) => double.IsFinite(interval.Estimate)
        ? new { interval.Estimate, Low = Known(interval.Low), High = Known(interval.High) }
        : null;

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
