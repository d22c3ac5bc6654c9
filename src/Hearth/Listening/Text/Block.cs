using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hearth.Listening.Text;

/// <summary>What 64 characters are, one bit each, the first one lowest.</summary>
internal struct Block
{
    /// <summary>Letters, digits and underscores of spaced scripts.</summary>
    public ulong Word;

    /// <summary>Apostrophes.</summary>
    public ulong Joins;

    /// <summary>Marks, characters of unspaced scripts, symbols.</summary>
    public ulong Special;

    /// <summary>Where the lower-cased bytes do not tell the character.</summary>
    public ulong Dirt;

    /// <summary>Looks at 64 characters and writes them in lower case; those beyond ASCII get a byte above 127.</summary>
    public static Block Of(ReadOnlySpan<char> text, Span<byte> lower)
    {
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text[..64]));
        ref var to = ref MemoryMarshal.GetReference(lower[..64]);
        Half(ref from, ref to, out var word, out var joins, out var marks, out var others);
        Half(ref Unsafe.Add(ref from, 32), ref Unsafe.Add(ref to, 32), out var word2, out var joins2, out var marks2, out var others2);
        var block = new Block
        {
            Word = word | (ulong)word2 << 32, Joins = joins | (ulong)joins2 << 32, Special = marks | (ulong)marks2 << 32, Dirt = others | (ulong)others2 << 32,
        };
        if (block.Dirt != 0) block.Others(text);
        return block;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(ref ushort from, ref byte to, out uint word, out uint joins, out uint marks, out uint others)
    {
        var bytes = Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, 16));
        var lower = bytes | Vector256.LessThan(bytes - Vector256.Create((byte)'A'), Vector256.Create((byte)26)) & Vector256.Create((byte)0x20);
        lower.StoreUnsafe(ref to);
        var letter = Vector256.LessThan(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        var digit = Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        word = (letter | digit | Vector256.Equals(bytes, Vector256.Create((byte)'_'))).ExtractMostSignificantBits();
        joins = Vector256.Equals(bytes, Vector256.Create((byte)'\'')).ExtractMostSignificantBits();
        marks = (Vector256.Equals(bytes, Vector256.Create((byte)'#')) | Vector256.Equals(bytes, Vector256.Create((byte)'@'))).ExtractMostSignificantBits();
        others = bytes.ExtractMostSignificantBits();
    }

    private void Others(ReadOnlySpan<char> text)
    {
        for (var left = Dirt; left != 0; left &= left - 1)
        {
            var bit = left & ~(left - 1);
            switch (Letters.Of(text[BitOperations.TrailingZeroCount(left)]))
            {
                case Letter.Word:
                    Word |= bit;
                    break;
                case Letter.Apostrophe:
                    Joins |= bit;
                    break;
                case not Letter.None:
                    Special |= bit;
                    break;
            }
        }
    }
}
