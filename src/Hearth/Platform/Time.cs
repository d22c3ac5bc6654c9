namespace Hearth.Platform;

public static class Time
{
    /// <summary>Whole microseconds since 1970-01-01T00:00Z, rounded down; what both databases store.</summary>
    public static long ToUnixMicroseconds(this DateTimeOffset at)
    {
        var ticks = at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return ticks >= 0 ? ticks / TimeSpan.TicksPerMicrosecond : -((-ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond);
    }

    public static DateTimeOffset FromUnixMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>Now, cut to the microsecond, so that what is stored equals what was said.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => FromUnixMicroseconds(clock.GetUtcNow().ToUnixMicroseconds());
}
