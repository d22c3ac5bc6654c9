using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Members;

/// <summary>A member's public page as they want it.</summary>
/// <param name="Public">False when there shall be none; all else is forgotten then.</param>
/// <param name="About">A few words in plain text, at most 500 characters.</param>
/// <param name="Link">An address of theirs, http or https.</param>
/// <param name="ShowIdeas">Whether it lists their ideas.</param>
/// <param name="ShowComments">Whether it lists their comments.</param>
/// <param name="ShowVotes">Whether it lists what they promote.</param>
/// <param name="OnLeaderboard">Whether the leaderboard names them.</param>
public sealed record ProfileWish(bool Public, string? About = null, string? Link = null, bool ShowIdeas = false, bool ShowComments = false, bool ShowVotes = false, bool OnLeaderboard = false);

/// <summary>The public page of one's own: there is none until it is wanted, and none a moment after it is not.</summary>
public sealed class OwnProfile(Database db, MemberStandings standings, TimeProvider clock)
{
    public const int MaxAbout = 500;
    public const int MaxLink = 300;

    /// <summary>What is wanted now; nothing at first.</summary>
    public async Task<ProfileWish> Read(UserId me, CancellationToken ct) => await db.MemberProfiles.AsNoTracking().SingleOrDefaultAsync(p => p.User == me, ct) is { } p
        ? new(true, p.About, p.Link, p.ShowIdeas, p.ShowComments, p.ShowVotes, p.OnLeaderboard) : new(false);

    /// <summary>Puts the wish in force.</summary>
    /// <returns>What is wrong; empty when it is in force.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(Actor me, ProfileWish wish, CancellationToken ct)
    {
        if (me.IsGuest) return [new("public", "needs an account: join first")];
        wish = wish with { About = string.IsNullOrWhiteSpace(wish.About) ? null : wish.About.Trim().ReplaceLineEndings("\n"), Link = string.IsNullOrWhiteSpace(wish.Link) ? null : wish.Link.Trim() };
        if (wish.Public && Errors(wish).ToList() is { Count: > 0 } errors) return errors;
        if (!wish.Public)
        {
            await db.MemberProfiles.Where(p => p.User == me.Id).ExecuteDeleteAsync(ct);
            return [];
        }

        try
        {
            await db.InTransaction(() => Keep(me, wish, ct), ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // sent twice at once
            await db.InTransaction(() => Keep(me, wish, ct), ct);
        }

        return [];
    }

    private async Task Keep(Actor me, ProfileWish wish, CancellationToken ct)
    {
        var row = await db.MemberProfiles.SingleOrDefaultAsync(p => p.User == me.Id, ct);
        if (row is null) db.Add(row = new() { User = me.Id, Since = clock.Now() });
        (row.About, row.Link) = (wish.About, wish.Link);
        (row.ShowIdeas, row.ShowComments, row.ShowVotes) = (wish.ShowIdeas, wish.ShowComments, wish.ShowVotes);
        row.OnLeaderboard = wish.OnLeaderboard && me.Role == Role.Community; // the brand's own people do not compete
        await db.SaveChangesAsync(ct);
        await standings.Keep([me.Id], ct);
    }

    private static IEnumerable<FieldError> Errors(ProfileWish wish)
    {
        if (wish.About?.Length > MaxAbout) yield return new("about", $"must have at most {MaxAbout} characters");
        if (wish.Link is { } link && (link.Length > MaxLink || !Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0))
        {
            yield return new("link", "must be an http or https address");
        }
    }
}
