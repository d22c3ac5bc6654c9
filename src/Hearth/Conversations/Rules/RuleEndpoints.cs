using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Conversations.Rules;

/// <summary>A change of a rule.</summary>
/// <param name="Was">Its latest version as you saw it.</param>
/// <param name="Rule">The new content.</param>
public sealed record RuleEdit(int Was, RuleDraft? Rule);

/// <summary>Which version of a rule shall act.</summary>
/// <param name="Version">Its latest, which was tried.</param>
public sealed record RuleToPutLive(int Version);

/// <summary>The order in which rules are asked.</summary>
/// <param name="Numbers">Every rule once, first to last.</param>
public sealed record RuleOrder(IReadOnlyList<long>? Numbers);

internal static class RuleEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Conversations");
        MapReading(rules);
        MapWriting(rules);
        MapActing(rules);
        api.MapGet("/conversations/{id:guid}/rules",
                async Task<Results<Ok<Page<FiringView>>, ProblemHttpResult>> (Guid id, ReadRules read, CancellationToken ct, string? after = null, int? size = null) =>
                    await read.Firings(null, ConversationId.From(id), after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithTags("Conversations").WithName("listConversationRules").WithSummary("What rules did with a conversation, the latest first").RequireAuthorization("read");
    }

    private static void MapReading(RouteGroupBuilder rules)
    {
        rules.MapGet("/", async Task<Ok<IReadOnlyList<RuleLine>>> (ReadRules read, CancellationToken ct) => TypedResults.Ok(await read.All(ct)))
            .WithName("listRules").WithSummary("The rules, in the order in which they are asked").RequireAuthorization("read");
        rules.MapGet("/{number:long}", async Task<Results<Ok<RuleView>, ProblemHttpResult>> (long number, ReadRules read, CancellationToken ct) =>
                await read.Of(number, ct) is { } rule ? TypedResults.Ok(rule) : Problems.Unknown("rule"))
            .WithName("getRule").WithSummary("A rule with all its versions").RequireAuthorization("read");
        rules.MapGet("/{number:long}/firings",
                async Task<Results<Ok<Page<FiringView>>, ProblemHttpResult>> (long number, ReadRules read, CancellationToken ct, string? after = null, int? size = null) =>
                    await read.Firings(number, null, after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listRuleFirings").WithSummary("What a rule did, the latest first").RequireAuthorization("read");
    }

    private static void MapWriting(RouteGroupBuilder rules)
    {
        rules.MapPost("/", async Task<Results<Created<RuleView>, ProblemHttpResult>> (RuleDraft body, KeepRules keep, ReadRules read, HttpContext http, CancellationToken ct) =>
                await keep.Add(body, http.Actor(), ct) switch
                {
                    KeptRule.Done done => TypedResults.Created($"/api/v1/rules/{done.Number}", await read.Of(done.Number, ct)),
                    KeptRule.Invalid invalid => Problems.Invalid(invalid.Errors),
                    var other => throw new InvalidOperationException($"A new rule was refused: {other}."),
                })
            .WithName("addRule").WithSummary("Write a rule; it acts once it was tried and put live").RequireAuthorization("lead");
        rules.MapPut("/{number:long}", async Task<Results<Ok<RuleView>, ProblemHttpResult>> (long number, RuleEdit body, KeepRules keep, ReadRules read, HttpContext http, CancellationToken ct) =>
            {
                var kept = await keep.Change(number, body.Was, body.Rule ?? new(null, null), http.Actor(), ct);
                return kept is KeptRule.Done ? TypedResults.Ok((await read.Of(number, ct))!) : Refuse(kept);
            })
            .WithName("changeRule").WithSummary("Write a new version of a rule; the one that acts goes on until the new one is put live").RequireAuthorization("lead");
        rules.MapDelete("/{number:long}", async Task<Results<NoContent, ProblemHttpResult>> (long number, KeepRules keep, CancellationToken ct) =>
                await keep.Remove(number, ct) ? TypedResults.NoContent() : Problems.Unknown("rule"))
            .WithName("removeRule").WithSummary("Remove a rule; what it did stays readable").RequireAuthorization("lead");
        rules.MapPut("/order", async Task<Results<NoContent, ProblemHttpResult>> (RuleOrder body, KeepRules keep, CancellationToken ct) =>
                await keep.Order(body.Numbers ?? [], ct) ? TypedResults.NoContent() : Problems.Invalid("numbers", "must name every rule once"))
            .WithName("orderRules").WithSummary("Set the order in which rules are asked").RequireAuthorization("lead");
    }

    private static void MapActing(RouteGroupBuilder rules)
    {
        rules.MapPost("/try", async Task<Results<Ok<TriedRule>, ProblemHttpResult>> (RuleDraft body, TryRules attempt, CancellationToken ct) =>
            {
                var (tried, errors) = await attempt.Draft(body, null, ct);
                return tried is null ? Problems.Invalid(errors) : TypedResults.Ok(tried);
            })
            .WithName("tryRuleDraft").WithSummary("What a rule would have done in the last seven days, without keeping it").RequireAuthorization("write");
        rules.MapPost("/{number:long}/try", async Task<Results<Ok<TriedRule>, ProblemHttpResult>> (long number, TryRules attempt, CancellationToken ct) =>
                await attempt.Kept(number, ct) is { } tried ? TypedResults.Ok(tried) : Problems.Unknown("rule"))
            .WithName("tryRule").WithSummary("What a rule's latest version would have done in the last seven days; it can go live after that").RequireAuthorization("write");
        rules.MapPut("/{number:long}/live", async Task<Results<NoContent, ProblemHttpResult>> (long number, RuleToPutLive body, KeepRules keep, CancellationToken ct) =>
            {
                var kept = await keep.PutLive(number, body.Version, ct);
                return kept is KeptRule.Done ? TypedResults.NoContent() : Refuse(kept);
            })
            .WithName("putRuleLive").WithSummary("Let a rule's latest version act from now on, once it was tried").RequireAuthorization("lead");
        rules.MapDelete("/{number:long}/live", async Task<Results<NoContent, ProblemHttpResult>> (long number, KeepRules keep, CancellationToken ct) =>
                await keep.TakeBack(number, ct) ? TypedResults.NoContent() : Problems.Unknown("rule"))
            .WithName("takeRuleBack").WithSummary("Let a rule act no more, until it is put live again").RequireAuthorization("lead");
    }

    private static ProblemHttpResult Refuse(KeptRule kept) => kept switch
    {
        KeptRule.Invalid invalid => Problems.Invalid(invalid.Errors),
        KeptRule.WrittenMeanwhile meanwhile => Problems.Refused("written-meanwhile", $"The rule is at version {meanwhile.Version} now."),
        KeptRule.NotTried => Problems.Refused("not-tried", "Try this version on what has been before it goes live."),
        _ => Problems.Unknown("rule"),
    };
}
