namespace Hearth.Listening.Understanding.Models;

/// <summary>Rows of a sparse matrix, one after the other: what a linear learner walks over.</summary>
internal sealed class SparseRows
{
    private readonly List<int> _ends = [];
    private int[] _index = new int[1 << 12];
    private float[] _value = new float[1 << 12];

    public int Count => _ends.Count;

    /// <summary>One more than the largest column.</summary>
    public required int Columns { get; init; }

    public ReadOnlySpan<int> Index(int row) => _index.AsSpan(Begin(row), _ends[row] - Begin(row));

    public ReadOnlySpan<float> Value(int row) => _value.AsSpan(Begin(row), _ends[row] - Begin(row));

    public void Add(ReadOnlySpan<int> index, ReadOnlySpan<float> value)
    {
        var (from, end) = (Begin(_ends.Count), Begin(_ends.Count) + index.Length);
        if (end > _index.Length)
        {
            Array.Resize(ref _index, Math.Max(end, _index.Length * 2));
            Array.Resize(ref _value, _index.Length);
        }

        index.CopyTo(_index.AsSpan(from));
        value.CopyTo(_value.AsSpan(from));
        _ends.Add(end);
    }

    private int Begin(int row) => row == 0 ? 0 : _ends[row - 1];
}
