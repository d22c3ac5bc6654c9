using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>Which ideas of the desk.</summary>
/// <param name="Status">Only this status; null for those that nobody of the brand has answered.</param>
/// <param name="Category">Only this category, by slug.</param>
/// <param name="Department">Only categories whose partners work there.</param>
/// <param name="Partner">Only categories of this partner.</param>
/// <param name="Owner">Only what is on this person's list.</param>
/// <param name="Days">Only what was posted so many days ago or more.</param>
/// <param name="Below">Only what was posted less than so many days ago.</param>
public sealed record DeskFilter(
    IdeaStatus? Status = null, string? Category = null, Department? Department = null, UserId? Partner = null, UserId? Owner = null, int? Days = null, int? Below = null);

/// <summary>An idea as the desk shows it.</summary>
/// <param name="Line">What every list shows.</param>
/// <param name="Owner">On whose list it is; null for nobody's.</param>
/// <param name="OwnerName">The same by name.</param>
/// <param name="Partners">Who answers for its category, by name.</param>
/// <param name="DaysWaiting">Whole days since it was posted, while nobody of the brand has answered; null once somebody has.</param>
/// <param name="Late">True when it waits seven days or more.</param>
/// <param name="Estimate">What it costs and brings; null when nobody said.</param>
public sealed record DeskLine(IdeaLine Line, UserId? Owner, string? OwnerName, IReadOnlyList<string> Partners, int? DaysWaiting, bool Late, IdeaEstimateView? Estimate);

/// <summary>How long ideas wait for a first word.</summary>
/// <param name="Fresh">Less than 3 days.</param>
/// <param name="Soon">3 days to less than 7.</param>
/// <param name="Late">7 days to less than 14: on somebody's list.</param>
/// <param name="VeryLate">14 days or more.</param>
/// <param name="Nobodys">Waiting seven days or more without an owner: none while the brand has people who may answer.</param>
public sealed record IdeaAges(int Fresh, int Soon, int Late, int VeryLate, int Nobodys)
{
    /// <summary>All that wait.</summary>
    public int All => Fresh + Soon + Late + VeryLate;
}

/// <summary>The review queue: what waits for a word of the brand, the longest waiting first, by department, partner, owner and age.</summary>
public sealed class ReviewQueue(Database db, IdeaPartners partners, Staff staff, RankEpoch epoch, TimeProvider clock)
{
    private sealed record Place(long At, long Number);

    /// <summary>One page, the longest waiting first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<DeskLine>?> Of(DeskFilter filter, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var who = await partners.All(ct);
        var rows = Matching(filter, who);
        if (place is not null)
        {
            var since = Time.FromUnixMicroseconds(place.At);
            rows = rows.Where(i => i.At > since || (i.At == since && i.Number > place.Number));
        }

        var take = Keyset.Size(size);
        var page = Keyset.Cut(await rows.AsNoTracking().OrderBy(i => i.At).ThenBy(i => i.Number).Take(take + 1).ToListAsync(ct), take, i => new Place(i.At.ToUnixMicroseconds(), i.Number));
        return page.Select(await Lines(page.Items, who, ct));
    }

    /// <summary>One idea as the desk shows it; null when there is none.</summary>
    public async Task<DeskLine?> Of(IdeaId idea, CancellationToken ct) =>
        await db.Ideas.AsNoTracking().SingleOrDefaultAsync(i => i.Id == idea, ct) is { } row ? (await Lines([row], await partners.All(ct), ct))(row) : null;

    /// <summary>How many wait, by age; the filter's status and ages play no part.</summary>
    public async Task<IdeaAges> Ages(DeskFilter filter, CancellationToken ct)
    {
        var who = await partners.All(ct);
        Task<int> Count(int? days, int? below) => Matching(filter with { Status = null, Days = days, Below = below }, who).CountAsync(ct);
        var nobodys = await Matching(filter with { Status = null, Owner = null, Days = 7, Below = null }, who).CountAsync(i => i.Owner == null, ct);
        return new(await Count(null, 3), await Count(3, 7), await Count(7, 14), await Count(14, null), nobodys);
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/queue", async Task<Results<Ok<Page<DeskLine>>, ProblemHttpResult>> ([AsParameters] QueueQuery query, ReviewQueue queue, CancellationToken ct) =>
            query.Errors().ToList() is { Count: > 0 } errors ? Problems.Invalid(errors)
                : await queue.Of(query.Filter(), query.After, query.Size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .RequireAuthorization("read").WithSummary("What waits for a word of the brand, by department, partner, owner and age").ProducesProblem(400);
        ideas.MapGet("/queue/ages", async Task<Results<Ok<IdeaAges>, ProblemHttpResult>> ([AsParameters] QueueQuery query, ReviewQueue queue, CancellationToken ct) =>
            query.Errors().ToList() is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.Ok(await queue.Ages(query.Filter(), ct)))
            .RequireAuthorization("read").WithSummary("How many ideas wait for a first word, by age").ProducesProblem(400);
    }

    /// <summary>Which ideas of the desk.</summary>
    /// <param name="Status">Only this status; left out for those that nobody of the brand has answered.</param>
    /// <param name="Category">Only this category, by slug.</param>
    /// <param name="Department">Only categories whose partners work there.</param>
    /// <param name="Partner">Only categories of this partner, an account.</param>
    /// <param name="Owner">Only what is on this person's list, an account.</param>
    /// <param name="Days">Only what was posted so many days ago or more, 0 to 10,000.</param>
    /// <param name="Below">Only what was posted less than so many days ago, 1 to 10,000.</param>
    /// <param name="After">Where the last page ended.</param>
    /// <param name="Size">1 to 500 rows; 50 unless told.</param>
    internal sealed record QueueQuery(string? Status, string? Category, string? Department, Guid? Partner, Guid? Owner, int? Days, int? Below, string? After, int? Size)
    {
        public IEnumerable<FieldError> Errors()
        {
            if (Status is not null && !Word<IdeaStatus>.TryParse(Status, out _)) yield return new("status", "is no status of an idea");
            if (Department is not null && !Word<Department>.TryParse(Department, out _)) yield return new("department", "is no department");
            if (Days is < 0 or > 10_000) yield return new("days", "must be 0 to 10,000");
            if (Below is < 1 or > 10_000) yield return new("below", "must be 1 to 10,000");
        }

        public DeskFilter Filter() => new(
            Status is not null && Word<IdeaStatus>.TryParse(Status, out var status) ? status.Value : null, Category,
            Department is not null && Word<Department>.TryParse(Department, out var department) ? department.Value : null,
            Partner is { } partner ? new UserId(partner) : null, Owner is { } owner ? new UserId(owner) : null, Days, Below);
    }

    private async Task<Func<Idea, DeskLine>> Lines(IReadOnlyList<Idea> rows, IReadOnlyList<IdeaPartnerView> who, CancellationToken ct)
    {
        var ids = rows.Select(i => i.Id).ToList();
        var estimates = await db.IdeaEstimates.AsNoTracking().Where(e => ids.Contains(e.Idea)).ToDictionaryAsync(e => e.Idea, ct);
        var names = await staff.Names(rows.Where(i => i.Owner is not null).Select(i => i.Owner!.Value), ct);
        var byCategory = who.ToLookup(p => p.Category, p => p.Name, StringComparer.Ordinal);
        var (popularity, now) = (await epoch.Read(ct), clock.Now());
        return i => new DeskLine(
            ListIdeas.Line(i, popularity.WorthAt(i.Score, now), Stance.None), i.Owner, i.Owner is { } owner ? names.GetValueOrDefault(owner) : null, [.. byCategory[i.Category]],
            i.AnsweredAt is null ? (int)(now - i.At).TotalDays : null, i.AnsweredAt is null && now - i.At >= AgeIdeas.Longest,
            estimates.GetValueOrDefault(i.Id) is { } e ? new(e.Effort, e.Impact, e.Note, e.ByName, e.At) : null);
    }

    private IQueryable<Idea> Matching(DeskFilter filter, IReadOnlyList<IdeaPartnerView> who)
    {
        var ideas = filter.Status is { } status ? db.ShownIdeas.Where(i => i.Status == status) : db.ShownIdeas.Where(i => i.AnsweredAt == null && i.Status != IdeaStatus.Archived);
        if (filter.Category is { Length: > 0 } category) ideas = ideas.Where(i => i.Category == category);
        if (filter.Department is not null || filter.Partner is not null)
        {
            var theirs = who.Where(p => (filter.Department is null || p.Department == filter.Department) && (filter.Partner is null || p.User == filter.Partner)).Select(p => p.Category).Distinct().ToList();
            ideas = ideas.Where(i => theirs.Contains(i.Category));
        }

        if (filter.Owner is { } owner) ideas = ideas.Where(i => i.Owner == owner);
        var now = clock.Now();
        if (filter.Days is { } days)
        {
            var before = now.AddDays(-days);
            ideas = ideas.Where(i => i.At <= before);
        }

        if (filter.Below is { } below)
        {
            var since = now.AddDays(-below);
            ideas = ideas.Where(i => i.At > since);
        }

        return ideas;
    }
}
