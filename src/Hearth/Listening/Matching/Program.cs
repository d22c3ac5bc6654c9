using Hearth.Listening.Queries;

namespace Hearth.Listening.Matching;

/// <summary>What one number of a program says, in its lowest three bits; the others are its operand.</summary>
internal enum Step
{
    /// <summary>The term stands in the post.</summary>
    Term,

    /// <summary>So many terms, whose numbers follow, stand one after the other.</summary>
    Phrase,

    /// <summary>All parts hold, in so many numbers that follow.</summary>
    All,

    /// <summary>One of the parts holds, in so many numbers that follow.</summary>
    Any,

    /// <summary>What follows does not hold.</summary>
    Not,

    /// <summary>Two sides follow, within so many steps; the lowest bit of the operand says that the first comes first.</summary>
    Near,

    /// <summary>The field test of that number holds.</summary>
    Field,
}

/// <summary>Queries as runs of numbers: the query's own number, then its tree from the top, about one number a word.</summary>
internal static class Program
{
    public static Step StepOf(int code) => (Step)(code & 7);

    public static int Operand(int code) => code >> 3;

    public static int Code(Step step, int operand) => operand << 3 | (int)step;

    /// <summary>Writes a tree.</summary>
    public static void Write(Query query, List<int> to, Func<Term, int> number, Func<FieldTest, int> field)
    {
        switch (query)
        {
            case Query.Words { Terms: [var one] }:
                to.Add(Code(Step.Term, number(one)));
                break;
            case Query.Words words:
                to.Add(Code(Step.Phrase, words.Terms.Count));
                foreach (var term in words.Terms) to.Add(number(term));
                break;
            case Query.And or Query.Or:
                var at = to.Count;
                to.Add(0);
                foreach (var part in Shape.Parts(query)) Write(part, to, number, field);
                to[at] = Code(query is Query.And ? Step.All : Step.Any, to.Count - at - 1);
                break;
            case Query.Not not:
                to.Add(Code(Step.Not, 0));
                Write(not.Inner, to, number, field);
                break;
            case Query.Near near:
                to.Add(Code(Step.Near, near.Distance << 1 | (near.Ordered ? 1 : 0)));
                Write(near.Left, to, number, field);
                Write(near.Right, to, number, field);
                break;
            case Query.Field test:
                to.Add(Code(Step.Field, field(test.Test)));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(query));
        }
    }

    /// <summary>Reads a tree back: not always the same shape, always the same question.</summary>
    public static Query Read(ReadOnlySpan<int> code, ref int at, Func<int, Term> term, FieldTest[] fields)
    {
        var (step, operand) = (StepOf(code[at]), Operand(code[at++]));
        switch (step)
        {
            case Step.Term:
                return new Query.Words([term(operand)]);
            case Step.Phrase:
                var terms = new Term[operand];
                for (var i = 0; i < operand; i++) terms[i] = term(code[at++]);
                return new Query.Words(terms);
            case Step.Not:
                return new Query.Not(Read(code, ref at, term, fields));
            case Step.Near:
                var left = Read(code, ref at, term, fields);
                return new Query.Near(left, Read(code, ref at, term, fields), operand >> 1, (operand & 1) != 0);
            case Step.Field:
                return new Query.Field(fields[operand]);
            default:
                var end = at + operand;
                var all = Read(code, ref at, term, fields);
                while (at < end)
                {
                    var next = Read(code, ref at, term, fields);
                    all = step == Step.All ? new Query.And(all, next) : new Query.Or(all, next);
                }

                return all;
        }
    }

    /// <summary>Gives terms other numbers.</summary>
    public static void Renumber(Span<int> code, ReadOnlySpan<int> terms)
    {
        for (var at = 0; at < code.Length; at++)
        {
            var operand = Operand(code[at]);
            switch (StepOf(code[at]))
            {
                case Step.Term:
                    code[at] = Code(Step.Term, terms[operand]);
                    break;
                case Step.Phrase:
                    foreach (ref var term in code.Slice(at + 1, operand)) term = terms[term];
                    at += operand;
                    break;
            }
        }
    }
}
