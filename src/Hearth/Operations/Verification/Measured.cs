using Hearth.Operations.Changes;

namespace Hearth.Operations.Verification;

/// <summary>Which days of a change are measured. Days are UTC and whole: the day it was out on is the first after it.</summary>
internal static class Measured
{
    /// <summary>After a day has ended, this long is waited for posts of it that come late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(6);

    public static DateOnly Day(ChangeRow change) => DateOnly.FromDateTime(change.ShippedAt!.Value.UtcDateTime);

    /// <summary>The beginning of the first day that is judged.</summary>
    public static DateTimeOffset From(ChangeRow change) => Start(Day(change).AddDays(change.LagDays));

    /// <summary>When the last day that is judged has ended and its posts are in: the verdict falls once, then, so that nobody can wait for a lucky day.</summary>
    public static DateTimeOffset Until(ChangeRow change) => Start(Day(change).AddDays(change.LagDays + change.WindowDays)) + Late;

    /// <summary>The first day whose posts are not in yet.</summary>
    public static DateOnly Complete(DateTimeOffset now) => DateOnly.FromDateTime((now - Late).UtcDateTime);

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
