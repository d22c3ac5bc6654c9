using System.Globalization;
using System.Net;
using System.Text;
using Hearth.Outlet.Audiences;
using Hearth.Platform;

namespace Hearth.Outlet.Digests;

/// <summary>What a digest says.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">The plain part.</param>
/// <param name="Html">The same as HTML.</param>
public sealed record DigestWords(string Subject, string Text, string Html);

/// <summary>Writes a digest twice: as plain text and as HTML that says the same. Nothing in the HTML comes from elsewhere unescaped; it loads nothing, so that it tells nobody that it was opened.</summary>
internal static class DigestText
{
    /// <summary>Offers that a letter names; of more it tells how many.</summary>
    public const int Most = 30;

    private const string Style = """
        :root{color-scheme:light dark}
        body{margin:0;padding:0}
        .letter{max-width:40em;padding:1em;font:16px/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        h2{font-size:18px;margin:1.25em 0 .5em}
        ul{list-style:none;margin:0;padding:0}
        li{margin:0 0 1em}
        .offer{font-weight:600}
        .foot{font-size:14px;margin-top:2em;padding-top:.75em;border-top:1px solid #8888}
        """;

    /// <summary>Writes it.</summary>
    /// <param name="fresh">What opened since the last one; at least one.</param>
    /// <param name="others">What is still on.</param>
    /// <param name="issue">Its number, for the tracked links; null for one that is only looked at.</param>
    /// <param name="site">Our address.</param>
    /// <param name="human">Who answers.</param>
    /// <param name="brand">For whom.</param>
    /// <param name="every">How often it comes.</param>
    /// <param name="end">The address that ends it.</param>
    /// <param name="zone">Of the times in it.</param>
    /// <param name="invitation">The reader's own to an offer that is not everybody's; null for one that is.</param>
    public static DigestWords Of(IReadOnlyList<Offer> fresh, IReadOnlyList<Offer> others, int? issue, string site, string human, string brand, DigestRhythm every, string end, TimeZoneInfo zone, Func<Offer, string?> invitation)
    {
        var subject = fresh.Count == 1 ? $"{fresh[0].Title} for {fresh[0].Price}" : string.Create(CultureInfo.InvariantCulture, $"{fresh.Count:N0} new offers: {fresh[0].Title} and more");
        var text = new StringBuilder();
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>")
            .Append(Html(subject)).Append("</title><style>").Append(Style).Append("</style></head>\n<body><div class=\"letter\">\n");
        Part("New in the outlet", fresh);
        Part("Still on", others);
        var often = every == DigestRhythm.Daily ? "every day" : "once a week";
        text.Append(CultureInfo.InvariantCulture, $"All offers: {site}/outlet\n\n{human}\n{brand}\n\n-- \nAn answer to this mail reaches {human}. You get it {often}, when there is something new, because you asked for it and confirmed it. How often: {site}/outlet/digest\nNo more of it, at once: {end}\n");
        html.Append("<p><a href=\"").Append(site).Append("/outlet\">All offers</a></p>\n<p>").Append(Html(human)).Append("<br>").Append(Html(brand)).Append("</p>\n<div class=\"foot\"><p>An answer to this mail reaches ").Append(Html(human)).Append(". You get it ").Append(often)
            .Append(", when there is something new, because you asked for it and confirmed it.</p><p><a href=\"").Append(site).Append("/outlet/digest\">How often</a> · <a href=\"").Append(Html(end)).Append("\">Unsubscribe</a></p></div>\n</div></body></html>\n");
        return new(subject, text.ToString(), html.ToString());

        string Link(string slug, string? mine)
        {
            string[] keys = [.. issue is { } number ? [string.Create(CultureInfo.InvariantCulture, $"{Click.DigestKey}={number}")] : Array.Empty<string>(), .. mine is null ? [] : new[] { $"{Invitation.Key}={mine}" }];
            return $"{site}/l/{slug}{(keys.Length > 0 ? "?" : "")}{string.Join('&', keys)}";
        }

        void Part(string title, IReadOnlyList<Offer> offers)
        {
            if (offers.Count == 0) return;
            text.Append(title).Append("\n\n");
            html.Append("<h2>").Append(title).Append("</h2>\n<ul>\n");
            foreach (var offer in offers.Take(Most))
            {
                var off = offer.ListPrice.Minor > offer.Price.Minor ? $" instead of {offer.ListPrice}" : "";
                var mine = invitation(offer);
                var some = mine is null ? "" : "for those who get this letter: the link is yours alone; ";
                var facts = some + string.Create(CultureInfo.InvariantCulture, $"{PostOffer.Words(offer.Condition)}, until {TimeZoneInfo.ConvertTime(offer.Closes, zone):d MMMM, HH:mm} ({zone.Id})");
                var link = Link(offer.Link, mine);
                text.Append(CultureInfo.InvariantCulture, $"{offer.Title}: {offer.Price}{off}\n{facts}\n{link}\n\n");
                html.Append("<li><a class=\"offer\" href=\"").Append(Html(link)).Append("\">").Append(Html(offer.Title)).Append("</a><br>").Append(Html($"{offer.Price}{off}")).Append("<br>").Append(Html(facts)).Append("</li>\n");
            }

            if (offers.Count > Most) text.Append(CultureInfo.InvariantCulture, $"and {offers.Count - Most:N0} more\n\n");
            html.Append("</ul>\n");
            if (offers.Count > Most) html.Append(CultureInfo.InvariantCulture, $"<p>and {offers.Count - Most:N0} more</p>\n");
        }
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
