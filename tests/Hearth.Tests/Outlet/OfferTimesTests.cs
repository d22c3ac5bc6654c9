using System.Globalization;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Tests.Outlet;

public class OfferTimesTests
{
    [Theory]
    [InlineData("2026-08-31T23:59", "Europe/Berlin", "2026-08-31T21:59Z", "31 Aug 2026, 23:59 (Europe/Berlin)")]
    [InlineData("2026-12-31T23:59", "Europe/Berlin", "2026-12-31T22:59Z", "31 Dec 2026, 23:59 (Europe/Berlin)")]
    [InlineData("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30Z", "25 Oct 2026, 02:30 (Europe/Berlin)")] // passes twice: the first time
    [InlineData("2026-08-31T00:00", "Asia/Kathmandu", "2026-08-30T18:15Z", "31 Aug 2026, 00:00 (Asia/Kathmandu)")]
    [InlineData("2026-08-31T23:59", null, "2026-08-31T23:59Z", "31 Aug 2026, 23:59 UTC")]
    [InlineData("2026-08-31T23:59", "", "2026-08-31T23:59Z", "31 Aug 2026, 23:59 UTC")]
    public void What_is_typed_in_a_zone_is_an_instant_and_reads_as_typed(string typed, string? zone, string instant, string said)
    {
        var at = OfferTimes.FromInput(typed, zone, out var reason);
        Assert.Null(reason);
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), at);
        Assert.Equal(said, OfferTimes.Full(at!.Value, zone));
        Assert.Equal(typed, OfferTimes.Input(at.Value, zone));
    }

    [Theory]
    [InlineData("2026-03-29T02:30", "Europe/Berlin", "does not exist in Europe/Berlin")]
    [InlineData("tomorrow", "Europe/Berlin", "must be a date and a time")]
    [InlineData(null, null, "must be a date and a time")]
    [InlineData("2026-08-31T10:00Z", null, "must be a date and a time")]
    [InlineData("2026-08-31T10:00", "Europe/Atlantis", "time zone")]
    public void What_is_no_time_there_is_told(string? typed, string? zone, string part)
    {
        Assert.Null(OfferTimes.FromInput(typed, zone, out var reason));
        Assert.Contains(part, reason, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task An_offer_keeps_the_zone_of_its_times_and_its_copy_too(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var draft = OutletHouse.Draft(house, await house.Stock()) with { Zone = " Europe/Berlin " };
        var id = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(draft, OutletHouse.Merchandiser, default))).Offer;
        Assert.Equal("Europe/Berlin", (await house.Read(id)).Zone);
        var copy = ((Drafted.Saved)await house.With<CopyOffer, Drafted>(s => s.To(id, draft.Opens, draft.Closes, OutletHouse.Merchandiser, default))).Offer;
        Assert.Equal("Europe/Berlin", (await house.Read(copy)).Zone);
        foreach (var utc in (string?[])[null, "", "UTC"])
        {
            Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(s => s.Edit(copy, draft with { Zone = utc }, default)));
            Assert.Null((await house.Read(copy)).Zone);
        }

        var error = Assert.Single(Assert.IsType<Drafted.Invalid>(await house.With<DraftOffer, Drafted>(s => s.Edit(copy, draft with { Zone = "Europe/Atlantis" }, default))).Errors);
        Assert.Equal("zone", error.Field);
    }
}
