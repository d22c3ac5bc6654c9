namespace Hearth.Conversations.Kpis;

/// <summary>How many conversations were not closed at each of many moments, and how old they were then, in one pass over their spans.</summary>
/// <remarks>
/// The spans stand in the order in which they began; a binary indexed tree over that order (Fenwick 1994) counts those that are open, and finds the n-th of them in as many steps as the
/// number of spans has bits. So a year of days costs little more than one day, and the median is that of a sorted list.
/// </remarks>
internal sealed class Backlogs
{
    private readonly List<(long Since, long Until)> _spans;
    private readonly int[] _bySince;
    private readonly int[] _tree;
    private readonly int _highest;
    private int _began;
    private int _ended;
    private int _open;

    /// <param name="spans">From and until when each was open, in microseconds since 1970; a span that has not ended ends at <see cref="long.MaxValue"/>.</param>
    public Backlogs(List<(long Since, long Until)> spans)
    {
        _spans = spans;
        _spans.Sort();
        _bySince = [.. Enumerable.Range(0, spans.Count)];
        Array.Sort(Array.ConvertAll(_bySince, n => spans[n].Until), _bySince); // from here on the order in which they end
        _tree = new int[spans.Count + 1];
        for (_highest = 1; _highest * 2 <= spans.Count; _highest *= 2) { }
    }

    /// <summary>Of those that began before a moment and did not end before it. Moments must rise from call to call.</summary>
    public Spread At(long moment)
    {
        for (; _began < _spans.Count && _spans[_began].Since < moment; _began++) Count(_began, 1);
        for (; _ended < _spans.Count && _spans[_bySince[_ended]].Until < moment; _ended++) Count(_bySince[_ended], -1); // it began before it ended, and so was counted
        // The youngest began last: the n-th age is the n-th beginning from the end.
        return Spread.Of(_open, n => moment - _spans[Find(_open - n)].Since);
    }

    private void Count(int index, int change)
    {
        _open += change;
        for (var i = index + 1; i < _tree.Length; i += i & -i) _tree[i] += change;
    }

    // The place of the n-th open span, from 1.
    private int Find(int n)
    {
        var place = 0;
        for (var step = _highest; step > 0; step /= 2)
        {
            if (place + step >= _tree.Length || _tree[place + step] >= n) continue;
            place += step;
            n -= _tree[place];
        }

        return place;
    }
}
