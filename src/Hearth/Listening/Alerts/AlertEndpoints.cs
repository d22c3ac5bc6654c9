using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Listening.Alerts;

/// <summary>An alert that was kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">Signs its webhook's messages (Standard Webhooks); shown when the webhook is new, null otherwise.</param>
public sealed record AddedAlert(AlertId Id, string? Secret);

internal static class AlertEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Listening");
        alerts.MapGet("/", async Task<Ok<IReadOnlyList<AlertView>>> (AlertRules all, CancellationToken ct) => TypedResults.Ok(await all.All(ct)))
            .WithName("listAlerts").WithSummary("Alerts by name").RequireAuthorization("read");
        alerts.MapPost("/", async Task<Results<Created<AddedAlert>, ProblemHttpResult>> (AlertDraft body, HttpContext http, PublicAddress address, AlertRules all, CancellationToken ct) =>
                await all.Add(body, address.Of(http), http.Actor(), ct) switch
                {
                    KeptAlert.Done done => TypedResults.Created($"/api/v1/alerts/{done.Alert.Value}", new AddedAlert(done.Alert, done.Secret)),
                    KeptAlert.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("alert"),
                })
            .WithName("addAlert").WithSummary("Be told of new mentions of a query, of their number, or of a failing source").RequireAuthorization("write");
        alerts.MapPut("/{id:guid}", async Task<Results<Ok<AddedAlert>, ProblemHttpResult>> (Guid id, AlertDraft body, HttpContext http, PublicAddress address, AlertRules all, CancellationToken ct) =>
                await all.Change(AlertId.From(id), body, address.Of(http), ct) switch
                {
                    KeptAlert.Done done => TypedResults.Ok(new AddedAlert(done.Alert, done.Secret)),
                    KeptAlert.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("alert"),
                })
            .WithName("changeAlert").WithSummary("Replace an alert's settings").RequireAuthorization("write");
        alerts.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, AlertRules all, CancellationToken ct) =>
                await all.Remove(AlertId.From(id), ct) ? TypedResults.NoContent() : Problems.Unknown("alert"))
            .WithName("removeAlert").WithSummary("Remove an alert; its notices stay").RequireAuthorization("write");
        var notices = api.MapGroup("/notices").WithTags("Listening");
        notices.MapGet("/", async Task<Results<Ok<Page<NoticeView>>, ProblemHttpResult>> (HttpContext http, Notices all, CancellationToken ct, string? after = null, int? size = null) =>
                await all.List(http.Actor().Id, after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listNotices").WithSummary("What alerts have told, the latest first").RequireAuthorization("read");
        notices.MapPost("/seen", async Task<NoContent> (HttpContext http, Notices all, CancellationToken ct) =>
            {
                await all.See(http.Actor().Id, ct);
                return TypedResults.NoContent();
            })
            .WithName("seeNotices").WithSummary("Mark all notices as seen by you").RequireAuthorization("read");
    }
}
