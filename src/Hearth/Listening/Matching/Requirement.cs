using Hearth.Listening.Queries;

namespace Hearth.Listening.Matching;

/// <summary>One way in which a requirement is met: a term is there, or a field test holds.</summary>
/// <param name="Term">The term's number; ~number of the field test when negative.</param>
/// <param name="Also">Another term that must be there too whenever this is the way; -1 for none.</param>
internal readonly record struct Alternative(int Term, int Also = -1)
{
    public bool IsField => Term < 0;
}

/// <summary>What a query cannot match without: at least one of the alternatives.</summary>
internal sealed record Requirement(Alternative[] Any, double Cost);

/// <summary>
/// Finds what a query requires, cheapest first. Words require each of their terms; AND what either side does; OR one requirement of each side; NOT turns AND into OR and requires no word.
/// A query may require nothing that can be looked up.
/// </summary>
internal sealed class Requirements(Func<Term, int> number, Func<FieldTest, int> field, Func<int, double> cost)
{
    // Beyond the cheapest two they are hardly used.
    private const int Most = 3;

    public List<Requirement> Of(Query query) => Of(query, false);

    private List<Requirement> Of(Query query, bool negated) => query switch
    {
        Query.Not not => Of(not.Inner, !negated),
        Query.And and => negated ? Either(and, true) : Both(and, false),
        Query.Or or => negated ? Both(or, true) : Either(or, false),
        _ when negated => [],
        Query.Words words => Linked([.. words.Terms.Select(t => number(t)).Distinct().Select(t => One(new(t)))]),
        Query.Near near => Linked([.. Of(near.Left, false), .. Of(near.Right, false)]),
        Query.Field { Test: FieldTest.Author or FieldTest.Site or FieldTest.Language or FieldTest.Source } test when FieldKeys.IsKey(test.Test) => [One(new(~field(test.Test)))],
        _ => [],
    };

    private List<Requirement> Both(Query query, bool negated)
    {
        var all = new List<Requirement>();
        foreach (var part in Shape.Parts(query)) all.AddRange(Of(part, negated));
        return Linked(all);
    }

    private List<Requirement> Either(Query query, bool negated)
    {
        var parts = new List<List<Requirement>>();
        foreach (var part in Shape.Parts(query))
        {
            var of = Of(part, negated);
            if (of.Count == 0) return [];
            parts.Add(of);
        }

        var found = new List<Requirement>();
        for (var i = 0; i < parts.Max(p => p.Count); i++) found.Add(Of([.. parts.SelectMany(p => p[Math.Min(i, p.Count - 1)].Any).Distinct()]));
        found.Sort((a, b) => a.Cost.CompareTo(b.Cost));
        return found;
    }

    // The cheapest ones first; and the best two know of each other.
    private List<Requirement> Linked(List<Requirement> all)
    {
        all.Sort((a, b) => a.Cost.CompareTo(b.Cost));
        if (all.Count > Most) all.RemoveRange(Most, all.Count - Most);
        if (all.Find(r => r.Any is [{ IsField: false }]) is not { Any: [var single] } other) return all;
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i] == other) continue;
            all[i] = all[i] with { Any = Array.ConvertAll(all[i].Any, a => a.Also < 0 && a.Term != single.Term ? a with { Also = single.Term } : a) };
        }

        if (all.Count > 1 && all[0] == other && all.Find(r => r != other && r.Any is [{ IsField: false }]) is { Any: [var second] } && single.Also < 0) all[0] = other with { Any = [single with { Also = second.Term }] };
        return all;
    }

    private Requirement One(Alternative one) => Of([one]);

    private Requirement Of(Alternative[] any) => new(any, any.Sum(a => cost(a.Term)));
}

/// <summary>Trees with many parts under one operator, without their brackets.</summary>
internal static class Shape
{
    /// <summary>The parts of an AND or OR, from left to right, those of the same operator inside it among them.</summary>
    public static List<Query> Parts(Query query)
    {
        var parts = new List<Query>();
        var left = new Stack<Query>([query]);
        while (left.TryPop(out var next))
        {
            switch (query, next)
            {
                case (Query.And, Query.And and):
                    left.Push(and.Right);
                    left.Push(and.Left);
                    break;
                case (Query.Or, Query.Or or):
                    left.Push(or.Right);
                    left.Push(or.Left);
                    break;
                default:
                    parts.Add(next);
                    break;
            }
        }

        return parts;
    }
}
