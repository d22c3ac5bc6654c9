using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

public readonly record struct PictureId(Guid Value) : IId<PictureId>
{
    public static PictureId New() => new(Ids.New());

    public static PictureId From(Guid value) => new(value);
}

/// <summary>A picture that goes with a message.</summary>
/// <param name="Id">Its bytes are at /pictures/{id}.</param>
/// <param name="MediaType">"image/png" ...</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record PictureView(PictureId Id, string MediaType, string Alt, int Width, int Height);

/// <summary>What became of bringing a picture.</summary>
public abstract record KeptPicture
{
    private KeptPicture() { }

    public sealed record Done(PictureView Picture) : KeptPicture;

    public sealed record Invalid(string Field, string Reason) : KeptPicture;
}

/// <summary>Pictures that are said something with. Brought first, then named by a reply; what nobody names within a day is dropped.</summary>
public sealed class Pictures(Database db, TimeProvider clock)
{
    /// <summary>The largest that is kept; networks take less.</summary>
    public const int MaxBytes = 8 << 20;

    public const int MaxAlt = 2000;

    /// <summary>Keeps a picture. Without a description there is none: who cannot see it would be left out.</summary>
    public async Task<KeptPicture> Keep(byte[]? bytes, string? alt, Actor by, CancellationToken ct)
    {
        if (bytes is not { Length: > 0 }) return new KeptPicture.Invalid("bytes", "must be a file");
        if (bytes.Length > MaxBytes) return new KeptPicture.Invalid("bytes", $"must be at most {MaxBytes >> 20} MB");
        if (PictureFile.Read(bytes) is not { Width: > 0, Height: > 0 } file) return new KeptPicture.Invalid("bytes", "must be a PNG, JPEG, GIF or WebP picture");
        if (string.IsNullOrWhiteSpace(alt)) return new KeptPicture.Invalid("alt", "must say what the picture shows, for who cannot see it");
        if (alt.Trim().Length > MaxAlt) return new KeptPicture.Invalid("alt", $"must be at most {MaxAlt:N0} characters");
        var row = new PictureRow { Id = PictureId.New(), Bytes = bytes, MediaType = file.MediaType, Alt = alt.Trim(), Width = file.Width, Height = file.Height, By = by.Id, At = clock.Now() };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return new KeptPicture.Done(View(row));
    }

    /// <summary>Of several messages, in order.</summary>
    public async Task<ILookup<MessageId, PictureView>> With(IReadOnlyCollection<MessageId> messages, CancellationToken ct)
    {
        var rows = await db.Set<PictureRow>().AsNoTracking().Where(p => p.MessageId != null && messages.Contains(p.MessageId.Value)).OrderBy(p => p.Position)
            .Select(p => new { p.MessageId, View = new PictureView(p.Id, p.MediaType, p.Alt, p.Width, p.Height) }).ToListAsync(ct);
        return rows.ToLookup(r => r.MessageId!.Value, r => r.View);
    }

    /// <summary>The file; null when there is none.</summary>
    public async Task<(byte[] Bytes, string MediaType)?> File(PictureId id, CancellationToken ct) =>
        await db.Set<PictureRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } row ? (row.Bytes, row.MediaType) : null;

    /// <summary>What is wrong with pictures for a network; null when they may go with a message.</summary>
    internal async Task<(IReadOnlyList<PictureRow> Rows, FieldError? Wrong)> Check(IReadOnlyList<PictureId> ids, NetworkRules rules, Actor by, CancellationToken ct)
    {
        if (ids.Count == 0) return ([], null);
        if (ids.Count > rules.MaxImages) return ([], new("pictures", rules.MaxImages == 0 ? "cannot be sent on this network" : $"must be at most {rules.MaxImages} on this network"));
        var found = (await db.Set<PictureRow>().Where(p => ids.Contains(p.Id) && p.MessageId == null && p.By == by.Id).ToListAsync(ct)).ToDictionary(p => p.Id);
        if (ids.Distinct().Count() != ids.Count || ids.Any(i => !found.ContainsKey(i))) return ([], new("pictures", "must be pictures that you brought and have not sent yet"));
        var rows = ids.Select(i => found[i]).ToList();
        foreach (var row in rows)
        {
            if (row.Bytes.Length > rules.MaxImageBytes) return ([], new("pictures", $"must be at most {rules.MaxImageBytes / 1000:N0} kB on this network; one has {row.Bytes.Length / 1000:N0}"));
            if (!rules.ImageTypes.Contains(row.MediaType, StringComparer.Ordinal)) return ([], new("pictures", $"must be of the kinds {string.Join(", ", rules.ImageTypes)} on this network"));
            if (row.Alt.Length > rules.MaxAlt) return ([], new("pictures", $"must be described in at most {rules.MaxAlt:N0} characters on this network"));
        }

        return (rows, null);
    }

    internal static async Task<IReadOnlyList<OutgoingImage>> Of(Database db, MessageId message, CancellationToken ct) =>
        [.. (await db.Set<PictureRow>().AsNoTracking().Where(p => p.MessageId == message).OrderBy(p => p.Position).ToListAsync(ct)).Select(p => new OutgoingImage(p.Bytes, p.MediaType, p.Alt, p.Width, p.Height))];

    internal static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/pictures").WithTags("Publishing");
        group.MapPost("", async Task<Results<Created<PictureView>, ProblemHttpResult>> (PictureBody body, Pictures pictures, HttpContext http, CancellationToken ct) =>
            await pictures.Keep(body.Bytes, body.Alt, http.Actor(), ct) switch
            {
                KeptPicture.Done done => Created($"/api/v1/pictures/{done.Picture.Id.Value}", done.Picture),
                KeptPicture.Invalid i => Problems.Invalid(i.Field, i.Reason),
                var other => throw new InvalidOperationException(other.ToString()),
            }).RequireAuthorization("write").WithName("bringPicture").WithSummary("Brings a picture to be sent; name its id in a reply within a day");
        group.MapGet("/{picture:guid}", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (Guid picture, Pictures pictures, CancellationToken ct) =>
            await pictures.File(new(picture), ct) is var (bytes, type) ? TypedResults.File(bytes, type) : Problems.Unknown("picture")).RequireAuthorization("read").WithName("readPicture").WithSummary("A picture's file");
    }

    /// <summary>A picture.</summary>
    /// <param name="Bytes">The file, PNG, JPEG, GIF or WebP, in base64.</param>
    /// <param name="Alt">What it shows, 1 to 2,000 characters.</param>
    internal sealed record PictureBody(byte[]? Bytes, string? Alt);

    private static PictureView View(PictureRow p) => new(p.Id, p.MediaType, p.Alt, p.Width, p.Height);
}
