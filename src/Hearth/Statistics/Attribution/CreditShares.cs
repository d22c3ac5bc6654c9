using Hearth.Platform;

namespace Hearth.Statistics.Attribution;

/// <summary>Shares of one order in millionths, exactly one together. Money split by them (<see cref="Money.Split"/>) sums to the order's, to the minor unit.</summary>
public static class CreditShares
{
    /// <summary>One whole order, in millionths.</summary>
    public const long Whole = 1_000_000;

    // Weights of the time decay are multiples of 2^−40: after 40 half-lives a touch beside a new one gets nothing.
    private const int DecayBits = 40;

    /// <summary>The share of each touch in millionths, by the largest remainder; equal remainders go to the earlier touch.</summary>
    /// <param name="touches">First to last; at least one.</param>
    /// <param name="model">By which model.</param>
    /// <param name="halfLife">Above zero; asked for by <see cref="AttributionModel.TimeDecay"/> alone.</param>
    /// <returns>As many as touches, none below zero, together <see cref="Whole"/>.</returns>
    /// <exception cref="ArgumentException">There is no touch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The half-life is not above zero, or the model is none.</exception>
    public static long[] Of(ReadOnlySpan<ModelTouch> touches, AttributionModel model, TimeSpan halfLife) => Split(Whole, Weights(touches, model, halfLife));

    private static long[] Weights(ReadOnlySpan<ModelTouch> touches, AttributionModel model, TimeSpan halfLife)
    {
        if (touches.Length == 0) throw new ArgumentException("There is no touch.", nameof(touches));
        var weights = new long[touches.Length];
        switch (model)
        {
            case AttributionModel.LastClick: weights[^1] = 1; break;
            case AttributionModel.FirstClick: weights[0] = 1; break;
            case AttributionModel.LastNonDirect: weights[LastNonDirect(touches)] = 1; break;
            case AttributionModel.Linear: weights.AsSpan().Fill(1); break;
            case AttributionModel.Position: Position(weights); break;
            case AttributionModel.TimeDecay: Decay(touches, halfLife, weights); break;
            default: throw new ArgumentOutOfRangeException(nameof(model), model, "There is no such model.");
        }

        return weights;
    }

    private static int LastNonDirect(ReadOnlySpan<ModelTouch> touches)
    {
        for (var i = touches.Length - 1; i >= 0; i--) if (!touches[i].IsDirect) return i;
        return touches.Length - 1;
    }

    // With n between, 40 : 20/n : 40 is 2n : 1 : 2n.
    private static void Position(long[] weights)
    {
        weights.AsSpan().Fill(1);
        if (weights.Length > 2) weights[0] = weights[^1] = 2 * (weights.Length - 2);
    }

    private static void Decay(ReadOnlySpan<ModelTouch> touches, TimeSpan halfLife, long[] weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero);
        var newest = touches[0].Age;
        foreach (var touch in touches) if (touch.Age < newest) newest = touch.Age;
        for (var i = 0; i < weights.Length; i++)
        {
            var halvings = (double)(touches[i].Age - newest).Ticks / halfLife.Ticks;
            weights[i] = (long)Math.Round(Math.ScaleB(PortableMath.Exp(-halvings * 0.693147180559945309), DecayBits));
        }
    }

    private static long[] Split(long whole, ReadOnlySpan<long> weights) => Array.ConvertAll(new Money(whole, "XXX").Split(weights), part => part.Minor);
}
