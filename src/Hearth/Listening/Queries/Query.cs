using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>A question about a post, as a tree. Equal trees ask the same.</summary>
public abstract record Query
{
    private Query() { }

    /// <summary>A word, or the words of a phrase one after the other.</summary>
    public sealed record Words(IReadOnlyList<Term> Terms) : Query
    {
        public bool Equals(Words? other) => other is not null && Terms.SequenceEqual(other.Terms);

        public override int GetHashCode() => Terms.Aggregate(17, HashCode.Combine);
    }

    /// <summary>Both in one text, not overlapping, with at most <paramref name="Distance"/> - 1 words between them.</summary>
    /// <param name="Left">Words, or an Or of words.</param>
    /// <param name="Right">Words, or an Or of words.</param>
    /// <param name="Distance">1 (side by side) to <see cref="MaxDistance"/>.</param>
    /// <param name="Ordered">True when <paramref name="Left"/> must come first.</param>
    public sealed record Near(Query Left, Query Right, int Distance, bool Ordered) : Query
    {
        public const int MaxDistance = 100;
    }

    public sealed record And(Query Left, Query Right) : Query
    {
        public bool Equals(And? other) => other is not null && SameRow(this, other);

        public override int GetHashCode() => HashRow(this);
    }

    public sealed record Or(Query Left, Query Right) : Query
    {
        public bool Equals(Or? other) => other is not null && SameRow(this, other);

        public override int GetHashCode() => HashRow(this);
    }

    public sealed record Not(Query Inner) : Query;

    /// <summary>A question about the post rather than its words.</summary>
    public sealed record Field(FieldTest Test) : Query;

    /// <summary>
    /// The sides of a row of the same operator, first to last: a, b, c of ((a AND b) AND c); the query alone when it is no AND or OR. A row of thousands is as
    /// deep a tree: walk it by this rather than by recursion to the left.
    /// </summary>
    public List<Query> Row()
    {
        var sides = new List<Query>();
        var at = this;
        if (this is And)
        {
            for (; at is And and; at = and.Left) sides.Add(and.Right);
        }
        else
        {
            for (; at is Or or; at = or.Left) sides.Add(or.Right);
        }

        sides.Add(at);
        sides.Reverse();
        return sides;
    }

    private static bool SameRow(Query one, Query other) => ReferenceEquals(one, other) || one.Row().SequenceEqual(other.Row());

    private static int HashRow(Query row) => row.Row().Aggregate(row is And ? 1 : 2, HashCode.Combine);

    /// <summary>The same question in the query language, with brackets only where they are needed; reading it gives an equal tree.</summary>
    public sealed override string ToString() => PrintQuery.Of(this);
}

/// <summary>How a term is compared with the words of a text.</summary>
public enum TermMatch : byte
{
    /// <summary>Without regard to case, accents and apostrophes.</summary>
    Folded,

    /// <summary>Character by character as written: <c>{Apple}</c>.</summary>
    Exact,

    /// <summary>Folded; ? is any one character and a * at the end any ending, also none.</summary>
    Pattern,
}

/// <summary>One word of a query.</summary>
/// <param name="Text">Folded as texts are, or as written for <see cref="TermMatch.Exact"/>; without # or @.</param>
/// <param name="Kind">A word also finds the tag of that text, not the handle; a tag finds only tags, a handle only handles, a symbol only symbols.</param>
/// <param name="How">How it is compared.</param>
public readonly record struct Term(string Text, TokenKind Kind, TermMatch How = TermMatch.Folded)
{
    /// <summary>As it is written in a query.</summary>
    public override string ToString()
    {
        var marked = Kind switch { TokenKind.Tag => "#" + Text, TokenKind.Handle => "@" + Text, _ => Text };
        return How == TermMatch.Exact ? $"{{{marked}}}" : marked;
    }
}
