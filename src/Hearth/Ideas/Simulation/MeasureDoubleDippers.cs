using System.Diagnostics;
using Hearth.Ideas.DoubleDippers;

namespace Hearth.Ideas.Simulation;

/// <summary>How well double dippers are found on simulated boards.</summary>
/// <param name="Boards">How many boards.</param>
/// <param name="HonestVotes">Votes that are a person's own.</param>
/// <param name="HonestHeld">Those of them that were held.</param>
/// <param name="HonestHeldShare">Their share, 0 to 1.</param>
/// <param name="FalseVotes">Planted votes that are not.</param>
/// <param name="FalseCaught">Those of them that were held.</param>
/// <param name="FalseCaughtShare">Their share, 0 to 1.</param>
/// <param name="Kinds">The same by kind of cheat.</param>
/// <param name="WorstBoardCaught">The share caught on the board where it is least, 0 to 1.</param>
/// <param name="WorstBoardHeld">The share of honest votes held on the board where it is most, 0 to 1.</param>
/// <param name="CleanBoardsHeldShare">The share of votes held on the same boards without any cheat, 0 to 1.</param>
/// <param name="Seconds">What looking took, on one thread.</param>
public sealed record DipperAccuracy(
    int Boards, int HonestVotes, int HonestHeld, double HonestHeldShare, int FalseVotes, int FalseCaught, double FalseCaughtShare, IReadOnlyList<KindAccuracy> Kinds,
    double WorstBoardCaught, double WorstBoardHeld, double CleanBoardsHeldShare, double Seconds);

/// <summary>One kind of cheat.</summary>
/// <param name="Kind">How it is done.</param>
/// <param name="Votes">Planted votes.</param>
/// <param name="Caught">Those held.</param>
/// <param name="Share">Their share, 0 to 1.</param>
public sealed record KindAccuracy(TrueKind Kind, int Votes, int Caught, double Share);

/// <summary>Looks for double dippers on boards whose truth is known.</summary>
public static class MeasureDoubleDippers
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Plays the boards of the seeds and looks at each.</summary>
    /// <param name="seeds">At least one. Seeds below 1,000 were looked at while the weights were made.</param>
    /// <param name="ct">Stops between two boards.</param>
    public static DipperAccuracy On(IReadOnlyList<int> seeds, CancellationToken ct)
    {
        var kinds = Enum.GetValues<TrueKind>().ToDictionary(k => k, _ => (Votes: 0, Held: 0));
        var (worstCaught, worstHeld, clean, cleanHeld) = (1.0, 0.0, 0, 0);
        var watch = new Stopwatch();
        foreach (var seed in seeds)
        {
            ct.ThrowIfCancellationRequested();
            var here = Board(BoardPlan.Any(seed), watch);
            foreach (var (kind, (votes, held)) in here) kinds[kind] = (kinds[kind].Votes + votes, kinds[kind].Held + held);
            var cheats = here.Where(k => k.Key != TrueKind.Honest).ToArray();
            worstCaught = Math.Min(worstCaught, Share(cheats.Sum(k => k.Value.Held), cheats.Sum(k => k.Value.Votes)));
            worstHeld = Math.Max(worstHeld, Share(here[TrueKind.Honest].Held, here[TrueKind.Honest].Votes));
            var without = Board(BoardPlan.Any(seed) with { Hands = 0 }, watch)[TrueKind.Honest];
            (clean, cleanHeld) = (clean + without.Votes, cleanHeld + without.Held);
        }

        var honest = kinds[TrueKind.Honest];
        var planted = kinds.Where(k => k.Key != TrueKind.Honest).ToArray();
        var (notHonest, caught) = (planted.Sum(k => k.Value.Votes), planted.Sum(k => k.Value.Held));
        return new(seeds.Count, honest.Votes, honest.Held, Share(honest.Held, honest.Votes), notHonest, caught, Share(caught, notHonest),
            [.. planted.Select(k => new KindAccuracy(k.Key, k.Value.Votes, k.Value.Held, Share(k.Value.Held, k.Value.Votes)))],
            worstCaught, worstHeld, Share(cleanHeld, clean), watch.Elapsed.TotalSeconds);
    }

    private static Dictionary<TrueKind, (int Votes, int Held)> Board(BoardPlan plan, Stopwatch watch)
    {
        var board = SimulatedBoard.Of(plan);
        var seen = board.Seen(Beginning);
        watch.Start();
        var held = FindDoubleDippers.In(seen).SelectMany(s => s.Held).ToHashSet();
        watch.Stop();
        var counts = Enum.GetValues<TrueKind>().ToDictionary(k => k, _ => (Votes: 0, Held: 0));
        foreach (var (vote, kind) in board.Truth()) counts[kind] = (counts[kind].Votes + 1, counts[kind].Held + (held.Contains(vote) ? 1 : 0));
        return counts;
    }

    private static double Share(int part, int whole) => whole == 0 ? 1 : part / (double)whole;
}
