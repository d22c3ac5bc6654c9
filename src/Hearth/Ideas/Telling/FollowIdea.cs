using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>Somebody chose to follow an idea, or not to.</summary>
public sealed record IdeaFollowed(IdeaId Idea, UserId By, bool Follows, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>Whether somebody is told what becomes of an idea.</summary>
/// <param name="Follows">True when they are.</param>
/// <param name="Because">author, voter, commenter or follower; null when they are not told.</param>
public sealed record Following(bool Follows, Because? Because);

/// <summary>Follows an idea, or stops. Authors, voters and commenters follow without asking; everybody can get out.</summary>
public sealed class FollowIdea(Database db, WhoFollows who, TimeProvider clock)
{
    /// <summary>Whether somebody is told, and why.</summary>
    public async Task<Following> Of(UserId user, IdeaId idea, CancellationToken ct) => await who.Why(idea, user, ct) is { } why ? new(true, why) : new(false, null);

    /// <summary>Keeps what somebody wants; wanting it again changes nothing.</summary>
    /// <returns>Null when there is no such idea.</returns>
    public async Task<Following?> Set(Actor user, IdeaId idea, bool follows, CancellationToken ct)
    {
        if (!await db.Ideas.AnyAsync(i => i.Id == idea, ct)) return null;
        await db.InTransaction(async () =>
        {
            var (now, before) = (clock.Now(), await Choice(idea, user.Id, ct));
            if (before == follows) return;

            // The row is the lock: of two who choose at once the later one sees what the first one chose.
            var (at, flag) = (now.ToUnixMicroseconds(), (object)(db.Kind == DatabaseKind.Postgres ? follows : follows ? 1 : 0));
            await db.Database.ExecuteSqlAsync($"""INSERT INTO ideas_follows (idea, "user", follows, at) VALUES ({Key(idea.Value)}, {Key(user.Id.Value)}, {flag}, {at}) ON CONFLICT DO NOTHING""", ct);
            await db.IdeaFollows.Where(f => f.Idea == idea && f.User == user.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.Follows, follows).SetProperty(f => f.At, now), ct);
            db.Record(new IdeaFollowed(idea, user.Id, follows, now));
            await db.SaveChangesAsync(ct);
        }, ct);
        return await Of(user.Id, idea, ct);
    }

    private Task<bool?> Choice(IdeaId idea, UserId user, CancellationToken ct) => db.IdeaFollows.Where(f => f.Idea == idea && f.User == user).Select(f => (bool?)f.Follows).SingleOrDefaultAsync(ct);

    private object Key(Guid id) => db.Kind == DatabaseKind.Postgres ? id : id.ToByteArray(bigEndian: true);

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}/follow", async Task<Ok<Following>> (Guid idea, FollowIdea follow, HttpContext http, CancellationToken ct) => TypedResults.Ok(await follow.Of(http.Actor().Id, new(idea), ct)))
            .WithName("getFollowing").WithSummary("Whether you are told what becomes of an idea, and why").RequireAuthorization("community");
        ideas.MapPut("/{idea:guid}/follow", async Task<Results<Ok<Following>, ProblemHttpResult>> (Guid idea, FollowIdea follow, HttpContext http, CancellationToken ct) =>
                await follow.Set(http.Actor(), new(idea), true, ct) is { } now ? TypedResults.Ok(now) : Problems.Unknown("idea"))
            .WithName("followIdea").WithSummary("Be told what becomes of an idea").RequireAuthorization("community").ProducesProblem(404);
        ideas.MapDelete("/{idea:guid}/follow", async Task<Results<Ok<Following>, ProblemHttpResult>> (Guid idea, FollowIdea follow, HttpContext http, CancellationToken ct) =>
                await follow.Set(http.Actor(), new(idea), false, ct) is { } now ? TypedResults.Ok(now) : Problems.Unknown("idea"))
            .WithName("unfollowIdea").WithSummary("Not to be told, whatever you did there").RequireAuthorization("community").ProducesProblem(404);
    }
}
