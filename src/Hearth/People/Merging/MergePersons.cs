using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Merging;

/// <summary>What became of merging two persons: exactly one of the nested cases.</summary>
public abstract record PersonMerge
{
    private PersonMerge() { }

    /// <summary>They are one.</summary>
    /// <param name="Kept">Who stands for both.</param>
    /// <param name="Joined">Whom <see cref="MergePersons.Part"/> parts again.</param>
    public sealed record Done(PersonId Kept, PersonId Joined) : PersonMerge;

    /// <summary>They were one already.</summary>
    public sealed record AlreadyOne(PersonId Person) : PersonMerge;

    public sealed record Unknown : PersonMerge;
}

/// <summary>
/// Says that two persons are one human, and takes it back. Nothing is moved: every account, post, consent and conversation stays with the person it came to, and the joined one points at the kept one.
/// Who is one is read along the pointers, so undoing any merge, in any order, leaves exactly what would be without it, whatever came in between.
/// </summary>
public sealed class MergePersons(Database db, TimeProvider clock)
{
    private const int MergeLock = 0x50455253;

    /// <summary>Makes two persons, with all who are one with them already, one.</summary>
    /// <param name="keep">Whose name goes first.</param>
    /// <param name="other">Who joins.</param>
    /// <param name="by">Who of ours decides it.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<PersonMerge> Together(PersonId keep, PersonId other, string by, CancellationToken ct) => db.InTransaction<PersonMerge>(async () =>
    {
        await Alone(ct);
        if (await Root(keep, ct) is not { } kept || await Root(other, ct) is not { } joined) return new PersonMerge.Unknown();
        if (kept == joined) return new PersonMerge.AlreadyOne(kept);
        var now = clock.Now();
        var members = await db.Set<Person>().Where(p => p.Id == joined || p.Root == joined).Select(p => p.Id).ToListAsync(ct);
        await db.Set<Person>().Where(p => p.Id == joined).ExecuteUpdateAsync(set => set.SetProperty(p => p.MergedInto, kept), ct);
        await db.Set<Person>().Where(p => p.Id == joined || p.Root == joined).ExecuteUpdateAsync(set => set.SetProperty(p => p.Root, kept), ct);
        db.Add(new MergeRow { Kept = kept, Joined = joined, By = by, At = now });
        await Answer(ct);
        db.Record(new PersonsMerged(kept, joined, members, by, now));
        await db.SaveChangesAsync(ct);
        return new PersonMerge.Done(kept, joined);
    }, ct);

    /// <summary>Undoes the merge by which a person joined another. Who joined them goes with them.</summary>
    /// <returns>False when they joined nobody.</returns>
    public Task<bool> Part(PersonId joined, string by, CancellationToken ct) => db.InTransaction(async () =>
    {
        await Alone(ct);
        if (await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == joined, ct) is not { MergedInto: not null, Root: { } kept }) return false;
        var pointers = await db.Set<Person>().AsNoTracking().Where(p => p.Root == kept).Select(p => new { p.Id, p.MergedInto }).ToListAsync(ct);
        var below = pointers.ToLookup(p => p.MergedInto!.Value, p => p.Id);
        var members = new List<PersonId> { joined };
        for (var i = 0; i < members.Count; i++) members.AddRange(below[members[i]]);
        var now = clock.Now();
        await db.Set<Person>().Where(p => members.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Root, joined), ct);
        await db.Set<Person>().Where(p => p.Id == joined).ExecuteUpdateAsync(set => set.SetProperty(p => p.Root, (PersonId?)null).SetProperty(p => p.MergedInto, (PersonId?)null), ct);
        await db.Set<MergeRow>().Where(m => m.Joined == joined && m.PartedAt == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.PartedAt, now).SetProperty(m => m.PartedBy, by), ct);
        await Refuse(kept, joined, by, now, ct);
        db.Record(new PersonsParted(kept, joined, members, by, now));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    /// <summary>Holds all merging until the caller's transaction ends, so that two at once never make a circle.</summary>
    internal async Task Alone(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({MergeLock})", ct); // SQLite has one writer
        else await db.Set<MergeRow>().Where(m => m.Number < 0).ExecuteDeleteAsync(ct);
    }

    private async Task<PersonId?> Root(PersonId person, CancellationToken ct) =>
        (await db.Set<Person>().AsNoTracking().Where(p => p.Id == person).Select(p => new { Root = p.Root ?? p.Id }).SingleOrDefaultAsync(ct))?.Root;

    // What asked whether they are one is answered.
    private async Task Answer(CancellationToken ct)
    {
        var now = clock.Now();
        await db.Set<ProposalRow>().Where(p => p.State == ProposalState.Open
                && db.Set<Person>().Any(a => a.Id == p.First && db.Set<Person>().Any(b => b.Id == p.Second && (a.Root ?? a.Id) == (b.Root ?? b.Id))))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, ProposalState.Accepted).SetProperty(p => p.DecidedAt, now), ct);
    }

    // Whoever parts two says that they are not one: it is not asked again.
    private async Task Refuse(PersonId kept, PersonId parted, string by, DateTimeOffset now, CancellationToken ct)
    {
        var (first, second) = ProposalRow.Pair(kept, parted);
        var known = await db.Set<ProposalRow>().Where(p => p.First == first && p.Second == second)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, ProposalState.Refused).SetProperty(p => p.DecidedBy, by).SetProperty(p => p.DecidedAt, now), ct);
        if (known == 0) db.Add(new ProposalRow { Id = ProposalId.New(), First = first, Second = second, State = ProposalState.Refused, Score = 0, Evidence = "[]", FoundAt = now, DecidedBy = by, DecidedAt = now });
    }
}
