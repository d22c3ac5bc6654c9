using Hearth.Listening.Queries;

namespace Hearth.Listening.Matching;

/// <summary>Asks a query's program of a post whose terms are known.</summary>
internal sealed class RunProgram
{
    private Segment _segment = null!;
    private PostTerms _terms = null!;
    private PostFields _post = null!;
    private int[] _code = [];
    private int[] _known = []; // per field test: twice the number of the post, and 1 when it holds
    private long[] _left = new long[16], _right = new long[16]; // places, as first position * 2^32 + last
    private int _post2;

    public void Begin(Segment segment, PostTerms terms, PostFields post)
    {
        (_segment, _terms, _post, _code) = (segment, terms, post, segment.Code);
        if (_known.Length < segment.Fields.Length) _known = new int[segment.Fields.Length];
        _post2 += 2;
        if (_post2 > 0) return;
        _known.AsSpan().Clear();
        _post2 = 2;
    }

    /// <summary>True when the program that begins at a place of the segment's code holds.</summary>
    public bool Holds(int at) => Holds(ref at);

    // Moves past what it asked, also when it knows the answer sooner.
    private bool Holds(ref int at)
    {
        var code = _code[at++];
        var operand = Program.Operand(code);
        switch (Program.StepOf(code))
        {
            case Step.Term:
                return _terms.First(operand) >= 0;
            case Step.Phrase:
                at += operand;
                return Phrase(at - operand, operand);
            case Step.Not:
                return !Holds(ref at);
            case Step.All:
                for (var end = at + operand; at < end;)
                {
                    if (Holds(ref at)) continue;
                    at = end;
                    return false;
                }

                return true;
            case Step.Any:
                for (var end = at + operand; at < end;)
                {
                    if (!Holds(ref at)) continue;
                    at = end;
                    return true;
                }

                return false;
            case Step.Near:
                return Near(ref at, operand >> 1, (operand & 1) != 0);
            default:
                return Field(operand);
        }
    }

    private bool Field(int number)
    {
        if (_known[number] < _post2) _known[number] = _post2 | (_post.Holds(_segment.Fields[number]) ? 1 : 0);
        return (_known[number] & 1) != 0;
    }

    private bool Phrase(int at, int length)
    {
        if (length == 0) return true;
        for (var place = _terms.First(_code[at]); place >= 0; place = _terms.Next(place))
        {
            if (Follows(at, length, _terms.Position(place))) return true;
        }

        return false;
    }

    private bool Follows(int at, int length, int position)
    {
        for (var n = 1; n < length; n++)
        {
            if (!Stands(_code[at + n], position + n)) return false;
        }

        return true;
    }

    private bool Stands(int term, int position)
    {
        for (var place = _terms.First(term); place >= 0; place = _terms.Next(place))
        {
            if (_terms.Position(place) >= position) return _terms.Position(place) == position;
        }

        return false;
    }

    private bool Near(ref int at, int distance, bool ordered)
    {
        var (left, right) = (0, 0);
        Places(ref at, ref _left, ref left);
        Places(ref at, ref _right, ref right);
        _left.AsSpan(0, left).Sort();
        _right.AsSpan(0, right).Sort();
        return Follows(_left.AsSpan(0, left), _right.AsSpan(0, right), distance) || !ordered && Follows(_right.AsSpan(0, right), _left.AsSpan(0, left), distance);
    }

    // Whether one of the later ones begins 1 to distance positions after one of the earlier ones ends.
    private static bool Follows(ReadOnlySpan<long> earlier, ReadOnlySpan<long> later, int distance)
    {
        foreach (var place in earlier)
        {
            var end = (int)place;
            var next = later.BinarySearch((long)(end + 1) << 32);
            if (next < 0) next = ~next;
            if (next < later.Length && (int)(later[next] >> 32) - end <= distance) return true;
        }

        return false;
    }

    private void Places(ref int at, ref long[] to, ref int count)
    {
        var code = _code[at++];
        var operand = Program.Operand(code);
        switch (Program.StepOf(code))
        {
            case Step.Term:
                Places(at - 1, 1, operand, ref to, ref count);
                break;
            case Step.Phrase:
                if (operand > 0) Places(at, operand, _code[at], ref to, ref count);
                at += operand;
                break;
            case Step.Any:
                for (var end = at + operand; at < end;) Places(ref at, ref to, ref count);
                break;
            default:
                throw new InvalidOperationException("Only words stand in places.");
        }
    }

    private void Places(int at, int length, int term, ref long[] to, ref int count)
    {
        for (var place = _terms.First(term); place >= 0; place = _terms.Next(place))
        {
            var position = _terms.Position(place);
            if (!Follows(at, length, position)) continue;
            if (count == to.Length) Array.Resize(ref to, count * 2);
            to[count++] = (long)position << 32 | (uint)(position + length - 1);
        }
    }
}
