using Hearth.Governance;

namespace Hearth.App.Shared;

/// <summary>How people say what the program names.</summary>
public static class Words
{
    public static string Of(Department department) => department switch
    {
        Department.PublicRelations => "Public relations",
        Department.It => "IT",
        var d => d.ToString(),
    };

    /// <summary>"1 mention", "12,000 mentions".</summary>
    public static string Count(long count, string one, string? many = null) =>
        count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many ?? one + "s");

    /// <summary>"5 Jan 2026".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>"5 Jan 2026", in UTC.</summary>
    public static string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>"in 3 h", "2 d ago", "just now"; a date after a month.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var span = (now - at).Duration();
        if (span < TimeSpan.FromSeconds(45)) return "just now";
        var text = span switch
        {
            { TotalMinutes: < 59.5 } => $"{span.TotalMinutes:0} min",
            { TotalHours: < 23.5 } => $"{span.TotalHours:0} h",
            { TotalDays: < 30 } => $"{span.TotalDays:0} d",
            _ => null,
        };
        return text is null ? at.ToString(at.Year == now.Year ? "d MMM" : "d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture) : at > now ? "in " + text : text + " ago";
    }
}
