using System.Diagnostics;
using System.Globalization;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

/// <summary>Many claims on few units, by several processes that are killed at random: what is sold is what was there.</summary>
public class OversellTests
{
    /// <summary>Claims asked for in all; HEARTH_OVERSELL_CLAIMS and HEARTH_OVERSELL_OFFERS give larger runs.</summary>
    private static readonly int Claims = Setting("HEARTH_OVERSELL_CLAIMS", 6_000);
    private static readonly int Offers = Setting("HEARTH_OVERSELL_OFFERS", 20);
    private const int AtOnce = 64;

    [Theory, EveryDatabase]
    public async Task Sold_is_stock_at_every_audit_though_processes_die_at_random(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(20_261_122);
        var offers = new List<OfferId>();
        for (var n = 0; n < Offers; n++) offers.Add((await house.Offer(units: 10 + n % 31, sku: $"SKU-{n}", stock: 60)).Id);
        var ids = string.Join(',', offers.Select(o => o.Value));

        var (processes, rounds, asked, killed) = (kind == DatabaseKind.Postgres ? 3 : 1, 6, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var each = Claims / rounds / processes;
            await Task.WhenAll(Enumerable.Range(0, processes).Select(p => Run(round * processes + p, each, round < rounds - 1 ? random.Next(1, each / 100 + 1) : int.MaxValue)));
            await house.Audit();
        }

        Assert.True(killed > 0, "No process was killed.");
        var books = await house.With<Database, List<Hearth.Outlet.Offer>>(db => db.Set<Hearth.Outlet.Offer>().AsNoTracking().ToListAsync());
        Assert.All(books, o => Assert.Equal(0, o.Left)); // far more asked than there was
        var codes = await house.With<Database, List<string?>>(db => db.Set<Hearth.Outlet.Claim>().Where(c => c.Code != null).Select(c => c.Code).ToListAsync());
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Equal(codes.Count, books.Sum(o => o.Claimed));

        // Holds of the dead run out and are sold to the next.
        house.Clock.Advance(TimeSpan.FromMinutes(16));
        await house.Settle();
        await house.Audit();

        async Task Run(int seed, int count, int killAfter)
        {
            using var child = ChildProcess.Start(Ask, kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, ids, Text(seed), Text(count));
            var errors = child.StandardError.ReadToEndAsync();
            var lines = 0;
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                Assert.True(line == "100", line);
                Interlocked.Add(ref asked, 100);
                if (++lines != killAfter) continue;
                child.Kill();
                Interlocked.Increment(ref killed);
            }

            await child.WaitForExitAsync();
            Assert.True(child.ExitCode is 0 or 137, await errors);
        }
    }

    [Theory, EveryDatabase]
    public async Task One_group_gives_each_who_asks_their_own_answer(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (few, other) = (await house.Offer(units: 3), await house.Offer(units: 5, sku: "OTHER"));
        var (claim, visitor) = (ClaimId.New(), VisitorId.New());
        WantedUnit Want(OfferId offer, ClaimId? id = null, VisitorId? by = null, string? contact = null) => new(id ?? ClaimId.New(), offer, by ?? VisitorId.New(), contact ?? $"{Guid.NewGuid():N}@example.org");
        WantedUnit[] wants =
        [
            Want(few.Id, claim, visitor, "a@example.org"), Want(few.Id, claim, visitor, "a@example.org"), Want(few.Id, by: visitor), Want(few.Id, contact: "a@example.org"), Want(few.Id, claim),
            Want(few.Id), Want(other.Id, by: visitor), Want(few.Id), Want(few.Id), Want(OfferId.New()), Want(other.Id, claim, visitor),
        ];
        var answers = await house.In(s => s.GetRequiredService<Database>().InTransaction(() => s.GetRequiredService<ICommitTogether<WantedUnit, Held>>().Commit(wants, default), default));
        Assert.Equal(
            [typeof(Held.Kept), typeof(Held.Kept), typeof(Held.LimitReached), typeof(Held.LimitReached), typeof(Held.IdInUse), typeof(Held.Kept), typeof(Held.Kept), typeof(Held.Kept), typeof(Held.SoldOut), typeof(Held.UnknownOffer), typeof(Held.IdInUse)],
            answers.Select(a => a.GetType()));
        Assert.Equal((0, 3, 4), ((await house.Read(few.Id)).Left, (await house.Read(few.Id)).Held, (await house.Read(other.Id)).Left));
        await house.Audit();
    }

    [Child]
    internal static async Task Ask(string[] args)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeClock()).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        await using var provider = services.BuildServiceProvider();
        var offers = args[3].Split(',').Select(o => new OfferId(Guid.Parse(o))).ToArray();
        var (seed, left, done) = (int.Parse(args[4], CultureInfo.InvariantCulture), int.Parse(args[5], CultureInfo.InvariantCulture), 0);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => Task.Run(async () =>
        {
            var random = new Random(seed * AtOnce + n);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var (offer, visitor) = (offers[random.Next(offers.Length)], VisitorId.New());
                await using var scope = provider.CreateAsyncScope();
                var held = await scope.ServiceProvider.GetRequiredService<HoldUnit>().For(ClaimId.New(), offer, visitor, $"{visitor.Value:N}@example.org", default);
                if (held is Held.Kept kept && visitor.Value.GetHashCode() % 4 != 0) await scope.ServiceProvider.GetRequiredService<ConfirmClaim>().By(kept.Claim, visitor, default);
                else if (held is not (Held.Kept or Held.SoldOut)) throw new UnreachableException(held.ToString());
                if (Interlocked.Increment(ref done) % 100 == 0) Console.WriteLine("100");
            }
        })));
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
