namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// Makes scores into probabilities that hold: of a hundred posts said with 80 %, eighty are right. A score is stretched by one factor and each class moved, fitted on posts that the
/// scores were not learned from (vector scaling with a common factor; Guo et al., "On Calibration of Modern Neural Networks", ICML 2017).
/// </summary>
/// <param name="Stretch">Above 0.</param>
/// <param name="Move">One a class.</param>
internal sealed record Calibration(float Stretch, float[] Move)
{
    private const int Steps = 300;

    /// <summary>Fits.</summary>
    /// <param name="scores">As learned, one row a post.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="trust">How much each counts.</param>
    public static Calibration Fit(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, IReadOnlyList<float> trust)
    {
        var classes = scores[0].Length;
        var (stretch, move) = (1.0, new double[classes]);
        var rate = 1.0;
        var (loss, slope) = Loss(stretch, move);
        for (var step = 0; step < Steps && rate > 1e-6; step++)
        {
            var nextStretch = Math.Max(0.01, stretch - rate * slope[classes]);
            var nextMove = move.Select((m, k) => m - rate * slope[k]).ToArray();
            var (nextLoss, nextSlope) = Loss(nextStretch, nextMove);
            if (nextLoss > loss)
            {
                rate /= 2;
                continue;
            }

            var gain = loss - nextLoss;
            (stretch, move, loss, slope, rate) = (nextStretch, nextMove, nextLoss, nextSlope, rate * 1.3);
            if (gain < 1e-8) break;
        }

        return new((float)stretch, [.. move.Select(m => (float)m)]);

        (double Loss, double[] Slope) Loss(double by, double[] add)
        {
            var (sum, all, slopes) = (0.0, 0.0, new double[classes + 1]);
            Span<float> p = stackalloc float[classes];
            for (var i = 0; i < scores.Count; i++)
            {
                for (var k = 0; k < classes; k++) p[k] = (float)(by * scores[i][k] + add[k]);
                sum += trust[i] * LogisticRegression.Softmax(p, labels[i]);
                all += trust[i];
                p[labels[i]] -= 1;
                for (var k = 0; k < classes; k++)
                {
                    slopes[k] += trust[i] * p[k];
                    slopes[classes] += trust[i] * p[k] * scores[i][k];
                }
            }

            for (var k = 0; k <= classes; k++) slopes[k] /= all;
            return (sum / all, slopes);
        }
    }

    /// <summary>Scores to logarithms of probabilities but for a common constant, in place.</summary>
    public void Apply(Span<float> scores)
    {
        for (var k = 0; k < scores.Length; k++) scores[k] = scores[k] * Stretch + Move[k];
    }
}
