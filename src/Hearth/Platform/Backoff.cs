namespace Hearth.Platform;

public static class Backoff
{
    /// <summary>How long to wait after the given number of failures: 1 s, 2 s, 4 s ... up to <paramref name="atMost"/> (10 minutes unless told), never negative.</summary>
    /// <param name="failures">1 after the first.</param>
    /// <param name="atMost">The longest wait.</param>
    public static TimeSpan After(int failures, TimeSpan? atMost = null)
    {
        var limit = atMost ?? TimeSpan.FromMinutes(10);
        var seconds = Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return seconds >= limit.TotalSeconds ? limit : TimeSpan.FromSeconds(seconds);
    }
}
