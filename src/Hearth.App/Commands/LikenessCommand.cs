using System.CommandLine;
using Hearth.Ideas.Likeness;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth likeness --pairs FILE [--side test|training] [--seed N] [--train [--most N]]</c>: how well duplicates are found, beside plain BM25.</summary>
internal static class LikenessCommand
{
    public static Command Create()
    {
        var pairs = new Option<FileInfo>("--pairs") { Description = "Pairs of questions, tab-separated without a head: 1 when they ask the same or 0, a question, another.", Required = true };
        var side = new Option<string>("--side") { Description = "test (default), or training: the half that weights were chosen on.", DefaultValueFactory = _ => "test" };
        var seed = new Option<int>("--seed") { Description = "Of the split into halves; 1 is the one that weights were chosen with.", DefaultValueFactory = _ => 1 };
        var train = new Option<bool>("--train") { Description = "Also learn an order from the training side, as a board does from its merges; nothing of it is kept." };
        var most = new Option<int>("--most") { Description = "Learn from at most so many questions.", DefaultValueFactory = _ => int.MaxValue };
        var command = new Command("likeness", "Measure how well duplicates are found while a title is typed, beside plain BM25.") { pairs, side, seed, train, most, HouseCommand.AsJson };
        command.SetAction((given, ct) =>
        {
            var file = given.GetValue(pairs)!;
            if (given.GetValue(side) is not ("test" or "training")) throw new FormatException($"--side: '{given.GetValue(side)}' is not test or training.");
            if (!file.Exists) return Task.FromResult(HouseCommand.Failed($"--pairs: {file.FullName} does not exist."));
            try
            {
                var measured = MeasureLikeness.Run(File.ReadLines(file.FullName), given.GetValue(side) == "training", given.GetValue(seed), given.GetValue(train), Math.Max(0, given.GetValue(most)), ct);
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.PrintSnake(measured);
                else Show(measured);
                return Task.FromResult(0);
            }
            catch (UnreadablePairsException e)
            {
                return Task.FromResult(HouseCommand.Failed($"--pairs: {file.Name}, {e.Message}."));
            }
        });
        return command;
    }

    private static void Show(LikenessMeasured measured)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Typed", "MAP, first day", "MAP, learned", "Plain BM25", "Better by");
        foreach (var stage in measured.Stages.Append(measured.Mean))
        {
            table.AddRow(stage.Typed > 0 ? $"{stage.Typed:P0}" : "mean", $"{stage.Map:0.0000}", stage.Learned is { } learned ? $"{learned:0.0000}" : "", $"{stage.Bm25Map:0.0000}", $"{stage.Better:P1}");
        }

        HouseCommand.Answer.Write(table);
        System.Console.WriteLine($"{measured.Asked:N0} questions of the {measured.Side} side (seed {measured.Seed}), asked of {measured.Collection:N0}{(measured.Taught > 0 ? $"; learned from {measured.Taught:N0}" : "")}.");
    }
}
