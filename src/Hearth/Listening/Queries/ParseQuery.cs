namespace Hearth.Listening.Queries;

/// <summary>Reads the query language of docs/queries.md by recursive descent: OR binds weakest, then AND (also unwritten), then NOT, then NEAR.</summary>
public static class ParseQuery
{
    /// <summary>Longest expression, in characters. A brand's query with its exclusions reaches 20,000 in the field.</summary>
    public const int MaxLength = 32_000;

    /// <summary>Most words, phrases and fields in one query; it bounds the depth of a tree, which grows by one with each AND of a row.</summary>
    public const int MaxParts = 4_000;

    private const int MaxDepth = 100;

    public static Parsed Read(string expression) => Read(expression, Dialect.Hearth);

    /// <summary>Reads an expression in another tool's spelling; what has no counterpart here is at fault.</summary>
    public static Parsed Read(string expression, Dialect dialect)
    {
        if (expression.Length > MaxLength) return new Parsed.Wrong(MaxLength, $"the query is longer than {MaxLength:N0} characters", "split it into several queries");
        try
        {
            return new Parsed.Ok(new Descent(new QueryScanner(expression, dialect), dialect).All());
        }
        catch (WrongException e)
        {
            return e.Wrong;
        }
    }

    private sealed class Descent(QueryScanner at, Dialect dialect)
    {
        private int _depth, _parts;

        public Query All()
        {
            at.Next();
            if (at.Sign == Sign.End) throw new WrongException(0, "the query is empty", "write a word, a \"phrase\", a #tag or an @handle");
            var all = Or();
            if (at.Sign == Sign.Close) throw new WrongException(at.Start, "this bracket closes nothing", "remove it, or open one before");
            return all;
        }

        private Query Or()
        {
            Deeper();
            var left = And();
            while (at.Sign == Sign.Or)
            {
                Operator("OR");
                left = new Query.Or(left, And());
            }

            _depth--;
            return left;
        }

        private Query And()
        {
            var left = Not();
            while (at.Sign is Sign.And or Sign.Words or Sign.Field or Sign.Not or Sign.Open)
            {
                if (at.Sign == Sign.And) Operator("AND");
                else if (dialect == Dialect.Brandwatch && at.Sign != Sign.Not) throw new WrongException(at.Start, "an operator is missing before this", "write AND or OR, or put the words in \"quotes\"");
                left = new Query.And(left, Not());
            }

            return left;
        }

        private Query Not()
        {
            var negations = 0;
            for (; at.Sign == Sign.Not; negations++)
            {
                Deeper();
                Operator("NOT");
            }

            _depth -= negations;
            var inner = Near();
            for (; negations > 0; negations--) inner = new Query.Not(inner);
            return inner;
        }

        private Query Near()
        {
            var start = at.Start;
            var left = One();
            if (at.Sign != Sign.Near) return left;
            Operand(left, start);
            var (distance, isOrdered) = at.Near;
            Operator(at.Written);
            start = at.Start;
            var right = One();
            Operand(right, start);
            if (at.Sign == Sign.Near) throw new WrongException(at.Start, "NEAR joins two sides only", "write (a NEAR/5 b) AND (b NEAR/5 c)");
            return new Query.Near(left, right, distance, isOrdered);
        }

        private static void Operand(Query side, int start)
        {
            if (!IsOperand(side)) throw new WrongException(start, "only words can be near one another", "write a word, a \"phrase\" or (a OR b) on both sides of NEAR");
        }

        private static bool IsOperand(Query side)
        {
            while (side is Query.Or or)
            {
                if (!IsOperand(or.Right)) return false;
                side = or.Left;
            }

            return side is Query.Words;
        }

        private Query One()
        {
            switch (at.Sign)
            {
                case Sign.Words or Sign.Field:
                    if (++_parts > MaxParts) throw new WrongException(at.Start, $"the query has more than {MaxParts:N0} words and fields", "split it into several queries");
                    var one = at.Sign == Sign.Words ? at.Words : ReadFields.Of(at, dialect);
                    at.Next();
                    return one;
                case Sign.Open:
                    var opened = at.Start;
                    at.Next();
                    if (at.Sign == Sign.Close) throw new WrongException(at.Start, "there is nothing between the brackets", "write a word between them, or remove them");
                    var inner = Or();
                    if (at.Sign != Sign.Close) throw new WrongException(opened, "this bracket is never closed", "add a ) where the group ends");
                    at.Next();
                    return inner;
                case Sign.Not:
                    throw new WrongException(at.Start, "only words can be near one another", "write NOT before the whole: NOT (a NEAR/5 b)");
                case Sign.And or Sign.Or or Sign.Near:
                    throw new WrongException(at.Start, $"there is nothing before {at.Written}", "write a word before it, or put it in \"quotes\" to look for the word itself");
                case Sign.Close:
                    throw new WrongException(at.Start, "a word is missing before this bracket", "write a word, or remove the operator before it");
                default:
                    throw new WrongException(at.Start, "the query ends too early", "write a word here, or remove the operator before it");
            }
        }

        private void Deeper()
        {
            if (++_depth > MaxDepth) throw new WrongException(at.Start, $"more than {MaxDepth} brackets inside one another", "make it flatter");
        }

        // Moves past an operator and sees to it that something follows.
        private void Operator(string name)
        {
            var (start, written) = (at.Start, at.Written);
            at.Next();
            if (at.Sign == Sign.End) throw new WrongException(start, $"there is nothing after {written}", $"write what {name} is about, or remove it");
            if (at.Sign is Sign.And or Sign.Or && written is not ("NOT" or "-"))
                throw new WrongException(at.Start, $"there is nothing before {at.Written}", "two operators follow one another: remove one, or put it in \"quotes\" to look for the word itself");
        }
    }
}
