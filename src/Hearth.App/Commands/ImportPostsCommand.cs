using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Listening;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth import posts FILE --source NAME --map text=..,author=..,at=..,id=..</c></summary>
internal static class ImportPostsCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV or JSONL, gzipped or not, in UTF-8." };
        var source = new Option<string>("--source") { Description = "Name of the source the posts belong to; ids are compared within it.", Required = true };
        var map = new Option<string>("--map") { Description = "Which column holds what: text=..,at=..,id=..,author=..,lang=..,url=..,parent=..,root=.. (default text=text,at=at)." };
        var engage = new Option<bool>("--engage") { Description = "Open a conversation for each new post." };
        var command = new Command("posts", "Take in posts.") { file, source, map, engage, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var columns = PostColumns.Parse(given.GetValue(map));
            var (from, name, asJson) = (given.GetValue(file)!, given.GetValue(source)!, given.GetValue(HouseCommand.AsJson));
            if (!from.Exists) return HouseCommand.Failed($"There is no file {from.FullName}.");
            await using var house = await given.House(ct);
            await using var scope = house.CreateAsyncScope();
            var import = scope.ServiceProvider.GetRequiredService<ImportPosts>();
            try
            {
                await using var stream = from.OpenRead();
                var done = await Watched(stream, progress => import.Run(stream, name, columns, given.GetValue(engage), progress, ct));
                if (asJson) HouseCommand.Print(done);
                else Show(done);
                return 0;
            }
            catch (Exception e) when (e is UnreadableFileException or InvalidOperationException)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    // The share of the file's bytes that were read is the share of the work that is done.
    private static async Task<ImportedPosts> Watched(FileStream stream, Func<IProgress<ImportedPosts>, Task<ImportedPosts>> work)
    {
        ImportedPosts? done = null;
        await HouseCommand.Say.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("Reading", maxValue: Math.Max(1, stream.Length));
            done = await work(new Told(now =>
            {
                task.Value = stream.Position;
                task.Description = $"{now.Read:N0} read, {now.Kept:N0} kept";
            }));
        });
        return done!;
    }

    private static void Show(ImportedPosts done)
    {
        System.Console.WriteLine($"{done.Read:N0} read: {done.Kept:N0} kept, {done.Repeated:N0} repeated, {done.Rejected:N0} rejected, in {done.Seconds:N1} s.");
        foreach (var error in done.Errors) System.Console.WriteLine($"  line {error.Line}: {error.Reason}");
        if (done.Rejected > done.Errors.Count) System.Console.WriteLine($"  and {done.Rejected - done.Errors.Count:N0} more.");
    }

    private sealed class Told(Action<ImportedPosts> tell) : IProgress<ImportedPosts>
    {
        public void Report(ImportedPosts value) => tell(value);
    }
}
