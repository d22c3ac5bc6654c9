using System.Collections.Immutable;
using Hearth.Listening.Queries;

namespace Hearth.Listening.Matching;

/// <summary>
/// Many queries, asked of a post at once. Immutable: <see cref="With"/> makes another one, and whoever reads this one goes on undisturbed. Each query stands under its rarest words, so that a post is only
/// asked what its words lead to.
/// </summary>
/// <typeparam name="TId">What names a query.</typeparam>
public sealed class QueryIndex<TId> where TId : notnull
{
    // Few, each at least twice as large as the next: a query is indexed again only a few times however many are added after it.
    private readonly ImmutableArray<Part> _parts;
    private readonly TermFrequencies? _seen;

    private QueryIndex(ImmutableArray<Part> parts, TermFrequencies? seen) => (_parts, _seen) = (parts, seen);

    /// <summary>One segment with the ids of its queries. Removed ones stay in it until it is merged.</summary>
    private sealed record Part(Segment Segment, TId[] Ids, Dictionary<TId, int> Numbers, ulong[]? Removed, int Count)
    {
        public bool IsRemoved(int number) => Removed is { } removed && (removed[number >> 6] >> number & 1) != 0;
    }

    /// <summary>An index without queries.</summary>
    public static QueryIndex<TId> Empty { get; } = new([], null);

    /// <summary>How many queries it holds.</summary>
    public int Count => _parts.Sum(p => p.Count);

    /// <summary>True when a query holds such a field test.</summary>
    public bool Asks<TTest>() where TTest : FieldTest => _parts.Any(p => p.Segment.Fields.Any(f => f is TTest));

    /// <summary>What it takes in memory, in bytes, without the ids themselves: an estimate from the sizes of its arrays.</summary>
    public long Bytes => _parts.Sum(p => p.Segment.Bytes + p.Ids.Length * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<TId>() + p.Numbers.EnsureCapacity(0) * (long)(16 + System.Runtime.CompilerServices.Unsafe.SizeOf<TId>()));

    /// <summary>Makes an index.</summary>
    /// <param name="queries">No id twice.</param>
    /// <param name="seen">How common words are; without it, short words are taken to be common.</param>
    /// <exception cref="ArgumentException">An id stands there twice.</exception>
    public static QueryIndex<TId> Of(IEnumerable<(TId Id, Query Query)> queries, TermFrequencies? seen = null) => new([PartOf(queries, seen)], seen);

    /// <summary>The index with more queries, or fewer. Costs what the change costs, not what is there already; now and then, when much was added, older parts are merged into it.</summary>
    /// <param name="added">A query whose id is there already replaces it.</param>
    /// <param name="removed">An id that is not there is passed over.</param>
    public QueryIndex<TId> With(IEnumerable<(TId Id, Query Query)> added, IEnumerable<TId>? removed = null)
    {
        var fresh = added.ToList();
        var parts = Without([.. removed ?? [], .. fresh.Select(q => q.Id)]);
        while (fresh.Count > 0 && parts is [.., var last] && last.Count < 2 * fresh.Count)
        {
            for (var n = 0; n < last.Ids.Length; n++)
            {
                if (!last.IsRemoved(n)) fresh.Add((last.Ids[n], last.Segment.Query(n)));
            }

            parts.RemoveAt(parts.Count - 1);
        }

        if (fresh.Count > 0) parts.Add(PartOf(fresh, _seen));
        return new([.. parts], _seen);
    }

    /// <summary>The ids of the queries that match a post, each once, in no order. Allocates nothing once the scratch has grown.</summary>
    /// <param name="post">The post.</param>
    /// <param name="scratch">What belongs to this thread.</param>
    /// <returns>Valid until the next call with the same scratch.</returns>
    public ReadOnlySpan<TId> Match(AskedPost post, MatchScratch<TId> scratch)
    {
        scratch.Begin();
        var words = scratch.Inner.Begin(post);
        foreach (var part in _parts.AsSpan())
        {
            foreach (var number in scratch.Inner.Match(part.Segment, words, ReferenceEquals(part, _parts[0])))
            {
                if (!part.IsRemoved(number)) scratch.Add(part.Ids[number]);
            }
        }

        return scratch.Ids;
    }

    private static Part PartOf(IEnumerable<(TId Id, Query Query)> queries, TermFrequencies? seen)
    {
        var builder = new SegmentBuilder(seen);
        var ids = new List<TId>();
        foreach (var (id, query) in queries)
        {
            builder.Add(query);
            ids.Add(id);
        }

        var numbers = new Dictionary<TId, int>(ids.Count);
        foreach (var id in ids) numbers.Add(id, numbers.Count);
        return new(builder.Build(), [.. ids], numbers, null, ids.Count);
    }

    private List<Part> Without(List<TId> ids)
    {
        var parts = new List<Part>(_parts.Length);
        foreach (var part in _parts)
        {
            ulong[]? removed = null;
            var count = part.Count;
            foreach (var id in ids)
            {
                if (!part.Numbers.TryGetValue(id, out var number) || (removed ?? part.Removed ?? []) is { Length: > 0 } known && (known[number >> 6] >> number & 1) != 0) continue;
                removed ??= [.. part.Removed ?? new ulong[part.Ids.Length / 64 + 1]];
                removed[number >> 6] |= 1UL << number;
                count--;
            }

            if (count > 0) parts.Add(removed is null ? part : part with { Removed = removed, Count = count });
        }

        return parts;
    }
}

/// <summary>What a thread needs for matching; give the same one to each call.</summary>
/// <typeparam name="TId">What names a query.</typeparam>
public sealed class MatchScratch<TId> where TId : notnull
{
    private TId[] _ids = new TId[64];
    private int _count;

    internal MatchScratch Inner { get; } = new();

    internal ReadOnlySpan<TId> Ids => _ids.AsSpan(0, _count);

    internal void Begin() => _count = 0;

    internal void Add(TId id)
    {
        if (_count == _ids.Length) Array.Resize(ref _ids, _count * 2);
        _ids[_count++] = id;
    }
}
