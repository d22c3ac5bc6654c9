using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Platform;

public sealed partial class Database
{
    private readonly SortedSet<int> _partitions = [];
    private readonly List<FactRow> _many = [];
    private bool _recorded;

    /// <summary>Records a fact in the current unit of work; it is kept, and later handled, if and only if the work is.</summary>
    public void Record<TFact>(TFact fact) where TFact : IFact
    {
        Add(Row(fact));
    }

    /// <summary>Records one of many facts of a batch: like <see cref="Record"/>, but written past the change tracker. Only inside a transaction, and kept by the next <c>SaveChangesAsync</c> there.</summary>
    public void RecordOneOfMany<TFact>(TFact fact) where TFact : IFact
    {
        if (!IsInTransaction) throw new InvalidOperationException("There is no transaction.");
        _many.Add(Row(fact));
    }

    /// <summary>Forgets all that was not saved.</summary>
    public void Forget()
    {
        ChangeTracker.Clear();
        _partitions.Clear();
        _many.Clear();
    }

    private FactRow Row<TFact>(TFact fact) where TFact : IFact
    {
        var partition = FactRow.PartitionOf(fact.Subject);
        _partitions.Add(partition);
        return new()
        {
            Id = Ids.New(), Partition = partition, Subject = fact.Subject, Type = FactRow.TypeName(fact.GetType()),
            Body = JsonSerializer.Serialize(fact, fact.GetType(), Json.Options), At = clock.Now(),
        };
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (_partitions.Count == 0) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        _recorded = true;
        if (Kind == DatabaseKind.Sqlite || IsInTransaction)
        {
            await LockPartitions(cancellationToken);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) + _many.Count;
            await InsertAll(_many, cancellationToken);
            _many.Clear();
            _partitions.Clear();
            if (!IsInTransaction) Committed();
            return saved;
        }

        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
            int count;
            try
            {
                await LockPartitions(cancellationToken);
                count = await base.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            }
            catch (Exception e) when (attempt < 3 && e.IsPassing())
            {
                continue; // nothing was committed: whoever holds a row that we wait for may wait for our partition, and the database let them go first
            }

            _partitions.Clear();
            await transaction.CommitAsync(cancellationToken);
            if (acceptAllChangesOnSuccess) ChangeTracker.AcceptAllChanges();
            return count;
        }
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        _partitions.Count == 0 ? base.SaveChanges(acceptAllChangesOnSuccess) : throw new NotSupportedException("Facts are saved with SaveChangesAsync.");

    /// <summary>
    /// Runs <paramref name="work"/> and commits. When the database refuses for a passing reason (lock, deadlock) the work is forgotten and done
    /// again, at most three times, so it must be able to run again. Inside a transaction already begun it simply joins.
    /// </summary>
    public async Task<T> InTransaction<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (IsInTransaction) return await work();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await Database.BeginTransactionAsync(ct);
                var result = await work();
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception e) when (attempt < 3 && e.IsPassing())
            {
                Forget();
            }
        }
    }

    /// <inheritdoc cref="InTransaction{T}"/>
    public Task InTransaction(Func<Task> work, CancellationToken ct) => InTransaction<object?>(async () => { await work(); return null; }, ct);

    // Positions are taken while the partition's lock is held until commit: inside a partition the order of positions is the order of commits,
    // and a reader that has seen position n will never see a smaller one appear. SQLite has one writer, which gives the same for nothing.
    private async Task LockPartitions(CancellationToken ct)
    {
        if (Kind != DatabaseKind.Postgres) return;
        var sorted = _partitions.ToArray(); // the same order for everybody, so that nobody waits in a circle
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({FactLock}, p) FROM unnest({sorted}) AS p", ct);
    }

    private const int FactLock = 0x48454152;

    /// <summary>Called when a transaction of this unit of work has committed.</summary>
    internal void Committed()
    {
        if (!_recorded) return;
        _recorded = false;
        signal.Set();
    }
}
