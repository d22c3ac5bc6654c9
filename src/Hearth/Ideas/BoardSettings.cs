using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Ideas;

/// <summary>The rules of the board: read by everybody, changed by leads, and every change stands in the record.</summary>
public sealed class BoardSettings(RankEpoch epoch)
{
    public async Task<BoardRules> Read(CancellationToken ct) => (await epoch.Board(ct)).Rules;

    /// <summary>Puts rules in force. With another half-life or other points every vote is weighed anew, old ones too, as if it had always been so.</summary>
    /// <returns>What was wrong; nothing when the rules stand.</returns>
    public async Task<IReadOnlyList<FieldError>> Change(Actor by, BoardRules rules, CancellationToken ct)
    {
        if (rules.Errors().ToList() is { Count: > 0 } errors) return errors;
        await epoch.Change(rules, by.Id, ct);
        return [];
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/board", async (BoardSettings board, CancellationToken ct) => TypedResults.Ok(await board.Read(ct))).AllowAnonymous().WithSummary("The rules of the board");
        ideas.MapPut("/board", async Task<Results<Ok<BoardRules>, ProblemHttpResult>> (BoardRules body, HttpContext http, BoardSettings board, CancellationToken ct) =>
            await board.Change(http.Actor(), body, ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.Ok(body))
            .RequireAuthorization("lead").WithSummary("Change the rules of the board").ProducesProblem(400);
    }
}
