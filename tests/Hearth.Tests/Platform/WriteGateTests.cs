using Hearth.Platform;
using Hearth.Platform.Toys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Platform;

public class WriteGateTests
{
    [Theory, EveryDatabase]
    public async Task Two_hundred_writers_at_once_all_get_through(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => house.In(s =>
        {
            var db = s.GetRequiredService<Database>();
            return db.InTransaction(async () =>
            {
                db.Record(new ToyMoved("w" + n, 0));
                await db.SaveChangesAsync();
            }, default);
        }))));
        Assert.Equal(200, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_transaction_that_is_dropped_or_fails_does_not_shut_the_others_out(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var i = 0; i < 20; i++)
        {
            await house.In(async s =>
            {
                var db = s.GetRequiredService<Database>();
                await using var transaction = await db.Database.BeginTransactionAsync(); // disposed without commit
                db.Record(new ToyMoved("dropped", i));
                await db.SaveChangesAsync();
            });
            await Assert.ThrowsAsync<InvalidOperationException>(() => house.In(s => s.GetRequiredService<Database>().InTransaction(
                () => throw new InvalidOperationException("in the middle"), default)));
        }

        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            db.Record(new ToyMoved("kept", 0));
            await db.SaveChangesAsync();
        });
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync()));
    }
}
