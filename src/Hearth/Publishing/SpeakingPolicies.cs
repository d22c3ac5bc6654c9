using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

/// <summary>What became of changing the policy: exactly one of the nested cases.</summary>
public abstract record PolicyChange
{
    private PolicyChange() { }

    public sealed record Done(SpeakingPolicy Policy) : PolicyChange;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : PolicyChange;

    /// <summary>Somebody has changed it since; nothing was kept.</summary>
    public sealed record Meanwhile(int Version) : PolicyChange;
}

/// <summary>A policy as it stood from some moment on.</summary>
/// <param name="Policy">All of it.</param>
/// <param name="By">Who set it; null when it came from an earlier Hearth.</param>
/// <param name="At">From when on.</param>
public sealed record PolicyVersion(SpeakingPolicy Policy, string? By, DateTimeOffset At);

/// <summary>The policy of speaking, with all its versions. Every message names the version that it was signed and checked by.</summary>
public sealed class SpeakingPolicies(Database db, TimeProvider clock)
{
    /// <summary>The most words of one list.</summary>
    public const int MaxWords = 200;

    /// <summary>The one that holds now. There is always one: nothing answers anonymously.</summary>
    public async Task<SpeakingPolicy> Read(CancellationToken ct)
    {
        if (await db.Set<PolicyRow>().AsNoTracking().OrderByDescending(p => p.Version).FirstOrDefaultAsync(ct) is { } row) return Of(row);
        var first = await db.Set<DisclosureRow>().AsNoTracking().SingleOrDefaultAsync(ct);
        return new(first?.Brand, first?.Format ?? Disclosure.DefaultFormat, [], ApprovalRules.None);
    }

    /// <summary>One version; null when there is none such.</summary>
    public async Task<PolicyVersion?> Version(int version, CancellationToken ct) =>
        await db.Set<PolicyRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Version == version, ct) is { } row ? new(Of(row), row.ByName, row.At) : null;

    /// <summary>The latest 100 versions, the newest first.</summary>
    public async Task<IReadOnlyList<PolicyVersion>> History(CancellationToken ct) =>
        [.. (await db.Set<PolicyRow>().AsNoTracking().OrderByDescending(p => p.Version).Take(100).ToListAsync(ct)).Select(r => new PolicyVersion(Of(r), r.ByName, r.At))];

    /// <summary>Sets it for what is written from now on.</summary>
    /// <param name="policy">Its version is the one that the writer saw.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<PolicyChange> Set(SpeakingPolicy policy, Actor? by, CancellationToken ct)
    {
        var clean = PolicyCheck.Clean(policy);
        if (PolicyCheck.Errors(clean) is { Count: > 0 } errors) return new PolicyChange.Invalid(errors);
        var (now, version) = (clock.Now(), policy.Version + 1);
        if ((await Read(ct)).Version != policy.Version) return new PolicyChange.Meanwhile((await Read(ct)).Version);
        db.Add(new PolicyRow { Version = version, Body = JsonSerializer.Serialize(clean, Platform.Json.Options), By = by?.Id, ByName = by?.Name, At = now });
        db.Record(new SpeakingPolicyChanged(version, by?.Id, now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.Forget();
            return new PolicyChange.Meanwhile((await Read(ct)).Version);
        }

        return new PolicyChange.Done(clean with { Version = version });
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/speaking-policy").WithTags("Publishing");
        group.MapGet("", (SpeakingPolicies policies, CancellationToken ct) => policies.Read(ct)).RequireAuthorization("read").WithName("readSpeakingPolicy").WithSummary("How the brand speaks, and what waits for somebody else");
        group.MapGet("/versions", (SpeakingPolicies policies, CancellationToken ct) => policies.History(ct)).RequireAuthorization("read").WithName("speakingPolicyVersions").WithSummary("Its versions, the newest first");
        group.MapGet("/versions/{number:int}", async Task<Results<Ok<PolicyVersion>, ProblemHttpResult>> (int number, SpeakingPolicies policies, CancellationToken ct) =>
            await policies.Version(number, ct) is { } found ? Ok(found) : Problems.Unknown("version")).RequireAuthorization("read").WithName("speakingPolicyVersion").WithSummary("One version");
        group.MapPut("", async Task<Results<Ok<SpeakingPolicy>, ProblemHttpResult>> (SpeakingPolicy body, SpeakingPolicies policies, HttpContext http, CancellationToken ct) =>
            await policies.Set(body, http.Actor(), ct) switch
            {
                PolicyChange.Done done => Ok(done.Policy),
                PolicyChange.Invalid invalid => Problems.Invalid(invalid.Errors),
                PolicyChange.Meanwhile m => Problems.Refused("changed-meanwhile", $"Somebody changed it; it is at version {m.Version}."),
                var other => throw new InvalidOperationException(other.ToString()),
            }).RequireAuthorization("lead").WithName("setSpeakingPolicy").WithSummary("Sets it for what is written from now on, if nobody has since the given version");
    }

    private static SpeakingPolicy Of(PolicyRow row) => JsonSerializer.Deserialize<SpeakingPolicy>(row.Body, Platform.Json.Options)! with { Version = row.Version };
}
