using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>What a figure covers.</summary>
public enum FigurePeriod
{
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,
}

/// <summary>What a channel cost and brought in a day or a week, as another system tells it. What it does not know is null.</summary>
/// <param name="Channel">email, affiliate, search, site or another short name; of <c>social</c> only cost and margin are told, the rest is counted here.</param>
/// <param name="From">Its day, or the Monday of its week.</param>
/// <param name="Period">Day or week.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Cost">What was spent, 0 or more.</param>
/// <param name="Clicks">0 or more.</param>
/// <param name="Orders">0 or more.</param>
/// <param name="Revenue">As paid.</param>
/// <param name="Margin">What of the revenue is left before the cost of the channel; may be below zero.</param>
/// <param name="NewCustomers">0 or more.</param>
public sealed record ChannelFigure(string Channel, DateOnly From, FigurePeriod Period, string Currency, Money? Cost, long? Clicks, long? Orders, Money? Revenue, Money? Margin, long? NewCustomers)
{
    /// <summary>The channel that is counted from this house's own clicks and orders.</summary>
    public const string Social = "social";

    public const int MaxChannel = 40;

    private const long Most = 1_000_000_000_000;

    internal IEnumerable<FieldError> Errors()
    {
        if (Channel.Length is < 1 or > MaxChannel || !Channel.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')) yield return new("channel", $"must have 1 to {MaxChannel} small letters, digits, - or _");
        if (From < new DateOnly(2000, 1, 1) || From.Year > 9000) yield return new("from", "must be a day since 2000");
        if (Period == FigurePeriod.Week && From.DayOfWeek != DayOfWeek.Monday) yield return new("from", "must be a Monday when the period is a week");
        if (!Money.IsCurrency(Currency)) yield return new("currency", "must be three capital letters (ISO 4217)");
        foreach (var (field, value, least) in new[] { ("cost", Cost?.Minor, 0), ("clicks", Clicks, 0), ("orders", Orders, 0), ("revenue", Revenue?.Minor, -Most), ("margin", Margin?.Minor, -Most), ("new_customers", NewCustomers, 0) })
        {
            if (value < least) yield return new(field, "must not be below zero");
            else if (value > Most) yield return new(field, "is too large");
            else if (Channel == Social && value is not null && field is not ("cost" or "margin")) yield return new(field, "of social is counted from its own clicks and orders; leave it empty");
        }

        if ((Cost, Clicks, Orders, Revenue, Margin, NewCustomers) == default) yield return new("cost", "or another figure must be told");
    }
}

internal sealed class ChannelFigureRow
{
    public required string Channel { get; init; }

    /// <summary>Midnight UTC.</summary>
    public required DateTimeOffset From { get; init; }

    public required FigurePeriod Period { get; init; }

    public required string Currency { get; init; }

    public long? Cost { get; set; }

    public long? Clicks { get; set; }

    public long? Orders { get; set; }

    public long? Revenue { get; set; }

    public long? Margin { get; set; }

    public long? NewCustomers { get; set; }

    /// <summary>The file, or "api".</summary>
    public required string Source { get; set; }

    public required DateTimeOffset At { get; set; }

    public DateTimeOffset Week => From.AddDays(-(((int)From.DayOfWeek + 6) % 7));
}
