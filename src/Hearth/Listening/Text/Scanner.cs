using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Hearth.Listening.Text;

/// <summary>
/// Splits a text into words in one pass, allocating nothing once its buffers have grown. This is the definition of a word; <see cref="Tokens"/> makes strings of what it finds.
/// 1. Blocks of 64 characters become bit masks (<see cref="Block"/>); what is not ASCII is put into the masks from a table. 2. Apostrophes between letters join them. 3. Each run of ones is
/// a word, and its key is read from the lower-cased bytes; a word with anything else than ASCII letters and digits is folded by itself. Marks, symbols and unspaced scripts are looked at one by one.
/// </summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class Scanner
{
    private const int BlockSize = 64;

    private readonly char[] _last = new char[BlockSize];
    private byte[] _bytes = new byte[1024];
    private Block[] _blocks = new Block[8];
    private Scanned[] _tokens = new Scanned[64];
    private int _count, _used;
    private bool _hasDirt;

    /// <summary>The words and links of a text, in order; valid until the next scan.</summary>
    public ReadOnlySpan<Scanned> Scan(ReadOnlySpan<char> text)
    {
        var blocks = (text.Length + BlockSize - 1) / BlockSize;
        Grow(text.Length, blocks);
        _count = 0;
        _used = blocks * BlockSize + 8;
        Classify(text, blocks);
        Words(text, blocks);
        return _tokens.AsSpan(0, _count);
    }

    /// <summary>The folded word, as ASCII or, when <see cref="Scanned.IsWide"/>, as UTF-16.</summary>
    public ReadOnlySpan<byte> Bytes(in Scanned token) => _bytes.AsSpan(token.At, token.Size);

    /// <summary>The first 8 bytes from a word's first one on, the first one lowest.</summary>
    public ulong First(in Scanned token) => Unsafe.ReadUnaligned<ulong>(ref _bytes[token.At]);

    /// <summary>The folded word.</summary>
    public string Folded(in Scanned token) =>
        token.IsWide ? new string(MemoryMarshal.Cast<byte, char>(Bytes(token))) : Encoding.Latin1.GetString(Bytes(token));

    private void Grow(int length, int blocks)
    {
        if (_blocks.Length <= blocks) _blocks = new Block[blocks * 2 + 1];
        if (_tokens.Length < length + 1) _tokens = new Scanned[length * 2];
        if (_bytes.Length < length * 2 + 512) _bytes = new byte[length * 4 + 512];
    }

    private void Classify(ReadOnlySpan<char> text, int blocks)
    {
        var (joins, dirt) = (0UL, 0UL);
        for (var b = 0; b < blocks; b++)
        {
            var chars = text[(b * BlockSize)..];
            if (chars.Length < BlockSize)
            {
                _last.AsSpan().Clear();
                chars.CopyTo(_last);
                chars = _last;
            }

            ref var block = ref _blocks[b];
            block = Block.Of(chars, _bytes.AsSpan(b * BlockSize, BlockSize));
            joins |= block.Joins;
            dirt |= block.Dirt;
        }

        _blocks[blocks] = default;
        if (joins != 0) Join(blocks);
        _hasDirt = (joins | dirt) != 0;
    }

    // An apostrophe between two letters belongs to their word.
    private void Join(int blocks)
    {
        var before = 0UL;
        for (var b = 0; b < blocks; b++)
        {
            ref var block = ref _blocks[b];
            var word = block.Word;
            var joins = block.Joins & (word << 1 | before) & (word >> 1 | _blocks[b + 1].Word << 63);
            before = word >> 63;
            block.Word |= joins;
            block.Dirt |= joins;
        }
    }

    private void Words(ReadOnlySpan<char> text, int blocks)
    {
        var (carry, next) = (0UL, 0);
        for (var b = 0; b < blocks; b++)
        {
            var word = _blocks[b].Word;
            var begins = word & ~(word << 1 | carry) | _blocks[b].Special;
            while (begins != 0)
            {
                var bit = BitOperations.TrailingZeroCount(begins);
                var i = b * BlockSize + bit;
                begins &= begins - 1;
                if (i < next) continue;
                if ((word >> bit & 1) == 0)
                {
                    next = Special(text, i);
                    if (!IsJoined(next, text.Length)) continue;
                    _blocks[next / BlockSize].Word ^= 1UL << next; // "#dell's": a tag has no apostrophe, what follows is a word of its own
                    if (next / BlockSize != b) continue;
                    word = _blocks[b].Word;
                    begins = (word & ~(word << 1 | carry) | _blocks[b].Special) & ulong.MaxValue << next;
                    continue;
                }

                var rest = ~word >> bit;
                var end = rest != 0 ? i + BitOperations.TrailingZeroCount(rest) : EndFrom(b + 1, blocks);
                var first = Unsafe.ReadUnaligned<ulong>(ref _bytes[i]);
                if ((first & 0xFFFFFF) is 0x747468 or 0x777777 && IsLink(first) && (i == 0 || !Letters.IsWord(text[i - 1]))) next = Link(text, i);
                else Word(text, i, i, end, TokenKind.Word, first);
            }

            carry = word >> 63;
        }
    }

    private bool IsJoined(int i, int length) => i < length && (_blocks[i / BlockSize].Word & _blocks[i / BlockSize].Joins & 1UL << i) != 0;

    private int EndFrom(int b, int blocks)
    {
        while (_blocks[b].Word == ulong.MaxValue) b++; // the one after the last is empty
        return Math.Min(b, blocks) * BlockSize + BitOperations.TrailingZeroCount(~_blocks[b].Word);
    }

    /// <summary>Adds the word from <paramref name="from"/> to <paramref name="end"/>; the token begins at <paramref name="start"/>, where its mark stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Word(ReadOnlySpan<char> text, int start, int from, int end, TokenKind kind, ulong first)
    {
        var length = end - from;
        if (_hasDirt && IsDirty(from, end))
        {
            Fold(text, start, from, end, kind);
            return;
        }

        if (length > Tokens.MaxLength) length = Tokens.MaxLength;
        var key = length <= 8 ? WordKey.OfShort(first, length) : WordKey.OfAscii(_bytes.AsSpan(from, length));
        _tokens[_count++] = new(key, start, end - start, from, (ushort)length, kind, false);
    }

    private bool IsDirty(int from, int end)
    {
        for (var b = from / BlockSize; b <= (end - 1) / BlockSize; b++)
        {
            var low = Math.Max(0, from - b * BlockSize);
            var high = Math.Min(BlockSize, end - b * BlockSize);
            if ((_blocks[b].Dirt >> low << (low + BlockSize - high)) != 0) return true;
        }

        return false;
    }

    // 3b. A mark and what follows it, a character of an unspaced script, or a symbol. Returns where to go on.
    private int Special(ReadOnlySpan<char> text, int i)
    {
        var c = text[i];
        switch (Letters.Of(c))
        {
            case Letter.Mark:
                return i + 1 < text.Length && Letters.IsWord(text[i + 1]) && (i == 0 || !Letters.IsWord(text[i - 1])) ? Marked(text, i, c is '#' or '＃' ? TokenKind.Tag : TokenKind.Handle) : i + 1;
            case Letter.Unspaced:
                Fold(text, i, i, i + 1, TokenKind.Word);
                return i + 1;
            default:
                if (Rune.DecodeFromUtf16(text[i..], out var rune, out var length) != OperationStatus.Done) return i + 1;
                if (Rune.IsLetterOrDigit(rune)) Raw(text, i, length, TokenKind.Word); // beyond the basic plane: rare scripts, one by one
                else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol) Raw(text, i, length, TokenKind.Symbol);
                return i + length;
        }
    }

    // A tag or handle runs over letters of all scripts; those of unspaced ones are a tag each, so that "#東京" is found as the words 東 and 京 are.
    private int Marked(ReadOnlySpan<char> text, int start, TokenKind kind)
    {
        var i = start + 1;
        while (i < text.Length && Letters.IsWord(text[i]))
        {
            var end = i + 1;
            if (Letters.Of(text[i]) == Letter.Unspaced)
            {
                Fold(text, start, i, end, kind);
            }
            else
            {
                while (end < text.Length && (Letters.Of(text[end]) == Letter.Word || kind == TokenKind.Handle && IsInHandle(text, end))) end++;
                Word(text, start, i, end, kind, Unsafe.ReadUnaligned<ulong>(ref _bytes[i]));
            }

            start = i = end;
        }

        return i;
    }

    // fan.bsky.social
    private static bool IsInHandle(ReadOnlySpan<char> text, int i) => text[i] is '.' or '-' && i + 1 < text.Length && Letters.Of(text[i + 1]) == Letter.Word;

    private void Fold(ReadOnlySpan<char> text, int start, int from, int end, TokenKind kind)
    {
        Span<char> folded = stackalloc char[Tokens.MaxLength];
        var length = Tokens.FoldWord(text[from..end], folded);
        if (length > 0) Add(folded[..length], start, end - start, kind);
    }

    private void Raw(ReadOnlySpan<char> text, int start, int length, TokenKind kind) => Add(text.Slice(start, length), start, length, kind);

    private void Add(ReadOnlySpan<char> folded, int start, int length, TokenKind kind)
    {
        if (_bytes.Length < _used + 2 * folded.Length + 16) Array.Resize(ref _bytes, _bytes.Length * 2);
        var isWide = !Ascii.IsValid(folded);
        var to = _bytes.AsSpan(_used);
        if (isWide) MemoryMarshal.AsBytes(folded).CopyTo(to);
        else Ascii.FromUtf16(folded, to, out _);
        var size = isWide ? 2 * folded.Length : folded.Length;
        var key = isWide ? WordKey.OfWide(folded) : WordKey.OfAscii(to[..size]);
        _tokens[_count++] = new(key, start, length, _used, (ushort)size, kind, isWide);
        _used += size;
    }

    private static readonly SearchValues<char> LinkEnd = SearchValues.Create(" \t\r\n<>\"");

    // "http://", "https://" or "www.", as bytes, the first one lowest.
    private static bool IsLink(ulong first) => (first & 0x00FFFFFFFFFFFFFF) == 0x002F2F3A70747468 || first == 0x2F2F3A7370747468 || (uint)first == 0x2E777777;

    private int Link(ReadOnlySpan<char> text, int i)
    {
        var length = text[i..].IndexOfAny(LinkEnd);
        if (length < 0) length = text.Length - i;
        _tokens[_count++] = new(0, i, length, 0, 0, Scanned.Link, false);
        return i + length;
    }
}
