using System.Globalization;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Outlet.Rules;

public readonly record struct StockRuleId(Guid Value) : IId<StockRuleId>
{
    public static StockRuleId New() => new(Ids.New());

    public static StockRuleId From(Guid value) => new(value);
}

/// <summary>When stock becomes an offer, and what offer. All conditions must hold; a product on fire is never offered by a rule.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="MinFree">Free units that an item must have at least, 1 to 1,000,000.</param>
/// <param name="MinAgeDays">Whole days it must have been in the outlet, 0 to 3,650.</param>
/// <param name="RestDays">Days for which it must not have been offered, 1 to 365, counted from the end of its last offer; an item with a draft or a running offer is passed over.</param>
/// <param name="MostPerWeek">Offers that the rule makes in seven days, 1 to 100.</param>
/// <param name="Conditions">Only these; empty for all.</param>
/// <param name="Country">Only stock of this country, ISO 3166-1; null for all.</param>
/// <param name="PercentOff">Percent off the outlet price, 0 to 90; the price is rounded down to the minor unit, and is at least one.</param>
/// <param name="SharePercent">How many of the free units are offered, 1 to 100 percent, rounded down, at least one.</param>
/// <param name="MaxUnits">But never more than this, 1 to 1,000,000.</param>
/// <param name="RunHours">How long the offer runs, 1 to 1,440 hours.</param>
/// <param name="LimitPerPerson">1 to 100.</param>
/// <param name="HoldMinutes">1 to 1,440.</param>
/// <param name="CodePrefix">2 to 8 letters and digits.</param>
/// <param name="Publishes">True to publish without a person's approval; only a lead or an owner can say so.</param>
/// <param name="Paused">True to make nothing for now.</param>
public sealed record StockRuleDraft(string Name, int MinFree, int MinAgeDays, int RestDays, int MostPerWeek, IReadOnlyList<Condition>? Conditions, string? Country, int PercentOff, int SharePercent, int MaxUnits,
    int RunHours, int LimitPerPerson, int HoldMinutes, string CodePrefix, bool Publishes, bool Paused)
{
    /// <summary>What is wrong with it; nothing when it may be kept.</summary>
    public IReadOnlyList<FieldError> Check() => [.. Errors()];

    internal IEnumerable<FieldError> Errors()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > StockRule.MaxName || Name.Any(char.IsControl)) yield return new("name", $"must be one line of 1 to {StockRule.MaxName} characters");
        foreach (var (field, value, least, most) in new[]
                 {
                     ("minFree", MinFree, 1, Offer.MaxUnits), ("minAgeDays", MinAgeDays, 0, 3_650), ("restDays", RestDays, 1, 365), ("mostPerWeek", MostPerWeek, 1, 100), ("percentOff", PercentOff, 0, 90),
                     ("sharePercent", SharePercent, 1, 100), ("maxUnits", MaxUnits, 1, Offer.MaxUnits), ("runHours", RunHours, 1, 1_440), ("limitPerPerson", LimitPerPerson, 1, 100), ("holdMinutes", HoldMinutes, 1, 1_440),
                 })
        {
            if (value < least || value > most) yield return new(field, string.Create(CultureInfo.InvariantCulture, $"must be from {least:N0} to {most:N0}"));
        }

        if (Conditions?.Any(c => !Enum.IsDefined(c)) == true) yield return new("conditions", "must be conditions of stock");
        if (!string.IsNullOrEmpty(Country) && (Country.Length != 2 || !Country.All(char.IsAsciiLetterUpper))) yield return new("country", "must be two capital letters (ISO 3166-1)");
        if (CodePrefix is not { Length: >= 2 and <= 8 } || !CodePrefix.All(char.IsAsciiLetterOrDigit)) yield return new("codePrefix", "must be 2 to 8 letters and digits");
    }
}

internal sealed class StockRule
{
    public const int MaxName = 100;

    public required StockRuleId Id { get; init; }

    /// <summary>A <see cref="StockRuleDraft"/> as JSON: only ever read whole.</summary>
    public required string Body { get; set; }

    /// <summary>Who answers for it: its offers bear this name.</summary>
    public required UserId Keeper { get; set; }

    public required string KeeperName { get; set; }

    public required string KeeperInitials { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>When it last looked at the stock.</summary>
    public DateTimeOffset? RanAt { get; set; }
}

/// <summary>A rule of stock was written, changed or removed.</summary>
/// <param name="Rule">Which.</param>
/// <param name="What">added, changed or removed.</param>
/// <param name="Name">Its name.</param>
/// <param name="By">Who did it.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
public sealed record StockRuleChanged(StockRuleId Rule, string What, string Name, UserId By, string ByName, DateTimeOffset At) : IFact
{
    public string Subject => "stock-rule:" + Rule.Value;
}

/// <summary>A rule as people see it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Rule">What it says.</param>
/// <param name="KeeperName">Who answers for it.</param>
/// <param name="At">When it was last changed.</param>
/// <param name="RanAt">When it last looked at the stock; null before the first time.</param>
/// <param name="ThisWeek">Offers it made in the last seven days.</param>
public sealed record StockRuleView(StockRuleId Id, StockRuleDraft Rule, string KeeperName, DateTimeOffset At, DateTimeOffset? RanAt, int ThisWeek);

/// <summary>What a rule would do with an item now.</summary>
/// <param name="Item">Which.</param>
/// <param name="Units">Units of the offer.</param>
/// <param name="Price">Its price.</param>
/// <param name="Because">Why nothing is made of it though the shelf would do; null when it is offered.</param>
public sealed record StockMatch(StockView Item, int Units, Money Price, string? Because);
