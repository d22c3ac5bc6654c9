using Hearth.Governance;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Audiences;

/// <summary>A segment with how many belong to it.</summary>
/// <param name="Id">The segment.</param>
/// <param name="Rule">Who belongs to it.</param>
/// <param name="People">So many do now.</param>
/// <param name="Offers">Offers that are for it: drafts, and those that have not ended.</param>
/// <param name="ByName">Who wrote it last.</param>
/// <param name="At">When.</param>
public sealed record SegmentView(SegmentId Id, SegmentDraft Rule, int People, int Offers, string ByName, DateTimeOffset At);

/// <summary>What became of a segment that somebody wrote or removed.</summary>
public abstract record KeptSegment
{
    private KeptSegment() { }

    public sealed record Done(SegmentId Id) : KeptSegment;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptSegment;

    /// <summary>Offers are for it that have not ended: it stays as it was promised.</summary>
    public sealed record InUse(int Offers) : KeptSegment;

    public sealed record Unknown : KeptSegment;
}

/// <summary>Writes, reads and removes segments of those who get the digest.</summary>
public sealed class Segments(Database db, TimeProvider clock)
{
    /// <summary>The most segments there can be.</summary>
    public const int Most = 100;

    /// <summary>All, by name, with how many people belong to each.</summary>
    public async Task<IReadOnlyList<SegmentView>> All(CancellationToken ct)
    {
        var now = clock.Now();
        var views = new List<SegmentView>();
        foreach (var row in await db.Set<Segment>().AsNoTracking().OrderBy(s => s.Name).ToListAsync(ct)) views.Add(await View(row, now, ct));
        return views;
    }

    /// <summary>Null when there is none.</summary>
    public async Task<SegmentView?> One(SegmentId id, CancellationToken ct) => await db.Set<Segment>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } row ? await View(row, clock.Now(), ct) : null;

    /// <summary>How many get the digest.</summary>
    public Task<int> Subscribers(CancellationToken ct) => db.Set<DigestSubscriber>().CountAsync(s => s.EndedAt == null, ct);

    /// <summary>How many would belong to it now; nothing is kept.</summary>
    public Task<int> Preview(SegmentDraft draft, CancellationToken ct) => Row(SegmentId.New(), draft, "", clock.Now()).Among(db, clock.Now()).CountAsync(ct);

    /// <summary>Writes a segment, or writes it anew.</summary>
    /// <param name="id">Null for a new one.</param>
    /// <param name="draft">Who belongs to it.</param>
    /// <param name="by">Who writes it.</param>
    /// <param name="ct">Stops the work; nothing is kept.</param>
    public async Task<KeptSegment> Put(SegmentId? id, SegmentDraft draft, Actor by, CancellationToken ct)
    {
        var errors = draft.Errors().ToList();
        if (errors.Count > 0) return new KeptSegment.Invalid(errors);
        try
        {
            return await db.InTransaction(() => Keep(id, draft with { Name = draft.Name!.Trim() }, by, ct), ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear();
            return new KeptSegment.Invalid([new("name", "is another segment's")]);
        }
    }

    private async Task<KeptSegment> Keep(SegmentId? id, SegmentDraft draft, Actor by, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var now = clock.Now();
        if (id is not { } known)
        {
            if (await db.Set<Segment>().CountAsync(ct) >= Most) return new KeptSegment.Invalid([new("name", $"is one too many: there are {Most} segments")]);
            var made = Row(SegmentId.New(), draft, by.Name, now);
            db.Add(made);
            await db.SaveChangesAsync(ct);
            return new KeptSegment.Done(made.Id);
        }

        if (await db.Set<Segment>().SingleOrDefaultAsync(s => s.Id == known, ct) is not { } row) return new KeptSegment.Unknown();
        if (await Uses(known, now, drafts: false, ct) is > 0 and var offers) return new KeptSegment.InUse(offers);
        (row.Name, row.LeastDays, row.LeastBought, row.MostBought, row.ByName, row.At) = (draft.Name!, draft.LeastDays, draft.LeastBought, draft.MostBought, by.Name, now);
        await db.SaveChangesAsync(ct);
        return new KeptSegment.Done(known);
    }

    /// <summary>Removes a segment that no draft and no offer that has not ended is for.</summary>
    public Task<KeptSegment> Remove(SegmentId id, CancellationToken ct) => db.InTransaction<KeptSegment>(async () =>
    {
        if (await Uses(id, clock.Now(), drafts: true, ct) is > 0 and var offers) return new KeptSegment.InUse(offers);
        return await db.Set<Segment>().Where(s => s.Id == id).ExecuteDeleteAsync(ct) == 1 ? new KeptSegment.Done(id) : new KeptSegment.Unknown();
    }, ct);

    private async Task<SegmentView> View(Segment row, DateTimeOffset now, CancellationToken ct) =>
        new(row.Id, new(row.Name, row.LeastDays, row.LeastBought, row.MostBought), await row.Among(db, now).CountAsync(ct), await Uses(row.Id, now, drafts: true, ct), row.ByName, row.At);

    private Task<int> Uses(SegmentId id, DateTimeOffset now, bool drafts, CancellationToken ct) =>
        db.Set<Offer>().CountAsync(o => o.Segment == id && (o.Stage == OfferStage.Published && o.Closes > now || drafts && o.Stage == OfferStage.Draft), ct);

    private static Segment Row(SegmentId id, SegmentDraft draft, string by, DateTimeOffset now) => new()
    {
        Id = id, Name = draft.Name ?? "", LeastDays = draft.LeastDays, LeastBought = draft.LeastBought, MostBought = draft.MostBought, ByName = by, At = now,
    };
}
