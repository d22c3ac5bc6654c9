using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.FireGuard;

/// <summary>The fire guard as it stands.</summary>
/// <param name="Threshold">From this heat on a gap stops what goes out about its product.</param>
/// <param name="ByName">Who set it; null while nobody has.</param>
/// <param name="Why">The reason given.</param>
/// <param name="At">When it was set.</param>
/// <param name="Gaps">Open gaps about a product, the hottest first.</param>
/// <param name="Overrides">The latest 50.</param>
public sealed record GuardView(double Threshold, string? ByName, string? Why, DateTimeOffset? At, IReadOnlyList<GapHeat> Gaps, IReadOnlyList<GuardOverrideView> Overrides);

/// <summary>Another threshold.</summary>
/// <param name="Threshold">1 to 1,000,000.</param>
/// <param name="Why">1 to 1,000 characters.</param>
public sealed record GuardRuleDraft(double Threshold, string? Why);

/// <summary>Reads and sets the rule of the fire guard.</summary>
public sealed class GuardRule(Database db, AskGuard guard, Products products, TimeProvider clock)
{
    public async Task<GuardView> Read(CancellationToken ct)
    {
        var rule = await db.Set<GuardRuleRow>().AsNoTracking().SingleOrDefaultAsync(ct);
        var threshold = rule?.Threshold ?? AskGuard.DefaultThreshold;
        var names = (await products.All(retired: true, ct)).ToDictionary(p => p.Id, p => p.Name);
        var overrides = await db.Set<GuardOverrideRow>().AsNoTracking().OrderByDescending(o => o.At).ThenBy(o => o.Gap).Take(50).ToListAsync(ct);
        return new(threshold, rule?.ByName, rule?.Why, rule?.At, await guard.Heats(names, threshold, ct), overrides.ConvertAll(AskGuard.View));
    }

    /// <summary>Sets the threshold; a lead or an owner must ask.</summary>
    /// <returns>What cannot be used; empty when it is set.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(GuardRuleDraft draft, Actor by, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (by.Role < Role.Lead) errors.Add(new("", "Only a lead or an owner may change the rule"));
        if (draft.Threshold is not (>= 1 and <= 1_000_000)) errors.Add(new("threshold", "must be between 1 and 1,000,000"));
        if (string.IsNullOrWhiteSpace(draft.Why) || draft.Why.Trim().Length > OverrideGuard.MaxReason) errors.Add(new("why", "must have 1 to 1,000 characters"));
        if (errors.Count > 0) return errors;
        await db.InTransaction(async () =>
        {
            var (now, why) = (clock.Now(), draft.Why!.Trim());
            var row = await db.Set<GuardRuleRow>().SingleOrDefaultAsync(ct);
            db.Record(new GuardRuleChanged(row?.Threshold ?? AskGuard.DefaultThreshold, draft.Threshold, why, by.Id, now));
            if (row is null) db.Add(new GuardRuleRow { Threshold = draft.Threshold, By = by.Id, ByName = by.Name, Why = why, At = now });
            else (row.Threshold, row.By, row.ByName, row.Why, row.At) = (draft.Threshold, by.Id, by.Name, why, now);
            await db.SaveChangesAsync(ct);
        }, ct);
        return [];
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var rule = api.MapGroup("/guard").WithTags("Operations");
        rule.MapGet("/", async Task<Ok<GuardView>> (GuardRule guard, CancellationToken ct) => TypedResults.Ok(await guard.Read(ct)))
            .WithName("getGuard").WithSummary("The fire guard: its threshold, how hot each open gap about a product is, and who overrode it").RequireAuthorization(Access.Read);
        rule.MapPut("/", async Task<Results<NoContent, ProblemHttpResult>> (GuardRuleDraft body, GuardRule guard, HttpContext http, CancellationToken ct) =>
                await guard.Set(body, http.Actor(), ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.NoContent())
            .WithName("setGuard").WithSummary("Set the fire guard's threshold, with a reason").RequireAuthorization(Access.Lead);
    }
}
