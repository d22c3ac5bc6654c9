using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet.Rules;

internal static class StockRuleApi
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/stock-rules").WithTags("Stock");
        rules.MapGet("", (KeepStockRules keep, CancellationToken ct) => keep.All(ct)).RequireAuthorization("read").WithSummary("The rules that draft offers from stock");
        rules.MapPost("", async (StockRuleDraft body, HttpContext http, KeepStockRules keep, CancellationToken ct) => Answer(await keep.Put(null, Whole(body), http.Actor(), ct))).RequireAuthorization("write").WithSummary("Write a rule of stock");
        rules.MapPut("/{rule:guid}", async (Guid rule, StockRuleDraft body, HttpContext http, KeepStockRules keep, CancellationToken ct) => Answer(await keep.Put(new(rule), Whole(body), http.Actor(), ct)))
            .RequireAuthorization("write").WithSummary("Write a rule of stock anew");
        rules.MapDelete("/{rule:guid}", async (Guid rule, HttpContext http, KeepStockRules keep, CancellationToken ct) => Answer(await keep.Remove(new(rule), http.Actor(), ct)))
            .RequireAuthorization("write").WithSummary("Remove a rule of stock; its offers stay");
        rules.MapPost("/preview", async Task<Results<Ok<IReadOnlyList<StockMatch>>, ProblemHttpResult>> (StockRuleDraft body, MatchStock match, CancellationToken ct) =>
        {
            var errors = Whole(body).Errors().ToList();
            return errors.Count > 0 ? Problems.Invalid(errors) : Ok(await match.Of(Whole(body), body.MostPerWeek, ct));
        }).RequireAuthorization("read").WithSummary("What a rule would do with today's stock; nothing is kept");
    }

    private static StockRuleDraft Whole(StockRuleDraft body) => body with { Name = body.Name ?? "", CodePrefix = body.CodePrefix ?? "" };

    private static Results<Ok<KeptStockRule.Done>, ProblemHttpResult> Answer(KeptStockRule kept) => kept switch
    {
        KeptStockRule.Done done => Ok(done),
        KeptStockRule.Invalid invalid => Problems.Invalid(invalid.Errors),
        KeptStockRule.NotAllowed => Problems.Refused("not-allowed", "Only a lead or an owner may let a rule publish by itself, or change one that does.", StatusCodes.Status403Forbidden),
        _ => Problems.Unknown("rule of stock"),
    };
}
