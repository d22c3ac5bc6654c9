using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Listening.Matching;

/// <summary>A term that is compared with the word itself: exact case, or a pattern.</summary>
/// <param name="Term">The term.</param>
/// <param name="Postings">Its head among the postings, as <see cref="Slot.Postings"/>.</param>
internal readonly record struct DerivedTerm(Term Term, int Postings);

/// <summary>
/// Some queries, indexed; immutable. Queries are numbered from 0. Terms are numbered by their slot in the table, those derived from a slot's word after all slots.
/// </summary>
internal sealed class Segment
{
    public required TermTable Table { get; init; }

    /// <summary>The programs of all queries, one after the other.</summary>
    public required int[] Code { get; init; }

    /// <summary>Where each query's program begins.</summary>
    public required int[] Programs { get; init; }

    /// <summary>Exact terms and patterns; number n is term <c>Table.Slots.Length + n</c>.</summary>
    public required DerivedTerm[] Derived { get; init; }

    /// <summary>Lists of derived terms, each led by its length; the one at 0 is empty.</summary>
    public required int[] DerivedLists { get; init; }

    /// <summary>The list of the patterns without a fixed beginning.</summary>
    public required int Loose { get; init; }

    /// <summary>Bit n is set when a pattern has a fixed beginning of n letters.</summary>
    public required uint PrefixLengths { get; init; }

    /// <summary>The beginnings of patterns by their keys, 2^16 bits, so that most words need not be looked for in the table; empty when there are none.</summary>
    public required ulong[] PrefixFilter { get; init; }

    /// <summary>The slot of a pattern's beginning, or -1.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public int FindPrefix(ulong key)
    {
        var bit = WordKey.Place(key, SegmentLayout.FilterBits);
        return (PrefixFilter[bit >> 6] >> bit & 1) == 0 ? -1 : Table.FindPrefix(key);
    }

    /// <summary>True when there are such patterns.</summary>
    public bool HasLoose => DerivedLists[Loose] != 0;

    public required FieldTest[] Fields { get; init; }

    /// <summary>Queries under a field; null when there are none.</summary>
    public required FieldKeys? FieldKeys { get; init; }

    /// <summary>Queries that must be asked of every post.</summary>
    public required int[] Always { get; init; }

    public int Count => Programs.Length;

    /// <summary>What the arrays take, in bytes.</summary>
    public long Bytes => Table.Bytes + 4L * (Code.Length + Programs.Length + DerivedLists.Length + Always.Length) + 16L * Derived.Length + 8L * (Fields.Length + PrefixFilter.Length);

    /// <summary>The query of a number.</summary>
    public Query Query(int number)
    {
        var at = Programs[number] + 1;
        return Program.Read(Code, ref at, TermOf, Fields);
    }

    private Term TermOf(int number) => number < Table.Slots.Length ? Table.TermOf(number) : Derived[number - Table.Slots.Length].Term;
}
