using Microsoft.EntityFrameworkCore;

namespace Hearth.Platform;

/// <summary>
/// Follows the facts as they are committed, from now on, for those who only watch: nothing is remembered, nothing is handled. Sees each fact once, those of one subject in order.
/// One reader is used by one caller at a time.
/// </summary>
/// <remarks>Positions rise with the commits of a partition, not of the whole table; so there is a place for each partition, as every subscriber has.</remarks>
public sealed class FactTail
{
    /// <summary>Facts of one call at most; who gets so many asks again at once.</summary>
    public const int Most = 500;

    private readonly long[] _seen = new long[FactRow.Partitions];
    private bool _begun;

    /// <summary>What was committed since the last call, at most <see cref="Most"/> facts; the first call only finds the end.</summary>
    public async Task<IReadOnlyList<FactRow>> Next(Database db, CancellationToken ct)
    {
        if (!_begun)
        {
            for (var p = 0; p < _seen.Length; p++) _seen[p] = await Last(db, p, ct);
            _begun = true;
            return [];
        }

        var facts = await Enumerable.Range(0, _seen.Length).Select(p => After(db, p, _seen[p])).Aggregate(Queryable.Concat).OrderBy(f => f.Position).Take(Most).ToListAsync(ct);
        foreach (var fact in facts) _seen[fact.Partition] = Math.Max(_seen[fact.Partition], fact.Position);
        return facts;
    }

    private static IQueryable<FactRow> After(Database db, int partition, long position) => db.Set<FactRow>().AsNoTracking().Where(f => f.Partition == partition && f.Position > position);

    private static async Task<long> Last(Database db, int partition, CancellationToken ct) =>
        await db.Set<FactRow>().Where(f => f.Partition == partition).MaxAsync(f => (long?)f.Position, ct) ?? 0;
}
