using System.Data.Common;
using System.Diagnostics;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Hearth.Bench;

/// <summary>
/// Units of one hot offer held by <see cref="HoldUnit"/> for different people, 32 at once, against a bare loop of the same committed transaction (take one unit by a
/// guarded UPDATE, insert the claim, commit) on one connection of the same database.
/// </summary>
internal static class ClaimBench
{
    private const int AtOnce = 32;

    public static async Task Run(string[] args)
    {
        var count = args is [var n] ? int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : 2_000;
        Table.Head($"units of one offer held, {count:N0} by {AtOnce} at once, median of three");
        foreach (var kind in BenchDatabase.Kinds)
        {
            var (ours, bound) = (new List<double>(), new List<double>());
            for (var round = 0; round < 3; round++)
            {
                await using var database = await BenchDatabase.Create(kind);
                await Ours(database, 100); // the first use of a query is compiled
                ours.Add(count / (await Ours(database, count)).TotalSeconds);
                bound.Add(count / (await Bare(database, count)).TotalSeconds);
            }

            Table.Row(kind.ToString(), Table.Median(ours), Table.Median(bound));
        }
    }

    private static async Task<TimeSpan> Ours(BenchDatabase database, int count)
    {
        var offer = await Offer(database, count);
        var (left, taken) = (count + AtOnce, 0); // a few come too late
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var held = await database.With<HoldUnit, Held>(h => h.For(ClaimId.New(), offer, VisitorId.New(), $"{Guid.NewGuid():N}@example.org", default));
                if (held is Held.Kept) Interlocked.Increment(ref taken);
            }
        })));
        watch.Stop();
        return taken == count ? watch.Elapsed : throw new InvalidOperationException($"{taken} units were held of {count}.");
    }

    private static async Task<OfferId> Offer(BenchDatabase database, int units)
    {
        var now = DateTimeOffset.UtcNow;
        var count = new StockCount(Slug.Code(10), "Bench", Condition.New, units, new(200, "EUR"), new(100, "EUR"));
        var counted = await database.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([count], "bench", default));
        var draft = new OfferDraft(((Counted.Kept)counted[0]).Item, "Bench", "", new(100, "EUR"), units, now.AddMinutes(-1), now.AddHours(1), "BENCH");
        var by = new Actor(UserId.New(), "Bench", "B", Department.Sales, Role.Agent);
        var offer = ((Drafted.Saved)await database.With<DraftOffer, Drafted>(d => d.Create(draft, by, default))).Offer;
        return await database.With<PublishOffer, Published>(p => p.Now(offer, default)) is Published.Done done ? done.Offer : throw new InvalidOperationException("The offer was not published.");
    }

    private static Task<TimeSpan> Bare(BenchDatabase database, int count) => database.With<Database, TimeSpan>(async db =>
    {
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE bare_offers (id INTEGER PRIMARY KEY, units INTEGER NOT NULL, held INTEGER NOT NULL)");
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE bare_claims (id TEXT PRIMARY KEY, offer INTEGER NOT NULL, contact TEXT NOT NULL, until BIGINT NOT NULL)");
        await db.Database.ExecuteSqlAsync($"INSERT INTO bare_offers (id, units, held) VALUES (1, {count}, 0)");
        await db.Database.OpenConnectionAsync();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            await db.InTransaction(async () =>
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.Transaction = ((IInfrastructure<DbTransaction>)db.Database.CurrentTransaction!).Instance;
                command.CommandText = "UPDATE bare_offers SET units = units - 1, held = held + 1 WHERE id = 1 AND units > 0";
                await command.ExecuteNonQueryAsync();
                command.CommandText = $"INSERT INTO bare_claims (id, offer, contact, until) VALUES ('{Guid.NewGuid():N}', 1, '{Guid.NewGuid():N}@example.org', {i})";
                await command.ExecuteNonQueryAsync();
            }, default);
        }

        return watch.Elapsed;
    });
}
