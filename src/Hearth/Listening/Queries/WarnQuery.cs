using Hearth.Listening.Text;
using Hearth.Listening.Understanding;

namespace Hearth.Listening.Queries;

/// <summary>Sees by its form alone that a query finds nearly everything, or nothing, or something else than was meant.</summary>
public static class WarnQuery
{
    /// <summary>For a person, each a sentence without its full stop; empty when nothing is to be said.</summary>
    public static IReadOnlyList<string> Of(Query query) => [.. Everything(query), .. Nothing(query), .. Slips(query)];

    private static IEnumerable<string> Everything(Query query)
    {
        if (Widest(query) is not { } widest) yield break;
        var why = widest switch
        {
            Query.Not => "it only excludes",
            Query.Field => "it asks for no word",
            _ => "it is one of the most common words",
        };
        yield return widest == query ? $"This finds nearly everything: {why}" : $"This finds nearly everything, since {Short(widest)} alone is enough and {why}";
    }

    // The part that lets nearly every post through; null when some rare word, author, site or product is always needed.
    private static Query? Widest(Query query) => query switch
    {
        Query.And => query.Row().ConvertAll(Widest) is var sides && sides.TrueForAll(s => s is not null) ? (sides.Exists(s => s is Query.Words) ? sides.Find(s => s is Query.Words) : sides[0]) : null,
        Query.Or => query.Row().Select(Widest).FirstOrDefault(s => s is not null),
        Query.Not { Inner: Query.Not twice } => Widest(twice.Inner),
        Query.Not => query,
        Query.Field { Test: FieldTest.Site or FieldTest.Url or FieldTest.Author or FieldTest.Product } => null,
        Query.Field => query,
        Query.Words { Terms: [{ How: not TermMatch.Exact, Kind: TokenKind.Word } one] } => IsCommon(one.Text) ? query : null,
        _ => null,
    };

    private static IEnumerable<string> Nothing(Query query)
    {
        if (query is not Query.And) yield break;
        var sides = query.Row();
        if (sides.OfType<Query.Not>().FirstOrDefault(n => sides.Contains(n.Inner)) is { } contradiction) yield return $"This finds nothing: it asks for {Short(contradiction.Inner)} and excludes it";
    }

    private static IEnumerable<string> Slips(Query query)
    {
        var rows = query is Query.And ? query.Row() : [query];
        foreach (var operatorWord in rows.OfType<Query.Words>().Where(w => w.Terms is [{ Kind: TokenKind.Word, How: TermMatch.Folded, Text: "and" or "or" or "not" }]).Select(w => w.Terms[0].Text).Distinct())
            yield return $"\"{operatorWord}\" is looked for as a word; write {operatorWord.ToUpperInvariant()} for the operator";
        foreach (var asked in query.Parts().OfType<Query.Words>().Select(w => w.Terms[^1]).Where(t => t.How == TermMatch.Pattern && t.Text.EndsWith('?')).Distinct())
            yield return $"{asked} wants exactly one more character after \"{asked.Text.TrimEnd('?')}\"; leave the ? out when it was meant as a question mark";
    }

    private static bool IsCommon(string word) => word.EndsWith('*') ? word.Length <= 2 : Lexicon.Languages.Any(l => Lexicon.Of(l).Stop.Contains(word));

    private static string Short(Query query) => query.ToString() is { Length: > 60 } text ? text[..59] + "…" : query.ToString();
}
