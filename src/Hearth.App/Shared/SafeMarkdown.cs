using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Hearth.App.Shared;

/// <summary>
/// What the public wrote, as HTML that is safe to show: HTML in it is text, pictures become links, links lead to http, https or mailto only and carry
/// <c>rel="nofollow ugc noopener"</c>, headings stay below those of the page.
/// </summary>
public static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UseEmphasisExtras().UseListExtras().Build();

    public static MarkupString Html(string text) => Html(text, []);

    /// <param name="text">Markdown as typed.</param>
    /// <param name="named">Names of people that follow an @ and stand out.</param>
    public static MarkupString Html(string text, IReadOnlyList<string> named)
    {
        try
        {
            var document = Markdown.Parse(text, Pipeline);
            if (named.Count > 0)
            {
                foreach (var literal in document.Descendants<LiteralInline>().Where(l => l.Parent is not LinkInline).ToList()) Name(literal, named);
            }

            foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + 2);
            foreach (var link in document.Descendants<LinkInline>()) Tame(link);
            foreach (var link in document.Descendants<AutolinkInline>().ToList())
            {
                if (!link.IsEmail && !IsSafe(link.Url)) link.ReplaceBy(new LiteralInline(link.Url));
                else link.GetAttributes().AddProperty("rel", "nofollow ugc noopener");
            }

            using var html = new StringWriter();
            var renderer = new HtmlRenderer(html);
            Pipeline.Setup(renderer);
            renderer.Render(document);
            return new(html.ToString());
        }
        catch (ArgumentException) // nested deeper than Markdig follows: nobody writes so, somebody attacks so
        {
            return new("<p>" + WebUtility.HtmlEncode(text) + "</p>");
        }
    }

    // "so says @Ana Fox today": the text before, the name as strong text of its own class, and again for the text behind.
    private static void Name(LiteralInline literal, IReadOnlyList<string> named)
    {
        var text = literal.Content.ToString();
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1])) continue;
            var name = named.Where(n => text.AsSpan(at + 1).StartsWith(n, StringComparison.OrdinalIgnoreCase)).MaxBy(n => n.Length);
            if (name is null) continue;
            var mark = new EmphasisInline { DelimiterChar = '*', DelimiterCount = 2 };
            mark.GetAttributes().AddClass("named");
            mark.AppendChild(new LiteralInline(string.Concat("@", text.AsSpan(at + 1, name.Length))));
            var behind = new LiteralInline(text[(at + 1 + name.Length)..]);
            literal.Content = new(text[..at]);
            literal.InsertAfter(mark);
            mark.InsertAfter(behind);
            Name(behind, named);
            return;
        }
    }

    private static void Tame(LinkInline link)
    {
        if (link.IsImage)
        {
            link.IsImage = false;
            if (link.FirstChild is null) link.AppendChild(new LiteralInline("picture"));
        }

        var url = link.GetDynamicUrl?.Invoke() ?? link.Url;
        link.GetDynamicUrl = null;
        link.Url = IsSafe(url) ? url : "";
        link.GetAttributes().AddProperty("rel", "nofollow ugc noopener");
    }

    private static bool IsSafe(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https" or "mailto");
}
