using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Hearth.Channels.Files;

namespace Hearth.Listening.Understanding.Models;

/// <summary>A file's labelled posts, and how many rows had none that could be used.</summary>
public sealed record LabelledPosts(IReadOnlyList<LabelledPost> Posts, long Skipped);

/// <summary>
/// Reads texts with the labels people gave them: CSV, JSONL, or tab-separated without a header (columns by number; as text/tab-separated-values at IANA, a quote is a character like any other), or two
/// files that go line by line. What some exports leave of JSON's escapes ("\u2019") is undone.
/// </summary>
public static partial class ReadLabels
{
    private static readonly char[] Between = ['|', ';'];

    /// <summary>Reads a file whole.</summary>
    /// <param name="file">Read once.</param>
    /// <param name="texts">The texts, when <paramref name="file"/> has only the labels, one a line.</param>
    /// <param name="columns">Which column holds what.</param>
    /// <param name="task">What the labels are of.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="UnreadableFileException">A column is missing, the two files differ in length, or no row has a label.</exception>
    public static async Task<LabelledPosts> From(Stream file, Stream? texts, LabelColumns columns, ModelTask task, CancellationToken ct)
    {
        var (posts, ids, skipped) = (new List<LabelledPost>(), new HashSet<string>(StringComparer.Ordinal), 0L);
        var rows = texts is not null ? Lines(file, texts, ct) : columns.ByNumber ? Tabbed(file, columns, ct) : Named(file, columns, ct);
        await foreach (var row in rows)
        {
            if (row is null || columns.Id is not null && row.Id is { } id && !ids.Add(id) || Labels(row.Label, task) is not { } labels) skipped++;
            else posts.Add(new(Unescape(row.Text), labels, row.At, row.Group, row.Trust, row.Language, row.Line));
        }

        return posts.Count > 0 ? new(posts, skipped) : throw new UnreadableFileException(task == ModelTask.Sentiment
            ? $"No row has negative, neutral or positive in column '{columns.Label}'." : $"No row has a label in column '{columns.Label}'.");
    }

    /// <summary>The texts of a file, whether labelled or not; null for a row without.</summary>
    /// <exception cref="UnreadableFileException">A column is missing.</exception>
    public static async IAsyncEnumerable<(long Line, string? Id, string? Text, string? Language)> Texts(Stream file, LabelColumns columns, [EnumeratorCancellation] CancellationToken ct)
    {
        string[] required = [.. new[] { columns.Text, columns.Id, columns.Language }.OfType<string>()];
        if (Array.TrueForAll(required, c => int.TryParse(c, CultureInfo.InvariantCulture, out _)))
        {
            using var reader = new StreamReader(file, leaveOpen: true);
            for (var line = 1L; await reader.ReadLineAsync(ct) is { } text; line++)
            {
                var fields = text.Split('\t');
                yield return (line, Field(columns.Id), Field(columns.Text) is { } said ? Unescape(said) : null, Field(columns.Language));

                string? Field(string? column) => column is not null && int.Parse(column, CultureInfo.InvariantCulture) is var n && n >= 1 && n <= fields.Length && fields[n - 1].Length > 0 ? fields[n - 1] : null;
            }

            yield break;
        }

        await foreach (var row in RowReader.Read(file, required, ct))
            yield return row.Error is null ? (row.Line, Of(columns.Id, row), row[columns.Text] is { } said ? Unescape(said) : null, Of(columns.Language, row)) : (row.Line, null, null, null);

        static string? Of(string? column, Row row) => column is null ? null : row[column];
    }

    /// <summary>The labels of a value; null when it has none that the task knows.</summary>
    internal static IReadOnlyList<string>? Labels(string? said, ModelTask task)
    {
        if (string.IsNullOrWhiteSpace(said)) return null;
        if (task == ModelTask.Sentiment) return Polarity(said.Trim()) is { } polarity ? [polarity] : null;
        var labels = said.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (task == ModelTask.Mismatches) return labels;
        if (task == ModelTask.Aspects) return labels is [LabelledPost.None] ? [] : labels;
        for (var i = 0; i < labels.Count; i++)
        {
            if (!Enum.TryParse<Intent>(labels[i], ignoreCase: true, out var intent) || !Enum.IsDefined(intent)) return null;
            labels[i] = intent.ToString().ToLowerInvariant();
        }

        labels.Sort(StringComparer.Ordinal);
        return labels;
    }

    private static string? Polarity(string said) => said.ToLowerInvariant() switch
    {
        "negative" or "-1" or "0" => "negative", // 0, 1, 2 are TweetEval's numbers
        "neutral" or "1" => "neutral",
        "positive" or "2" => "positive",
        _ => null,
    };

    private static async IAsyncEnumerable<Labelled?> Named(Stream file, LabelColumns columns, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in RowReader.Read(file, columns.Required, ct)) yield return row.Error is null ? Of(c => row[c], columns, row.Line) : null;
    }

    private static async IAsyncEnumerable<Labelled?> Tabbed(Stream file, LabelColumns columns, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        for (var line = 1L; await reader.ReadLineAsync(ct) is { } text; line++)
        {
            var fields = text.Split('\t');
            yield return Of(c => int.Parse(c, CultureInfo.InvariantCulture) is var n && n <= fields.Length && fields[n - 1].Length > 0 ? fields[n - 1] : null, columns, line);
        }
    }

    private static async IAsyncEnumerable<Labelled?> Lines(Stream labels, Stream texts, [EnumeratorCancellation] CancellationToken ct)
    {
        using var said = new StreamReader(labels, leaveOpen: true);
        using var reader = new StreamReader(texts, leaveOpen: true);
        for (var line = 1L; ; line++)
        {
            var (text, label) = (await reader.ReadLineAsync(ct), await said.ReadLineAsync(ct));
            if (text is null && label is null) yield break;
            if (text is null || label is null) throw new UnreadableFileException($"The {(text is null ? "texts end" : "labels end")} at line {line - 1}, and the other file goes on.");
            yield return text.Length == 0 ? null : new(line, text, label, null, null, null, 1, null);
        }
    }

    private static Labelled? Of(Func<string, string?> value, LabelColumns columns, long line)
    {
        if (value(columns.Text) is not { } text || value(columns.Label) is not { } label) return null;
        var trust = 1f;
        if (columns.Weight is not null && value(columns.Weight) is { } weight && (!float.TryParse(weight, CultureInfo.InvariantCulture, out trust) || trust is not (> 0 and <= 1))) return null;
        DateTimeOffset? at = null;
        if (columns.Time is not null)
        {
            if (!PostDates.TryParse(value(columns.Time), out var when)) return null;
            at = when;
        }

        return new(line, text, label, columns.Id is null ? null : value(columns.Id), at, columns.Group is null ? null : value(columns.Group) ?? "", trust, columns.Language is null ? null : value(columns.Language));
    }

    private static string Unescape(string text) => !text.Contains("\\u", StringComparison.Ordinal) ? text
        : Escape().Replace(text, m => ((char)int.Parse(m.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u[0-9a-fA-F]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    private sealed record Labelled(long Line, string Text, string Label, string? Id, DateTimeOffset? At, string? Group, float Trust, string? Language);
}
