using System.Runtime.CompilerServices;

namespace Hearth.Listening.Understanding.Models;

/// <summary>What <see cref="TextFeatures"/> found in one text: hashes of its word n-grams, then of its character n-grams, and what the lexicon says as numbers. Used again for the next text.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class FeatureList
{
    private uint[] _hashes = new uint[1024];

    public int Count { get; private set; }

    /// <summary>How many of the hashes are of words; the others are of characters.</summary>
    public int Words { get; private set; }

    public ReadOnlySpan<uint> Hashes => _hashes.AsSpan(0, Count);

    public float[] Dense { get; } = new float[TextFeatures.DenseCount];

    public void Clear()
    {
        Count = Words = 0;
        Array.Clear(Dense);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint hash)
    {
        if (Count == _hashes.Length) Array.Resize(ref _hashes, Count * 2);
        _hashes[Count++] = hash;
    }

    public void EndWords() => Words = Count;
}
