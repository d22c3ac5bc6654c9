using System.Text;

namespace Hearth.Channels.Files;

/// <summary>Rows of an RFC 4180 file. Blank lines are passed over.</summary>
internal static class CsvRows
{
    public static IEnumerable<Row> Read(CharSource text, IReadOnlyCollection<string> required)
    {
        var fields = new List<string>();
        var reader = new FieldReader(text);
        if (!reader.Record(fields, out _, out var wrong)) throw new UnreadableFileException("The file is empty.");
        if (wrong is not null) throw new UnreadableFileException("The header cannot be read: " + wrong);
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < fields.Count; i++)
        {
            if (!columns.TryAdd(fields[i].Trim(), i)) throw new UnreadableFileException($"Column '{fields[i].Trim()}' stands twice in the header.");
        }

        var missing = required.Where(r => !columns.ContainsKey(r)).ToList();
        if (missing.Count > 0) throw RowReader.Missing(missing, fields);
        while (reader.Record(fields, out var line, out wrong))
        {
            if (wrong is null && fields.Count != columns.Count) wrong = $"{fields.Count} fields where the header has {columns.Count}";
            yield return wrong is null ? new Row(line, columns, [.. fields]) : Row.Refused(line, wrong);
        }
    }

    private sealed class FieldReader(CharSource text)
    {
        private readonly StringBuilder _field = new();
        private char _separator;
        private string? _wrong;

        /// <summary>Reads one record. False at the end of the file.</summary>
        public bool Record(List<string> fields, out long line, out string? wrong)
        {
            fields.Clear();
            _wrong = null;
            while (text.Peek() is '\n' or '\r') text.Next();
            line = text.Line;
            if (text.Peek() < 0)
            {
                wrong = null;
                return false;
            }

            while (Field(fields)) { }
            wrong = _wrong;
            return true;
        }

        // True when another field of the same record follows.
        private bool Field(List<string> fields)
        {
            _field.Clear();
            var (line, length) = (text.Line, 0);
            int c;
            if (text.Peek() == '"')
            {
                text.Next();
                while (true)
                {
                    c = text.Next();
                    if (c < 0)
                    {
                        _wrong ??= $"the quote opened on line {line} is never closed";
                        break;
                    }

                    if (c == '"')
                    {
                        if (text.Peek() != '"') break;
                        text.Next();
                    }

                    Put((char)c, ref length);
                }
            }

            while ((c = text.Next()) >= 0 && c != '\n' && !Separates((char)c)) Put((char)c, ref length);
            fields.Add(_field.ToString());
            return c >= 0 && c != '\n';
        }

        // The first separator met decides: a header names columns, and names rarely hold one.
        private bool Separates(char c)
        {
            if (_separator == '\0' && c is ',' or ';' or '\t' && _separator == '\0') _separator = c;
            return c == _separator && _separator != '\0';
        }

        private void Put(char c, ref int length)
        {
            if (c == RowReader.Broken) _wrong ??= $"bytes on line {text.Line} are not UTF-8";
            if (++length <= RowReader.MaxField) _field.Append(c);
            else _wrong ??= $"a field is longer than {RowReader.MaxField:N0} characters; a quote may be unclosed";
        }
    }
}
