using System.Numerics;

namespace Hearth.Statistics;

/// <summary>
/// Which controls belong in the model, all shapes averaged over: each choice weighed exactly when there are few controls, else by Gibbs sampling over choices (George &amp; McCulloch 1997), each with exact weights.
/// A control belongs with prior probability one quarter, and with less when there are more than twelve (three are expected): one that only happens to wander alike makes intervals too narrow.
/// </summary>
internal sealed class ControlChoice
{
    private const int Few = 8;
    private const int Warm = 100;

    private readonly IReadOnlyList<Evidence> _shapes;
    private readonly int _controls;
    private readonly double _odds;
    private readonly Dictionary<ulong, (double Log, double[] Shapes)> _weighed = [];

    public ControlChoice(IReadOnlyList<Evidence> shapes, int controls)
    {
        (_shapes, _controls) = (shapes, controls);
        var prior = Math.Min(0.25, 3.0 / Math.Max(controls, 1));
        _odds = PortableMath.Log(prior / (1 - prior));
    }

    /// <summary>The controls of a choice.</summary>
    public static int[] Members(ulong choice)
    {
        var members = new int[BitOperations.PopCount(choice)];
        for (var i = 0; choice != 0; choice &= choice - 1) members[i++] = BitOperations.TrailingZeroCount(choice);
        return members;
    }

    /// <summary>Draws of a choice and a shape's index, from their joint posterior.</summary>
    public IEnumerable<(ulong Choice, int Shape)> Draw(RandomStream random, int draws)
    {
        if (_controls <= Few)
        {
            var sums = Sums([.. Enumerable.Range(0, 1 << _controls).Select(c => Weigh((ulong)c).Log)]).Sums;
            for (var d = 0; d < draws; d++)
            {
                var choice = (ulong)Pick(sums, random);
                yield return (choice, Pick(Weigh(choice).Shapes, random));
            }

            yield break;
        }

        var now = 0UL;
        for (var d = -Warm; d < draws; d++)
        {
            for (var c = 0; c < _controls; c++) now = Either(now | (1UL << c), now & ~(1UL << c), random);
            now = Either(Swapped(now, random), now, random);
            if (d >= 0) yield return (now, Pick(Weigh(now).Shapes, random));
        }
    }

    // One of the chosen for one of the others, where there are both: two controls that say the same seldom change places one at a time.
    private ulong Swapped(ulong choice, RandomStream random)
    {
        var (a, b) = (random.Below(_controls), random.Below(_controls));
        var (hasA, hasB) = ((choice >> a) & 1, (choice >> b) & 1);
        return hasA == hasB ? choice : choice ^ (1UL << a) ^ (1UL << b);
    }

    private ulong Either(ulong a, ulong b, RandomStream random) =>
        a == b ? a : random.Uniform() * (1 + PortableMath.Exp(Weigh(b).Log - Weigh(a).Log)) < 1 ? a : b;

    private (double Log, double[] Shapes) Weigh(ulong choice)
    {
        if (_weighed.TryGetValue(choice, out var weighed)) return weighed;
        var members = Members(choice);
        var (sums, log) = Sums([.. _shapes.Select(s => s.Of(members))]);
        return _weighed[choice] = (log + members.Length * _odds, sums);
    }

    // Running sums of the weights, ending at 1, and the logarithm of their total.
    private static (double[] Sums, double Log) Sums(double[] logs)
    {
        var (most, sum) = (double.NegativeInfinity, 0.0);
        foreach (var log in logs) most = Math.Max(most, log);
        if (double.IsNegativeInfinity(most)) return (logs, most);
        for (var i = 0; i < logs.Length; i++) logs[i] = sum += PortableMath.Exp(logs[i] - most);
        for (var i = 0; i < logs.Length; i++) logs[i] /= sum;
        return (logs, most + PortableMath.Log(sum));
    }

    private static int Pick(double[] sums, RandomStream random)
    {
        var found = Array.BinarySearch(sums, random.Uniform());
        // Equal sums mean weights of nothing: the first of them is the one with the weight.
        var at = Math.Min(found < 0 ? ~found : found + 1, sums.Length - 1);
        while (at > 0 && sums[at] == sums[at - 1]) at--;
        return at;
    }
}
