using System.Globalization;
using System.Text;
using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>Writes a query in its language, with brackets only where they are needed.</summary>
internal static class PrintQuery
{
    public static string Of(Query query) => Print(new StringBuilder(), query, 0).ToString();

    public static string Of(FieldTest test) => test switch
    {
        FieldTest.Site t => "site:" + Value(t.Host),
        FieldTest.Url t => "url:" + Value(t.Part),
        FieldTest.Author t => "author:" + Value(t.Handle),
        FieldTest.Language t => "lang:" + Value(t.Code),
        FieldTest.Source t => "source:" + Value(t.Name),
        FieldTest.Has t => "has:" + Word(t.Kind),
        FieldTest.Is t => "is:" + Word(t.Kind),
        FieldTest.Followers t => string.Create(CultureInfo.InvariantCulture, $"followers:{Sign(t.How)}{t.Count}"),
        FieldTest.Sentiment t => "sentiment:" + Word(t.Value),
        FieldTest.Intent t => "intent:" + Word(t.Value),
        FieldTest.Product t => "product:" + Value(t.Key),
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    private static StringBuilder Print(StringBuilder to, Query query, int outer)
    {
        var strength = query switch { Query.Or => 1, Query.And => 2, Query.Not => 3, Query.Near => 4, _ => 5 };
        if (strength < outer) to.Append('(');
        _ = query switch
        {
            // Quotes say that the word itself is meant, though only capitals are operators.
            Query.Words { Terms: [{ Kind: not TokenKind.Word } or { Text: not ("and" or "or" or "not" or "near" or "onear") }] one } => to.Append(one[0]),
            Query.Words { Terms: var terms } when terms.All(t => t.How == TermMatch.Exact) => to.Append('{').AppendJoin(' ', terms.Select(t => t.ToString()[1..^1])).Append('}'),
            Query.Words words => to.Append('"').AppendJoin(' ', words.Terms).Append('"'),
            Query.Field field => to.Append(Of(field.Test)),
            Query.Near near => Print(Print(to, near.Left, 5).Append(CultureInfo.InvariantCulture, $" {(near.Ordered ? "ONEAR" : "NEAR")}/{near.Distance} "), near.Right, 5),
            Query.Not not => Print(to.Append("NOT "), not.Inner, 3),
            Query.And => Row(to, query, " AND ", 3),
            Query.Or => Row(to, query, " OR ", 2),
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };
        return strength < outer ? to.Append(')') : to;
    }

    private static StringBuilder Row(StringBuilder to, Query row, string joint, int inner)
    {
        var sides = row.Row();
        for (var n = 0; n < sides.Count; n++) Print(n == 0 ? to : to.Append(joint), sides[n], inner);
        return to;
    }

    private static string Value(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or '*') ? value : $"\"{value}\"";

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Sign(Comparison how) => how switch { Comparison.Less => "<", Comparison.LessOrEqual => "<=", Comparison.Greater => ">", Comparison.GreaterOrEqual => ">=", _ => "" };
}
