using System.Globalization;
using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hearth.Tests.Outlet;

public class ClickLogTests
{
    private static string FolderOf(TestHouse house) => Path.Combine(house.Location.DataDirectory, "clicks");

    private static ClickLog Log(TestHouse house, bool wait = false) => new(new(FolderOf(house), wait), TimeProvider.System);

    private static async Task<int> Fold(TestHouse house, ClickLog log)
    {
        using var fold = new FoldClicks(log, house.Services.GetRequiredService<IServiceScopeFactory>(), house.Clock, NullLogger<FoldClicks>.Instance);
        return await fold.Run(default);
    }

    private static Click Click(OfferId offer, DateTimeOffset at, VisitorId? visitor = null, ClickKind kind = ClickKind.Person) => new()
    {
        Id = new(Ids.New(at)), Offer = offer, Visitor = kind == ClickKind.Bot ? null : visitor ?? VisitorId.New(), Kind = kind, From = "bsky.app", UserAgent = "Mozilla/5.0 (X11; Linux) Firefox/140.0", At = at,
    };

    private static Task<List<Click>> Kept(TestHouse house) => house.With<Database, List<Click>>(db => db.Set<Click>().AsNoTracking().OrderBy(c => c.Id).ToListAsync());

    [Fact]
    public void A_record_is_read_as_it_was_written_whatever_it_holds_and_no_part_of_it_is_a_record()
    {
        var random = new Random(7);
        var to = new byte[KeptClick.MaxBytes];
        string Text(int most) => string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(4) switch { 0 => "é", 1 => "字", _ => ((char)random.Next(32, 127)).ToString() }));
        for (var n = 0; n < 500; n++)
        {
            var click = new Click
            {
                Id = ClickId.New(), Offer = new(Ids.New()), Visitor = n % 3 == 0 ? null : VisitorId.New(), Kind = (ClickKind)(n % 2), From = Text(KeptClick.MaxFrom), UserAgent = Text(KeptClick.MaxUserAgent),
                At = Time.FromUnixMicroseconds(random.NextInt64(2_000_000_000_000_000)),
            };
            var length = KeptClick.Write(click, to);
            var read = KeptClick.Read(to.AsSpan(0, length), out var used)!;
            Assert.Equal((length, click.Id, click.Offer, click.Visitor, click.Kind, click.UserAgent, click.At), (used, read.Id, read.Offer, read.Visitor, read.Kind, read.UserAgent, read.At));
            Assert.StartsWith(read.From, click.From, StringComparison.Ordinal);
            Assert.Null(KeptClick.Read(to.AsSpan(0, random.Next(length)), out _));
            to[random.Next(length)] ^= (byte)(1 << random.Next(8));
            Assert.Null(KeptClick.Read(to.AsSpan(0, length), out _));
        }
    }

    [Theory, EveryDatabase]
    public async Task Every_click_comes_into_the_database_once_however_often_the_log_is_read(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = (await house.Offer()).Id;
        var clicks = Enumerable.Range(0, 3_000).Select(n => Click(offer, house.Clock.Now().AddMilliseconds(n), kind: n % 10 == 0 ? ClickKind.Bot : ClickKind.Person)).ToList();
        await using (var log = Log(house))
        {
            IKeepClicks keep = log;
            await Task.WhenAll(clicks.Take(2_000).Chunk(100).Select(part => Task.Run(async () => { foreach (var click in part) await keep.Keep(click); })));
            Assert.Equal(2_000, await Fold(house, log));
            Assert.Equal(0, await Fold(house, log)); // another one who reads from the beginning
            foreach (var click in clicks.Skip(2_000)) await keep.Keep(click);
        }

        // The process has ended; the next one reads what it left, twice as two nodes on one disk would.
        await using var next = Log(house);
        Assert.Equal(1_000, (await Task.WhenAll(Fold(house, next), Fold(house, next))).Sum());
        Assert.Empty(Directory.EnumerateFiles(FolderOf(house)));
        Assert.Equal(clicks.Select(c => (c.Id, c.Visitor, c.Kind, c.At, c.From)).ToHashSet(), (await Kept(house)).Select(c => (c.Id, c.Visitor, c.Kind, c.At, c.From)).ToHashSet());
    }

    [Theory, EveryDatabase]
    public async Task A_long_file_is_followed_by_another_and_goes_when_it_is_through(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = (await house.Offer()).Id;
        await using var log = Log(house, wait: true);
        IKeepClicks keep = log;
        var each = new Click { Id = ClickId.New(), Offer = offer, Visitor = VisitorId.New(), Kind = ClickKind.Person, From = "", UserAgent = new string('字', KeptClick.MaxUserAgent), At = house.Clock.Now() };
        var record = KeptClick.Write(each, new byte[KeptClick.MaxBytes]);
        await keep.Keep(each);
        var first = Assert.Single(Directory.GetFiles(FolderOf(house)));
        var count = (int)(ClickLog.MaxBytes / record) + 1;
        await Task.WhenAll(Enumerable.Range(0, count).Select(n => keep.Keep(new Click { Id = ClickId.New(), Offer = offer, Visitor = each.Visitor, Kind = each.Kind, From = "", UserAgent = each.UserAgent, At = each.At }).AsTask()));
        Assert.Equal(ClickLog.MaxBytes, new FileInfo(first).Length);
        Assert.Equal(1 + count, await Fold(house, log));
        Assert.DoesNotContain(first, Directory.GetFiles(FolderOf(house)));
        await keep.Keep(Click(offer, house.Clock.Now()));
        Assert.InRange(Directory.GetFiles(FolderOf(house)).Length, 1, 2); // the one that is written to, and one made ahead
        Assert.Equal(1, await Fold(house, log));
        await log.DisposeAsync();
        Assert.Single(Directory.GetFiles(FolderOf(house)));
        await using var next = Log(house);
        Assert.Equal(0, await Fold(house, next));
        Assert.Empty(Directory.GetFiles(FolderOf(house)));
    }

    [Theory, EveryDatabase]
    public async Task An_order_that_is_quicker_than_its_click_has_its_credit_in_the_end(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        await using var log = Log(house);
        var click = Click(offer.Id, house.Clock.Now());
        await ((IKeepClicks)log).Keep(click);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new("early", house.Clock.GetUtcNow(), [new IncomingLine("LAP-15R", 1, OutletHouse.Eur(44900))], null, click.Id), default)));
        await house.Settle();
        async Task<CreditKind> Credit()
        {
            var order = (await house.With<ReadOrders, OrderDetail?>(s => s.One("early", default)))!.Order.Id;
            return Assert.Single(await house.With<ReadCredits, IReadOnlyList<CreditEntry>>(s => s.Of(order, default))).Kind;
        }

        Assert.Equal(CreditKind.Unattributed, await Credit());
        await Fold(house, log);
        await house.Settle();
        Assert.Equal(CreditKind.Direct, await Credit());
    }

    [Theory, EveryDatabase]
    public async Task What_was_torn_off_at_the_end_does_not_spoil_what_stands_before_and_a_living_writer_is_left_alone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = (await house.Offer()).Id;
        await using (var log = Log(house))
        {
            for (var n = 0; n < 5; n++) await ((IKeepClicks)log).Keep(Click(offer, house.Clock.Now()));
        }

        var file = Directory.EnumerateFiles(FolderOf(house)).Single();
        var record = KeptClick.Write(Click(offer, house.Clock.Now()), new byte[KeptClick.MaxBytes]);
        await using (var cut = new FileStream(file, FileMode.Open))
        {
            cut.SetLength((5 * record) - 3);
            cut.SetLength(ClickLog.MaxBytes); // as it was, the end all zero
        }

        await using var living = Log(house);
        await ((IKeepClicks)living).Keep(Click(offer, house.Clock.Now()));
        await using var other = Log(house);
        Assert.Equal(4, await Fold(house, other));
        Assert.Single(Directory.EnumerateFiles(FolderOf(house))); // the living one's
        Assert.Equal(1, await Fold(house, living));
    }

    [Theory, EveryDatabase]
    public async Task A_killed_process_loses_no_click_that_it_answered(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = (await house.Offer()).Id;
        var (random, told) = (new Random(11), new List<Guid>());
        for (var round = 0; round < 6; round++)
        {
            using var child = ChildProcess.Start(Write, FolderOf(house), offer.Value.ToString());
            var killAfter = random.Next(1, 3_000);
            for (var n = 0; await child.StandardOutput.ReadLineAsync() is { } line; n++)
            {
                if (Guid.TryParseExact(line, "N", out var id)) told.Add(id); // the last line may be torn
                if (n == killAfter) child.Kill();
            }

            await child.WaitForExitAsync();
            if (round % 2 == 0) continue;
            await using var log = Log(house);
            await Fold(house, log);
        }

        await using var last = Log(house);
        await Fold(house, last);
        var kept = (await Kept(house)).Select(c => c.Id.Value).ToList();
        Assert.Equal(kept.Count, kept.Distinct().Count());
        Assert.Empty(told.Except(kept));
        Assert.True(told.Count > 1_000, $"only {told.Count} clicks were answered");
    }

    [Child]
    private static async Task Write(string[] args)
    {
        await using var log = new ClickLog(new(args[0]), TimeProvider.System);
        var offer = new OfferId(Guid.Parse(args[1], CultureInfo.InvariantCulture));
        while (true)
        {
            var click = Click(offer, DateTimeOffset.UnixEpoch.AddYears(56));
            await ((IKeepClicks)log).Keep(click);
            Console.Out.WriteLine(click.Id.Value.ToString("N"));
            Console.Out.Flush();
        }
    }
}
