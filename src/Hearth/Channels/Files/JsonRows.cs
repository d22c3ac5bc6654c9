using System.Text;
using System.Text.Json;

namespace Hearth.Channels.Files;

/// <summary>Rows of a file with one JSON object a line. Nested objects are columns by path: <c>user.name</c>.</summary>
internal static class JsonRows
{
    private const int MaxDepth = 8;

    public static IEnumerable<Row> Read(CharSource text, IReadOnlyCollection<string> required)
    {
        var line = new StringBuilder();
        var isFirst = true;
        while (text.Peek() >= 0)
        {
            var (number, wrong) = (text.Line, ReadLine(text, line));
            if (wrong is null && line.Length == 0) continue;
            if (wrong is not null)
            {
                yield return Row.Refused(number, wrong);
                continue;
            }

            var row = Parse(line.ToString(), number);
            if (row.Error is null && required.Where(r => row[r] is null).ToList() is { Count: > 0 } missing)
            {
                if (isFirst && missing.TrueForAll(m => !row.Columns.Contains(m, StringComparer.OrdinalIgnoreCase))) throw RowReader.Missing(missing, row.Columns);
                row = Row.Refused(number, $"no value for '{missing[0]}'");
            }

            isFirst = false;
            yield return row;
        }
    }

    private static string? ReadLine(CharSource text, StringBuilder line)
    {
        line.Clear();
        string? wrong = null;
        var number = text.Line;
        int c;
        var length = 0;
        while ((c = text.Next()) >= 0 && c != '\n')
        {
            if (c == RowReader.Broken) wrong ??= $"bytes on line {number} are not UTF-8";
            if (++length <= RowReader.MaxField) line.Append((char)c);
            else wrong ??= $"the line is longer than {RowReader.MaxField:N0} characters";
        }

        return wrong;
    }

    private static Row Parse(string json, long line)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Row.Refused(line, "not a JSON object");
            var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            var values = new List<string?>();
            Add(document.RootElement, "", 0, columns, values);
            return new Row(line, columns, [.. values]);
        }
        catch (JsonException e)
        {
            return Row.Refused(line, $"not JSON at character {(e.BytePositionInLine ?? 0) + 1}");
        }
        catch (InvalidOperationException)
        {
            return Row.Refused(line, "a string holds half a surrogate pair, which is no text");
        }
    }

    private static void Add(JsonElement element, string prefix, int depth, Dictionary<string, int> columns, List<string?> values)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object && depth < MaxDepth)
            {
                Add(property.Value, name + ".", depth + 1, columns, values);
                continue;
            }

            columns[name] = values.Count; // the last of two equal names wins, as in JSON.parse
            values.Add(property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                _ => property.Value.GetRawText(),
            });
        }
    }
}
