namespace Hearth.Listening.Text;

/// <summary>One word of a text as <see cref="Scanner"/> finds it, without a string. Its place among the others is its position.</summary>
/// <param name="Key">Of the folded word, see <see cref="WordKey"/>; 0 for a link.</param>
/// <param name="Start">First UTF-16 character in the text, its '#' or '@' included.</param>
/// <param name="Length">In UTF-16 characters.</param>
/// <param name="At">Where its folded bytes begin in the scanner's buffer.</param>
/// <param name="Size">How many bytes they are.</param>
/// <param name="Kind">What it is; <see cref="Link"/> for an address.</param>
/// <param name="IsWide">True when the bytes are UTF-16, false when they are ASCII.</param>
internal readonly record struct Scanned(ulong Key, int Start, int Length, int At, ushort Size, TokenKind Kind, bool IsWide)
{
    /// <summary>An address of a page: no word, and never given out as a token, but it takes a position.</summary>
    public const TokenKind Link = (TokenKind)255;
}
