using Hearth.Platform;

namespace Hearth.Publishing;

/// <summary>The time that a post is given.</summary>
public static class SendTime
{
    /// <summary>How far ahead a post can be scheduled.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(365);

    /// <summary>Whole seconds, in UTC.</summary>
    internal static DateTimeOffset Of(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <returns>Null when a post can be sent then; <paramref name="now"/> itself is past.</returns>
    internal static FieldError? Wrong(DateTimeOffset at, DateTimeOffset now) => at <= now ? new("at", "must be in the future")
        : at > now + Furthest ? new("at", $"must be at most {Furthest.Days} days ahead") : null;
}
