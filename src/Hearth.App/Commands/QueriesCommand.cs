using System.CommandLine;
using Hearth.Listening;
using Hearth.Listening.Queries;

namespace Hearth.App.Commands;

/// <summary><c>hearth queries check 'EXPR'</c>: reads a query and prints how it was understood, or points at what is wrong.</summary>
internal static class QueriesCommand
{
    public static Command Create()
    {
        var text = new Argument<string>("EXPR") { Description = "A query, for instance: (dell OR #delloutlet) AND \"out of stock\" -job" };
        var check = new Command("check", "Read a query and print how it is understood. Exit code 1 when it cannot be read.") { text, HouseCommand.AsJson };
        check.SetAction(given =>
        {
            var expression = given.GetValue(text)!;
            if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(QueryCheck.Of(expression));
            switch (ParseQuery.Read(expression))
            {
                case Parsed.Wrong wrong:
                    if (!given.GetValue(HouseCommand.AsJson)) Point(expression, wrong);
                    return 1;
                case Parsed.Ok ok when !given.GetValue(HouseCommand.AsJson):
                    System.Console.WriteLine(ok.Query);
                    Tree(ok.Query, "");
                    return 0;
                default:
                    return 0;
            }
        });
        return new Command("queries", "The query language.") { check };
    }

    private static void Point(string expression, Parsed.Wrong wrong)
    {
        var line = expression.ReplaceLineEndings(" ").Replace('\t', ' ');
        System.Console.Error.WriteLine(line);
        System.Console.Error.WriteLine(new string(' ', wrong.Position) + "^");
        System.Console.Error.WriteLine($"Character {wrong.Position + 1}: {wrong.Reason}. Hint: {wrong.Hint}.");
    }

    private static void Tree(Query query, string indent)
    {
        var (name, inner) = query switch
        {
            Query.And and => ("AND", new[] { and.Left, and.Right }),
            Query.Or or => ("OR", [or.Left, or.Right]),
            Query.Not not => ("NOT", [not.Inner]),
            Query.Words { Terms: [var one] } => ($"{one.Kind.ToString().ToLowerInvariant()} {one}", []),
            _ => ($"phrase {query}", []),
        };
        System.Console.WriteLine(indent + name);
        foreach (var child in inner) Tree(child, indent + "  ");
    }
}
