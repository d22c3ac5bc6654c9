using Hearth.App.Hosting;
using Hearth.Conversations;
using Hearth.Conversations.Live;
using Hearth.Governance;

namespace Hearth.App.Desk.Engage;

/// <summary>News for the pages of Engage while somebody looks: server-sent events, the same as of the API.</summary>
internal static class EngageEvents
{
    public static void MapEngageEvents(this IEndpointRouteBuilder app) => app.MapGet("/engage/events",
        (LiveEvents events, HttpContext http, CancellationToken ct, Guid? conversation = null) =>
        {
            http.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy that collects first would make it late
            return TypedResults.ServerSentEvents(events.Of(conversation is { } id ? ConversationId.From(id) : null, ct));
        })
        .RequireAuthorization(Access.Read).ExcludeFromDescription();
}
