using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

internal static class PostSeveralApi
{
    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/messages/several", async Task<Results<Ok<SeveralKept>, ProblemHttpResult>> (PlanBody body, PostSeveral post, HttpContext http, CancellationToken ct) =>
        await post.Run(body.Plan(), http.Actor(), null, null, null, review: true, ct) switch
        {
            SeveralPosted.Done done => Ok(new SeveralKept(done.Ids)),
            SeveralPosted.Refused refused => Problems.Invalid([.. refused.Errors.Select(e => e.Named())]),
            var other => throw new InvalidOperationException(other.ToString()),
        }).RequireAuthorization("write").WithTags("Publishing").WithName("postSeveral").WithSummary("Posts on several accounts, all or none");
}

/// <summary>Something that is written once and posted on several accounts.</summary>
/// <param name="Id">A UUID of your own: the same one again posts nothing twice.</param>
/// <param name="Wordings">What is said; of several each takes its turn.</param>
/// <param name="Accounts">Where, each once.</param>
/// <param name="Times">How often on each account, from 1 to 20; more than once only in queues.</param>
public sealed record PlanBody(Guid Id, IReadOnlyList<string>? Wordings, IReadOnlyList<AccountPlan>? Accounts, int Times = 1)
{
    public PostPlan Plan() => new(Id, Wordings ?? [], [.. (Accounts ?? []).OfType<AccountPlan>()], Times);
}

/// <summary>The posts that are kept.</summary>
/// <param name="Messages">Their ids, account by account.</param>
public sealed record SeveralKept(IReadOnlyList<MessageId> Messages);
