using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hearth.Listening.Matching;

/// <summary>Which terms of a segment stand in a post, and where. Small enough to stay in the first cache.</summary>
internal sealed class PostTerms
{
    private struct Entry
    {
        public int Term; // + 1; 0 when free
        public int First, Last;
    }

    private struct Place
    {
        public int Position, Next;
    }

    private readonly ulong[] _set = new ulong[16];
    private Entry[] _entries = new Entry[128], _spare = [];
    private Place[] _places = new Place[128];
    private int _shift = 32 - 7, _terms, _count;

    /// <summary>Forgets the last post and makes room for about so many terms.</summary>
    public void Begin(int terms)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, terms * 3));
        if (_entries.Length < size) _entries = new Entry[size];
        else _entries.AsSpan(0, size).Clear();
        _shift = 32 - System.Numerics.BitOperations.Log2((uint)size);
        (_terms, _count) = (0, 0);
        _set.AsSpan().Clear();
        _set[0] = 1;
    }

    /// <summary>Adds a term at a position; positions of one term come in rising order. Returns true the first time.</summary>
    public bool Add(int term, int position)
    {
        if (_count == _places.Length) Array.Resize(ref _places, _count * 2);
        _places[_count] = new() { Position = position, Next = -1 };
        ref var entry = ref Find(term);
        if (entry.Term != 0)
        {
            if (_places[entry.Last].Position == position) return false;
            _places[entry.Last].Next = _count;
            entry.Last = _count++;
            return false;
        }

        entry = new() { Term = term + 1, First = _count, Last = _count };
        _count++;
        var place = Signature.Place(term);
        _set[place >> 6] |= 1UL << place;
        if (++_terms * 2 > 1 << (32 - _shift)) Grow();
        return true;
    }

    /// <summary>True unless no term of a signature is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool May(uint signature)
    {
        ref var set = ref MemoryMarshal.GetArrayDataReference(_set);
        return ((Unsafe.Add(ref set, signature >> 6 & 15) >> (int)signature | Unsafe.Add(ref set, signature >> 16 & 15) >> (int)(signature >> 10) | Unsafe.Add(ref set, signature >> 26 & 15) >> (int)(signature >> 20)) & 1) != 0;
    }

    /// <summary>The first place of a term, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int First(int term)
    {
        var place = Signature.Place(term);
        if ((Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_set), place >> 6) >> place & 1) == 0) return -1;
        ref var entry = ref Find(term);
        return entry.Term != 0 ? entry.First : -1;
    }

    /// <summary>The next place of the same term, or -1.</summary>
    public int Next(int place) => _places[place].Next;

    public int Position(int place) => _places[place].Position;

    private ref Entry Find(int term)
    {
        var mask = (1 << (32 - _shift)) - 1;
        for (var i = (int)((uint)term * 0x85EBCA6B >> _shift); ; i = (i + 1) & mask)
        {
            ref var entry = ref _entries[i];
            if (entry.Term == term + 1 || entry.Term == 0) return ref entry;
        }
    }

    private void Grow()
    {
        var size = 1 << (32 - _shift);
        (_entries, _spare) = (_spare, _entries);
        if (_entries.Length < size * 2) _entries = new Entry[size * 2];
        else _entries.AsSpan(0, size * 2).Clear();
        _shift--;
        foreach (ref readonly var entry in _spare.AsSpan(0, size))
        {
            if (entry.Term != 0) Find(entry.Term - 1) = entry;
        }
    }
}
