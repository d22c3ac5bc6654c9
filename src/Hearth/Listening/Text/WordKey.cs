using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Hearth.Listening.Text;

/// <summary>
/// Folded words as 64-bit keys. A word of up to 8 ASCII characters is its own key (its bytes, whose highest bits are free), so that equal keys are equal words. Any other word's
/// key is a hash with the highest bit set: equal keys are then very likely equal words, and who must know compares the words.
/// </summary>
internal static class WordKey
{
    /// <summary>What is added (by exclusive or) for other things than words: free bits of short keys. <see cref="Nothing"/> is the key of an empty word, which no text holds.</summary>
    public const ulong Tag = 1UL << 7, Handle = 1UL << 15, Symbol = Tag | Handle, Prefix = 1UL << 23, Nothing = 1UL << 31;

    private const ulong Long = 1UL << 63;

    // Different in each process: nobody can write posts that all fall on one place of a table.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;
    private static readonly ulong Spread = ((ulong)Random.Shared.NextInt64() << 1 ^ 0x9E3779B97F4A7C15) | 1;

    /// <summary>What is added for a kind.</summary>
    public static ulong Of(TokenKind kind) => kind switch { TokenKind.Tag => Tag, TokenKind.Handle => Handle, TokenKind.Symbol => Symbol, _ => 0 };

    /// <summary>The kind a short key was given.</summary>
    public static TokenKind KindOf(ulong key) => (key & Symbol) switch { Tag => TokenKind.Tag, Handle => TokenKind.Handle, Symbol => TokenKind.Symbol, _ => TokenKind.Word };

    /// <summary>The word of a short key.</summary>
    public static string TextOf(ulong key)
    {
        var word = new StringBuilder(8);
        for (key &= 0x7F7F7F7F7F7F7F7F; key != 0; key >>= 8) word.Append((char)(key & 0x7F));
        return word.ToString();
    }

    /// <summary>True for a key that several words may have.</summary>
    public static bool IsLong(ulong key) => (key & Long) != 0;

    /// <summary>A place in a table of 2^<paramref name="bits"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Place(ulong key, int bits) => (int)((key * Spread) >> (64 - bits));

    /// <summary>The key of up to 8 ASCII bytes, the first one lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfShort(ulong bytes, int length) => bytes & (ulong.MaxValue >> (64 - 8 * length));

    /// <summary>The key of folded ASCII.</summary>
    public static ulong OfAscii(ReadOnlySpan<byte> word)
    {
        if (word.Length > 8) return Hash(word, Seed);
        var key = 0UL;
        for (var i = word.Length - 1; i >= 0; i--) key = key << 8 | word[i];
        return key;
    }

    /// <summary>The key of a folded word with other characters than ASCII.</summary>
    public static ulong OfWide(ReadOnlySpan<char> word) => Hash(MemoryMarshal.AsBytes(word), ~Seed);

    /// <summary>The key of any folded word.</summary>
    public static ulong Of(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return Nothing;
        if (!Ascii.IsValid(word)) return OfWide(word);
        Span<byte> bytes = stackalloc byte[Math.Min(word.Length, Tokens.MaxLength)];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)word[i];
        return OfAscii(bytes);
    }

    // Folded multiplication, as in wyhash.
    private static ulong Hash(ReadOnlySpan<byte> word, ulong seed)
    {
        var hash = seed ^ (ulong)word.Length;
        for (; word.Length > 8; word = word[8..]) hash = Mix(hash ^ MemoryMarshal.Read<ulong>(word), 0xA0761D6478BD642F);
        var last = 0UL;
        for (var i = word.Length - 1; i >= 0; i--) last = last << 8 | word[i];
        return Mix(Mix(hash ^ last, 0xE7037ED1A0B428DB), Seed) | Long;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
