using Hearth.Statistics;

namespace Hearth.Listening.Spikes;

/// <summary>A way in which the mentions of every saved query are counted and watched.</summary>
/// <param name="Minutes">How long a count is.</param>
/// <param name="Negative">True for negative mentions alone.</param>
/// <param name="Back">How much of the past a new query is learned from.</param>
internal sealed record SpikeSeries(int Minutes, bool Negative, TimeSpan Back)
{
    /// <summary>A handful of posts is no wave, however quiet it was before.</summary>
    public const int LeastCount = 5;

    public static IReadOnlyList<SpikeSeries> All { get; } =
    [
        new(5, false, TimeSpan.FromDays(28)), new(5, true, TimeSpan.FromDays(28)), new(60, false, TimeSpan.FromDays(90)), new(60, true, TimeSpan.FromDays(90)),
    ];

    public TimeSpan Width => TimeSpan.FromMinutes(Minutes);

    public SpikeOptions Options => new SpikeOptions().For(Width);

    /// <summary>The beginning of the count that holds a moment.</summary>
    public DateTimeOffset Begin(DateTimeOffset at) => new(at.UtcTicks / Width.Ticks * Width.Ticks, TimeSpan.Zero);

    public static string Words(int minutes) => minutes == 60 ? "an hour" : $"{minutes} minutes";
}
