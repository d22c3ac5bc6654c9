using System.Numerics;
using System.Runtime.InteropServices;

namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// Multinomial logistic regression with an L2 penalty, by limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithm 7.5, backtracking line search of section 3.1).
/// Minimises sum over rows of weight * -log p(label) + |w|²/2C. Weights stand feature by feature, the classes of one side by side, so that a feature costs one cache line.
/// The same rows give the same weights: nothing is random and one thread works.
/// </summary>
internal static class LogisticRegression
{
    private const int Memory = 6;

    /// <summary>Learns.</summary>
    /// <param name="rows">One a text.</param>
    /// <param name="labels">Class of each row, 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="of">Which rows to learn from.</param>
    /// <param name="classes">2 or more.</param>
    /// <param name="c">Trust in the rows: above 0; the smaller, the stronger the penalty.</param>
    /// <param name="classWeights">How much a row of a class counts; 1 for once.</param>
    /// <param name="scale">One a weight: its feature is multiplied by it, so that a weight that is trusted more is penalised less; null for all 1.</param>
    /// <param name="start">Weights to begin at (of another c, say); null for zero.</param>
    /// <param name="trust">How much each row counts; null for 1.</param>
    /// <param name="steps">At most so many.</param>
    /// <returns>The weights, (columns + 1) * classes: the last row is the intercepts, which are not penalised. With a scale it is already in them.</returns>
    public static float[] Fit(SparseRows rows, int[] labels, int[] of, int classes, double c, float[] classWeights, float[]? scale, float[]? start, float[]? trust = null, int steps = 60)
    {
        var size = (rows.Columns + 1) * classes;
        var x = new float[size];
        if (start is not null)
        {
            for (var i = 0; i < size; i++) x[i] = scale is null ? start[i] : scale[i] == 0 ? 0 : start[i] / scale[i];
        }

        var effective = new float[size];
        var (gradient, next, nextGradient, direction) = (new float[size], new float[size], new float[size], new float[size]);
        var history = new Queue<(float[] S, float[] Y, double Rho)>();
        var value = Loss(x, gradient);
        var first = Math.Sqrt(Dot(gradient, gradient));
        for (var step = 0; step < steps; step++)
        {
            Direction(gradient, history, direction);
            var slope = Dot(gradient, direction);
            if (slope >= 0) break;
            var t = step == 0 ? Math.Min(1, 1 / Math.Sqrt(Dot(gradient, gradient))) * Math.Sqrt(of.Length) : 1.0;
            var isDown = false;
            double found = 0;
            for (var tries = 0; tries < 20; tries++, t /= 2)
            {
                for (var i = 0; i < size; i++) next[i] = x[i] + (float)t * direction[i];
                found = Loss(next, nextGradient);
                if (found > value + 1e-4 * t * slope) continue;
                isDown = true;
                break;
            }

            if (!isDown) break;
            var (s, y) = history.Count == Memory ? Reuse(history.Dequeue()) : (new float[size], new float[size]);
            for (var i = 0; i < size; i++) (s[i], y[i]) = (next[i] - x[i], nextGradient[i] - gradient[i]);
            var curvature = Dot(s, y);
            if (curvature > 1e-10) history.Enqueue((s, y, 1 / curvature));
            var gain = value - found;
            (x, next) = (next, x);
            (gradient, nextGradient) = (nextGradient, gradient);
            value = found;
            if (Math.Sqrt(Dot(gradient, gradient)) < 1e-3 * first || gain < 3e-5 * Math.Abs(value)) break;
        }

        if (scale is not null)
        {
            for (var i = 0; i < size; i++) x[i] *= scale[i];
        }

        return x;

        double Loss(float[] at, float[] slopes)
        {
            var weights = at;
            if (scale is not null)
            {
                for (var i = 0; i < size; i++) effective[i] = at[i] * scale[i];
                weights = effective;
            }

            Array.Clear(slopes);
            var loss = 0.0;
            Span<float> score = stackalloc float[classes];
            foreach (var row in of)
            {
                var index = rows.Index(row);
                var values = rows.Value(row);
                var label = labels[row];
                Score(weights, classes, index, values, score);
                var weight = classWeights[label] * (trust?[row] ?? 1);
                loss += weight * Softmax(score, label);
                score[label] -= 1;
                for (var k = 0; k < classes; k++) score[k] *= weight;
                Spread(slopes, classes, index, values, score);
            }

            var penalty = 0.0;
            var plain = rows.Columns * classes;
            for (var i = 0; i < plain; i++) penalty += (double)at[i] * at[i];
            for (var i = 0; i < size; i++)
            {
                if (scale is not null) slopes[i] *= scale[i];
                if (i < plain) slopes[i] += (float)(at[i] / c);
            }

            return loss + penalty / (2 * c);
        }
    }

    /// <summary>What each class scores for a row.</summary>
    public static void Score(float[] weights, int classes, ReadOnlySpan<int> index, ReadOnlySpan<float> values, Span<float> score)
    {
        weights.AsSpan(weights.Length - classes).CopyTo(score);
        if (classes == 3)
        {
            var (a, b, d) = (score[0], score[1], score[2]);
            for (var i = 0; i < index.Length; i++)
            {
                var (at, value) = (index[i] * 3, values[i]);
                a += weights[at] * value;
                b += weights[at + 1] * value;
                d += weights[at + 2] * value;
            }

            (score[0], score[1], score[2]) = (a, b, d);
            return;
        }

        for (var i = 0; i < index.Length; i++)
        {
            var of = weights.AsSpan(index[i] * classes, classes);
            for (var k = 0; k < classes; k++) score[k] += of[k] * values[i];
        }
    }

    private static void Spread(float[] slopes, int classes, ReadOnlySpan<int> index, ReadOnlySpan<float> values, ReadOnlySpan<float> by)
    {
        for (var i = 0; i < index.Length; i++)
        {
            var of = slopes.AsSpan(index[i] * classes, classes);
            for (var k = 0; k < of.Length; k++) of[k] += by[k] * values[i];
        }

        var bias = slopes.AsSpan(slopes.Length - classes);
        for (var k = 0; k < classes; k++) bias[k] += by[k];
    }

    /// <summary>Turns scores into probabilities in place.</summary>
    /// <returns>-log of the label's.</returns>
    public static double Softmax(Span<float> score, int label)
    {
        var most = float.NegativeInfinity;
        foreach (var s in score) most = MathF.Max(most, s);
        var own = score[label] - most;
        var sum = 0f;
        for (var k = 0; k < score.Length; k++) sum += score[k] = MathF.Exp(score[k] - most);
        for (var k = 0; k < score.Length; k++) score[k] /= sum;
        return Math.Log(sum) - own;
    }

    private static void Direction(float[] gradient, Queue<(float[] S, float[] Y, double Rho)> history, float[] direction)
    {
        var known = history.ToArray();
        var alpha = new double[known.Length];
        for (var i = 0; i < direction.Length; i++) direction[i] = -gradient[i];
        for (var h = known.Length - 1; h >= 0; h--)
        {
            alpha[h] = known[h].Rho * Dot(known[h].S, direction);
            Add(direction, known[h].Y, -alpha[h]);
        }

        if (known.Length > 0)
        {
            var (_, y, rho) = known[^1];
            var gamma = (float)(1 / (rho * Dot(y, y)));
            for (var i = 0; i < direction.Length; i++) direction[i] *= gamma;
        }

        for (var h = 0; h < known.Length; h++) Add(direction, known[h].S, alpha[h] - known[h].Rho * Dot(known[h].Y, direction));
    }

    private static (float[], float[]) Reuse((float[] S, float[] Y, double Rho) old) => (old.S, old.Y);

    private static double Dot(float[] a, float[] b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>((ReadOnlySpan<float>)a);
        var right = MemoryMarshal.Cast<float, Vector<float>>((ReadOnlySpan<float>)b);
        var sum = 0.0;
        const int Block = 64; // summed in float, the blocks in double
        for (var from = 0; from < left.Length; from += Block)
        {
            var part = Vector<float>.Zero;
            for (var i = from; i < Math.Min(left.Length, from + Block); i++) part += left[i] * right[i];
            sum += Vector.Sum(part);
        }

        for (var i = left.Length * Vector<float>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Add(float[] to, float[] what, double times)
    {
        var by = (float)times;
        var target = MemoryMarshal.Cast<float, Vector<float>>(to.AsSpan());
        var source = MemoryMarshal.Cast<float, Vector<float>>(what.AsSpan());
        for (var i = 0; i < target.Length; i++) target[i] += source[i] * by;
        for (var i = target.Length * Vector<float>.Count; i < to.Length; i++) to[i] += what[i] * by;
    }
}
