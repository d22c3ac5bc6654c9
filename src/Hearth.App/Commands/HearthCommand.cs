using System.CommandLine;
using System.CommandLine.Help;
using Hearth.Platform;

namespace Hearth.App.Commands;

/// <summary>The program <c>hearth</c>: each command stands in a file of its own and is listed here.</summary>
internal static class HearthCommand
{
    // Not a RootCommand: that one calls itself after the assembly, and people type "hearth".
    private static Command Root() => new("hearth", "Hearth, a social business server: listen, answer, fix, offer, learn.")
    {
        new HelpOption { Recursive = true },
        new VersionOption(),
        Where.Data,
        Where.Database,
        ServeCommand.Create(),
        DemoCommand.Create(),
        KeyCommand.Create(),
        BackupCommands.Backup(),
        BackupCommands.Restore(),
        DoctorCommand.Create(),
        ImportCommand.Create(),
        IdeasFileCommands.Export(),
        QueriesCommand.Create(),
        MatchCommand.Create(),
        EvaluateCommand.Create(),
        LikenessCommand.Create(),
        TrainCommand.Create(),
        ClassifyCommand.Create(),
        SpikesCommand.Create(),
        EffectCommand.Create(),
        CheatsCommand.Create(),
        StormCommand.Create(),
        YearsCommand.Create(),
    };

    public static ParseResult Parse(string[] args) => Root().Parse(args);

    /// <summary>Runs one command.</summary>
    /// <returns>0 done, 1 the thing asked failed, 2 wrong use.</returns>
    public static async Task<int> Run(string[] args)
    {
        var given = Parse(args);
        var wrong = given.Errors.Count > 0;
        try
        {
            var code = await given.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return wrong ? 2 : code;
        }
        catch (OperationCanceledException)
        {
            return HouseCommand.Failed("Stopped. What was done until now is kept; run it again to go on.");
        }
        catch (FormatException e) // an option that cannot be read
        {
            HouseCommand.Failed(e.Message);
            return 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Data.Common.DbException or DatabaseTooNewException)
        {
            return HouseCommand.Failed(e.Message);
        }
    }
}
