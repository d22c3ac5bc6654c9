using System.Globalization;
using Hearth.Governance;
using Hearth.Operations.Changes;

namespace Hearth.App.Desk.Fix;

/// <summary>What a person typed into the form of a change.</summary>
public sealed class ChangeInput
{
    public string? Title { get; set; }

    public string? Kind { get; set; }

    public string? What { get; set; }

    public string? Why { get; set; }

    public string? Owner { get; set; }

    public string? Cost { get; set; }

    public string? Currency { get; set; }

    public string? PlannedFor { get; set; }

    public string? Region { get; set; }

    public string? Units { get; set; }

    public string? Skus { get; set; }

    public string? LagDays { get; set; }

    public string? WindowDays { get; set; }

    public ChangeDraft Draft() => new(Title, Enum.TryParse<ChangeKind>(Kind, out var kind) ? kind : null, What, Why, Enum.TryParse<Department>(Owner, out var owner) ? owner : null,
        Cost, string.IsNullOrWhiteSpace(Currency) ? "EUR" : Currency.Trim().ToUpperInvariant(),
        DateOnly.TryParseExact(PlannedFor, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null,
        Region, Number(Units), [.. (Skus ?? "").Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries)], Number(LagDays), Number(WindowDays));

    public static ChangeInput Of(ChangeView change) => new()
    {
        Title = change.Line.Title, Kind = change.Line.Kind.ToString(), What = change.What, Why = change.Why, Owner = change.Line.Owner.ToString(),
        Cost = change.Line.Cost?.Amount.ToString(CultureInfo.InvariantCulture), Currency = change.Line.Cost?.Currency,
        PlannedFor = change.Line.PlannedFor?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Region = change.Region, Units = change.Units?.ToString(CultureInfo.InvariantCulture),
        Skus = string.Join(", ", change.Skus), LagDays = change.LagDays.ToString(CultureInfo.InvariantCulture), WindowDays = change.WindowDays.ToString(CultureInfo.InvariantCulture),
    };

    // What is no number is out of every range, and so named as wrong.
    private static int? Number(string? text) => string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
