namespace Hearth.Statistics;

/// <summary>The moving parts of a shape as a state: [wandering part, slope's level and slope where it drifts, the last seasons−1 turns where the season drifts].</summary>
internal sealed class Moves
{
    private readonly double _return;
    private readonly int _slope, _season, _turns;

    public Moves(Shape shape, int seasons)
    {
        _return = shape.Return;
        _slope = shape.Slope > 0 ? 1 : 0;
        _season = _slope > 0 ? 3 : 1;
        _turns = shape.Season > 0 ? seasons - 1 : 0;
        Size = _season + _turns;
        Steps = new double[Size];
        Steps[0] = shape.Step;
        if (_slope > 0) Steps[2] = shape.Slope;
        if (_turns > 0) Steps[_season] = shape.Season;
        Starts = (double[])Steps.Clone();
        Starts[0] = shape.Start;
        Seen = _slope > 0 ? (_turns > 0 ? [0, 1, 3] : [0, 1]) : _turns > 0 ? [0, 1] : [0];
    }

    public int Size { get; }

    /// <summary>Variance of each part's step, and of its first value.</summary>
    public double[] Steps { get; }

    public double[] Starts { get; }

    /// <summary>The parts whose sum is seen.</summary>
    public int[] Seen { get; }

    /// <summary>What the state becomes at the next point, without its steps.</summary>
    public void Forward(Span<double> state)
    {
        state[0] *= _return;
        if (_slope > 0) state[1] += state[2];
        if (_turns == 0) return;
        var sum = 0.0;
        for (var i = _season; i < Size; i++) sum += state[i];
        for (var i = Size - 1; i > _season; i--) state[i] = state[i - 1];
        state[_season] = -sum;
    }

    /// <summary>The transpose of <see cref="Forward"/>.</summary>
    public void Backward(Span<double> state)
    {
        state[0] *= _return;
        if (_slope > 0) state[2] += state[1];
        if (_turns == 0) return;
        var first = state[_season];
        for (var i = _season; i < Size - 1; i++) state[i] = state[i + 1] - first;
        state[Size - 1] = -first;
    }
}
