using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Platform.Toys;

namespace Hearth.Tests.Platform;

public sealed class KeptTextTests
{
    [Fact]
    public void What_no_database_keeps_becomes_the_replacement_character()
    {
        // Not as data of a theory: an attribute cannot carry half a pair.
        Assert.Equal("plain \U0001F525 text", KeptText.Of("plain \U0001F525 text"));
        Assert.Equal("a\uFFFDb", KeptText.Of("a\0b"));
        Assert.Equal("cut in half \uFFFD", KeptText.Of("cut in half \U0001F525"[..^1]));
        Assert.Equal("\uFFFD the other half", KeptText.Of("\U0001F525 the other half"[1..]));
    }

    [Theory, EveryDatabase]
    public async Task Text_that_PostgreSQL_refuses_is_searched_and_written_like_any_other(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        foreach (var odd in (string[])["a\0b", "half \uD83D", "a\0b%"])
        {
            Assert.Empty((await house.With<ReadStock, Page<StockView>?>(s => s.List(odd, null, null, default)))!.Items);
            Assert.Empty((await house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run(odd, odd, null, null, default)))!.Items);
        }

        await house.With<Database>(async db =>
        {
            db.Record(new ToyMoved("half \uD83D", 1));
            await db.SaveChangesAsync();
        });
        Assert.Single((await house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run(null, null, null, null, default)))!.Items, e => e.Subject.EndsWith("half \uFFFD", StringComparison.Ordinal));
    }
}
