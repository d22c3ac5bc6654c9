using System.Globalization;

namespace Hearth.Listening.Queries;

/// <summary>Says how much a query would bring.</summary>
internal static class EstimatedVolume
{
    /// <summary>"about 24,800 a day, 97 % of what comes in".</summary>
    /// <param name="perDay">Mentions a day.</param>
    /// <param name="share">0 to 1.</param>
    public static string Sentence(double perDay, double share)
    {
        if (share == 0) return "nothing of what came in lately";
        var percent = share * 100;
        return string.Create(CultureInfo.InvariantCulture, $"about {Amount(perDay)}, {(percent < 1 ? "less than 1" : Math.Round(percent).ToString("0", CultureInfo.InvariantCulture))} % of what comes in");
    }

    // Three figures are all that a sample can tell.
    private static string Amount(double perDay)
    {
        if (perDay < 1) return perDay * 7 >= 1 ? $"{Math.Round(perDay * 7).ToString("0", CultureInfo.InvariantCulture)} a week" : "one in some weeks";
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(perDay)) - 2));
        return (Math.Round(perDay / unit) * unit).ToString("N0", CultureInfo.InvariantCulture) + " a day";
    }
}
