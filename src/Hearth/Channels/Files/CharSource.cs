namespace Hearth.Channels.Files;

/// <summary>Characters one at a time with the line they stand on. CR, LF and CR LF each end a line and are given as one '\n'.</summary>
internal sealed class CharSource(TextReader text)
{
    private readonly char[] _buffer = new char[32 * 1024];
    private int _at, _length;

    /// <summary>The line of the character that comes next, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The next character, or -1 at the end.</summary>
    public int Next()
    {
        var c = Peek();
        if (c < 0) return -1;
        _at++;
        if (c == '\r')
        {
            if (Peek() == '\n') _at++;
            c = '\n';
        }

        if (c == '\n') Line++;
        return c;
    }

    public int Peek()
    {
        if (_at < _length) return _buffer[_at];
        (_at, _length) = (0, text.Read(_buffer, 0, _buffer.Length));
        return _length == 0 ? -1 : _buffer[0];
    }
}
