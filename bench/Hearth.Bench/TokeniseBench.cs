using System.Diagnostics;
using System.Globalization;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Bench;

/// <summary>Splitting posts into words with positions, kinds and keys, against copying their characters and against plain splitting at what is no ASCII letter or digit.</summary>
internal static class TokeniseBench
{
    public static Task Run(string[] args)
    {
        var rounds = args is [var r] ? int.Parse(r, CultureInfo.InvariantCulture) : 9;
        var plain = PercolateFiles.Posts(100_000);
        Console.WriteLine($"| million characters a second, median of {rounds} | scanner | with strings (Tokens.Of) | plain splitting | memory copy | scanner / plain | scanner / copy |\n| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, posts) in ((string, List<AskedPost>)[])[("ASCII posts", plain), ("all scripts, emoji, tags", MixedWorkload.Posts(plain)), ("Chinese alone", Chinese(plain.Count))])
        {
            var texts = posts.ConvertAll(p => p.Text);
            var (scanner, to) = (new Scanner(), new char[texts.Max(t => t.Length)]);
            List<double>[] rates = [[], [], [], []];
            for (var round = -2; round < rounds; round++)
            {
                double[] now =
                [
                    Rate(texts, t => scanner.Scan(t).Length), Rate(texts, t => Tokens.Of(t).Count), Rate(texts, Split),
                    Rate(texts, t =>
                    {
                        t.CopyTo(to);
                        return to[0];
                    }),
                ];
                for (var i = 0; i < now.Length && round >= 0; i++) rates[i].Add(now[i]);
            }

            var m = Array.ConvertAll(rates, l => Table.Median(l));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {m[0]:N0} | {m[1]:N0} | {m[2]:N0} | {m[3]:N0} | {m[0] / m[2]:0.00} | {m[0] / m[3]:0.000} |"));
        }

        return Task.CompletedTask;
    }

    private static double Rate(List<string> texts, Func<string, int> read)
    {
        var watch = Stopwatch.StartNew();
        var sum = 0L;
        foreach (var text in texts) sum += read(text);
        GC.KeepAlive(sum);
        return texts.Sum(t => (double)t.Length) / watch.Elapsed.TotalSeconds / 1e6;
    }

    // Where each word begins and ends, and nothing of what it is.
    private static int Split(string text)
    {
        var (words, inside) = (0, false);
        foreach (var c in text)
        {
            var isWord = char.IsAsciiLetterOrDigit(c) || c == '_';
            if (isWord && !inside) words++;
            inside = isWord;
        }

        return words;
    }

    private static List<AskedPost> Chinese(int count)
    {
        var random = new Random(53);
        return [.. Enumerable.Range(0, count).Select(_ => new AskedPost(new string([.. Enumerable.Range(0, random.Next(20, 140)).Select(_ => (char)random.Next(0x4E00, 0x9FFF))])))];
    }
}
