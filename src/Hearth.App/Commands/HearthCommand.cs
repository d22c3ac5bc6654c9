using System.CommandLine;

namespace Hearth.App.Commands;

/// <summary>The program <c>hearth</c>: each command stands in a file of its own and is listed here.</summary>
internal static class HearthCommand
{
    private static RootCommand Root() => new("Hearth, a social business server: listen, answer, fix, offer, learn.")
    {
        Where.Data,
        Where.Database,
        ServeCommand.Create(),
    };

    /// <summary>Runs one command.</summary>
    /// <returns>0 done, 1 the thing asked failed, 2 wrong use.</returns>
    public static async Task<int> Run(string[] args)
    {
        var given = Root().Parse(args);
        var wrong = given.Errors.Count > 0;
        var code = await given.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        return wrong ? 2 : code;
    }
}
