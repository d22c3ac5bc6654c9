using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Learning;
using Hearth.Outlet;

namespace Hearth.App.Commands;

/// <summary><c>hearth import stock FILE</c> and <c>hearth import orders FILE</c> and <c>hearth import channels FILE</c>.</summary>
internal static class ImportShopCommands
{
    public static Command Stock() => Create("stock", "Take in a count of the outlet's stock. Columns: sku, title, condition, quantity (absolute), list_price, price, currency; counted_at if there is one.",
        (rooms, file, name, progress, ct) => rooms.GetRequiredService<ImportStock>().Run(file, name, progress, ct));

    public static Command Orders() => Create("orders", "Take in orders, a row for each line. Columns: order, placed_at, sku, quantity, amount, currency; code, click, visitor if there are any.",
        (rooms, file, _, progress, ct) => rooms.GetRequiredService<ImportOrders>().Run(file, progress, ct));

    public static Command Channels() => Create("channels", "Take in what channels cost and brought. Columns: channel, from, currency, cost, clicks, orders, revenue, new_customers; period (day or week), margin if there are any.",
        (rooms, file, name, progress, ct) => rooms.GetRequiredService<ImportChannels>().Run(file, name, progress, ct));

    private static Command Create(string name, string description, Func<IServiceProvider, Stream, string, IProgress<long>, CancellationToken, Task<ImportReport>> run)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV or JSONL, gzipped or not, in UTF-8." };
        var command = new Command(name, description) { file, HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            var from = given.GetValue(file)!;
            if (!from.Exists) return HouseCommand.Failed($"There is no file {from.FullName}.");
            await using var house = await given.House(ct);
            await using var scope = house.CreateAsyncScope();
            try
            {
                await using var stream = from.OpenRead();
                var done = await FileProgress.Of(stream, tell => run(scope.ServiceProvider, stream, from.Name, new Told(tell), ct));
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(done);
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

    private static void Show(ImportReport done)
    {
        System.Console.WriteLine($"{done.Read:N0} read: {done.Kept:N0} kept, {done.Repeated:N0} repeated, {done.Rejected:N0} rejected, in {done.Seconds:N1} s.");
        foreach (var error in done.Errors) System.Console.WriteLine($"  line {error.Line}: {error.Reason}");
        if (done.Rejected > done.Errors.Count) System.Console.WriteLine($"  and {done.Rejected - done.Errors.Count:N0} more.");
    }

    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
