using System.CommandLine;

namespace Hearth.App.Commands;

/// <summary><c>hearth import posts|stock|orders|channels|ideas FILE</c>: each kind of file stands in a file of its own.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Take in files. Safe to stop at any moment and to run again: what is there already counts as repeated.")
    {
        ImportPostsCommand.Create(),
        ImportShopCommands.Stock(),
        ImportShopCommands.Orders(),
        ImportShopCommands.Channels(),
        IdeasFileCommands.Import(),
    };
}
