namespace Hearth.Listening.Understanding.Models;

/// <summary>Which column of a file of labels holds what. In a file without a header (tab-separated) columns go by number, from 1.</summary>
/// <param name="Text">The post.</param>
/// <param name="Label">What people said it is; several are separated by | or ;.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Id">What names it: a row whose id came before is left out.</param>
/// <param name="Weight">How sure the label is, above 0 to 1; a row without one counts fully.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Group">What the rows are split by.</param>
public sealed record LabelColumns(string Text = "text", string Label = "label", string? Time = null, string? Id = null, string? Weight = null, string? Language = null, string? Group = null)
{
    /// <summary>Reads "text=body,label=sentiment,time=created,id=nr,weight=sure,lang=language".</summary>
    /// <exception cref="FormatException">A pair cannot be read; the message names it.</exception>
    public static LabelColumns Parse(string? map)
    {
        var columns = new LabelColumns();
        foreach (var pair in (map ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var field, { Length: > 0 } column]) throw new FormatException($"--map: '{pair}' is not FIELD=COLUMN.");
            columns = field switch
            {
                "text" => columns with { Text = column },
                "label" => columns with { Label = column },
                "time" or "at" => columns with { Time = column },
                "id" => columns with { Id = column },
                "weight" => columns with { Weight = column },
                "lang" => columns with { Language = column },
                _ => throw new FormatException($"--map: there is no field '{field}'; there are text, label, time, id, weight, lang."),
            };
        }

        return columns;
    }

    internal IReadOnlyCollection<string> Required => [.. new[] { Text, Label, Time, Id, Weight, Language, Group }.OfType<string>()];

    internal bool ByNumber => Required.All(c => int.TryParse(c, System.Globalization.CultureInfo.InvariantCulture, out var n) && n > 0);
}
