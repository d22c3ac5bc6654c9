using System.Globalization;
using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Operations;

namespace Hearth.App.Desk.Fix;

/// <summary>What a person typed into the form of a gap.</summary>
public sealed class GapInput
{
    public string? Title { get; set; }

    public string? Product { get; set; }

    public string? Attribute { get; set; }

    public string? Expected { get; set; }

    public string? Experienced { get; set; }

    public string? Promise { get; set; }

    public string? PromisedWhere { get; set; }

    public string? PromisedAddress { get; set; }

    public string? Owner { get; set; }

    public string? Due { get; set; }

    public GapDraft Draft() => new(Attribute, Expected, Experienced, Enum.TryParse<Department>(Owner, out var owner) ? owner : null, Title,
        Guid.TryParse(Product, out var product) ? ProductId.From(product) : null, Guid.TryParse(Promise, out var promise) ? PromiseId.From(promise) : null,
        PromisedWhere, PromisedAddress, Day(Due));

    public static GapInput Of(GapView gap) => new()
    {
        Title = gap.Line.Title, Product = gap.Line.Product?.Value.ToString(), Attribute = gap.Line.Attribute, Expected = gap.Expected, Experienced = gap.Experienced,
        Promise = gap.Promise?.Id.Value.ToString(), PromisedWhere = gap.PromisedWhere, PromisedAddress = gap.PromisedAddress, Owner = gap.Line.Owner.ToString(),
        Due = gap.Line.Due?.UtcDateTime.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    // Due on a day means until that day has ended.
    private static DateTimeOffset? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : null;
}
