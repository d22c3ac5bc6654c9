using System.CommandLine;
using Hearth.Platform;

namespace Hearth.App.Commands;

/// <summary><c>hearth backup FILE</c> and <c>hearth restore FILE</c>.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "The archive to write; an older one of that name is replaced when the new one is whole." };
        var command = new Command("backup", "Write all that the embedded database's folder holds into one file. The server may be running.") { file, HouseCommand.AsJson };
        command.SetAction((given, ct) => Run(given, (backup, c) => backup.Write(given.GetValue(file)!, TimeProvider.System, c), "Wrote", ct));
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "An archive that hearth backup wrote." };
        var command = new Command("restore", "Fill an empty data folder from a backup.") { file, HouseCommand.AsJson };
        command.SetAction((given, ct) => Run(given, (backup, c) => backup.Restore(given.GetValue(file)!, c), "Restored", ct));
        return command;
    }

    private static async Task<int> Run(ParseResult given, Func<Backup, CancellationToken, Task<BackupResult>> work, string did, CancellationToken ct)
    {
        switch (await work(new Backup(given.Location()), ct))
        {
            case BackupResult.Done done:
                var total = done.Rows.Values.Sum();
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(new { file = done.File, bytes = done.Bytes, rows = done.Rows, total });
                else System.Console.WriteLine($"{did} {done.File}: {done.Bytes:N0} bytes, {total:N0} rows in {done.Rows.Count} tables.");
                return 0;
            case BackupResult.Refused refused:
                return HouseCommand.Failed(refused.Reason);
            default:
                throw new InvalidOperationException("A backup has no other outcome.");
        }
    }
}
