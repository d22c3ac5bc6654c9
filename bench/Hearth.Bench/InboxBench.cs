using System.Diagnostics;
using System.Globalization;
using Hearth.Conversations;
using Hearth.Platform;

namespace Hearth.Bench;

/// <summary>
/// Server time of what an agent opens, over as many conversations as asked for, on both databases. A number (a million by default) fills a fresh database, measures it and removes it;
/// <c>fill FOLDER [Sqlite|Postgres] [conversations]</c> makes one that is kept (PostgreSQL: a database of the folder's name), <c>measure FOLDER [Sqlite|Postgres] [part of a name]</c> opens it
/// again. The bar is 100 ms at the 95th percentile.
/// </summary>
internal static class InboxBench
{
    public static async Task Run(string[] args)
    {
        var named = args is ["fill" or "measure", _, var k, ..] ? k : null;
        var kinds = BenchDatabase.Kinds.Where(k => named is null || k.ToString().Equals(named, StringComparison.OrdinalIgnoreCase));
        var count = args.Where(a => char.IsAsciiDigit(a[0])).Select(a => int.Parse(a, CultureInfo.InvariantCulture)).FirstOrDefault(1_000_000);
        foreach (var kind in kinds)
        {
            await using var database = await BenchDatabase.Create(kind, keep: args is ["fill" or "measure", var folder, ..] ? Path.GetFullPath(folder) : null, asItIs: args is ["measure", ..]);
            if (args is not ["measure", ..]) await Fill(database, count);
            if (args is not ["fill", ..]) await Measure(database, args.ElementAtOrDefault(3));
        }
    }

    private static async Task Fill(BenchDatabase database, int count)
    {
        if ((await database.With<ListConversations, InboxCounts>(l => l.Counts(null, null, default))).All > 0) throw new InvalidOperationException("There are conversations already.");
        var took = await new ManyConversations(count).Into(database);
        Console.WriteLine($"\n{database.At.Kind}: {count:N0} conversations filled in {took.TotalSeconds:N0} s");
    }

    private static async Task Measure(BenchDatabase database, string? part)
    {
        var all = (await database.With<ListConversations, InboxCounts>(l => l.Counts(null, null, default))).All;
        Console.WriteLine($"\n{database.At.Kind}: {all:N0} conversations\n\n| opened | median, ms | 95th percentile, ms | most, ms |\n| --- | --- | --- | --- |");
        var every = new List<double>();
        foreach (var (name, times, open) in new OpenedInbox(new ManyConversations(all)).All())
        {
            if (part is not null && !name.Contains(part, StringComparison.OrdinalIgnoreCase)) continue;
            var random = new Random(7);
            await open(database, random); // the first one compiles
            var took = new List<double>();
            for (var time = 0; time < times; time++)
            {
                var watch = Stopwatch.StartNew();
                await open(database, random);
                took.Add(watch.Elapsed.TotalMilliseconds);
            }

            if (times == OpenedInbox.Times) every.AddRange(took);
            Line(name, took);
        }

        if (every.Count > 0) Line("all of the inbox", every);
    }

    private static void Line(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[times.Count / 2]:0.0} | {times[(int)(times.Count * 0.95)]:0.0} | {times[^1]:0.0} |"));
    }
}
