using System.Security.Cryptography;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Photos;

/// <summary>What became of a picture that was brought.</summary>
public abstract record KeptStockPicture
{
    private KeptStockPicture() { }

    /// <summary>It stands. The same file again is the same picture.</summary>
    public sealed record Done(StockPictureView Picture) : KeptStockPicture;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptStockPicture;

    public sealed record UnknownItem : KeptStockPicture;
}

/// <summary>Pictures of stock, in the order in which they were brought; the first is what people see of an offer. They stand in the database, so that a backup holds them and every node has them.</summary>
public sealed class StockPictures(Database db, TimeProvider clock)
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const int MaxBytes = 10 << 20;

    public const int MaxAlt = 300;

    /// <summary>Of one item.</summary>
    public const int Most = 8;

    /// <summary>Keeps a picture of an item.</summary>
    /// <param name="item">What it shows.</param>
    /// <param name="file">PNG, JPEG, WebP or GIF (its first frame), up to 10 MiB and 50 million pixels.</param>
    /// <param name="alt">The same in words, for who does not see it: 3 to 300 characters.</param>
    /// <param name="ct">Stops the work; nothing is kept.</param>
    public async Task<KeptStockPicture> Add(StockItemId item, byte[]? file, string? alt, CancellationToken ct)
    {
        var said = alt?.Trim() ?? "";
        var errors = new List<FieldError>();
        if (said.Length is < 3 or > MaxAlt || said.Any(char.IsControl)) errors.Add(new("alt", $"must say in 3 to {MaxAlt} characters what the picture shows"));
        if (file is not { Length: > 0 }) errors.Add(new("picture", "must be a file"));
        else if (file.Length > MaxBytes) errors.Add(new("picture", $"must have at most {MaxBytes >> 20} MB"));
        if (errors.Count > 0) return new KeptStockPicture.Invalid(errors);
        if (ShrinkPhoto.Of(file!) is not { } photo) return new KeptStockPicture.Invalid([new("picture", "must be a whole PNG, JPEG, WebP or GIF of at most 50 million pixels")]);
        var source = SHA256.HashData(file!);
        try
        {
            return await db.InTransaction(() => Keep(item, said, photo, source, ct), ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // the form was sent twice at once
            return new KeptStockPicture.Done(View(await db.Set<StockPicture>().AsNoTracking().SingleAsync(p => p.Item == item && p.Source == source, ct)));
        }
    }

    private async Task<KeptStockPicture> Keep(StockItemId item, string alt, ShrunkPhoto photo, byte[] source, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (!await db.Set<StockItem>().AnyAsync(s => s.Id == item, ct)) return new KeptStockPicture.UnknownItem();
        if (await db.Set<StockPicture>().AsNoTracking().SingleOrDefaultAsync(p => p.Item == item && p.Source == source, ct) is { } same) return new KeptStockPicture.Done(View(same));
        if (await db.Set<StockPicture>().CountAsync(p => p.Item == item, ct) >= Most) return new KeptStockPicture.Invalid([new("picture", $"is one too many: an item has at most {Most}")]);
        var now = clock.Now();
        var made = new StockPicture { Id = new(Ids.New(now)), Item = item, Alt = alt, Width = photo.Width, Height = photo.Height, Bytes = photo.Large, Small = photo.Small, Source = source, At = now };
        db.Add(made);
        await db.SaveChangesAsync(ct);
        return new KeptStockPicture.Done(View(made));
    }

    /// <summary>Takes a picture away. False when there is none (any more).</summary>
    public async Task<bool> Remove(StockItemId item, StockPictureId id, CancellationToken ct) => await db.Set<StockPicture>().Where(p => p.Id == id && p.Item == item).ExecuteDeleteAsync(ct) == 1;

    /// <summary>Of several items, the first brought first.</summary>
    public async Task<ILookup<StockItemId, StockPictureView>> Of(IReadOnlyCollection<StockItemId> items, CancellationToken ct) =>
        (await db.Set<StockPicture>().Where(p => items.Contains(p.Item)).OrderBy(p => p.Id).Select(p => new StockPictureView(p.Id, p.Item, p.Alt, p.Width, p.Height)).ToListAsync(ct)).ToLookup(p => p.Item);

    /// <summary>The file, JPEG; null when there is none.</summary>
    public Task<byte[]?> File(StockPictureId id, bool small, CancellationToken ct) =>
        db.Set<StockPicture>().Where(p => p.Id == id).Select(p => small ? p.Small : p.Bytes).SingleOrDefaultAsync(ct);

    private static StockPictureView View(StockPicture p) => new(p.Id, p.Item, p.Alt, p.Width, p.Height);
}
