using System.Globalization;
using Hearth.Ideas.Storms;

namespace Hearth.App.Public.Ideas.Storms;

/// <summary>How storms are spoken of.</summary>
internal static class StormWords
{
    public static string Of(StormStage stage) => stage switch { StormStage.Coming => "Coming", StormStage.Open => "Open", StormStage.Over => "Over", _ => "Summed up" };

    public static string Tone(StormStage stage) => stage switch { StormStage.Open => "accent", StormStage.SummedUp => "good", StormStage.Coming => "info", _ => "neutral" };

    /// <summary>"open until 12 Nov 2026 09:00 UTC".</summary>
    public static string Span(StormLine storm) => storm.Stage switch
    {
        StormStage.Coming => $"opens {Moment(storm.OpensAt)}",
        StormStage.Open => $"open until {Moment(storm.ClosesAt)}",
        _ => $"{Shared.Words.Day(storm.OpensAt)} to {Shared.Words.Day(storm.ClosesAt)}",
    };

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
