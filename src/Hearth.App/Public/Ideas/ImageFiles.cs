using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Words;
using Microsoft.Net.Http.Headers;

namespace Hearth.App.Public.Ideas;

/// <summary>Sends the pictures of ideas. A picture is shown and nothing else: it may run nothing, load nothing and stand for nothing but its own kind.</summary>
internal static class ImageFiles
{
    public static void MapIdeaImages(this IEndpointRouteBuilder app) => app.MapGet("/ideas/images/{image:guid}", async (Guid image, HttpContext context, ShowImage show, CancellationToken ct) =>
    {
        if (await show.To(context.ActorOrNull()?.Id, new(image), ct) is not { } file) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // feeds and the widget show it elsewhere
        headers.CacheControl = "private, max-age=3600"; // an hour, so that one that is taken down is soon gone everywhere
        return Results.Bytes(file.Bytes, file.MediaType, entityTag: new EntityTagHeaderValue($"\"{image:N}\""));
    }).AllowAnonymous().ExcludeFromDescription();
}
