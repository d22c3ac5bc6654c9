using Hearth.App.Hosting;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.DoubleDippers;
using Microsoft.AspNetCore.Antiforgery;

namespace Hearth.App.Public.Ideas;

/// <summary>
/// What the vote buttons post to. An address of its own and not a form of the list's page: the list may have changed between showing and clicking, and
/// the vote must count all the same.
/// </summary>
internal static class VoteForm
{
    public static void MapVoteForm(this IEndpointRouteBuilder app) => app.MapPost("/ideas/{idea:guid}/vote", async (
        Guid idea, HttpContext context, IAntiforgery antiforgery, CastVote cast, SeeVoter see, Shared.Flash flash, CancellationToken ct) =>
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        var form = await context.Request.ReadFormAsync(ct);
        var back = LocalPath.Or(form["to"], $"/ideas/{idea}");
        if (context.ActorOrNull() is not { } voter) return Results.LocalRedirect("/sign-in?to=" + Uri.EscapeDataString(back.Split('#')[0]));
        if (!Enum.TryParse<Stance>(form["stance"], out var stance) || !Enum.IsDefined(stance)) return Results.BadRequest();
        switch (await cast.For(voter, new(idea), stance, Popularity.WholeVote, await see.Of(context, ct), ct))
        {
            case VoteCast.Resting resting:
                flash.Warn($"That idea is {resting.Status.Words().ToLowerInvariant()} and keeps the votes it has.");
                break;
            case VoteCast.NotForGuests:
                flash.Warn("This board counts votes of people with an account. Join, and your vote counts.");
                break;
            case VoteCast.UnknownIdea:
                return Results.NotFound();
        }

        return Results.LocalRedirect(back);
    }).ExcludeFromDescription();
}
