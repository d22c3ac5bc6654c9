using System.Text;
using Hearth.Channels.Files;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Outlet;

public class StockTests
{
    private const string Head = "sku,title,condition,quantity,list_price,price,currency\n";

    private static Task<ImportReport> Import(TestHouse house, string text) =>
        house.With<ImportStock, ImportReport>(s => s.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), "stock.csv", null, default));

    [Theory, EveryDatabase]
    public async Task A_file_goes_in_once_and_its_bad_rows_are_named_by_line(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var file = Head + "A1,Laptop,refurbished,40,899.00,499.00,EUR\nA2,\"Monitor, 27\"\"\",scratch-and-dent,7,300,199.5,EUR\nA3,Bag,lost,1,10,5,EUR\nA4,Bag,new,-3,10,5,EUR\nA5,Bag,new,3,10,12,EUR\nA6,Bag,new,3,10,1.234,EUR\n";

        var (first, second) = (await Import(house, file), await Import(house, file));

        Assert.Equal((6, 2, 0, 4), (first.Read, first.Kept, first.Repeated, first.Rejected));
        Assert.Equal([4, 5, 6, 7], first.Errors.Select(e => e.Line));
        Assert.Contains("condition", first.Errors[0].Reason, StringComparison.Ordinal);
        Assert.Equal((6, 0, 2, 4), (second.Read, second.Kept, second.Repeated, second.Rejected));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task The_same_file_again_does_not_bring_sold_units_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var file = Head + "LAP-15R,Laptop,refurbished,40,899.00,499.00,EUR\n";
        await Import(house, file);
        var item = (await house.With<ReadStock, Page<StockView>?>(s => s.List(null, null, null, default)))!.Items[0];
        var id = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(OutletHouse.Draft(house, item.Id), OutletHouse.Merchandiser, default))).Offer;
        await house.With<PublishOffer, Published>(s => s.Now(id, default));
        var code = await house.Claim(id, VisitorId.New());
        await house.With<RedeemClaim, Redemption>(s => s.Use(code!, null, "till", default));

        await Import(house, file);
        Assert.Equal((39, 24), ((await house.With<ReadStock, StockView?>(s => s.Item(item.Id, default)))! is var after ? (after.OnHand, after.Reserved) : default));

        var below = await Import(house, file.Replace(",40,", ",23,", StringComparison.Ordinal));
        Assert.Contains("24 units promised", Assert.Single(below.Errors).Reason, StringComparison.Ordinal);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task An_older_count_that_comes_later_is_passed_over(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var now = house.Clock.GetUtcNow();
        async Task<Counted> Count(int quantity, DateTimeOffset at) => (await house.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([OutletHouse.Count(quantity: quantity, countedAt: at)], "feed", default)))[0];

        Assert.IsType<Counted.Kept>(await Count(10, now));
        Assert.Equal(5, Assert.IsType<Counted.Kept>(await Count(15, now.AddHours(2))).Change);
        Assert.IsType<Counted.Repeated>(await Count(12, now.AddHours(1)));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Counting_the_same_new_item_at_once_makes_one_item(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Task.Run(() => house.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([OutletHouse.Count(quantity: i)], "feed", default)))));
        Assert.Single((await house.With<ReadStock, Page<StockView>?>(s => s.List("LAPTOP", null, null, default)))!.Items);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Two_offers_cannot_promise_the_same_units(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var item = await house.Stock(quantity: 40);
        var drafts = new List<OfferId>();
        for (var i = 0; i < 4; i++) drafts.Add(((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(OutletHouse.Draft(house, item, units: 15), OutletHouse.Merchandiser, default))).Offer);

        var published = await Task.WhenAll(drafts.Select(d => Task.Run(() => house.With<PublishOffer, Published>(s => s.Now(d, default)))));

        Assert.Equal(2, published.OfType<Published.Done>().Count());
        Assert.All(published.OfType<Published.NotEnoughStock>(), few => Assert.Equal(15, few.Wanted));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task The_database_itself_refuses_a_balance_below_zero(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Stock(quantity: 1);
        await Assert.ThrowsAnyAsync<Exception>(() => house.With<Database>(db => db.Set<StockItem>().ExecuteUpdateAsync(set => set.SetProperty(s => s.OnHand, -1))));
    }

    [Theory, EveryDatabase]
    public async Task A_file_without_a_column_is_refused_whole(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => Import(house, "sku,title\nA1,Laptop\n"));
        Assert.Contains("condition", error.Message, StringComparison.Ordinal);
    }
}
