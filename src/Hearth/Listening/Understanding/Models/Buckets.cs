using System.Runtime.InteropServices;

namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// Which hashed features count, and how much: those that stand in at least two of the texts learned from, each by how rare it is (idf as log((1 + n) / (1 + df)) + 1, after
/// Manning, Raghavan and Schütze, "Introduction to Information Retrieval", section 6.2). A text's words and its characters are each brought to length 1.
/// </summary>
/// <param name="bits">A hash's first bits name its bucket; two features may share one.</param>
internal sealed class Buckets(int bits)
{
    /// <summary>How much the lexicon's numbers weigh beside words and characters; chosen on training parts.</summary>
    public const float DenseScale = 0.5f;

    private const int AtLeast = 2;

    private readonly int[] _seen = new int[1 << bits];
    private readonly int[] _last = new int[1 << bits];
    private readonly List<int> _index = [];
    private readonly List<float> _value = [];
    private int _texts;

    /// <summary>Column of each bucket, -1 for one that does not count.</summary>
    public int[] Column { get; } = new int[1 << bits];

    public float[] Idf { get; } = new float[1 << bits];

    /// <summary>How many count; the lexicon's numbers have the columns after them.</summary>
    public int Kept { get; private set; }

    public int Columns => Kept + TextFeatures.DenseCount;

    public void See(FeatureList features)
    {
        _texts++;
        foreach (var hash in features.Hashes)
        {
            var bucket = hash >> 32 - bits;
            if (_last[bucket] == _texts) continue;
            _last[bucket] = _texts;
            _seen[bucket]++;
        }
    }

    /// <summary>Decides, once all texts are seen. Idf is kept as a model file keeps it, in half precision.</summary>
    public void Close()
    {
        for (var b = 0; b < Column.Length; b++)
        {
            Column[b] = _seen[b] >= AtLeast ? Kept++ : -1;
            if (Column[b] >= 0) Idf[b] = (float)(Half)(Math.Log((1.0 + _texts) / (1 + _seen[b])) + 1);
        }
    }

    /// <summary>Adds the row of a text.</summary>
    public void Add(SparseRows rows, FeatureList features)
    {
        _index.Clear();
        _value.Clear();
        Block(features.Hashes[..features.Words]);
        Block(features.Hashes[features.Words..]);
        for (var d = 0; d < TextFeatures.DenseCount; d++)
        {
            if (features.Dense[d] == 0) continue;
            _index.Add(Kept + d);
            _value.Add(features.Dense[d] * DenseScale);
        }

        rows.Add(CollectionsMarshal.AsSpan(_index), CollectionsMarshal.AsSpan(_value));
    }

    private void Block(ReadOnlySpan<uint> hashes)
    {
        var (from, squares) = (_value.Count, 0f);
        foreach (var hash in hashes)
        {
            var bucket = hash >> 32 - bits;
            if (Column[bucket] < 0) continue;
            _index.Add(Column[bucket]);
            _value.Add(Idf[bucket]);
            squares += Idf[bucket] * Idf[bucket];
        }

        var by = squares == 0 ? 0 : 1 / MathF.Sqrt(squares);
        for (var i = from; i < _value.Count; i++) _value[i] *= by;
    }
}
