using Hearth.Catalog;
using Hearth.Listening.Understanding;

namespace Hearth.Listening;

/// <summary>A product that a mention names, and how it is spoken of.</summary>
internal sealed class MentionProduct
{
    public required MentionId Mention { get; init; }

    public required ProductId Product { get; init; }

    public required Sentiment Polarity { get; set; }

    /// <inheritdoc cref="MentionTopic.At"/>
    public required DateTimeOffset At { get; init; }
}

/// <summary>What fell short, as <see cref="Mismatch"/> says. One attribute falls short once a mention.</summary>
internal sealed class MismatchRow
{
    public required MentionId Mention { get; init; }

    public required string Attribute { get; init; }

    public ProductId? Product { get; set; }

    public PromiseId? Promise { get; set; }

    public required double Sure { get; set; }

    public int AboutStart { get; set; }

    /// <summary>0 when no words say it, since a person does.</summary>
    public int AboutLength { get; set; }

    public int? ExpectedStart { get; set; }

    public int? ExpectedLength { get; set; }

    public int? DeliveredStart { get; set; }

    public int? DeliveredLength { get; set; }

    public decimal? SizeExpected { get; set; }

    public decimal? SizeDelivered { get; set; }

    public decimal? SizeDifference { get; set; }

    public string? Unit { get; set; }

    /// <inheritdoc cref="MentionTopic.At"/>
    public required DateTimeOffset At { get; init; }

    public static MismatchRow Of(MentionId mention, DateTimeOffset at, Mismatch m) => new()
    {
        Mention = mention, At = at, Attribute = m.Attribute, Product = m.Product, Promise = m.Promise, Sure = m.Sure, AboutStart = m.About.Start, AboutLength = m.About.Length,
        ExpectedStart = m.Expected?.Start, ExpectedLength = m.Expected?.Length, DeliveredStart = m.Delivered?.Start, DeliveredLength = m.Delivered?.Length,
        SizeExpected = m.Size?.Expected, SizeDelivered = m.Size?.Delivered, SizeDifference = m.Size?.Difference, Unit = m.Size?.Unit,
    };

    public Mismatch Mismatch() => new(
        Attribute, ExpectedStart is { } e ? new(e, ExpectedLength ?? 0) : null, DeliveredStart is { } d ? new(d, DeliveredLength ?? 0) : null,
        Unit is { } unit ? new(SizeExpected, SizeDelivered, SizeDifference, unit) : null, Promise, Sure, new(AboutStart, AboutLength))
    {
        Product = Product,
    };
}
