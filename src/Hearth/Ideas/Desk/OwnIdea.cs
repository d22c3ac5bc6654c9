using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>What became of giving an idea to somebody.</summary>
public enum OwnedIdea
{
    /// <summary>It stands so; doing it again changes nothing.</summary>
    Stands,

    /// <summary>No agent or more who can sign in.</summary>
    UnknownPerson,

    UnknownIdea,
}

/// <summary>Puts an idea on somebody's list, or takes it off.</summary>
public sealed class OwnIdea(Database db, Staff staff, TimeProvider clock)
{
    /// <summary>Gives the idea.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="owner">Who sees to an answer from now on: an agent or more; null for nobody.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<OwnedIdea> To(Actor by, IdeaId idea, UserId? owner, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (owner is { } user && (await staff.Find(user, ct) is not { Active: true } person || person.Role < Role.Agent)) return OwnedIdea.UnknownPerson;
        var now = clock.Now();
        var changed = await db.Ideas.Where(i => i.Id == idea && i.Owner != owner)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Owner, owner).SetProperty(i => i.OwnedSince, owner == null ? null : (DateTimeOffset?)now), ct);
        if (changed == 0) return await db.Ideas.AnyAsync(i => i.Id == idea, ct) ? OwnedIdea.Stands : OwnedIdea.UnknownIdea;
        db.Record(new IdeaOwned(idea, owner, by.Id, now));
        await db.SaveChangesAsync(ct);
        return OwnedIdea.Stands;
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/{idea:guid}/owner",
        async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, OwnerBody body, HttpContext http, OwnIdea own, CancellationToken ct) =>
            await own.To(http.Actor(), new(idea), body.User is { } user ? new(user) : null, ct) switch
            {
                OwnedIdea.Stands => TypedResults.NoContent(),
                OwnedIdea.UnknownPerson => Problems.Invalid("user", "is no agent or more who can sign in"),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("write").WithSummary("Put an idea on somebody's list").ProducesProblem(400).ProducesProblem(404);

    /// <summary>Whose list.</summary>
    /// <param name="User">The account of an agent or more; null takes it off.</param>
    internal sealed record OwnerBody(Guid? User);
}
