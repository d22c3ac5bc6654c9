using System.Globalization;
using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>One line of a query's tree.</summary>
/// <param name="Depth">0 for the root.</param>
/// <param name="Says">"AND", "word dell", "phrase \"out of stock\"", "field lang:en" ...</param>
public sealed record QueryLine(int Depth, string Says);

/// <summary>Shows a query as a tree of lines; a row of ANDs or ORs is one line with its sides beneath.</summary>
public static class DescribeQuery
{
    public static IReadOnlyList<QueryLine> Lines(Query query)
    {
        var lines = new List<QueryLine>();
        Add(lines, query, 0);
        return lines;
    }

    /// <summary>All parts of a query that are no operator, negated or not.</summary>
    internal static IEnumerable<Query> Parts(this Query query) => Lines(query, 0).Select(l => l.Query).Where(q => q is Query.Words or Query.Field);

    private static void Add(List<QueryLine> lines, Query query, int depth) => lines.AddRange(Lines(query, depth).Select(l => new QueryLine(l.Depth, Name(l.Query))));

    private static IEnumerable<(int Depth, Query Query)> Lines(Query query, int depth)
    {
        yield return (depth, query);
        List<Query> inner = query switch { Query.And or Query.Or => query.Row(), Query.Not not => [not.Inner], Query.Near near => [near.Left, near.Right], _ => [] };
        foreach (var line in inner.SelectMany(i => Lines(i, depth + 1))) yield return line;
    }

    private static string Name(Query query) => query switch
    {
        Query.And => "AND",
        Query.Or => "OR",
        Query.Not => "NOT",
        Query.Near near => string.Create(CultureInfo.InvariantCulture, $"{(near.Ordered ? "ONEAR" : "NEAR")}/{near.Distance}"),
        Query.Field => $"field {query}",
        Query.Words { Terms: [var one] } => $"{Kind(one)} {one}",
        _ => $"phrase {query}",
    };

    private static string Kind(Term term) => term switch
    {
        { How: TermMatch.Pattern } => "pattern",
        { Kind: TokenKind.Tag } => "tag",
        { Kind: TokenKind.Handle } => "handle",
        { Kind: TokenKind.Symbol } => "symbol",
        _ => "word",
    };
}
