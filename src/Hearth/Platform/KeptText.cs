using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hearth.Platform;

/// <summary>
/// What is text to both databases. PostgreSQL keeps no NUL and no half of a surrogate pair (which cutting a text can leave behind) and fails the statement;
/// SQLite keeps them and shows something else. Each becomes the replacement character U+FFFD.
/// </summary>
public static class KeptText
{
    /// <summary>The text as it is kept; the same object when there is nothing to replace.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0')) return text;
        return string.Concat(text.EnumerateRunes().Select(r => r.Value == 0 ? "\uFFFD" : r.ToString()));
    }
}

/// <summary>Stands at the door of the database, so that no slice has to remember: every text that a statement carries, to write or to search, is <see cref="KeptText"/>.</summary>
internal sealed class TextDoor : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        foreach (DbParameter parameter in result.Parameters)
        {
            if (parameter.Value is string text) parameter.Value = KeptText.Of(text);
            else if (parameter.Value is IReadOnlyList<string?> texts && texts.Any(t => !ReferenceEquals(KeptText.Of(t), t))) parameter.Value = texts.Select(KeptText.Of).ToArray();
        }

        return result;
    }
}
