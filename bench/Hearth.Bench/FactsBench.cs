using System.Diagnostics;
using System.Globalization;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Bench;

/// <summary>
/// A fact recorded, committed and handed to the one subscriber that it concerns, again and again, in a house with all its subscribers; the
/// bound is the same with that one subscriber alone. The ratio tells what the others cost, who are not concerned.
/// </summary>
internal static class FactsBench
{
    private const int Facts = 300, Rounds = 5;

    public sealed record SomethingHappened(int Number) : IFact
    {
        public string Subject => "bench:" + Number.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class Listener : IHandle<SomethingHappened>
    {
        public static int Heard;

        public Task Handle(SomethingHappened fact, CancellationToken ct)
        {
            Interlocked.Increment(ref Heard);
            return Task.CompletedTask;
        }
    }

    public static async Task Run(string[] args)
    {
        Table.Head($"facts handed on as they come, {Facts}, median of {Rounds}");
        foreach (var kind in BenchDatabase.Kinds)
        {
            await using var whole = await BenchDatabase.Create(kind, s => s.AddSubscriber<SomethingHappened, Listener>("bench"));
            await using var alone = await BenchDatabase.Create(kind, s =>
            {
                foreach (var other in s.Where(d => d.ServiceType == typeof(FactHandler)).ToList()) s.Remove(other);
                s.AddSubscriber<SomethingHappened, Listener>("bench");
            });
            var (ours, bound) = (new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++) // the first warms up
            {
                var (one, other) = (await ASecond(whole), await ASecond(alone));
                if (round < 0) continue;
                ours.Add(one);
                bound.Add(other);
            }

            var subscribers = whole.Services.GetServices<FactHandler>().Select(h => h.Subscriber).Distinct(StringComparer.Ordinal).Count();
            Table.Row($"{kind}, {subscribers} subscribers", Table.Median(ours), Table.Median(bound));
        }
    }

    private static async Task<double> ASecond(BenchDatabase house)
    {
        var dispatcher = house.Services.GetRequiredService<FactDispatcher>();
        await dispatcher.Drain(default);
        var (before, watch) = (Listener.Heard, Stopwatch.StartNew());
        for (var i = 0; i < Facts; i++)
        {
            await house.With<Database>(async db =>
            {
                db.Record(new SomethingHappened(i));
                await db.SaveChangesAsync();
            });
            await dispatcher.Drain(default);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        return Listener.Heard - before == Facts ? Facts / seconds : throw new InvalidOperationException($"{Listener.Heard - before} of {Facts} facts were heard.");
    }
}
