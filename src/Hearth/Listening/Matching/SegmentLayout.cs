using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Listening.Matching;

/// <summary>Places terms in a table, with their postings one after the other.</summary>
internal sealed class SegmentLayout
{
    public const int FilterBits = 16;

    private readonly Slot[] _slots;
    private readonly string?[] _texts; // of slots whose key does not say it
    private readonly int[] _places;

    public SegmentLayout(List<TermToPlace> terms, List<PostingToPlace> postings)
    {
        // Patterns and exact terms may need a slot of their own for the word that leads to them.
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * terms.Count));
        _slots = new Slot[size];
        _texts = new string[size];
        _places = new int[terms.Count];
        var derived = new List<int>();
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Term.How == TermMatch.Folded) _places[i] = SlotOf(terms[i].Key, terms[i].Term.Text);
            else _places[i] = size + derived.Count;
            if (terms[i].Term.How != TermMatch.Folded) derived.Add(i);
        }

        var lists = Lists(terms, derived);
        DerivedLists = lists;
        Table = Fill(terms, postings, derived);
    }

    public TermTable Table { get; }

    public DerivedTerm[] Derived { get; private set; } = [];

    public int[] DerivedLists { get; }

    public int Loose { get; private set; }

    public uint PrefixLengths { get; private set; }

    public ulong[] PrefixFilter { get; private set; } = [];

    /// <summary>The final number of each term.</summary>
    public int[] Places => _places;

    public uint SignatureOf(PostingToPlace posting)
    {
        if (posting.IsCertain) return Signature.Match;
        if (posting.Others.Length == 0) return Signature.None;
        Span<int> others = stackalloc int[posting.Others.Length];
        for (var i = 0; i < others.Length; i++) others[i] = _places[posting.Others[i]];
        return Signature.Of(others);
    }

    private int SlotOf(ulong key, string? text)
    {
        var bits = System.Numerics.BitOperations.Log2((uint)_slots.Length);
        for (var i = WordKey.Place(key, bits); ; i = (i + 1) & (_slots.Length - 1))
        {
            if (_slots[i].Key == 0)
            {
                _slots[i].Key = key;
                _texts[i] = text;
                return i;
            }

            if (_slots[i].Key == key && (!WordKey.IsLong(key) || _texts[i] == text)) return i;
        }
    }

    private int[] Lists(List<TermToPlace> terms, List<int> derived)
    {
        var under = new Dictionary<int, List<int>>();
        var loose = new List<int>();
        foreach (var i in derived)
        {
            var (term, key, _) = terms[i];
            var prefix = term.How == TermMatch.Pattern ? TermToPlace.PrefixOf(term.Text) : 0;
            if (term.How == TermMatch.Pattern && prefix == 0)
            {
                loose.Add(_places[i]);
                continue;
            }

            if (prefix > 0)
            {
                if (PrefixFilter.Length == 0) PrefixFilter = new ulong[1 << FilterBits >> 6];
                var bit = WordKey.Place(key, FilterBits);
                PrefixFilter[bit >> 6] |= 1UL << bit;
                PrefixLengths |= 1u << prefix;
            }

            var slot = SlotOf(key, term.How == TermMatch.Exact ? TermToPlace.Folded(term) : null);
            if (!under.TryGetValue(slot, out var list)) under[slot] = list = [];
            list.Add(_places[i]);
        }

        var lists = new List<int> { 0 };
        foreach (var (slot, list) in under)
        {
            _slots[slot].Derived = lists.Count;
            lists.Add(list.Count);
            lists.AddRange(list);
        }

        Loose = lists.Count;
        lists.Add(loose.Count);
        lists.AddRange(loose);
        return [.. lists];
    }

    private TermTable Fill(List<TermToPlace> terms, List<PostingToPlace> postings, List<int> derived)
    {
        var counts = new int[terms.Count];
        foreach (var posting in postings) counts[posting.Term]++;
        var texts = new TermTexts();
        var all = new List<Posting>(postings.Count + terms.Count) { default };
        var heads = new int[terms.Count];
        for (var i = 0; i < terms.Count; i++)
        {
            var isNamed = terms[i].Term.How == TermMatch.Folded && WordKey.IsLong(terms[i].Key);
            if (counts[i] == 0 && !isNamed) continue;
            heads[i] = all.Count;
            all.Add(new(0, isNamed ? (uint)texts.Add(terms[i].Term) : 0));
            for (var n = 0; n < counts[i]; n++) all.Add(default);
        }

        var array = all.ToArray();
        foreach (var posting in postings)
        {
            ref var head = ref array[heads[posting.Term]];
            head = head with { Target = head.Target + 1 };
            array[heads[posting.Term] + head.Target] = new(posting.Target, SignatureOf(posting));
        }

        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Term.How == TermMatch.Folded) _slots[_places[i]].Postings = heads[i];
        }

        Derived = [.. derived.Select(i => new DerivedTerm(terms[i].Term, heads[i]))];
        array = NameOthers(array, texts);
        return new(_slots, array, texts.All());
    }

    // The folded word of an exact term that is no term itself still has to be told from others of its key.
    private Posting[] NameOthers(Posting[] postings, TermTexts texts)
    {
        var more = new List<Posting>();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Key == 0 || _slots[i].Postings != 0 || !WordKey.IsLong(_slots[i].Key)) continue;
            _slots[i].Postings = postings.Length + more.Count;
            more.Add(new(0, (uint)texts.Add(new(_texts[i] ?? "", TokenKind.Word))));
        }

        return more.Count == 0 ? postings : [.. postings, .. more];
    }
}
