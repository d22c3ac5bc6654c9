using Hearth.Platform;

namespace Hearth.Outlet.Photos;

/// <summary>A picture of a stock item.</summary>
public readonly record struct StockPictureId(Guid Value) : IId<StockPictureId>
{
    public static StockPictureId New() => new(Ids.New());

    public static StockPictureId From(Guid value) => new(value);
}

/// <summary>A picture as people see it.</summary>
/// <param name="Id">Its file is at <c>/outlet/pictures/{id}</c>, a small one at <c>/outlet/pictures/{id}/small</c>, both JPEG.</param>
/// <param name="Item">What it shows.</param>
/// <param name="Alt">The same in words.</param>
/// <param name="Width">Of the file, in pixels.</param>
/// <param name="Height">Of the file, in pixels.</param>
public sealed record StockPictureView(StockPictureId Id, StockItemId Item, string Alt, int Width, int Height)
{
    /// <summary>Where its file is.</summary>
    public string Address => "/outlet/pictures/" + Id.Value;

    /// <summary>Where the small file is.</summary>
    public string Small => Address + "/small";
}

internal sealed class StockPicture
{
    public required StockPictureId Id { get; init; }

    public required StockItemId Item { get; init; }

    public required string Alt { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>JPEG, at most <see cref="ShrinkPhoto.Large"/> a side.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>JPEG, at most <see cref="ShrinkPhoto.Small"/> a side.</summary>
    public required byte[] Small { get; init; }

    /// <summary>SHA-256 of the file that was brought: the same file twice stands once.</summary>
    public required byte[] Source { get; init; }

    public required DateTimeOffset At { get; init; }
}
