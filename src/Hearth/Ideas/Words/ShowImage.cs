using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Words;

/// <summary>A picture to be sent.</summary>
/// <param name="MediaType">image/png, image/jpeg, image/webp or image/gif.</param>
/// <param name="Bytes">All of it.</param>
public sealed record ImageFile(string MediaType, byte[] Bytes);

/// <summary>Gives a picture to whoever may see it: everybody once its idea is posted, its owner before.</summary>
public sealed class ShowImage(Database db, TimeProvider clock)
{
    /// <summary>Pictures that no idea took up stay so long.</summary>
    internal static readonly TimeSpan Waiting = TimeSpan.FromDays(1);

    /// <returns>Null when there is no such picture for this reader.</returns>
    public async Task<ImageFile?> To(UserId? reader, IdeaImageId image, CancellationToken ct) => await db.IdeaImages
        .Where(i => i.Id == image && !i.Down && (i.Idea == null ? i.Owner == reader : db.Set<Idea>().Any(idea => idea.Id == i.Idea && idea.Standing != IdeaStanding.Removed)))
        .Select(i => new ImageFile(i.MediaType, i.Bytes)).SingleOrDefaultAsync(ct);

    /// <summary>Forgets pictures that no idea took up within a day. Returns how many.</summary>
    public Task<int> ForgetWaiting(CancellationToken ct)
    {
        var before = clock.Now() - Waiting;
        return db.IdeaImages.Where(i => i.Idea == null && i.At < before).ExecuteDeleteAsync(ct);
    }
}

/// <summary>Forgets pictures that were brought and not used.</summary>
public sealed record ForgetWaitingImages : IJob;

internal sealed class ForgetWaitingImagesJob(ShowImage images) : IRun<ForgetWaitingImages>
{
    public Task Run(ForgetWaitingImages job, CancellationToken ct) => images.ForgetWaiting(ct);
}
