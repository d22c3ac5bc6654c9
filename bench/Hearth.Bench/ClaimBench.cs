using System.Data.Common;
using System.Diagnostics;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Hearth.Bench;

/// <summary>
/// Units of one hot offer held by <see cref="HoldUnit"/> for different people, 64 at once, against a bare loop of the same committed transaction, grouped by 64 (lock the offer, look whether their
/// ids are known and what they have already, take their units by one guarded UPDATE, insert their claims with the same columns and indexes, commit), on one connection of the same database;
/// against the same that looks for nothing, which could neither keep a limit per person nor be asked twice; and against that one by one.
/// </summary>
internal static class ClaimBench
{
    private const int AtOnce = 64;

    public static async Task Run(string[] args)
    {
        var count = args is [var n] ? int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : 20_000;
        Table.Head($"units of one offer held, {count:N0} by {AtOnce} at once, median of three");
        foreach (var kind in BenchDatabase.Kinds)
        {
            var (ours, bound, blind, single) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < 3; round++)
            {
                await using var database = await BenchDatabase.Create(kind);
                await Ours(database, 10_000); // the first use of a query is compiled, and code that is used often is compiled better
                ours.Add(count / (await Ours(database, count)).TotalSeconds);
                bound.Add(count / (await Bare(database, count, AtOnce, looks: true)).TotalSeconds);
                blind.Add(count / (await Bare(database, count, AtOnce, looks: false)).TotalSeconds);
                single.Add(count / 10 / (await Bare(database, count / 10, 1, looks: false)).TotalSeconds);
            }

            Table.Row($"{kind}, against a bare loop in groups of {AtOnce}", Table.Median(ours), Table.Median(bound));
            Table.Row($"{kind}, against the same that looks for nothing", Table.Median(ours), Table.Median(blind));
            Table.Row($"{kind}, against that one by one", Table.Median(ours), Table.Median(single));
        }
    }

    /// <summary>50,000 people ask for 500 units, all within the minute: exactly 500 get one, and everybody else is told that it is sold out.</summary>
    public static async Task Crowd(string[] args)
    {
        const int People = 50_000, Units = 500, Together = 1_000;
        if (args.Length > 0) throw new FormatException("crowd takes nothing.");
        foreach (var kind in BenchDatabase.Kinds)
        {
            await using var database = await BenchDatabase.Create(kind);
            await Ours(database, 1_000);
            var offer = await Offer(database, Units);
            var answers = new System.Collections.Concurrent.ConcurrentBag<(Held Answer, double Ms)>();
            var left = People;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    var began = watch.Elapsed;
                    var held = await database.With<HoldUnit, Held>(h => h.For(ClaimId.New(), offer, VisitorId.New(), $"{Guid.NewGuid():N}@example.org", default));
                    answers.Add((held, (watch.Elapsed - began).TotalMilliseconds));
                }
            })));
            watch.Stop();
            var waits = answers.Select(a => a.Ms).Order().ToList();
            var (kept, soldOut) = (answers.Count(a => a.Answer is Held.Kept), answers.Count(a => a.Answer is Held.SoldOut));
            var units = await database.With<ReadOffers, OfferView?>(r => r.One(offer, default));
            Console.WriteLine(FormattableString.Invariant(
                $"{kind}: {People:N0} people, {Together:N0} at once, for {Units} units: {kept} have one, {soldOut:N0} were told that it is sold out, in {watch.Elapsed.TotalSeconds:0.0} s; half of them waited under {waits[waits.Count / 2]:0} ms, 95 of 100 under {waits[waits.Count * 95 / 100]:0} ms. The offer: {units!.Left} left, {units.Held} held."));
            if (kept != Units || kept + soldOut != People) throw new InvalidOperationException("That is not what there was.");
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

    private static Task<TimeSpan> Bare(BenchDatabase database, int count, int group, bool looks) => database.With<Database, TimeSpan>(async db =>
    {
        var id = db.Kind == DatabaseKind.Postgres ? "uuid" : "BLOB";
        string[] setup =
        [
            "DROP TABLE IF EXISTS bare_offers", "DROP TABLE IF EXISTS bare_claims",
            "CREATE TABLE bare_offers (id INTEGER PRIMARY KEY, units INTEGER NOT NULL, held INTEGER NOT NULL)",
            $"CREATE TABLE bare_claims (id {id} PRIMARY KEY, offer {id} NOT NULL, visitor {id} NOT NULL, contact TEXT NOT NULL, state INTEGER NOT NULL, held_at BIGINT NOT NULL, until BIGINT NOT NULL, code TEXT)",
            "CREATE UNIQUE INDEX bare_code ON bare_claims (code)", "CREATE INDEX bare_offer_visitor ON bare_claims (offer, visitor)", "CREATE INDEX bare_offer_contact ON bare_claims (offer, contact)",
            "CREATE INDEX bare_visitor ON bare_claims (visitor)", "CREATE INDEX bare_state ON bare_claims (state, until)",
        ];
        foreach (var statement in setup) await db.Database.ExecuteSqlRawAsync(statement);
        await db.Database.ExecuteSqlAsync($"INSERT INTO bare_offers (id, units, held) VALUES (1, {count}, 0)");
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        var offer = Guid.CreateVersion7();
        await using var take = connection.CreateCommand();
        take.CommandText = "UPDATE bare_offers SET units = units - @n, held = held + @n WHERE id = 1 AND units >= @n";
        Parameter(take, "@n", 0);
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO bare_claims (id, offer, visitor, contact, state, held_at, until) VALUES (@id, @offer, @visitor, @contact, 0, 1, 2)";
        await using var look = connection.CreateCommand();
        const string Claims = "SELECT id, offer, visitor, contact, state, until FROM bare_claims WHERE ";
        look.CommandText = $"{Claims}id = @id UNION ALL {Claims}offer = @offer AND visitor = @visitor UNION ALL {Claims}offer = @offer AND contact = @contact";
        foreach (var command in new[] { insert, look })
        {
            foreach (var name in (string[])["@id", "@offer", "@visitor"]) Parameter(command, name, Guid.Empty);
            Parameter(command, "@contact", "");
        }

        var watch = Stopwatch.StartNew();
        for (var done = 0; done < count; done += group)
        {
            var n = Math.Min(group, count - done);
            var people = Enumerable.Range(0, n).Select(_ => (Claim: Guid.CreateVersion7(), Visitor: Guid.NewGuid(), Contact: $"{Guid.NewGuid():N}@example.org")).ToArray();
            await db.InTransaction(async () =>
            {
                take.Transaction = insert.Transaction = look.Transaction = ((IInfrastructure<DbTransaction>)db.Database.CurrentTransaction!).Instance;
                take.Parameters[0].Value = n;
                if (connection is NpgsqlConnection postgres)
                {
                    if (looks) await Look(postgres, offer, people);
                    await take.ExecuteNonQueryAsync();
                    await using var copy = await postgres.BeginBinaryImportAsync("COPY bare_claims (id, offer, visitor, contact, state, held_at, until) FROM STDIN (FORMAT BINARY)");
                    foreach (var (claim, visitor, contact) in people) await copy.WriteRowAsync(default, claim, offer, visitor, contact, 0, 1L, 2L);
                    await copy.CompleteAsync();
                    return;
                }

                foreach (var command in looks ? new[] { look, insert } : [insert])
                {
                    if (command == insert) await take.ExecuteNonQueryAsync();
                    foreach (var (claim, visitor, contact) in people)
                    {
                        (command.Parameters[0].Value, command.Parameters[1].Value, command.Parameters[2].Value, command.Parameters[3].Value) =
                            (claim.ToByteArray(bigEndian: true), offer.ToByteArray(bigEndian: true), visitor.ToByteArray(bigEndian: true), contact);
                        if (command == insert) await command.ExecuteNonQueryAsync();
                        else await command.ExecuteScalarAsync();
                    }
                }
            }, default);
        }

        return watch.Elapsed;
    });

    private static async Task Look(NpgsqlConnection postgres, Guid offer, (Guid Claim, Guid Visitor, string Contact)[] people)
    {
        const string Claims = "SELECT id, offer, visitor, contact, state, until FROM bare_claims WHERE ";
        await using var batch = new NpgsqlBatch(postgres);
        batch.BatchCommands.Add(new("SELECT units, held FROM bare_offers WHERE id = 1 FOR UPDATE"));
        batch.BatchCommands.Add(new($"SELECT c.* FROM unnest($2, $3, $4) AS w(claim, visitor, contact) CROSS JOIN LATERAL ({Claims}id = w.claim UNION {Claims}offer = $1 AND visitor = w.visitor UNION {Claims}offer = $1 AND contact = w.contact) c")
        {
            Parameters = { new() { Value = offer }, new() { Value = people.Select(p => p.Claim).ToArray() }, new() { Value = people.Select(p => p.Visitor).ToArray() }, new() { Value = people.Select(p => p.Contact).ToArray() } },
        });
        await batch.PrepareAsync();
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();
        if (await rows.ReadAsync()) throw new InvalidOperationException("Somebody has one already.");
    }

    private static void Parameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
