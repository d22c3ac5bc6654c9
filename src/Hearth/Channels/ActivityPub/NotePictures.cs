using System.Security.Cryptography;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>A picture of a note of ours, as other servers fetch it.</summary>
internal sealed class NotePictureRow
{
    /// <summary>SHA-256 of the file in hexadecimals, the last part of its address: the same file is kept once, and nobody guesses what was shown to few.</summary>
    public required string Hash { get; init; }

    public required string MediaType { get; init; }

    public required byte[] Bytes { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A picture as a note names it.</summary>
/// <param name="Hash">Of <see cref="NotePictureRow"/>.</param>
/// <param name="MediaType">"image/png" ...</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Width">In pixels; 0 when it is not known.</param>
/// <param name="Height">In pixels; 0 when it is not known.</param>
internal sealed record NotePicture(string Hash, string MediaType, string Alt, int Width, int Height);

/// <summary>Keeps the pictures of notes, each as long as a note shows it.</summary>
internal static class NotePictures
{
    /// <summary>The path of a picture, before its hash.</summary>
    public const string Path = "/ap/pictures/";

    /// <summary>Servers of the network show four.</summary>
    public const int Most = 4;

    /// <summary>The largest file; servers that make copies take at least as much.</summary>
    public const int MostBytes = 8 << 20;

    public static readonly string[] Types = ["image/jpeg", "image/png", "image/webp", "image/gif"];

    /// <summary>Made ready, but named by no note for so long: it will be named by none.</summary>
    private static readonly TimeSpan Unnamed = TimeSpan.FromDays(3);

    /// <summary>Keeps files before the note that shows them is sent. Doing it again changes nothing.</summary>
    public static async Task<IReadOnlyList<NotePicture>> Keep(Database db, IReadOnlyList<OutgoingImage> images, DateTimeOffset now, CancellationToken ct)
    {
        var pictures = new List<NotePicture>();
        foreach (var image in images)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(image.Bytes));
            pictures.Add(new(hash, image.MediaType, image.Alt, image.Width, image.Height));
            if (await db.Set<NotePictureRow>().Where(p => p.Hash == hash).ExecuteUpdateAsync(set => set.SetProperty(p => p.At, now), ct) > 0 || db.Set<NotePictureRow>().Local.Any(p => p.Hash == hash)) continue;
            db.Add(new NotePictureRow { Hash = hash, MediaType = image.MediaType, Bytes = image.Bytes, At = now });
        }

        return pictures;
    }

    /// <summary>Drops what a note showed, unless another one shows it too.</summary>
    /// <param name="db">The caller's unit of work.</param>
    /// <param name="key">Of the note, which does not count any more.</param>
    /// <param name="pictures">What it showed.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task Drop(Database db, string key, IEnumerable<NotePicture> pictures, CancellationToken ct)
    {
        foreach (var hash in pictures.Select(p => p.Hash).Distinct(StringComparer.Ordinal))
        {
            if (await db.Set<NoteRow>().AnyAsync(n => n.Key != key && n.DeletedAt == null && n.Body.Contains(hash), ct)) continue;
            await db.Set<NotePictureRow>().Where(p => p.Hash == hash).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>Drops what was made ready for notes that were never sent.</summary>
    public static async Task Tidy(Database db, DateTimeOffset now, CancellationToken ct)
    {
        var old = now - Unnamed;
        foreach (var hash in await db.Set<NotePictureRow>().Where(p => p.At < old).Select(p => p.Hash).ToListAsync(ct)) await Drop(db, "", [new(hash, "", "", 0, 0)], ct);
    }
}
