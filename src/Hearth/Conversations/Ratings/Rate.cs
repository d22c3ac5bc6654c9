using Hearth.Conversations.Kpis;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Ratings;

/// <summary>What the page of a rating's link shows.</summary>
/// <param name="Stars">What they said already; null when nothing yet.</param>
/// <param name="Comment">What they added.</param>
/// <param name="Open">False once it is too late to say something else.</param>
/// <param name="QuietForGood">True when they asked not to be asked again.</param>
public sealed record RatingView(int? Stars, string? Comment, bool Open, bool QuietForGood);

/// <summary>What a person thought of it: one question, answered behind a link that only they got.</summary>
public sealed class Rate(Database db, OptOuts optOuts, TimeProvider clock)
{
    public const int MaxComment = 1_000;

    /// <summary>They may change their mind for so long after having been asked.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromDays(30);

    /// <returns>Null when there is no such link.</returns>
    public async Task<RatingView?> Of(string token, CancellationToken ct) => await Row(token, ct) is { } ask
        ? new(ask.Stars, ask.Comment, IsOpen(ask), await Person(ask, ct) is { } person && await optOuts.Of(person, ct) is not null) : null;

    /// <summary>Keeps what they think; saying it again replaces it.</summary>
    /// <param name="token">From the link.</param>
    /// <param name="stars">1 (not at all) to 5 (very much).</param>
    /// <param name="comment">Up to 1,000 characters; may be empty.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when there is no such link, it is too late, or the stars are out of range.</returns>
    public Task<bool> With(string token, int stars, string? comment, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (stars is < 1 or > 5 || comment?.Length > MaxComment || await Row(token, ct) is not { } ask || !IsOpen(ask)) return false;
        var (now, text) = (clock.Now(), string.IsNullOrWhiteSpace(comment) ? null : comment.Trim());
        if (await db.Set<RatingAskRow>().Where(a => a.Token == token && (a.Stars != stars || a.Comment != text)).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Stars, stars).SetProperty(a => a.Comment, text).SetProperty(a => a.AnsweredAt, now).SetProperty(a => a.State, AskState.Answered), ct) == 0) return true;
        await db.Set<RecordRow>().Where(r => r.Conversation == ask.Conversation).ExecuteUpdateAsync(set => set.SetProperty(r => r.Rating, stars), ct);
        db.Add(Entry.Event(ask.Conversation, "rated", $"{stars} of 5{(text is null ? "" : ": " + text)}", null, now));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    /// <summary>They do not want to be asked again, nor written to unasked at all.</summary>
    public async Task<bool> Stop(string token, CancellationToken ct) => await Row(token, ct) is { } ask && await Person(ask, ct) is { } person && await optOuts.Add(person, "they said so", ct);

    private Task<RatingAskRow?> Row(string token, CancellationToken ct) => db.Set<RatingAskRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Token == token && a.AskedAt != null, ct);

    private Task<PersonId?> Person(RatingAskRow ask, CancellationToken ct) => db.Set<Conversation>().Where(c => c.Id == ask.Conversation).Select(c => c.PersonId).SingleOrDefaultAsync(ct);

    private bool IsOpen(RatingAskRow ask) => ask.AskedAt > clock.Now() - OpenFor;
}
