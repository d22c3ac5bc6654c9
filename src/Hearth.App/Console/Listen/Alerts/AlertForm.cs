using System.Globalization;
using Hearth.App.Shared;
using Hearth.Listening;
using Hearth.Listening.Alerts;
using Hearth.Platform;

namespace Hearth.App.Desk.Listen;

/// <summary>What the form of an alert sends: everything as typed, so that it can be shown again with what is wrong.</summary>
public sealed class AlertForm
{
    public string? Name { get; set; }

    public string? Kind { get; set; }

    public string? Query { get; set; }

    public string? Only { get; set; }

    public string? Threshold { get; set; }

    public string? Window { get; set; }

    public string? Hour { get; set; }

    public string? MostPerDay { get; set; }

    public string? QuietFrom { get; set; }

    public string? QuietTo { get; set; }

    public bool Urgent { get; set; }

    public string? TimeZone { get; set; }

    public string? Emails { get; set; }

    public string? Webhook { get; set; }

    public bool Paused { get; set; }

    public static AlertForm Of(AlertView? alert) => alert is null
        ? new() { Kind = "atOnce", Threshold = "50", Window = "60", Hour = "8", MostPerDay = "20", TimeZone = "UTC" }
        : new()
        {
            Name = alert.Name, Kind = new Word<AlertKind>(alert.Kind).ToString(), Query = alert.Query?.Value.ToString(), Only = alert.NegativeOnly ? "negative" : "", Threshold = Text(alert.Threshold ?? 50),
            Window = Text(alert.Window ?? 60), Hour = Text(alert.Hour ?? 8), MostPerDay = Text(alert.MostPerDay), QuietFrom = alert.QuietFrom, QuietTo = alert.QuietTo, Urgent = alert.Urgent,
            TimeZone = alert.TimeZone, Emails = string.Join('\n', alert.Emails), Webhook = alert.Webhook, Paused = alert.Paused,
        };

    /// <summary>What was typed, as a draft; what is no number is put among the errors.</summary>
    public AlertDraft Draft(FormErrors errors)
    {
        return new(
            Name, Word<AlertKind>.TryParse(Kind, out var kind) ? kind.Value : null, Guid.TryParse(Query, out var query) ? QueryId.From(query) : null, Only == "negative",
            Number("threshold", Threshold), Number("window", Window), Number("hour", Hour), Number("mostPerDay", MostPerDay), QuietFrom, QuietTo, Urgent,
            string.IsNullOrWhiteSpace(TimeZone) ? null : TimeZone.Trim(), Emails?.Split('\n'), Webhook, Paused);

        int? Number(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
            errors.Add(field, "must be a whole number");
            return null;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
