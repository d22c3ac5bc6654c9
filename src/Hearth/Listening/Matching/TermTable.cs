using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Listening.Matching;

/// <summary>A term of a <see cref="TermTable"/>.</summary>
internal struct Slot
{
    /// <summary>See <see cref="WordKey"/>; 0 when the slot is free.</summary>
    public ulong Key;

    /// <summary>Where its postings begin: a head, whose <see cref="Posting.Target"/> is their number and <see cref="Posting.Signature"/> where its text stands.</summary>
    public int Postings;

    /// <summary>Where the list of terms begins that are derived from it (exact, pattern); 0 when there is none.</summary>
    public int Derived;
}

/// <summary>A query under one of its terms.</summary>
/// <param name="Target">Its program; its number when <see cref="Matching.Signature.IsCertain"/>.</param>
/// <param name="Signature">What else must be there, see <see cref="Matching.Signature"/>.</param>
internal readonly record struct Posting(int Target, uint Signature);

/// <summary>The terms of a segment by key: open addressing, at most half full. The place of a term is its id. A key that several words may have is told apart by their texts.</summary>
internal sealed class TermTable(Slot[] slots, Posting[] postings, byte[] texts)
{
    private readonly int _bits = System.Numerics.BitOperations.Log2((uint)slots.Length);

    public Slot[] Slots => slots;

    public Posting[] Postings => postings;

    public long Bytes => slots.LongLength * Unsafe.SizeOf<Slot>() + postings.LongLength * Unsafe.SizeOf<Posting>() + texts.LongLength;

    /// <summary>The id of a term, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong key, ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(slots);
        for (var i = WordKey.Place(key, _bits); ; i = (i + 1) & (slots.Length - 1))
        {
            ref var slot = ref Unsafe.Add(ref first, i);
            if (slot.Key == key && (!WordKey.IsLong(key) || Text(slot.Postings).SequenceEqual(bytes))) return i;
            if (slot.Key == 0) return -1;
        }
    }

    /// <summary>Reads where a term would stand, so that it is in the cache when it is looked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Touch(ulong key) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), WordKey.Place(key, _bits)).Key;

    /// <summary>The id of a pattern's beginning, or -1. Texts are not compared: the pattern is, afterwards.</summary>
    public int FindPrefix(ulong key)
    {
        for (var i = WordKey.Place(key, _bits); ; i = (i + 1) & (slots.Length - 1))
        {
            if (slots[i].Key == key) return i;
            if (slots[i].Key == 0) return -1;
        }
    }

    /// <summary>The term of an id.</summary>
    public Term TermOf(int id)
    {
        var slot = slots[id];
        if (!WordKey.IsLong(slot.Key)) return new(WordKey.TextOf(slot.Key), WordKey.KindOf(slot.Key));
        var about = texts[(int)postings[slot.Postings].Signature + 2];
        var text = (about & TermTexts.Wide) != 0 ? new string(MemoryMarshal.Cast<byte, char>(Text(slot.Postings))) : Encoding.Latin1.GetString(Text(slot.Postings));
        return new(text, (TokenKind)(about & ~TermTexts.Wide));
    }

    private ReadOnlySpan<byte> Text(int head)
    {
        var at = (int)postings[head].Signature;
        return texts.AsSpan(at + TermTexts.Head, BitConverter.ToUInt16(texts, at));
    }
}

/// <summary>The texts of terms whose key does not say them: two bytes of size, one of kind and <see cref="Wide"/>, and the text as <see cref="Scanner.Bytes"/> gives it.</summary>
internal sealed class TermTexts
{
    public const byte Wide = 0x80;
    public const int Head = 3;

    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>Adds a term's text and says where it begins.</summary>
    public int Add(Term term)
    {
        var isWide = !Ascii.IsValid(term.Text);
        var size = isWide ? 2 * term.Text.Length : term.Text.Length;
        if (_bytes.Length < _length + Head + size) Array.Resize(ref _bytes, 2 * _bytes.Length + size);
        var at = _length;
        BitConverter.TryWriteBytes(_bytes.AsSpan(at), (ushort)size);
        _bytes[at + 2] = (byte)((byte)term.Kind | (isWide ? Wide : 0));
        var to = _bytes.AsSpan(at + Head, size);
        if (isWide) MemoryMarshal.AsBytes(term.Text.AsSpan()).CopyTo(to);
        else Encoding.ASCII.GetBytes(term.Text, to);
        _length += Head + size;
        return at;
    }

    public byte[] All() => _bytes[.._length];
}

/// <summary>Three places of 1,023 in a post's set of terms, ten bits each: at least one of them is there when the query matches. Place 0 is always there.</summary>
internal static class Signature
{
    private const uint Certain = 1u << 31;

    /// <summary>Passes always.</summary>
    public const uint None = 0;

    /// <summary>The posting alone makes the match.</summary>
    public const uint Match = Certain;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCertain(uint signature) => (signature & Certain) != 0;

    /// <summary>The place of a term, 1 to 1,023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Place(int term) => Math.Max(1, (int)((uint)term * 0x9E3779B1 >> 22));

    /// <summary>One to three terms, of which one must be there.</summary>
    public static uint Of(ReadOnlySpan<int> terms)
    {
        var (a, b, c) = (Place(terms[0]), Place(terms[terms.Length > 1 ? 1 : 0]), Place(terms[^1]));
        return (uint)(a | b << 10 | c << 20);
    }
}
