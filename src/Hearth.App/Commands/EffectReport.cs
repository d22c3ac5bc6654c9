using System.Globalization;
using System.Text.Json;
using Hearth.Operations.Effects;
using Hearth.Platform;
using Hearth.Statistics;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary>How an effect is told: a table and a sentence for people, one object for programs.</summary>
internal static class EffectReport
{
    /// <summary>Snake case.</summary>
    public static JsonSerializerOptions Snake { get; } = new(Json.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Print(SeriesTable table, string[] controls, EffectEstimate estimate, PlaceboTests? placebos) => Print(new
    {
        Average = Of(estimate.Average), Cumulative = Of(estimate.Cumulative), Relative = Of(estimate.Relative),
        estimate.P, estimate.Probability, Significant = estimate.Average.ExcludesZero,
        Controls = controls.Select((c, i) => new { Name = c, Inclusion = estimate.ControlInclusion[i] }),
        Verdict = estimate.Sentence,
        Placebos = placebos is null ? null : new
        {
            placebos.P, placebos.Alarms,
            Tests = placebos.Tests.Select(t => new { Control = t.Control is { } c ? controls[c] : null, From = table.Moments[t.From], Average = Of(t.Estimate.Average), t.Estimate.P }),
        },
        Points = estimate.Points.Select((p, i) => new { At = table.Moments[i], Observed = Known(p.Observed), Expected = Of(p.Expected), Effect = Of(p.Effect), Cumulative = Of(p.Cumulative) }),
    });

    public static void Print<T>(T value) => System.Console.WriteLine(JsonSerializer.Serialize(value, Snake));

    public static void Show(SeriesTable series, string[] controls, EffectEstimate estimate, PlaceboTests? placebos)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Effect", "Estimate", "From", "To");
        Row("average", estimate.Average, "0.##");
        Row("cumulative", estimate.Cumulative, "0.##");
        if (!double.IsNaN(estimate.Relative.Estimate)) Row("relative", estimate.Relative, "0.0%");
        HouseCommand.Answer.Write(table);
        Say(estimate.Sentence);
        for (var c = 0; c < controls.Length; c++) Say(string.Create(CultureInfo.InvariantCulture, $"Control {controls[c]} belongs in the model with probability {estimate.ControlInclusion[c]:0.00}."));
        Say(string.Create(CultureInfo.InvariantCulture, $"p = {estimate.P:0.####} (two-sided); probability of an effect in this direction {estimate.Probability:0.0%}."));
        if (placebos is not null) Show(series, controls, placebos);

        void Row(string name, Interval interval, string format) =>
            table.AddRow(name, Number(interval.Estimate, format), Number(interval.Low, format), Number(interval.High, format));
    }

    public static void Show(InterruptedEstimate estimate)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Break", "Estimate", "From", "To");
        foreach (var (name, interval) in (ReadOnlySpan<(string, Interval)>)[("level", estimate.Level), ("slope", estimate.Slope), ("average", estimate.Average), ("cumulative", estimate.Cumulative)])
            table.AddRow(name, Number(interval.Estimate, "0.##"), Number(interval.Low, "0.##"), Number(interval.High, "0.##"));
        HouseCommand.Answer.Write(table);
        Say(estimate.Sentence);
        Say($"Newey-West errors over {estimate.Lags} points.");
    }

    public static void Show(IReadOnlyList<CoverageOfWorld> worlds)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("World", "Interval holds the truth", "False alarms", "Effects found", "Mean width");
        foreach (var w in worlds) table.AddRow(w.World, Number(w.Covered, "0.0%"), Number(w.FalseAlarms, "0.0%"), Number(w.Found, "0.0%"), Number(w.Width, "0.00"));
        HouseCommand.Answer.Write(table);
        foreach (var w in worlds) Say($"{w.World}: {w.Says}.");
        Say(string.Create(CultureInfo.InvariantCulture, $"All together {worlds.Average(w => w.Covered):0.0%} of {worlds.Sum(w => w.Series):N0} series."));
    }

    private static void Show(SeriesTable series, string[] controls, PlaceboTests placebos)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Where there is no effect").AddColumns("Series", "From", "Average effect", "From", "To");
        foreach (var test in placebos.Tests)
            table.AddRow(test.Control is { } c ? Markup.Escape(controls[c]) : "outcome", Markup.Escape(series.Moments[test.From]), Number(test.Estimate.Average.Estimate, "0.##"), Number(test.Estimate.Average.Low, "0.##"), Number(test.Estimate.Average.High, "0.##"));
        HouseCommand.Answer.Write(table);
        Say(string.Create(CultureInfo.InvariantCulture, $"{placebos.Alarms} of {placebos.Tests.Count} placebo tests found an effect; ranked among them the change's has p = {placebos.P:0.##}."));
    }

    public static void Say(string line) => System.Console.WriteLine(line);

    public static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>For JSON, which knows no NaN: null where there is no value.</summary>
    public static object? Of(Interval interval) => double.IsNaN(interval.Estimate) ? null : new { interval.Estimate, interval.Low, interval.High };

    public static double? Known(double value) => double.IsNaN(value) ? null : value;
}
