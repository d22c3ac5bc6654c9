using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What became of an assignment.</summary>
[JsonDerivedType(typeof(Done), "done"), JsonDerivedType(typeof(TakenMeanwhile), "taken-meanwhile"), JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Assignment
{
    private Assignment() { }

    public sealed record Done : Assignment;

    /// <summary>It is no longer whose the caller believed; <paramref name="Name"/> is null when it is nobody's now.</summary>
    public sealed record TakenMeanwhile(UserId? Assignee, string? Name) : Assignment;

    public sealed record Unknown : Assignment;
}

/// <summary>Says whose a conversation is. Each change names whose it was believed to be, so that of many who take it at once one gets it.</summary>
public sealed class AssignConversation(Database db, StepLog log, TimeProvider clock)
{
    /// <summary>Takes a conversation that is nobody's; taking one's own again changes nothing.</summary>
    public async Task<Assignment> Claim(ConversationId conversation, Actor by, CancellationToken ct) => await To(conversation, by, was: null, by, ct) switch
    {
        Assignment.TakenMeanwhile taken when taken.Assignee == by.Id => new Assignment.Done(),
        var outcome => outcome,
    };

    /// <summary>Gives it to <paramref name="assignee"/>, or to nobody.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="assignee">Whose it shall be; null for nobody's.</param>
    /// <param name="was">Whose the caller believes it is.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Assignment> To(ConversationId conversation, Actor? assignee, UserId? was, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var (id, name) = (assignee?.Id, assignee?.Name);
        var before = was is null || was == id ? null : await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => c.AssigneeName).SingleOrDefaultAsync(ct);
        var taken = await db.Set<Conversation>().Where(c => c.Id == conversation && c.Assignee == was)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Assignee, id).SetProperty(c => c.AssigneeName, name), ct);
        if (taken == 0)
        {
            var now = await db.Set<Conversation>().AsNoTracking().Where(c => c.Id == conversation).Select(c => new { c.Assignee, c.AssigneeName }).SingleOrDefaultAsync(ct);
            return now is null ? new Assignment.Unknown() : (Assignment)new Assignment.TakenMeanwhile(now.Assignee, now.AssigneeName);
        }

        if (id == was) return new Assignment.Done();
        log.Keep(conversation, StepKind.Assigned, StepLog.Of(was, before), StepLog.Of(id, name), by);
        await Tell(conversation, id is null ? "unassigned" : "assigned", name, by, ct);
        return new Assignment.Done();
    }, ct);

    /// <summary>Gives it to <paramref name="assignee"/>, or to nobody, whoever's it is now; only who takes it at the same moment comes first.</summary>
    public async Task<Assignment> Give(ConversationId conversation, Actor? assignee, Doer by, CancellationToken ct) =>
        await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => new { c.Assignee }).SingleOrDefaultAsync(ct) is { } now
            ? await To(conversation, assignee, now.Assignee, by, ct) : new Assignment.Unknown();

    /// <summary>Gives it to a department, or to none. Whose it is stays.</summary>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> ToDepartment(ConversationId conversation, Department? department, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Hold(conversation, ct) is not { } held) return false;
        if (held.Department == department) return true;
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set.SetProperty(c => c.Department, department), ct);
        log.Keep(conversation, StepKind.Routed, held.Department?.ToString(), department?.ToString(), by);
        await Tell(conversation, "routed", department is { } to ? to.Title() : null, by, ct);
        return true;
    }, ct);

    private async Task Tell(ConversationId conversation, string what, string? text, Doer by, CancellationToken ct)
    {
        var now = clock.Now();
        var whose = await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => new { c.Assignee, c.Department }).SingleAsync(ct);
        db.Add(Entry.Event(conversation, what, text, by, now));
        db.Record(new ConversationAssigned(conversation, whose.Assignee, whose.Department, by.Id, now, by.Why));
        await db.SaveChangesAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapPost("/{id:guid}/claim", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, AssignConversation assign, HttpContext http, CancellationToken ct) =>
                Answer(await assign.Claim(ConversationId.From(id), http.Actor(), ct)))
            .WithName("claimConversation").WithSummary("Take a conversation that is nobody's").RequireAuthorization("write");
        conversations.MapPut("/{id:guid}/assignee",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, AssigneeChange body, AssignConversation assign, Staff staff, HttpContext http, CancellationToken ct) =>
            {
                Actor? to = null;
                if (body.Assignee is { } wanted)
                {
                    if (await staff.Find(UserId.From(wanted), ct) is not { Active: true } member) return Problems.Invalid("assignee", "is nobody who can sign in");
                    to = member.Actor();
                }

                return Answer(await assign.To(ConversationId.From(id), to, body.Was is { } was ? UserId.From(was) : null, http.Actor(), ct));
            })
            .WithName("assignConversation").WithSummary("Give a conversation to a person, if it still is whose you believe").RequireAuthorization("write");
        conversations.MapPut("/{id:guid}/department",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, DepartmentChange body, AssignConversation assign, HttpContext http, CancellationToken ct) =>
                await assign.ToDepartment(ConversationId.From(id), body.Department, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("conversation"))
            .WithName("routeConversation").WithSummary("Give a conversation to a department").RequireAuthorization("write");
    }

    private static Results<NoContent, ProblemHttpResult> Answer(Assignment outcome) => outcome switch
    {
        Assignment.Done => TypedResults.NoContent(),
        Assignment.TakenMeanwhile taken => Problems.Refused("taken-meanwhile", taken.Name is { } name ? $"It is {name}'s now." : "It is nobody's now."),
        _ => Problems.Unknown("conversation"),
    };
}

/// <summary>To whom a conversation shall belong.</summary>
/// <param name="Assignee">A person of the brand; null for nobody.</param>
/// <param name="Was">Whose you believe it is; null for nobody's.</param>
public sealed record AssigneeChange(Guid? Assignee, Guid? Was);

/// <summary>Which department shall take care of it.</summary>
/// <param name="Department">Null for none.</param>
public sealed record DepartmentChange(Department? Department);
