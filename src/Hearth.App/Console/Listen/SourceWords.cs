using System.Globalization;
using Hearth.Listening;

namespace Hearth.App.Desk.Listen;

/// <summary>How sources are spoken of.</summary>
internal static class SourceWords
{
    /// <summary>"not yet", "12 a minute", "0.4 a minute".</summary>
    public static string Rate(SourceView source) => source.ItemsPerMinute switch
    {
        0 => "–",
        < 10 => source.ItemsPerMinute.ToString("0.#", CultureInfo.InvariantCulture),
        _ => source.ItemsPerMinute.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>How far behind: "0.4 s", "12 s", "3 min", "5 h".</summary>
    public static string Lag(double seconds) => seconds switch
    {
        < 10 => seconds.ToString("0.0' s'", CultureInfo.InvariantCulture),
        < 120 => seconds.ToString("0' s'", CultureInfo.InvariantCulture),
        < 7_200 => (seconds / 60).ToString("0' min'", CultureInfo.InvariantCulture),
        _ => (seconds / 3_600).ToString("N0", CultureInfo.InvariantCulture) + " h",
    };

    public static (string Tone, string Word) State(SourceView source) => source switch
    {
        { State: SourceState.Paused } => ("neutral", "Paused"),
        { Kind: Sources.File } => ("neutral", "Import"),
        { LastError: not null, Failures: 0 } => ("warn", "Waiting"),
        { LastError: not null } => ("bad", "Failing"),
        { IsStream: true, IsReading: true } => ("good", "Open"),
        { IsStream: true } => ("warn", "Connecting"),
        _ => ("good", "Working"),
    };

    /// <summary>What a setting of a kind is called, with what stands in it; the account's handle in place of its id.</summary>
    public static string? About(SourceView source, IReadOnlyDictionary<string, string> accounts)
    {
        foreach (var name in (string[])["url", "address", "server", "account"])
        {
            if (source.Settings.GetValueOrDefault(name) is { Length: > 0 } value) return accounts.GetValueOrDefault(value) ?? value;
        }

        return null;
    }

    /// <summary>The settings of a form: fields named "set.NAME".</summary>
    public static Dictionary<string, string> Settings(SourceKind kind, IFormCollection form) => kind.Fields.Select(f => f.Name).Append(SourceSettings.Keep)
        .Where(n => form.ContainsKey("set." + n)).ToDictionary(n => n, n => form["set." + n].ToString().ReplaceLineEndings("\n").Trim(), StringComparer.Ordinal);
}
