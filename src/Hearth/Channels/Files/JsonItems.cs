using System.Text;

namespace Hearth.Channels.Files;

/// <summary>One JSON value of a file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Json">Its text; null when it cannot be used.</param>
/// <param name="Error">Why not.</param>
public readonly record struct JsonItem(long Line, string? Json, string? Error);

/// <summary>
/// The objects of a file, one at a time: one after the other (JSONL), in an array, or in the array <c>orderedItems</c> of one object (an ActivityPub collection). Memory stays flat: an
/// object longer than <see cref="RowReader.MaxField"/> characters is refused by its line and passed over.
/// </summary>
/// <param name="file">Read once, forward only.</param>
public sealed class JsonItems(TextReader file)
{
    private readonly CharSource _text = new(file);
    private readonly StringBuilder _item = new();
    private bool _isTooLong, _isBroken, _isCut, _isCollection;

    /// <summary>Reads until the end of the file; what cannot be used is an item with its error.</summary>
    public IEnumerable<JsonItem> Read()
    {
        while (Skip() is var c and >= 0)
        {
            if (c is '[' or ']' or ',')
            {
                _text.Next();
                if (c == ']' && _isCollection) yield break; // what else the collection says of itself
                continue;
            }

            var line = _text.Line;
            if (c != '{')
            {
                var isBroken = Word();
                yield return new(line, null, isBroken ? $"bytes on line {line} are not UTF-8" : "not a JSON object");
                continue;
            }

            // An object is read to its end, unless it turns out to be the collection around the items.
            if (!Object())
            {
                _isCollection = true;
                continue;
            }

            yield return _isBroken ? new(line, null, $"bytes of the object on line {line} are not UTF-8")
                : _isTooLong ? new(line, null, $"the object is longer than {RowReader.MaxField:N0} characters")
                : _isCut ? new(line, null, "not JSON: it ends in the middle")
                : new(line, _item.ToString(), null);
        }
    }

    private int Skip()
    {
        // What is left of the collection around the items ends with a brace.
        while (_text.Peek() is var c and >= 0 && (char.IsWhiteSpace((char)c) || c is '}')) _text.Next();
        return _text.Peek();
    }

    // What is no object, to the end of its line: a broken line must not take the next one with it.
    private bool Word()
    {
        var isBroken = false;
        while (_text.Peek() is var c and >= 0 && c is not '\n' and not '\r')
        {
            isBroken |= c == RowReader.Broken;
            _text.Next();
        }

        return isBroken;
    }

    // False when the object is a collection whose items begin now. A broken line must not swallow those after it: a line that ends within a string, and an
    // object where none can be, end it.
    private bool Object()
    {
        (_isTooLong, _isBroken, _isCut) = (false, false, false);
        _item.Clear();
        var (depth, last) = (0, ',');
        while (_text.Peek() is var c and >= 0)
        {
            if (c == '{' && last is not (',' or '[' or ':')) break;
            Keep((char)_text.Next());
            if (!char.IsWhiteSpace((char)c)) last = (char)c;
            if (c == '"')
            {
                var isItems = String() && depth == 1;
                if (_isCut) return true;
                if (isItems && Skip() == ':')
                {
                    Keep((char)_text.Next());
                    last = ':';
                    if (Skip() == '[') return false;
                }
            }
            else if (c is '{' or '[') depth++;
            else if (c is '}' or ']' && --depth == 0) return true;
        }

        _isCut = true;
        return true;
    }

    // To the end of a string; true when it is the name of the array that matters.
    private bool String()
    {
        const string Items = "orderedItems";
        var (at, isSame, isEscaped) = (0, true, false);
        while (_text.Next() is var c and >= 0 and not '\n')
        {
            Keep((char)c);
            if (isEscaped) isEscaped = false;
            else if (c == '\\') isEscaped = true;
            else if (c == '"') return isSame && at == Items.Length;
            isSame &= at < Items.Length && c == Items[at];
            at++;
        }

        _isCut = true;
        return false;
    }

    private void Keep(char c)
    {
        _isBroken |= c == RowReader.Broken;
        if (_item.Length < RowReader.MaxField) _item.Append(c);
        else _isTooLong = true;
    }
}
