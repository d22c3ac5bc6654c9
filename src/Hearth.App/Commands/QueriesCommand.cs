using System.CommandLine;
using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.Platform;

namespace Hearth.App.Commands;

/// <summary>
/// <c>hearth queries check 'EXPR'</c>: reads a query and prints how it was understood, or points at what is wrong. <c>hearth queries import --from x 'EXPR'</c>:
/// writes another tool's expression as Hearth does.
/// </summary>
internal static class QueriesCommand
{
    public static Command Create() => new("queries", "The query language.") { Check(), Import() };

    private static Command Check()
    {
        var text = new Argument<string>("EXPR") { Description = "A query, for instance: (dell OR #delloutlet) AND \"out of stock\" -job" };
        var check = new Command("check", "Read a query and print how it is understood, with its estimated volume where mentions are stored. Exit code 1 when it cannot be read.") { text, HouseCommand.AsJson };
        check.SetAction(async (given, ct) =>
        {
            var expression = given.GetValue(text)!;
            var found = QueryCheck.Of(expression);
            var preview = ParseQuery.Read(expression) is Parsed.Ok ok ? await Try(given, ok.Query, ct) : null;
            if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(new CheckedQuery(found.Canonical, found.Position, found.Reason, found.Hint, found.Tree, preview?.Warnings ?? found.Warnings, preview?.PerDay, preview?.Share, preview?.Volume));
            else if (found.Canonical is null) Point(expression, found);
            else Say(found, preview);
            return found.Canonical is null ? 1 : 0;
        });
        return check;
    }

    private static Command Import()
    {
        var text = new Argument<string>("EXPR") { Description = "An expression as it stands in the other tool, or a file with one on each line." };
        var from = new Option<Dialect>("--from") { Description = "Whose spelling it is: brandwatch or x.", Required = true };
        from.Must(dialect => dialect != Dialect.Hearth, "--from must be brandwatch or x.");
        var import = new Command("import", "Write another tool's expression as Hearth does, or say what in it has no counterpart. Exit code 1 when one has none.") { text, from, HouseCommand.AsJson };
        import.SetAction(given =>
        {
            var (expression, failed) = (given.GetValue(text)!, false);
            string[] lines = expression.Length < 4_096 && File.Exists(expression) ? [.. File.ReadLines(expression).Where(l => !string.IsNullOrWhiteSpace(l))] : [expression];
            foreach (var line in lines)
            {
                var found = QueryCheck.Of(line, given.GetValue(from));
                failed |= found.Canonical is null;
                if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(new CheckedQuery(found.Canonical, found.Position, found.Reason, found.Hint, found.Tree, found.Warnings, null, null, null));
                else if (found.Canonical is null) Point(line, found);
                else System.Console.WriteLine(found.Canonical);
            }

            return failed ? 1 : 0;
        });
        return import;
    }

    private sealed record CheckedQuery(
        string? Canonical, int? Position, string? Reason, string? Hint, IReadOnlyList<QueryLine>? Tree, IReadOnlyList<string> Warnings, double? PerDay, double? Share, string? Volume);

    // Reading a query must make no database and change none.
    private static async Task<QueryPreview?> Try(ParseResult given, Query query, CancellationToken ct)
    {
        if (!given.HasDatabase()) return null;
        try
        {
            await using var house = await given.House(ct, migrate: false);
            await using var scope = house.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<TryQuery>().Run(query, ct) is { LookedAt: > 0 } preview ? preview : null;
        }
        catch (System.Data.Common.DbException e)
        {
            System.Console.Error.WriteLine($"The stored mentions cannot be read, so the volume is not estimated: {e.Message}");
            return null;
        }
    }

    private static void Say(QueryCheck found, QueryPreview? preview)
    {
        System.Console.WriteLine(found.Canonical);
        foreach (var line in found.Tree!) System.Console.WriteLine(new string(' ', line.Depth * 2) + line.Says);
        foreach (var warning in preview?.Warnings ?? found.Warnings) System.Console.Error.WriteLine($"Warning: {warning}.");
        if (preview is null) return;
        System.Console.WriteLine(preview.Volume is { } volume ? $"Estimated volume: {volume}." : $"{preview.Found} of the latest {preview.LookedAt} mentions match.");
    }

    private static void Point(string expression, QueryCheck found)
    {
        var (position, line) = (found.Position!.Value, expression.ReplaceLineEndings(" ").Replace('\t', ' '));
        var from = Math.Max(0, Math.Min(position, line.Length) - 60); // a long one is shown around its fault
        var to = Math.Min(line.Length, position + 40);
        System.Console.Error.WriteLine((from > 0 ? "…" : "") + line[from..to] + (to < line.Length ? "…" : ""));
        System.Console.Error.WriteLine(new string(' ', position - from + (from > 0 ? 1 : 0)) + "^");
        System.Console.Error.WriteLine($"Character {position + 1}: {found.Reason}. Hint: {found.Hint}.");
    }
}
