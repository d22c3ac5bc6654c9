using Hearth.Governance;
using Hearth.Ideas.Words.Pictures;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Words;

/// <summary>What became of a picture.</summary>
public abstract record BroughtImage
{
    private BroughtImage() { }

    public sealed record Stands(IdeaImageView Image) : BroughtImage;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : BroughtImage;
}

/// <summary>
/// Takes a picture for an idea that is being written. It is known by its bytes, not by its name; what tells of camera and place is taken out; it stands in the
/// database, so that a backup holds it and every node has it. What no idea took up is forgotten after a day.
/// </summary>
public sealed class BringImage(Database db, TimeProvider clock)
{
    /// <summary>5 MiB, in bytes.</summary>
    public const int MaxBytes = 5 << 20;

    public const int MaxSide = 10_000;
    public const int MaxPixels = 25_000_000;
    public const int MaxAlt = 300;

    /// <summary>All frames of a moving picture together.</summary>
    private const long MaxPixelsOfAllFrames = 100_000_000;

    /// <summary>So many may wait for an account's ideas; the oldest make room.</summary>
    private const int MaxWaiting = 12;

    /// <summary>Keeps the picture until an idea takes it up.</summary>
    /// <param name="owner">Whose idea it will be.</param>
    /// <param name="bytes">PNG, JPEG, WebP or GIF, up to 5 MiB and 25 million pixels.</param>
    /// <param name="alt">What it shows, for those who do not see it: 3 to 300 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<BroughtImage> By(Actor owner, byte[] bytes, string alt, CancellationToken ct)
    {
        alt = alt.Trim();
        var errors = new List<FieldError>();
        if (alt.Length is < 3 or > MaxAlt || alt.Any(char.IsControl)) errors.Add(new("alt", $"must say in 3 to {MaxAlt} characters what the picture shows"));
        var picture = bytes.Length > MaxBytes ? null : Picture.Read(bytes);
        if (bytes.Length > MaxBytes) errors.Add(new("picture", "must have at most 5 MB"));
        else if (picture is null) errors.Add(new("picture", "must be a whole PNG, JPEG, WebP or GIF"));
        else if (picture.Width > MaxSide || picture.Height > MaxSide || (long)picture.Width * picture.Height > MaxPixels) errors.Add(new("picture", "must have at most 25 million pixels and 10,000 a side"));
        else if ((long)picture.Width * picture.Height * picture.Frames > MaxPixelsOfAllFrames) errors.Add(new("picture", "moves for too long: all its frames may have 100 million pixels together"));
        if (errors.Count > 0) return new BroughtImage.Invalid(errors);

        var image = new IdeaImage
        {
            Id = IdeaImageId.New(), Owner = owner.Id, At = clock.Now(), Alt = alt, MediaType = picture!.MediaType, Width = picture.Width, Height = picture.Height, Bytes = picture.Bytes,
        };
        await db.InTransaction(async () =>
        {
            var waiting = await db.IdeaImages.Where(i => i.Owner == owner.Id && i.Idea == null).OrderByDescending(i => i.At).Select(i => i.Id).Skip(MaxWaiting - 1).ToListAsync(ct);
            if (waiting.Count > 0) await db.IdeaImages.Where(i => waiting.Contains(i.Id)).ExecuteDeleteAsync(ct);
            db.Add(image);
            await db.SaveChangesAsync(ct);
        }, ct);
        return new BroughtImage.Stands(View(image.Id, image.Alt, image.Width, image.Height));
    }

    /// <summary>What an account has brought, by id, in the order asked for: for a form that is shown again.</summary>
    public async Task<IReadOnlyList<IdeaImageView>> Of(Actor owner, IReadOnlyList<IdeaImageId> images, CancellationToken ct)
    {
        if (images.Count == 0) return [];
        var rows = await db.IdeaImages.Where(i => images.Contains(i.Id) && i.Owner == owner.Id).Select(i => View(i.Id, i.Alt, i.Width, i.Height)).ToListAsync(ct);
        return [.. rows.OrderBy(r => images.ToList().IndexOf(r.Id))];
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/images",
        async Task<Results<Created<IdeaImageView>, ProblemHttpResult>> (string? alt, HttpContext http, BringImage bring, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, ct);
            return await bring.By(http.Actor(), body.ToArray(), alt ?? "", ct) switch
            {
                BroughtImage.Stands stands => TypedResults.Created(stands.Image.Address, stands.Image),
                BroughtImage.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        })
        .Accepts<Stream>("image/png", "image/jpeg", "image/webp", "image/gif").WithMetadata(new RequestSizeLimitAttribute(MaxBytes + 1))
        .RequireAuthorization("community").WithSummary("Bring a picture for an idea that you are about to post").ProducesProblem(400).ProducesProblem(413);

    internal static IdeaImageView View(IdeaImageId id, string alt, int width, int height) => new(id, alt, width, height, "/ideas/images/" + id.Value);
}
