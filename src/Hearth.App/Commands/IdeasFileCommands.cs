using System.Globalization;
using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Ideas.Import;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth import ideas FILE --format csv|fider|canny|hearth</c> and <c>hearth export ideas FILE</c>.</summary>
internal static class IdeasFileCommands
{
    public static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "csv: CSV or JSONL. fider: the CSV of its export or the ZIP of its backup. canny: a CSV of posts, or JSON with posts, votes and comments. hearth: a ZIP of hearth export ideas, into an empty board." };
        var format = new Option<string>("--format") { Description = "csv (default), fider, canny or hearth.", DefaultValueFactory = _ => "csv" }.AcceptOnlyFromAmong("csv", "fider", "canny", "hearth");
        var category = new Option<string>("--category") { Description = "Shelf of the ideas that name none.", DefaultValueFactory = _ => "general" };
        var command = new Command("ideas", "Take in the ideas of another board, with names, votes and comments.") { file, format, category, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var from = given.GetValue(file)!;
            if (!from.Exists) return HouseCommand.Failed($"There is no file {from.FullName}.");
            await using var house = await given.House(ct);
            await using var scope = house.CreateAsyncScope();
            try
            {
                await using var stream = from.OpenRead();
                if (given.GetValue(format) == "hearth")
                {
                    var ideas = await scope.ServiceProvider.GetRequiredService<RestoreBoard>().From(stream, ct);
                    if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(new { ideas });
                    else System.Console.WriteLine($"The board is back, with {ideas:N0} ideas.");
                    return 0;
                }

                var kind = Enum.Parse<BoardFormat>(given.GetValue(format)!, ignoreCase: true);
                var done = await FileProgress.Of(stream, tell => scope.ServiceProvider.GetRequiredService<ImportBoard>().Run(stream, kind, given.GetValue(category)!, new Told(tell), ct));
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(done);
                else Show(done);
                return 0;
            }
            catch (UnreadableFileException e)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    public static Command Export()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The ZIP to be written." };
        var ideas = new Command("ideas", "Write the whole board: a JSONL file for each table, and ideas.csv for spreadsheets.") { file };
        ideas.SetAction(async (given, ct) =>
        {
            await using var house = await given.House(ct);
            await using var scope = house.CreateAsyncScope();
            var to = given.GetValue(file)!;
            await using (var stream = to.Create()) await scope.ServiceProvider.GetRequiredService<ExportBoard>().To(stream, ct);
            to.Refresh();
            HouseCommand.Say.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{to.FullName}: {to.Length:N0} bytes.");
            return 0;
        });
        return new Command("export", "Write files.") { ideas };
    }

    private static void Show(ImportedIdeas done)
    {
        System.Console.WriteLine($"{done.Read:N0} read: {done.Kept:N0} kept, {done.Repeated:N0} repeated, {done.Rejected:N0} rejected; {done.Votes:N0} votes and {done.Comments:N0} comments added.");
        foreach (var error in done.Errors) System.Console.WriteLine($"  line {error.Line}: {error.Reason}");
        if (done.Rejected > done.Errors.Count) System.Console.WriteLine($"  and {done.Rejected - done.Errors.Count:N0} more.");
    }

    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
