using System.Globalization;
using Hearth.App.Shared;
using Hearth.Listening.Alerts;

namespace Hearth.App.Desk.Listen;

/// <summary>Alerts in words.</summary>
internal static class AlertWords
{
    public static IReadOnlyList<(string Value, string Text)> Kinds { get; } =
    [
        ("atOnce", "of each new mention, at once"), ("hourly", "of new mentions, every hour"), ("daily", "of new mentions, once a day"), ("volume", "of more mentions than a number"), ("spike", "of a wave: far more than usual"), ("sourceTrouble", "when a source fails"),
    ];

    public static string When(AlertView alert)
    {
        var what = alert.NegativeOnly ? "negative mention" : "mention";
        return alert.Kind switch
        {
            AlertKind.AtOnce => $"each new {what}",
            AlertKind.Hourly => $"new {what}s, every hour",
            AlertKind.Daily => string.Create(CultureInfo.InvariantCulture, $"new {what}s, at {alert.Hour:00}:00 ({alert.TimeZone})"),
            AlertKind.Volume => string.Create(CultureInfo.InvariantCulture, $"{alert.Threshold:N0} {what}s within {(alert.Window % 60 == 0 ? Words.Count(alert.Window!.Value / 60, "hour") : Words.Count(alert.Window!.Value, "minute"))}"),
            AlertKind.Spike => $"far more {what}s than usual",
            _ => "a source fails, or works again",
        };
    }

    public static string Whom(AlertView alert) =>
        string.Join(", ", [.. alert.Emails, .. alert.Webhook is { } hook ? new[] { "webhook at " + new Uri(hook).Authority } : []]) is { Length: > 0 } whom ? whom : "this page";
}
