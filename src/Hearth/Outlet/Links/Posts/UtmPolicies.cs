using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet;

/// <summary>A naming policy as it stood; never changed, only followed by the next.</summary>
internal sealed class UtmPolicyRow
{
    public required int Version { get; init; }

    /// <summary>JSON of <see cref="UtmPolicy"/>.</summary>
    public required string Body { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What became of setting the naming policy: exactly one of the nested cases.</summary>
public abstract record UtmChange
{
    private UtmChange() { }

    public sealed record Done(UtmPolicy Policy) : UtmChange;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : UtmChange;

    /// <summary>Somebody has changed it since; nothing was kept.</summary>
    public sealed record Meanwhile(int Version) : UtmChange;
}

/// <summary>The policy by which the shop's own count is told where people come from, with all its versions.</summary>
public sealed class UtmPolicies(Database db, TimeProvider clock)
{
    /// <summary>The one that holds now.</summary>
    public async Task<UtmPolicy> Read(CancellationToken ct) => await db.Set<UtmPolicyRow>().AsNoTracking().OrderByDescending(p => p.Version).FirstOrDefaultAsync(ct) is { } row
        ? JsonSerializer.Deserialize<UtmPolicy>(row.Body, Platform.Json.Options)! with { Version = row.Version } : UtmPolicy.None;

    /// <summary>Who set the one that holds now, and when; null as installed.</summary>
    public async Task<(string ByName, DateTimeOffset At)?> Setter(CancellationToken ct) =>
        await db.Set<UtmPolicyRow>().AsNoTracking().OrderByDescending(p => p.Version).FirstOrDefaultAsync(ct) is { } row ? (row.ByName, row.At) : null;

    /// <summary>Sets it for whoever follows a link from now on.</summary>
    /// <param name="policy">Its version is the one that the writer saw.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<UtmChange> Set(UtmPolicy policy, Actor by, CancellationToken ct)
    {
        var clean = policy.Clean();
        if (clean.Errors() is { Count: > 0 } errors) return new UtmChange.Invalid(errors);
        if ((await Read(ct)).Version is var now && now != policy.Version) return new UtmChange.Meanwhile(now);
        db.Add(new UtmPolicyRow { Version = now + 1, Body = JsonSerializer.Serialize(clean, Platform.Json.Options), By = by.Id, ByName = by.Name, At = clock.Now() });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.Forget();
            return new UtmChange.Meanwhile((await Read(ct)).Version);
        }

        return new UtmChange.Done(clean with { Version = now + 1 });
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var policy = api.MapGroup("/utm-policy").WithTags("Offers");
        policy.MapGet("", (UtmPolicies policies, CancellationToken ct) => policies.Read(ct)).RequireAuthorization("read").WithName("readUtmPolicy").WithSummary("What stands in the utm_ parameters behind tracked links");
        policy.MapPut("", async Task<Results<Ok<UtmPolicy>, ProblemHttpResult>> (UtmPolicy body, UtmPolicies policies, HttpContext http, CancellationToken ct) => await policies.Set(body, http.Actor(), ct) switch
        {
            UtmChange.Done done => Ok(done.Policy),
            UtmChange.Invalid invalid => Problems.Invalid(invalid.Errors),
            UtmChange.Meanwhile m => Problems.Refused("changed-meanwhile", $"Somebody changed it; it is at version {m.Version}."),
            var other => throw new InvalidOperationException(other.ToString()),
        }).RequireAuthorization("lead").WithName("setUtmPolicy").WithSummary("Sets it for whoever follows a link from now on, if nobody has since the given version");
    }
}
