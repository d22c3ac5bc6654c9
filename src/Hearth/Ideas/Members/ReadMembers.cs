using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Members;

/// <summary>A member's public page: what they chose to show.</summary>
/// <param name="User">The account.</param>
/// <param name="Name">As shown.</param>
/// <param name="Initials">1 to 3 letters.</param>
/// <param name="About">Plain text; null for none.</param>
/// <param name="Link">Null for none.</param>
/// <param name="Since">When they joined.</param>
/// <param name="Standing">What became of their ideas.</param>
/// <param name="Badges">What they are honoured for.</param>
/// <param name="ShowsIdeas">Whether their ideas are listed.</param>
/// <param name="Comments">Their latest 20 comments; null when they are not shown.</param>
/// <param name="Promotes">The latest 20 ideas they promote; null when they are not shown.</param>
public sealed record MemberView(
    UserId User, string Name, string Initials, string? About, string? Link, DateTimeOffset Since, MemberStanding Standing, IReadOnlyList<EarnedBadge> Badges, bool ShowsIdeas,
    IReadOnlyList<MemberSaid>? Comments, IReadOnlyList<MemberPromotes>? Promotes);

/// <summary>A comment on a member's page.</summary>
public sealed record MemberSaid(IdeaId Idea, string Title, string Body, DateTimeOffset At);

/// <summary>An idea that a member promotes.</summary>
public sealed record MemberPromotes(IdeaId Idea, string Title, IdeaStatus Status);

/// <summary>A place on the leaderboard.</summary>
/// <param name="User">The account.</param>
/// <param name="Name">As shown.</param>
/// <param name="Points">10 for each idea implemented, 5 in part, 3 contributed, 2 planned.</param>
/// <param name="Standing">What the points are made of.</param>
public sealed record Leader(UserId User, string Name, int Points, MemberStanding Standing);

/// <summary>Reads the pages of members who want one, and who of them stands where.</summary>
public sealed class ReadMembers(Database db, Staff staff, MemberBadges badges, MemberStandings standings)
{
    private const int Latest = 20;

    /// <summary>The member's page.</summary>
    /// <returns>Null when there is no such member or they want none: which of the two is not told.</returns>
    public async Task<MemberView?> Of(UserId member, CancellationToken ct)
    {
        if (await db.MemberProfiles.AsNoTracking().SingleOrDefaultAsync(p => p.User == member, ct) is not { } profile) return null;
        if (await staff.Find(member, ct) is not { Active: true } who) return null;
        return new(member, who.Name, who.Initials, profile.About, profile.Link, profile.Since, await standings.Of(member, ct), await badges.Of(member, ct), profile.ShowIdeas,
            profile.ShowComments ? await Comments(member, ct) : null, profile.ShowVotes ? await Promotes(member, ct) : null);
    }

    /// <summary>Those of the authors who have a page, for lists that link to it.</summary>
    public async Task<IReadOnlySet<UserId>> WithPage(IEnumerable<UserId> authors, CancellationToken ct)
    {
        var ids = authors.Distinct().ToArray();
        return (await db.MemberProfiles.Where(p => ids.Contains(p.User)).Select(p => p.User).ToListAsync(ct)).ToHashSet();
    }

    /// <summary>The members who want to be named, the most points first, of equal ones the earlier page; those without a point are left out.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in this list.</returns>
    public async Task<Page<Leader>?> Leaders(string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var rows = db.MemberProfiles.AsNoTracking().Where(p => p.OnLeaderboard && p.Points > 0);
        if (place is not null)
        {
            rows = rows.Where(p => p.Points < place.Points || p.Points == place.Points && p.Number > place.Number);
        }

        var page = Keyset.Cut(await rows.OrderByDescending(p => p.Points).ThenBy(p => p.Number).Take(take + 1).ToListAsync(ct), take, p => new Place(p.Points, p.Number));
        var names = await staff.Names(page.Items.Select(p => p.User), ct);
        return page.Select(p => new Leader(p.User, names.GetValueOrDefault(p.User, ""), p.Points, new(p.Implemented, p.Partly, p.Planned, p.Contributed)));
    }

    private async Task<IReadOnlyList<MemberSaid>> Comments(UserId member, CancellationToken ct) => await db.IdeaComments.AsNoTracking()
        .Where(c => c.Author == member && c.RemovedAt == null && c.Removed == null).Join(db.ShownIdeas, c => c.Idea, i => i.Id, (c, i) => new { c.Number, c.Body, c.At, i.Id, i.Title })
        .OrderByDescending(c => c.Number).Take(Latest).Select(c => new MemberSaid(c.Id, c.Title, c.Body, c.At)).ToListAsync(ct);

    private async Task<IReadOnlyList<MemberPromotes>> Promotes(UserId member, CancellationToken ct) => await db.IdeaVotes.AsNoTracking()
        .Where(v => v.User == member && v.Stance == Stance.Promote && v.CarriedFrom == null && !v.Held).Join(db.ShownIdeas, v => v.Idea, i => i.Id, (v, i) => new { v.At, i.Id, i.Title, i.Status })
        .OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(Latest).Select(v => new MemberPromotes(v.Id, v.Title, v.Status)).ToListAsync(ct);

    private sealed record Place(int Points, long Number);
}
