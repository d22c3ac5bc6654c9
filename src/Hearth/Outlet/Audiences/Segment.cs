using Hearth.Outlet.Digests;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Audiences;

/// <summary>Which of those who get the digest belong to a segment: those of whom all of it is true.</summary>
/// <param name="Name">1 to 60 characters, each once.</param>
/// <param name="LeastDays">Subscribed, without an end between, for at least so many days; 0 to 3,650.</param>
/// <param name="LeastBought">Codes of theirs that were used at the shop, at least; 0 to 1,000.</param>
/// <param name="MostBought">The same at most, from <paramref name="LeastBought"/> to 1,000: 0 for those who never bought. Null for any number.</param>
public sealed record SegmentDraft(string? Name, int LeastDays = 0, int LeastBought = 0, int? MostBought = null)
{
    internal const int MaxName = 60;

    internal IEnumerable<FieldError> Errors()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > MaxName || Name.Any(char.IsControl)) yield return new("name", $"must have 1 to {MaxName} characters, on one line");
        if (LeastDays is < 0 or > 3650) yield return new("leastDays", "must be from 0 to 3,650");
        if (LeastBought is < 0 or > 1000) yield return new("leastBought", "must be from 0 to 1,000");
        else if (MostBought is { } most && (most < LeastBought || most > 1000)) yield return new("mostBought", "must be from the least to 1,000");
    }
}

/// <summary>A segment as it is kept.</summary>
internal sealed class Segment
{
    public required SegmentId Id { get; init; }

    public required string Name { get; set; }

    public required int LeastDays { get; set; }

    public required int LeastBought { get; set; }

    public int? MostBought { get; set; }

    /// <summary>Who wrote it last.</summary>
    public required string ByName { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Those who belong to it now.</summary>
    public IQueryable<DigestSubscriber> Among(Database db, DateTimeOffset now)
    {
        var (before, least, most) = (now.AddDays(-LeastDays), LeastBought, MostBought);
        var active = db.Set<DigestSubscriber>().AsNoTracking().Where(s => s.EndedAt == null && s.Contact != null && s.SubscribedAt <= before);
        if (least == 0 && most is null) return active;
        var bought = db.Set<Claim>().Where(c => c.State == ClaimState.Redeemed);
        return active.Where(s => bought.Count(c => c.Contact == s.Contact) >= least && (most == null || bought.Count(c => c.Contact == s.Contact) <= most));
    }
}
