using Hearth.Outlet.Digests;

namespace Hearth.App.Public.Outlet.Digests;

/// <summary>What ends the outlet's digest.</summary>
internal static class DigestForms
{
    public static void MapDigestForms(this IEndpointRouteBuilder app)
    {
        // People who follow the link are asked first: programs that look at every link in a mail must end nothing.
        app.MapGet("/outlet/digest/end/{token}", (string token) => Results.LocalRedirect("/outlet/digest/no-more?token=" + Uri.EscapeDataString(token))).AllowAnonymous().ExcludeFromDescription();

        // RFC 8058, section 3.2: no cookie, no token, no redirect. The secret in the address is what allows it.
        app.MapPost("/outlet/digest/end/{token}", async (string token, HttpContext context, EndDigest end, CancellationToken ct) =>
        {
            var ended = await end.By(token, ct);
            var isPerson = context.Request.HasFormContentType && (await context.Request.ReadFormAsync(ct)).ContainsKey("page");
            if (isPerson) return Results.LocalRedirect("/outlet/digest/no-more?ended=" + (ended ? "yes" : "no"));
            return ended ? Results.Text("You get no more mail.") : Results.Text("This address ends nothing.", statusCode: StatusCodes.Status404NotFound);
        }).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }
}
