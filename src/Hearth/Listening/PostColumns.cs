namespace Hearth.Listening;

/// <summary>Which column holds what; <see cref="Text"/> and <see cref="At"/> must be there.</summary>
/// <param name="Text">The post itself.</param>
/// <param name="At">When it was written.</param>
/// <param name="Id">What names it; without one the same author, time and text are the same post.</param>
/// <param name="Author">Its author's handle.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="ParentId">Id of the post it answers.</param>
/// <param name="RootId">Id of its thread's first post.</param>
public sealed record PostColumns(
    string Text = "text", string At = "at", string? Id = null, string? Author = null, string? Language = null, string? Url = null, string? ParentId = null, string? RootId = null)
{
    /// <summary>Reads "text=body,author=name,at=created,id=nr,lang=..,url=..,parent=..,root=..".</summary>
    /// <exception cref="FormatException">A pair cannot be read; the message names it.</exception>
    public static PostColumns Parse(string? map)
    {
        var columns = new PostColumns();
        foreach (var pair in (map ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var field, { Length: > 0 } column]) throw new FormatException($"--map: '{pair}' is not FIELD=COLUMN.");
            columns = field switch
            {
                "text" => columns with { Text = column },
                "at" => columns with { At = column },
                "id" => columns with { Id = column },
                "author" => columns with { Author = column },
                "lang" => columns with { Language = column },
                "url" => columns with { Url = column },
                "parent" => columns with { ParentId = column },
                "root" => columns with { RootId = column },
                _ => throw new FormatException($"--map: there is no field '{field}'; there are text, at, id, author, lang, url, parent, root."),
            };
        }

        return columns;
    }

    internal IReadOnlyCollection<string> Required => [.. new[] { Text, At, Id, Author, Language, Url, ParentId, RootId }.OfType<string>()];
}
