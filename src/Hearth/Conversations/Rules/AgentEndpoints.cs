using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Conversations.Rules;

/// <summary>How a department gives its conversations to its people.</summary>
/// <param name="Way">roundRobin or leastLoaded.</param>
public sealed record DeskWayChange(DeskWay Way);

/// <summary>Until when somebody is away.</summary>
/// <param name="Until">Ahead, within a year; null when they are back.</param>
public sealed record AwayTime(DateTimeOffset? Until);

/// <summary>To whom of a department a conversation shall be given.</summary>
/// <param name="Department">Whose people; null for the department it has.</param>
/// <param name="Skills">Who has it must have all of these.</param>
public sealed record InsideWish(Department? Department = null, IReadOnlyList<string>? Skills = null);

internal static class AgentEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var desks = api.MapGroup("/desks").WithTags("Conversations");
        desks.MapGet("/{department}", async Task<Ok<DeskView>> (Word<Department> department, Agents agents, CancellationToken ct) => TypedResults.Ok(await agents.Of(department.Value, ct)))
            .WithName("getDesk").WithSummary("A department's people with what they can take, and what waits for them").RequireAuthorization("read");
        desks.MapPut("/{department}/way", async Task<Results<NoContent, ProblemHttpResult>> (Word<Department> department, DeskWayChange body, Agents agents, HttpContext http, CancellationToken ct) =>
                await agents.SetWay(department.Value, body.Way, http.Actor(), ct) ? TypedResults.NoContent() : NotAllowed())
            .WithName("setDeskWay").WithSummary("Say how a department gives conversations to its people").RequireAuthorization("lead");
        var people = api.MapGroup("/agents").WithTags("Conversations");
        people.MapPut("/{user:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid user, AgentDraft body, Agents agents, HttpContext http, CancellationToken ct) =>
                Answer(await agents.Put(UserId.From(user), body, http.Actor(), ct)))
            .WithName("changeAgent").WithSummary("Say what somebody is good at, speaks, and how much they take").RequireAuthorization("lead");
        people.MapPut("/{user:guid}/away", async Task<Results<NoContent, ProblemHttpResult>> (Guid user, AwayTime body, Agents agents, HttpContext http, CancellationToken ct) =>
                Answer(await agents.Away(UserId.From(user), body.Until, http.Actor(), ct)))
            .WithName("setAway").WithSummary("Say until when you, or somebody of your department, are away").RequireAuthorization("write");
        api.MapPost("/conversations/{id:guid}/inside", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, InsideWish body, AssignInside inside, HttpContext http, CancellationToken ct) =>
            {
                var errors = new List<FieldError>();
                var skills = Skill.List("skills", body.Skills, errors);
                if (errors.Count > 0) return Problems.Invalid(errors);
                return await inside.Queue(ConversationId.From(id), body.Department, skills, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("conversation with a department");
            })
            .WithTags("Conversations").WithName("assignInside").WithSummary("Give a conversation to somebody of its department who fits, as soon as one has room").RequireAuthorization("write");
    }

    private static Results<NoContent, ProblemHttpResult> Answer(KeptAgent kept) => kept switch
    {
        KeptAgent.Done => TypedResults.NoContent(),
        KeptAgent.Invalid invalid => Problems.Invalid(invalid.Errors),
        KeptAgent.NotAllowed => NotAllowed(),
        _ => Problems.Unknown("member of a department who answers"),
    };

    private static ProblemHttpResult NotAllowed() => Problems.Refused("not-allowed", "Leads decide it for their department, owners for all.", StatusCodes.Status403Forbidden);
}
