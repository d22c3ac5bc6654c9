using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Hearth.Listening.Matching;

namespace Hearth.App.Commands;

/// <summary><c>hearth match --queries Q.jsonl --posts P.jsonl</c>: asks many queries of many posts, without a house.</summary>
internal static class MatchCommand
{
    private const int MostThreads = 256;
    private const int Named = 20;

    public static Command Create()
    {
        var queries = new Option<FileInfo>("--queries") { Description = "JSONL, gzipped or not: {\"id\": \"...\", \"query\": \"...\"} a line.", Required = true };
        var posts = new Option<FileInfo>("--posts") { Description = "JSONL, gzipped or not: {\"id\": \"...\", \"text\": \"...\"} a line, also author, lang, url, followers, source.", Required = true };
        var threads = new Option<int>("--threads") { Description = $"How many match at once, 1 to {MostThreads}.", DefaultValueFactory = _ => 1 };
        threads.Must(n => n is >= 1 and <= MostThreads, $"--threads must be 1 to {MostThreads}.");
        var to = new Option<FileInfo>("--out") { Description = "Gets {\"id\": \"...\", \"queries\": [\"...\"]} for each post that matched; gzipped when its name ends in .gz." };
        var command = new Command("match", "Ask many queries of many posts, and say how fast.") { queries, posts, threads, to, HouseCommand.AsJson };
        command.SetAction(given =>
        {
            var (asked, of) = (given.GetValue(queries)!, given.GetValue(posts)!);
            foreach (var file in (FileInfo[])[asked, of])
            {
                if (!file.Exists) return HouseCommand.Failed($"There is no file {file.FullName}.");
            }

            try
            {
                return Run(asked, of, given.GetValue(threads), given.GetValue(to), given.GetValue(HouseCommand.AsJson));
            }
            catch (InvalidDataException e)
            {
                return HouseCommand.Failed($"A file begins like gzip but cannot be unpacked: {e.Message}");
            }
        });
        return command;
    }

    private static int Run(FileInfo queries, FileInfo posts, int threads, FileInfo? to, bool asJson)
    {
        var match = new MatchFiles();
        using (var asked = queries.OpenRead())
        using (var of = posts.OpenRead())
        {
            if (!match.Load(asked, of))
            {
                Name(match.Wrong, queries);
                return 1;
            }
        }

        using var file = to?.Create();
        using var packed = to?.Extension == ".gz" ? new GZipStream(file!, CompressionLevel.Fastest) : null;
        var done = match.Run(threads, packed ?? (Stream?)file);
        Name(match.Wrong, posts);
        System.Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{done.Posts:N0} posts, {done.Queries:N0} queries: {done.Matches:N0} matches in {done.Seconds:N3} s, {done.PostsPerSecond:N0} posts a second on {done.Threads} thread{(threads == 1 ? "" : "s")}; {done.BytesPerQuery:N0} bytes a query."));
        if (asJson) HouseCommand.Print(done);
        return match.Wrong.Count == 0 ? 0 : 1;
    }

    private static void Name(List<WrongLine> wrong, FileInfo file)
    {
        foreach (var line in wrong.Take(Named)) System.Console.Error.WriteLine($"{file.Name}, line {line.Line}: {line.Reason}.");
        if (wrong.Count > Named) System.Console.Error.WriteLine($"{file.Name}: {wrong.Count - Named:N0} more lines cannot be read.");
    }
}
