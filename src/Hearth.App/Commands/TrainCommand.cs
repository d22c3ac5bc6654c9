using System.CommandLine;
using Hearth.Channels.Files;
using Hearth.Listening.Understanding.Models;

namespace Hearth.App.Commands;

/// <summary><c>hearth train --labels FILE --task T --out MODEL</c>: learn from labelled posts. Without --out the house learns, and takes the model when it reads better than what it has.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var options = new LabelOptions();
        var to = new Option<FileInfo?>("--out") { Description = "Gets the model, for hearth classify --model. Without it the model goes to the house of --data or --database, which uses it from then on if it reads a held-out fifth better than what it uses now." };
        var command = new Command("train", "Learn to read from posts that people labelled.") { to, HouseCommand.AsJson };
        options.AddTo(command);
        command.SetAction(async (given, ct) =>
        {
            try
            {
                var posts = await options.Read(given, options.Columns(given), ct);
                var (task, metric, seed) = (options.TaskOf(given), options.MetricOf(given), given.GetValue(options.Seed));
                if (given.GetValue(to) is not { } file) return await House(given, posts, task, metric, seed, ct);
                var part = new FileInfo(file.FullName + ".part"); // never half a model under the name that was asked for
                TrainedModel done;
                await using (var stream = part.Create()) done = TrainedFile.Train(posts, task, metric, seed, stream, ct);
                part.MoveTo(file.FullName, overwrite: true);
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(done);
                else System.Console.WriteLine($"{file.FullName}: learned from {done.Trained:N0} posts. On a held-out fifth macro-F1 {done.Measured.MacroF1:0.000}, out of the box {done.OutOfTheBox.MacroF1:0.000}.");
                return 0;
            }
            catch (Exception e) when (e is UnreadableFileException or TooFewLabelsException)
            {
                return HouseCommand.Failed(e.Message);
            }
        });
        return command;
    }

    private static async Task<int> House(ParseResult given, LabelledPosts posts, ModelTask task, ModelMetric metric, ulong seed, CancellationToken ct)
    {
        await using var house = await given.House(ct);
        await using var scope = house.CreateAsyncScope();
        var done = await scope.ServiceProvider.GetRequiredService<ReadingModels>().Learn(task, posts.Posts, metric, seed, "hearth train", ct);
        if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(done);
        else System.Console.WriteLine(done.Sentence);
        return 0;
    }
}
