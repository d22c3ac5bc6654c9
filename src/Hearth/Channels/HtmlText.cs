using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Hearth.Channels;

/// <summary>What a person reads of a piece of HTML, and where its links lead.</summary>
/// <param name="Text">Tags gone, entities read, paragraphs apart by an empty line; empty when nothing is to be read.</param>
/// <param name="Links">Addresses of its links in order, each once; mentions and hashtags are none.</param>
internal sealed record HtmlText(string Text, IReadOnlyList<string> Links)
{
    private const string Unseen = "script, style, template, head";
    private const string Blocks = "p, div, li, h1, h2, h3, h4, h5, h6, tr, blockquote, pre, ul, ol";

    /// <summary>Reads the HTML of a post. An address that the network shortened for display is written out; the name of a link stays as it is.</summary>
    /// <param name="html">A fragment; null and empty are no text.</param>
    /// <param name="without">A selector of what is not the author's own words ("aside.quote").</param>
    public static HtmlText Of(string? html, string? without = null) => Read(html, without, quotes: false);

    /// <summary>Reads the HTML of a letter as its plain form would say it: what is quoted begins with &gt;, cells stand apart, a picture says what it shows.</summary>
    public static string OfLetter(string? html) => Read(html, null, quotes: true).Text;

    private static HtmlText Read(string? html, string? without, bool quotes)
    {
        if (string.IsNullOrWhiteSpace(html)) return new("", []);
        if (html.AsSpan().IndexOfAny('<', '&') < 0) return new(html.Trim(), []);
        var document = new HtmlParser().ParseDocument(html);
        var body = document.Body!;
        foreach (var gone in body.QuerySelectorAll(without is null ? Unseen : $"{Unseen}, {without}").ToList()) gone.Remove();
        foreach (var emoji in body.QuerySelectorAll("img.emoji[alt], img.custom-emoji[alt]").ToList()) emoji.Replace(document.CreateTextNode(emoji.GetAttribute("alt")!));
        var links = new List<string>();
        foreach (var anchor in body.QuerySelectorAll("a[href]").ToList()) Link(anchor, links);
        foreach (var line in body.QuerySelectorAll("br").ToList()) line.Replace(document.CreateTextNode("\n"));
        foreach (var block in body.QuerySelectorAll(Blocks).ToList())
        {
            block.Before(document.CreateTextNode(block.LocalName is "p" or "blockquote" ? "\n\n" : "\n"));
            block.After(document.CreateTextNode(block.LocalName is "p" or "blockquote" ? "\n\n" : "\n"));
        }

        if (quotes) Quote(document, body);
        return new(Tidy(body.TextContent), links);
    }

    private static void Quote(IDocument document, IElement body)
    {
        foreach (var picture in body.QuerySelectorAll("img[alt]").Where(i => !string.IsNullOrWhiteSpace(i.GetAttribute("alt"))).ToList()) picture.Replace(document.CreateTextNode($"[{picture.GetAttribute("alt")!.Trim()}]"));
        foreach (var cell in body.QuerySelectorAll("td, th").ToList()) cell.Before(document.CreateTextNode(" "));
        foreach (var quote in body.QuerySelectorAll("blockquote").Reverse().ToList()) // the innermost first
        {
            var text = Tidy(quote.TextContent);
            if (text.Length > 0) quote.TextContent = "\n> " + text.Replace("\n", "\n> ", StringComparison.Ordinal) + "\n";
        }
    }

    private static void Link(IElement anchor, List<string> links)
    {
        var classes = anchor.ClassList;
        if (classes.Contains("mention") || classes.Contains("hashtag") || classes.Contains("mention-group") || classes.Contains("hashtag-cooked")) return;
        if (!Uri.TryCreate(anchor.GetAttribute("href"), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return;
        if (!links.Contains(address.OriginalString, StringComparer.Ordinal)) links.Add(address.OriginalString);
        // docs.joinmastodon.org/spec/activitypub: a displayed address is cut by spans "invisible" and "ellipsis"; others cut it in the text.
        var shown = anchor.TextContent.Trim();
        if (anchor.QuerySelector(".ellipsis, .invisible") is not null || shown.EndsWith('…') && !shown.Contains(' ', StringComparison.Ordinal)) anchor.TextContent = address.OriginalString;
    }

    private static string Tidy(string text)
    {
        var lines = text.Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var kept = new List<string>();
        foreach (var line in lines)
        {
            if (line.Length > 0 || kept.Count > 0 && kept[^1].Length > 0) kept.Add(line);
        }

        return string.Join('\n', kept).TrimEnd('\n');
    }
}
