using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Conversations.ServiceLevels;

internal static class ServiceLevelEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Calendars(api.MapGroup("/calendars").WithTags("Service levels"));
        Policies(api.MapGroup("/service-levels").WithTags("Service levels"));
        var conversations = api.MapGroup("/conversations").WithTags("Service levels");
        conversations.MapGet("/{id:guid}/clocks", async Task<Ok<IReadOnlyList<ClockView>>> (Guid id, ReadClocks clocks, CancellationToken ct) => TypedResults.Ok(await clocks.Of(ConversationId.From(id), ct)))
            .WithName("getClocks").WithSummary("The promises of a conversation, and how their time passed step by step").RequireAuthorization("read");
        conversations.MapPut("/{id:guid}/service-level",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ChosenPolicy body, SetServiceLevel set, HttpContext http, CancellationToken ct) =>
                await set.To(ConversationId.From(id), body.Policy, http.Actor()!, ct) ? TypedResults.NoContent() : Problems.Unknown("conversation or service level"))
            .WithName("setServiceLevel").WithSummary("Choose which promise counts for a conversation").RequireAuthorization("write");
    }

    private static void Calendars(RouteGroupBuilder calendars)
    {
        calendars.MapGet("/", async Task<Ok<IReadOnlyList<CalendarView>>> (BusinessCalendars all, CancellationToken ct) => TypedResults.Ok(await all.All(ct)))
            .WithName("listCalendars").WithSummary("The working hours of the brand's teams").RequireAuthorization("read");
        calendars.MapPost("/", async Task<Results<Ok<Kept>, ProblemHttpResult>> (CalendarDraft body, BusinessCalendars all, CancellationToken ct) =>
                await all.Put(null, body, ct) switch
                {
                    ({ } kept, _) => TypedResults.Ok(new Kept(kept.Value)),
                    (_, var errors) => Problems.Invalid(errors),
                })
            .WithName("addCalendar").WithSummary("Keep new working hours").RequireAuthorization("lead");
        calendars.MapPut("/{id:guid}", async Task<Results<Ok<Kept>, ProblemHttpResult>> (Guid id, CalendarDraft body, BusinessCalendars all, CancellationToken ct) =>
                await all.Put(CalendarId.From(id), body, ct) switch
                {
                    ({ } kept, _) => TypedResults.Ok(new Kept(kept.Value)),
                    (_, { Count: > 0 } errors) => Problems.Invalid(errors),
                    _ => Problems.Unknown("calendar"),
                })
            .WithName("changeCalendar").WithSummary("Change working hours").RequireAuthorization("lead");
        calendars.MapDelete("/{id:guid}", async Task<NoContent> (Guid id, BusinessCalendars all, CancellationToken ct) =>
            {
                await all.Remove(CalendarId.From(id), ct);
                return TypedResults.NoContent();
            })
            .WithName("removeCalendar").WithSummary("Forget working hours; who counted by them counts around the clock").RequireAuthorization("lead");
    }

    private static void Policies(RouteGroupBuilder policies)
    {
        policies.MapGet("/", async Task<Ok<IReadOnlyList<SlaPolicyView>>> (SlaPolicies all, CancellationToken ct) => TypedResults.Ok(await all.All(ct)))
            .WithName("listServiceLevels").WithSummary("What the brand promises, in the order in which it is tried").RequireAuthorization("read");
        policies.MapPost("/", async Task<Results<Ok<Kept>, ProblemHttpResult>> (SlaPolicyDraft body, SlaPolicies all, CancellationToken ct) =>
                await all.Put(null, body, ct) switch
                {
                    ({ } kept, _) => TypedResults.Ok(new Kept(kept.Value)),
                    (_, var errors) => Problems.Invalid(errors),
                })
            .WithName("addServiceLevel").WithSummary("Promise something, as the last to be tried").RequireAuthorization("lead");
        policies.MapPut("/{id:guid}", async Task<Results<Ok<Kept>, ProblemHttpResult>> (Guid id, SlaPolicyDraft body, SlaPolicies all, CancellationToken ct) =>
                await all.Put(SlaPolicyId.From(id), body, ct) switch
                {
                    ({ } kept, _) => TypedResults.Ok(new Kept(kept.Value)),
                    (_, { Count: > 0 } errors) => Problems.Invalid(errors),
                    _ => Problems.Unknown("service level"),
                })
            .WithName("changeServiceLevel").WithSummary("Promise something else").RequireAuthorization("lead");
        policies.MapPost("/{id:guid}/move", async Task<NoContent> (Guid id, PolicyMove body, SlaPolicies all, CancellationToken ct) =>
            {
                await all.Move(SlaPolicyId.From(id), body.Up, ct);
                return TypedResults.NoContent();
            })
            .WithName("moveServiceLevel").WithSummary("Try a promise a place earlier or later").RequireAuthorization("lead");
        policies.MapDelete("/{id:guid}", async Task<NoContent> (Guid id, SlaPolicies all, CancellationToken ct) =>
            {
                await all.Remove(SlaPolicyId.From(id), ct);
                return TypedResults.NoContent();
            })
            .WithName("removeServiceLevel").WithSummary("Promise it no more").RequireAuthorization("lead");
    }
}

/// <summary>What was kept.</summary>
/// <param name="Id">The UUID it is known by.</param>
public sealed record Kept(Guid Id);

/// <summary>Which promise shall count.</summary>
/// <param name="Policy">A service level; null to let the first one that fits count again.</param>
public sealed record ChosenPolicy(SlaPolicyId? Policy);

/// <summary>Where a promise shall be tried.</summary>
/// <param name="Up">True for a place earlier, false for a place later.</param>
public sealed record PolicyMove(bool Up);
