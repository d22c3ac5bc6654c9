using System.Globalization;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary>
/// How far the reading of a file has come, on standard error: a bar on a terminal; else a line now and then, for a log. The share of the file's bytes that were
/// read is the share of the work that is done.
/// </summary>
internal static class FileProgress
{
    private static readonly TimeSpan Line = TimeSpan.FromSeconds(5);

    /// <summary>Runs the work, which says after every batch how many rows it has read.</summary>
    /// <param name="file">What it reads from.</param>
    /// <param name="work">Is given whom to tell.</param>
    public static async Task<T> Of<T>(FileStream file, Func<Action<long>, Task<T>> work)
    {
        var (clock, started) = (TimeProvider.System, TimeProvider.System.GetTimestamp());
        if (!HouseCommand.Say.Profile.Capabilities.Ansi)
        {
            var last = started;
            return await work(rows =>
            {
                if (clock.GetElapsedTime(last) < Line) return;
                last = clock.GetTimestamp();
                HouseCommand.Say.WriteLine(Text(file, rows, clock.GetElapsedTime(started), share: true));
            });
        }

        T done = default!;
        await HouseCommand.Say.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async context =>
        {
            var task = context.AddTask("Reading", maxValue: Math.Max(1, file.Length));
            done = await work(rows =>
            {
                task.Value = file.Position;
                task.Description = Text(file, rows, clock.GetElapsedTime(started), share: false);
            });
        });
        return done;
    }

    // "41 %, 12.3 of 30.1 MB, 45,000 rows, 9,100 a second"
    internal static string Text(FileStream file, long rows, TimeSpan took, bool share)
    {
        var (read, all) = (file.Position / 1e6, file.Length / 1e6);
        var rate = took.TotalSeconds > 0 ? rows / took.TotalSeconds : 0;
        var text = string.Create(CultureInfo.InvariantCulture, $"{read:N1} of {all:N1} MB, {rows:N0} rows, {rate:N0} a second");
        return share ? string.Create(CultureInfo.InvariantCulture, $"{(all > 0 ? 100 * read / all : 100):N0} %, {text}") : text;
    }
}
