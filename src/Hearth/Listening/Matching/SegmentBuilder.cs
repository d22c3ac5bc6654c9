using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Listening.Matching;

/// <summary>
/// Makes a segment of queries. 1. Each query becomes a program whose terms are numbered in the order in which they are first met. 2. It is put under its cheapest requirement. 3. When all are there, terms get
/// their places in a table (<see cref="SegmentLayout"/>), and programs and postings the numbers of these places.
/// </summary>
internal sealed class SegmentBuilder
{
    private readonly TermFrequencies? _seen;
    private readonly Requirements _requirements;
    private readonly Dictionary<Term, int> _numbers = [];
    private readonly Dictionary<FieldTest, int> _fieldNumbers = [];
    private readonly List<TermToPlace> _terms = [];
    private readonly List<FieldTest> _fields = [];
    private readonly List<int> _code = [], _programs = [], _always = [];
    private readonly List<PostingToPlace> _postings = [];
    private readonly List<(FieldTest Field, PostingToPlace Posting)> _fieldPostings = [];

    public SegmentBuilder(TermFrequencies? seen)
    {
        _seen = seen;
        _requirements = new(NumberOf, NumberOf, CostOf);
    }

    /// <summary>Adds a query; it gets the next number.</summary>
    public void Add(Query query)
    {
        var number = _programs.Count;
        var program = _code.Count;
        _programs.Add(program);
        _code.Add(number);
        Program.Write(query, _code, NumberOf, NumberOf);
        if (_requirements.Of(query) is not [var key, .. var others])
        {
            _always.Add(program);
            return;
        }

        var alone = (query is Query.Or ? Shape.Parts(query) : [query]).OfType<Query.Words>().Where(w => w.Terms.Count == 1).Select(w => NumberOf(w.Terms[0])).ToHashSet();
        var other = others.Find(o => o.Any.Length <= 3 && !Array.Exists(o.Any, a => a.IsField));
        foreach (var way in key.Any)
        {
            var posting = alone.Contains(way.Term) ? new(way.Term, number, [], true)
                : way.Also >= 0 && (other is null || CostOf(way.Also) <= other.Cost) ? new PostingToPlace(way.Term, program, [way.Also], false)
                : new(way.Term, program, other is null ? [] : Array.ConvertAll(other.Any, a => a.Term), false);
            if (way.IsField) _fieldPostings.Add((_fields[~way.Term], posting));
            else _postings.Add(posting);
        }
    }

    public Segment Build()
    {
        var layout = new SegmentLayout(_terms, _postings);
        Renumber(layout.Places);
        FieldKeys? keys = null;
        foreach (var (field, posting) in _fieldPostings) (keys ??= new()).Add(field, new(posting.Target, layout.SignatureOf(posting)));
        return new()
        {
            Table = layout.Table, Derived = layout.Derived, DerivedLists = layout.DerivedLists, Loose = layout.Loose, PrefixLengths = layout.PrefixLengths, PrefixFilter = layout.PrefixFilter,
            Code = [.. _code], Programs = [.. _programs], Fields = [.. _fields], Always = [.. _always], FieldKeys = keys,
        };
    }

    private void Renumber(int[] places)
    {
        var code = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_code);
        for (var i = 0; i < _programs.Count; i++) Program.Renumber(code[(_programs[i] + 1)..(i + 1 < _programs.Count ? _programs[i + 1] : code.Length)], places);
    }

    private int NumberOf(Term term)
    {
        if (_numbers.TryGetValue(term, out var number)) return number;
        var key = TermToPlace.KeyOf(term);
        _terms.Add(new(term, key, _seen?.Of(term, key) ?? TermFrequencies.Unseen(term)));
        return _numbers[term] = _terms.Count - 1;
    }

    private int NumberOf(FieldTest test)
    {
        if (_fieldNumbers.TryGetValue(test, out var number)) return number;
        _fields.Add(test);
        return _fieldNumbers[test] = _fields.Count - 1;
    }

    private double CostOf(int term) => term >= 0 ? _terms[term].Share : FieldKeys.Share(_fields[~term]);
}

/// <summary>A term before it has its place.</summary>
/// <param name="Term">The term.</param>
/// <param name="Key">Of the word that leads to it: itself, its folded form, or a pattern's beginning.</param>
/// <param name="Share">The share of posts that hold it, estimated.</param>
internal readonly record struct TermToPlace(Term Term, ulong Key, double Share)
{
    private const int MaxPrefix = 8;

    public static ulong KeyOf(Term term) => WordKey.Of(term.Kind) ^ term.How switch
    {
        TermMatch.Exact => WordKey.Of(Folded(term)),
        TermMatch.Pattern => WordKey.Prefix ^ WordKey.Of(term.Text.AsSpan(0, PrefixOf(term.Text))),
        _ => WordKey.Of(term.Text),
    };

    /// <summary>The word as texts have it that an exact term can be.</summary>
    public static string Folded(Term term)
    {
        if (term.Kind == TokenKind.Symbol) return term.Text;
        Span<char> folded = stackalloc char[Tokens.MaxLength];
        return new(folded[..Tokens.FoldWord(term.Text, folded)]);
    }

    /// <summary>How many letters a pattern surely begins with, at most 8.</summary>
    public static int PrefixOf(string pattern)
    {
        var open = pattern.AsSpan().IndexOfAny('?', '*');
        return Math.Min(MaxPrefix, open < 0 ? pattern.Length : open);
    }
}

/// <summary>A posting before terms have their places.</summary>
/// <param name="Term">The term it stands under.</param>
/// <param name="Target">See <see cref="Posting.Target"/>.</param>
/// <param name="Others">Up to three terms, of which one must be there; none for no such condition.</param>
/// <param name="IsCertain">The term alone makes the match.</param>
internal readonly record struct PostingToPlace(int Term, int Target, int[] Others, bool IsCertain);
