using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

public enum Comparison : byte
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>One test of a field of a post. Values are kept as they are compared, so that equal tests are equal values.</summary>
public abstract record FieldTest
{
    private FieldTest() { }

    /// <summary>The post's own address is at that host or below it (<c>dell.com</c> holds for www.dell.com).</summary>
    /// <param name="Host">Lower case, ASCII (IDNA), without a leading "www.".</param>
    public sealed record Site(string Host) : FieldTest;

    /// <summary>The post's own address, or one it points at, holds this text.</summary>
    /// <param name="Part">Lower case.</param>
    public sealed record Url(string Part) : FieldTest;

    /// <param name="Handle">Folded, without @; may end in *, any ending.</param>
    public sealed record Author(string Handle) : FieldTest;

    /// <param name="Code">The primary subtag in lower case: "en" holds for en-GB.</param>
    public sealed record Language(string Code) : FieldTest;

    /// <param name="Name">The network ("bluesky", "web" ...) or the name of the source, in lower case.</param>
    public sealed record Source(string Name) : FieldTest;

    /// <param name="Kind">One of link, image, video.</param>
    public sealed record Has(Media Kind) : FieldTest;

    public sealed record Is(PostKind Kind) : FieldTest;

    public sealed record Followers(Comparison How, long Count) : FieldTest;

    public sealed record Sentiment(Understanding.Sentiment Value) : FieldTest;

    public sealed record Intent(Understanding.Intent Value) : FieldTest;

    /// <summary>The post names a product of the catalogue that has this SKU, name or word.</summary>
    /// <param name="Key">See <see cref="KeyOf"/>.</param>
    public sealed record Product(string Key) : FieldTest
    {
        /// <summary>What a SKU, name or word of a product is compared by: its words, folded, with one space between.</summary>
        public static string KeyOf(string written) => string.Join(' ', Tokens.Of(written).Select(t => t.Folded));
    }

    /// <summary>As it is written in a query.</summary>
    public sealed override string ToString() => PrintQuery.Of(this);
}
