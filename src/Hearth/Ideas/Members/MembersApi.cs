using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Members;

/// <summary>Members of the community: pages with consent, badges, the leaderboard, and guests who become members.</summary>
internal static class MembersApi
{
    public static IServiceCollection AddMembers(this IServiceCollection services) => services
        .AddScoped<MemberStandings>().AddScoped<MemberBadges>().AddScoped<OwnProfile>().AddScoped<ReadMembers>()
        .AddSubscriber<GuestJoined, JoinGuests>("ideas.guests")
        .AddSubscriber<IdeaMoved, FollowStandings>("ideas.standings").AddSubscriber<Merging.IdeaMerged, FollowStandings>("ideas.standings").AddSubscriber<Merging.IdeaUnmerged, FollowStandings>("ideas.standings")
        .AddSubscriber<Moderation.IdeaRemoved, FollowStandings>("ideas.standings").AddSubscriber<Moderation.IdeaRestored, FollowStandings>("ideas.standings");

    public static void MapMembers(this IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/leaderboard", async Task<Results<Ok<Page<Leader>>, ProblemHttpResult>> (string? after, int? size, ReadMembers read, CancellationToken ct) =>
                await read.Leaders(after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .AllowAnonymous().WithName("listLeaders").WithSummary("Members whose ideas were taken up, of those who want to be named").ProducesProblem(400);
        ideas.MapGet("/members/{user:guid}", async Task<Results<Ok<MemberView>, ProblemHttpResult>> (Guid user, ReadMembers read, CancellationToken ct) =>
                await read.Of(new(user), ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("member"))
            .AllowAnonymous().WithName("getMember").WithSummary("The page of a member who wants one").ProducesProblem(404);
        ideas.MapGet("/profile", async (HttpContext http, OwnProfile own, CancellationToken ct) => TypedResults.Ok(await own.Read(http.Actor().Id, ct)))
            .RequireAuthorization(Access.Community).WithName("getMyProfile").WithSummary("What my public page shows");
        ideas.MapPut("/profile", async Task<Results<NoContent, ProblemHttpResult>> (ProfileWish body, HttpContext http, OwnProfile own, CancellationToken ct) =>
                await own.Set(http.Actor(), body, ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.NoContent())
            .RequireAuthorization(Access.Community).WithName("setMyProfile").WithSummary("Say what my public page shows, or that there shall be none").ProducesProblem(400);
    }
}
