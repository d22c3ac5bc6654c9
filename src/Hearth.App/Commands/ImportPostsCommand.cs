using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Listening;

namespace Hearth.App.Commands;

/// <summary><c>hearth import posts FILE --source NAME --format .. --map text=..,author=..,at=..,id=..</c></summary>
internal static class ImportPostsCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV, JSONL, Jetstream lines or Mastodon statuses (outbox.json, or statuses one a line), gzipped or not, in UTF-8." };
        var source = new Option<string>("--source") { Description = "Name of the source the posts belong to; ids are compared within it.", Required = true };
        var map = new Option<string>("--map") { Description = "Which column holds what: text=..,at=..,id=..,author=..,lang=..,url=..,parent=..,root=.. (default text=text,at=at)." };
        var format = new Option<string>("--format") { Description = "auto (default), csv, jsonl, jetstream or mastodon.", DefaultValueFactory = _ => "auto" }.AcceptOnlyFromAmong("auto", "csv", "jsonl", "jetstream", "mastodon");
        var engage = new Option<bool>("--engage") { Description = "Open a conversation for each new post." };
        var command = new Command("posts", "Take in posts.") { file, source, format, map, engage, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var columns = PostColumns.Parse(given.GetValue(map));
            // Whoever says which column holds what has rows.
            PostFormat? kind = given.GetValue(format) switch
            {
                "jetstream" => PostFormat.Jetstream,
                "mastodon" => PostFormat.Mastodon,
                "csv" or "jsonl" => PostFormat.Rows,
                _ => given.GetValue(map) is null ? null : PostFormat.Rows,
            };
            var (from, name, asJson) = (given.GetValue(file)!, given.GetValue(source)!, given.GetValue(HouseCommand.AsJson));
            if (!from.Exists) return HouseCommand.Failed($"There is no file {from.FullName}.");
            await using var house = await given.House(ct);
            await using var scope = house.CreateAsyncScope();
            var import = scope.ServiceProvider.GetRequiredService<ImportPosts>();
            try
            {
                await using var stream = from.OpenRead();
                var done = await FileProgress.Of(stream, tell => import.Run(stream, name, kind, columns, given.GetValue(engage), new Told(tell), ct));
                if (asJson) HouseCommand.Print(done);
                else Show(done);
                return done.IsStopped ? HouseCommand.Failed("Stopped. What was done until now is kept; run it again to go on.") : 0;
            }
            catch (Exception e) when (e is UnreadableFileException or InvalidOperationException)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    private static void Show(ImportedPosts done)
    {
        System.Console.WriteLine($"{done.Read:N0} read: {done.Kept:N0} kept, {done.Repeated:N0} repeated, {Other(done)}{done.Rejected:N0} rejected, in {done.Seconds:N1} s.");
        foreach (var error in done.Errors) System.Console.WriteLine($"  line {error.Line}: {error.Reason}");
        if (done.Rejected > done.Errors.Count) System.Console.WriteLine($"  and {done.Rejected - done.Errors.Count:N0} more.");
    }

    private static string Other(ImportedPosts done) => (done.Edited > 0 ? $"{done.Edited:N0} edited, " : "") + (done.PassedOver > 0 ? $"{done.PassedOver:N0} no posts, " : "");

    private sealed class Told(Action<long> tell) : IProgress<ImportedPosts>
    {
        public void Report(ImportedPosts value) => tell(value.Read);
    }
}
