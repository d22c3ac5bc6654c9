using Hearth.Platform;
using Hearth.Platform.Toys;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Platform;

public class BackupTests
{
    private static async Task<(TestHouse House, string Folder)> HouseWithFacts(int facts)
    {
        var house = await TestHouse.Create(DatabaseKind.Sqlite);
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            for (var i = 0; i < facts; i++) db.Record(new ToyMoved("a", i));
            await db.SaveChangesAsync();
        });
        Directory.CreateDirectory(Path.Combine(house.Location.DataDirectory, "keys"));
        await File.WriteAllTextAsync(Path.Combine(house.Location.DataDirectory, "keys", "one.xml"), "a key");
        return (house, Directory.CreateTempSubdirectory("hearth-backup-").FullName);
    }

    [Fact]
    public async Task What_is_restored_into_a_wiped_folder_is_what_was_backed_up()
    {
        var (house, folder) = await HouseWithFacts(250);
        await using var _ = house;
        var file = Path.Combine(folder, "b.zip");
        var kept = Assert.IsType<BackupResult.Done>(await new Backup(house.Location).Write(file, TimeProvider.System, default));
        Assert.Equal(250, kept.Rows["platform_facts"]);

        var elsewhere = DatabaseLocation.Of(Path.Combine(folder, "new"), null);
        var restored = Assert.IsType<BackupResult.Done>(await new Backup(elsewhere).Restore(file, default));
        Assert.Equal(kept.Rows.OrderBy(r => r.Key), restored.Rows.OrderBy(r => r.Key));
        Assert.Equal("a key", await File.ReadAllTextAsync(Path.Combine(elsewhere.DataDirectory, "keys", "one.xml")));
        await using (var services = new ServiceCollection().AddLogging().AddHearth(elsewhere).BuildServiceProvider())
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Database>();
            await db.Migrate(elsewhere, default);
            Assert.Equal(250, await db.Set<FactRow>().CountAsync());
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_taken_while_others_write_is_consistent()
    {
        var (house, folder) = await HouseWithFacts(10);
        await using var _ = house;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var step = 0; !stop.IsCancellationRequested; step++)
            {
                await house.In(async s =>
                {
                    var db = s.GetRequiredService<Database>();
                    db.Record(new ToyMoved("b", step)); // two facts in one transaction: a copy holds both or neither
                    db.Record(new ToyMoved("c", step));
                    await db.SaveChangesAsync();
                });
            }
        });
        for (var i = 0; i < 5; i++)
        {
            var done = Assert.IsType<BackupResult.Done>(await new Backup(house.Location).Write(Path.Combine(folder, $"{i}.zip"), TimeProvider.System, default));
            Assert.Equal(0, done.Rows["platform_facts"] % 2);
        }

        await stop.CancelAsync();
        await writing;
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_restore_changes_nothing_when_the_folder_is_not_empty_or_the_file_is_no_backup()
    {
        var (house, folder) = await HouseWithFacts(1);
        await using var _ = house;
        var file = Path.Combine(folder, "b.zip");
        await new Backup(house.Location).Write(file, TimeProvider.System, default);
        Assert.Contains("is not empty", Assert.IsType<BackupResult.Refused>(await new Backup(house.Location).Restore(file, default)).Reason);

        var empty = DatabaseLocation.Of(Path.Combine(folder, "new"), null);
        var torn = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, torn[..(torn.Length / 2)]);
        Assert.IsType<BackupResult.Refused>(await new Backup(empty).Restore(file, default));
        await File.WriteAllTextAsync(file, "this is no archive");
        Assert.IsType<BackupResult.Refused>(await new Backup(empty).Restore(file, default));
        Assert.IsType<BackupResult.Refused>(await new Backup(empty).Restore(file + "x", default));
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty.DataDirectory));
        Directory.Delete(folder, recursive: true);
    }
}
