using System.Globalization;

namespace Hearth.Bench;

/// <summary>Rows as docs/performance.md shows them.</summary>
internal static class Table
{
    public static void Head(string what) => Console.WriteLine($"| {what} | ours, a second | bound, a second | ratio |\n| --- | --- | --- | --- |");

    public static void Row(string name, double ours, double bound) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ours:N0} | {bound:N0} | {ours / bound:0.000} |"));

    /// <summary>The middle one of an odd number of measurements.</summary>
    public static double Median(IEnumerable<double> values) => values.Order().ToArray() is var v ? v[v.Length / 2] : 0;
}
