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

    public static void Print(SeriesTable table, string[] controls, EffectEstimate estimate) => Print(new
    {
        Average = Of(estimate.Average), Cumulative = Of(estimate.Cumulative), Relative = Of(estimate.Relative),
        estimate.P, estimate.Probability, Significant = estimate.Average.ExcludesZero,
        Controls = controls.Select((c, i) => new { Name = c, Inclusion = estimate.ControlInclusion[i] }),
        Verdict = estimate.Sentence,
        Points = estimate.Points.Select((p, i) => new { At = table.Moments[i], Observed = Known(p.Observed), Expected = Of(p.Expected), Effect = Of(p.Effect), Cumulative = Of(p.Cumulative) }),
    });

    public static void Print<T>(T value) => System.Console.WriteLine(JsonSerializer.Serialize(value, Snake));

    public static void Show(string[] controls, EffectEstimate estimate)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Effect", "Estimate", "From", "To");
        Row("average", estimate.Average, "0.##");
        Row("cumulative", estimate.Cumulative, "0.##");
        if (!double.IsNaN(estimate.Relative.Estimate)) Row("relative", estimate.Relative, "0.0%");
        HouseCommand.Answer.Write(table);
        Say(estimate.Sentence);
        for (var c = 0; c < controls.Length; c++) Say(string.Create(CultureInfo.InvariantCulture, $"Control {controls[c]} belongs in the model with probability {estimate.ControlInclusion[c]:0.00}."));
        Say(string.Create(CultureInfo.InvariantCulture, $"p = {estimate.P:0.####} (two-sided); probability of an effect in this direction {estimate.Probability:0.0%}."));

        void Row(string name, Interval interval, string format) =>
            table.AddRow(name, Number(interval.Estimate, format), Number(interval.Low, format), Number(interval.High, format));
    }

    public static void Say(string line) => System.Console.WriteLine(line);

    public static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>For JSON, which knows no NaN: null where there is no value.</summary>
    public static object? Of(Interval interval) => double.IsNaN(interval.Estimate) ? null : new { interval.Estimate, interval.Low, interval.High };

    public static double? Known(double value) => double.IsNaN(value) ? null : value;
}
