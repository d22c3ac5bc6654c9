using System.Runtime.CompilerServices;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Listening.Matching;

/// <summary>What matching one post needs to remember; kept between posts so that nothing is allocated. For one thread at a time.</summary>
internal sealed class MatchScratch
{
    private const int PlainBits = 12;

    private readonly Scanner _scanner = new();
    private readonly PostFields _fields = new();
    private readonly PostTerms _terms = new();
    private int[] _lists = new int[64], _candidates = new int[256], _found = new int[64];
    private ulong[] _isFound = [];
    private int _listCount, _candidateCount, _foundCount;
    private readonly RunProgram _run = new();
    private readonly ulong[] _plain = new ulong[1 << PlainBits]; // short keys of words that begin no pattern of the segment below
    private Segment? _plainOf;
    private ulong _touched;

    /// <summary>Takes up a post; <see cref="Match"/> then asks each segment of it.</summary>
    public ReadOnlySpan<Scanned> Begin(AskedPost post)
    {
        var words = _scanner.Scan(post.Text);
        _fields.Begin(post, words);
        return words;
    }

    /// <summary>The numbers of the queries that match, each once, in no order; valid until the next call.</summary>
    /// <param name="segment">The queries.</param>
    /// <param name="words">What <see cref="Begin"/> gave.</param>
    /// <param name="isMain">True for the segment that is asked of every post and holds the most.</param>
    public ReadOnlySpan<int> Match(Segment segment, ReadOnlySpan<Scanned> words, bool isMain)
    {
        if (isMain && _plainOf != segment)
        {
            _plain.AsSpan().Clear();
            _plainOf = segment;
        }

        if (_isFound.Length * 64 < segment.Count) _isFound = new ulong[segment.Count / 64 + 1];
        (_listCount, _candidateCount, _foundCount) = (0, 0, 0);
        _terms.Begin(words.Length);
        Look(segment, words);
        Gather(segment);
        segment.FieldKeys?.Find(_fields, this);
        foreach (var program in segment.Always) Candidate(program);
        Judge(segment);
        foreach (var number in _found.AsSpan(0, _foundCount)) _isFound[number >> 6] = 0;
        return _found.AsSpan(0, _foundCount);
    }

    /// <summary>Looks at a posting: a match, a candidate, or neither.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Consider(Posting posting)
    {
        if (Signature.IsCertain(posting.Signature)) Found(posting.Target);
        else if (_terms.May(posting.Signature)) Candidate(posting.Target);
    }

    // 1. Which terms are there. All slots are touched first, so that they come into the cache side by side and not one after the other; the same is done with postings and programs.
    private void Look(Segment segment, ReadOnlySpan<Scanned> words)
    {
        foreach (ref readonly var word in words) _touched ^= segment.Table.Touch(word.Key);
        for (var i = 0; i < words.Length; i++)
        {
            ref readonly var word = ref words[i];
            if (word.Kind == Scanned.Link) continue;
            if (word.Kind is TokenKind.Word or TokenKind.Tag) Look(segment, word, i, 0);
            if (word.Kind != TokenKind.Word) Look(segment, word, i, WordKey.Of(word.Kind));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look(Segment segment, in Scanned word, int position, ulong kind)
    {
        var id = segment.Table.Find(word.Key ^ kind, _scanner.Bytes(word));
        if (id >= 0)
        {
            ref var slot = ref segment.Table.Slots[id];
            Add(id, position, slot.Postings);
            if (slot.Derived != 0) LookDerived(segment, word, position, slot.Derived);
        }

        if (segment.PrefixLengths != 0) LookPrefixes(segment, word, position, kind);
        if (segment.HasLoose) LookDerived(segment, word, position, segment.Loose, kind);
    }

    private void LookPrefixes(Segment segment, in Scanned word, int position, ulong kind)
    {
        ref var plain = ref _plain[WordKey.Place(word.Key ^ kind, PlainBits)];
        if (plain == (word.Key ^ kind) && segment == _plainOf) return;
        var size = word.IsWide ? word.Size / 2 : word.Size;
        var first = word.IsWide ? 0 : _scanner.First(word);
        var led = false;
        for (var lengths = segment.PrefixLengths; lengths != 0; lengths &= lengths - 1)
        {
            var length = System.Numerics.BitOperations.TrailingZeroCount(lengths);
            if (length > size) break;
            var begin = word.IsWide ? WordKey.Of(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(_scanner.Bytes(word))[..length]) : WordKey.OfShort(first, length);
            var id = segment.FindPrefix(begin ^ kind ^ WordKey.Prefix);
            if (id < 0) continue;
            led = true;
            LookDerived(segment, word, position, segment.Table.Slots[id].Derived);
        }

        if (!led && segment == _plainOf && !WordKey.IsLong(word.Key)) plain = word.Key ^ kind;
    }

    private void LookDerived(Segment segment, in Scanned word, int position, int list, ulong? kind = null)
    {
        foreach (var id in segment.DerivedLists.AsSpan(list + 1, segment.DerivedLists[list]))
        {
            ref var derived = ref segment.Derived[id - segment.Table.Slots.Length];
            if (kind is { } only && WordKey.Of(derived.Term.Kind) != only) continue;
            if (Fits(derived.Term, word)) Add(id, position, derived.Postings);
        }
    }

    private bool Fits(Term term, in Scanned word)
    {
        var bytes = _scanner.Bytes(word);
        if (term.How == TermMatch.Exact)
        {
            var written = _fields.Post.Text.AsSpan(word.Start, word.Length);
            return (written[0] is '#' or '@' or '＃' or '＠' ? written[1..] : written).SequenceEqual(term.Text);
        }

        var open = term.Text.EndsWith('*');
        var pattern = open ? term.Text.AsSpan(0, term.Text.Length - 1) : term.Text;
        var size = word.IsWide ? word.Size / 2 : word.Size;
        if (open ? size < pattern.Length : size != pattern.Length) return false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = word.IsWide ? (char)(bytes[2 * i] | bytes[2 * i + 1] << 8) : (char)bytes[i];
            if (pattern[i] != '?' && pattern[i] != c) return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int term, int position, int postings)
    {
        if (!_terms.Add(term, position) || postings == 0) return;
        if (_listCount == _lists.Length) Array.Resize(ref _lists, _listCount * 2);
        _lists[_listCount++] = postings;
    }

    // 2. Which queries they lead to, and may match.
    private void Gather(Segment segment)
    {
        var postings = segment.Table.Postings;
        foreach (var list in _lists.AsSpan(0, _listCount)) _touched ^= (uint)postings[list].Target;
        foreach (var list in _lists.AsSpan(0, _listCount))
        {
            foreach (ref readonly var posting in postings.AsSpan(list + 1, postings[list].Target)) Consider(posting);
        }
    }

    // 3. Which do.
    private void Judge(Segment segment)
    {
        _run.Begin(segment, _terms, _fields);
        var code = segment.Code;
        foreach (var program in _candidates.AsSpan(0, _candidateCount)) _touched ^= (uint)code[program + 1];
        foreach (var program in _candidates.AsSpan(0, _candidateCount))
        {
            if (_run.Holds(program + 1)) Found(code[program]);
        }
    }

    private void Candidate(int program)
    {
        if (_candidateCount == _candidates.Length) Array.Resize(ref _candidates, _candidateCount * 2);
        _candidates[_candidateCount++] = program;
    }

    private void Found(int number)
    {
        ref var word = ref _isFound[number >> 6];
        if ((word >> number & 1) != 0) return;
        word |= 1UL << number;
        if (_foundCount == _found.Length) Array.Resize(ref _found, _foundCount * 2);
        _found[_foundCount++] = number;
    }
}
