using Microsoft.AspNetCore.Antiforgery;

namespace Hearth.App.Public.Ideas;

/// <summary>Shows Markdown as it would stand on the board: every long text of the form that asks. Without a script the form's own page does the same.</summary>
internal static class PreviewForm
{
    private const int Longest = 40_000;

    public static void MapPreviewForm(this IEndpointRouteBuilder app) => app.MapPost("/ideas/preview", async (HttpContext context, IAntiforgery antiforgery, CancellationToken ct) =>
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        var form = await context.Request.ReadFormAsync(ct);
        var texts = form.Where(f => f.Key.EndsWith(".Body", StringComparison.Ordinal) || f.Key.EndsWith(".What", StringComparison.Ordinal) || f.Key.EndsWith(".ForWhom", StringComparison.Ordinal) || f.Key.EndsWith(".Why", StringComparison.Ordinal))
            .Select(f => (f.Key, Text: f.Value.ToString())).Where(f => f.Text.Length is > 0 and <= Longest);
        var html = string.Concat(texts.Select(f => Heading(f.Key) + Shared.SafeMarkdown.Html(f.Text).Value));
        return Results.Content(html.Length == 0 ? "" : $"<div class=\"preview prose\">{html}</div>", "text/html; charset=utf-8");
    }).ExcludeFromDescription();

    private static string Heading(string key) => key[(key.LastIndexOf('.') + 1)..] switch
    {
        "What" => "<h3>What</h3>",
        "ForWhom" => "<h3>For whom</h3>",
        "Why" => "<h3>Why</h3>",
        _ => "",
    };
}
