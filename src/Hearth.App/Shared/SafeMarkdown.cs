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

    public static MarkupString Html(string text)
    {
        try
        {
            var document = Markdown.Parse(text, Pipeline);
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
