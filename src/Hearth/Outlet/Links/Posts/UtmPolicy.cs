using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>
/// How the shop's own count is told where people come from: what stands in the utm_ parameters behind a tracked link. Each is lower-case letters, digits, "-", "_", "." and the places
/// {network}, {account}, {offer}, {post}, {yyyy}, {mm}, {dd}, {yyyy-mm}; null or empty leaves the parameter out.
/// </summary>
/// <param name="Source">utm_source.</param>
/// <param name="Medium">utm_medium.</param>
/// <param name="Campaign">utm_campaign.</param>
/// <param name="Content">utm_content.</param>
public sealed partial record UtmPolicy(string? Source, string? Medium, string? Campaign, string? Content)
{
    /// <summary>The longest template, and the longest value, in characters.</summary>
    public const int Longest = 100;

    /// <summary>As installed: no parameters.</summary>
    public static UtmPolicy None { get; } = new(null, null, null, null);

    /// <summary>What most shops' statistics understand.</summary>
    public static UtmPolicy Suggested { get; } = new("{network}", "social", "{offer}", "{account}-{post}");

    /// <summary>From 1; 0 as installed.</summary>
    public int Version { get; init; }

    internal UtmPolicy Clean() => new(Blank(Source), Blank(Medium), Blank(Campaign), Blank(Content)) { Version = Version };

    internal IReadOnlyList<FieldError> Errors()
    {
        var errors = new List<FieldError>();
        foreach (var (_, template, field) in Parts)
        {
            if (template is null) continue;
            if (template.Length > Longest) errors.Add(new(field, $"must be at most {Longest} characters"));
            if (Place().Matches(template).Select(m => m.Value).FirstOrDefault(p => !Places.Contains(p)) is { } unknown) errors.Add(new(field, $"has no place {unknown}: there are {string.Join(", ", Places)}"));
            else if (Place().Replace(template, "").Any(c => !Allowed(c))) errors.Add(new(field, "must be lower-case letters, digits, “-”, “_”, “.” and places in braces"));
        }

        return errors;
    }

    /// <summary>A shop's address with the parameters. One that it has already stays as it is; what stands behind # stays at the end.</summary>
    /// <param name="shop">An absolute address.</param>
    /// <param name="of">What the places stand for.</param>
    public string Apply(string shop, UtmPlaces of)
    {
        var (address, fragment) = shop.IndexOf('#', StringComparison.Ordinal) is >= 0 and var cut ? (shop[..cut], shop[cut..]) : (shop, "");
        var result = new StringBuilder(address);
        foreach (var (name, template, _) in Parts)
        {
            if (template is null || Regex.IsMatch(address, $@"[?&]{name}=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant) || Value(template, of) is not { Length: > 0 } value) continue;
            var at = result.ToString();
            result.Append(at.Contains('?', StringComparison.Ordinal) ? at[^1] is '?' or '&' ? "" : "&" : "?").Append(name).Append('=').Append(value);
        }

        return result.Append(fragment).ToString();
    }

    private (string Name, string? Template, string Field)[] Parts => [("utm_source", Source, "source"), ("utm_medium", Medium, "medium"), ("utm_campaign", Campaign, "campaign"), ("utm_content", Content, "content")];

    private static readonly string[] Places = ["{network}", "{account}", "{offer}", "{post}", "{yyyy}", "{mm}", "{dd}", "{yyyy-mm}"];

    private static string Value(string template, UtmPlaces of)
    {
        var filled = Place().Replace(template, m => m.Value switch
        {
            "{network}" => of.Network,
            "{account}" => of.Account,
            "{offer}" => of.Offer,
            "{post}" => of.Post,
            "{yyyy}" => of.Opens.ToString("yyyy", CultureInfo.InvariantCulture),
            "{mm}" => of.Opens.ToString("MM", CultureInfo.InvariantCulture),
            "{dd}" => of.Opens.ToString("dd", CultureInfo.InvariantCulture),
            _ => of.Opens.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        });
        var plain = new string([.. filled.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(char.ToLowerInvariant).Select(c => Allowed(c) ? c : '-')]);
        var tidy = Dashes().Replace(plain, "-").Trim('-');
        return tidy.Length <= Longest ? tidy : tidy[..Longest];
    }

    private static bool Allowed(char c) => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_' or '.';

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex("-{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Dashes();
}

/// <summary>What the places of a template stand for.</summary>
/// <param name="Network">"bluesky" ...; "link" for the offer's own link, "share" for a personal one.</param>
/// <param name="Account">The name of the account that posted; empty when no post has the link.</param>
/// <param name="Offer">The offer's slug.</param>
/// <param name="Post">Of a post, which: the last twelve digits of its id; else empty.</param>
/// <param name="Opens">When the offer opens, for the dates (UTC).</param>
public sealed record UtmPlaces(string Network, string Account, string Offer, string Post, DateTimeOffset Opens);
