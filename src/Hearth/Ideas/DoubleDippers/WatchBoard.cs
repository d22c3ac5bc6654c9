using System.Security.Cryptography;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>How the board is watched for double dippers.</summary>
/// <param name="IsOn">False when nothing is kept and nobody is looked for.</param>
/// <param name="Marks">True when browsers that vote or post are marked by a cookie of this server.</param>
/// <param name="KeepDays">How long what was seen is kept, in days.</param>
/// <param name="Domains">Domains of mail boxes that last minutes, besides those that Hearth knows.</param>
/// <param name="Kept">How many votes and posts are kept with what was seen.</param>
/// <param name="LookedAt">When votes were last looked at; null when never.</param>
public sealed record WatchView(bool IsOn, bool Marks, int KeepDays, IReadOnlyList<string> Domains, int Kept, DateTimeOffset? LookedAt);

/// <summary>How the board is to be watched.</summary>
/// <param name="IsOn">False to keep nothing and look for nobody.</param>
/// <param name="Marks">True to mark browsers that vote or post.</param>
/// <param name="KeepDays">7 to 400.</param>
/// <param name="Domains">At most 500 domains.</param>
/// <param name="Reason">1 to 1,000 characters, for the record.</param>
/// <param name="Forget">True to forget everything seen until now; held votes and cases stay.</param>
public sealed record WatchDraft(bool IsOn, bool Marks, int KeepDays, IReadOnlyList<string>? Domains, string? Reason, bool Forget = false);

/// <summary>Reads and sets how the board is watched.</summary>
public sealed class WatchBoard(Database db, TimeProvider clock)
{
    /// <summary>How long what was seen is kept unless the board says otherwise.</summary>
    public const int DefaultKeepDays = 60;

    public async Task<WatchView> Read(CancellationToken ct)
    {
        var row = await Row(ct);
        return new(row.IsOn, row.Marks, row.KeepDays, Lines(row.Domains), await db.IdeaSignals.CountAsync(ct), row.LookedAt);
    }

    /// <summary>Sets it; a lead or an owner must ask.</summary>
    /// <returns>What cannot be used; empty when it is set.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(Actor by, WatchDraft draft, CancellationToken ct)
    {
        var domains = (draft.Domains ?? []).Select(d => d.Trim().TrimStart('@').ToLowerInvariant()).Where(d => d.Length > 0).Distinct().ToArray();
        var errors = new List<FieldError>();
        if (by.Role < Role.Lead) errors.Add(new("", "Only a lead or an owner may change how the board is watched"));
        if (draft.KeepDays is not (>= 7 and <= 400)) errors.Add(new("keepDays", "must be 7 to 400 days"));
        if (domains.Length > 500 || Array.Exists(domains, d => d.Length > 100 || !d.Contains('.') || d.Any(c => !char.IsLetterOrDigit(c) && c is not ('.' or '-')))) errors.Add(new("domains", "must be at most 500 domains, such as example.org"));
        if (draft.Reason?.Trim() is not { Length: >= 1 and <= 1_000 } reason || reason.Contains('\0')) errors.Add(new("reason", "must have 1 to 1,000 characters"));
        if (errors.Count > 0) return errors;
        _ = await Row(ct);
        await db.InTransaction(async () =>
        {
            var row = await db.IdeaWatches.SingleAsync(ct);
            (row.IsOn, row.Marks, row.KeepDays, row.Domains) = (draft.IsOn, draft.Marks, draft.KeepDays, string.Join('\n', domains));
            if (draft.Forget)
            {
                row.Salt = RandomNumberGenerator.GetBytes(32);
                await db.IdeaSignals.ExecuteDeleteAsync(ct);
            }

            db.Record(new WatchChanged(draft.IsOn, draft.Marks, draft.KeepDays, draft.Forget, draft.Reason!.Trim(), by.Id, clock.Now()));
            await db.SaveChangesAsync(ct);
        }, ct);
        return [];
    }

    /// <summary>The settings; made at their first use.</summary>
    internal async Task<IdeaWatch> Row(CancellationToken ct)
    {
        if (await db.IdeaWatches.AsNoTracking().SingleOrDefaultAsync(ct) is { } row) return row;
        object salt = RandomNumberGenerator.GetBytes(32);
        await db.Database.ExecuteSqlAsync($"INSERT INTO ideas_watch (id, salt, is_on, marks, keep_days, domains) VALUES (1, {salt}, {true}, {true}, {DefaultKeepDays}, {""}) ON CONFLICT DO NOTHING", ct);
        return await db.IdeaWatches.AsNoTracking().SingleAsync(ct);
    }

    internal static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal static void Map(IEndpointRouteBuilder dippers)
    {
        dippers.MapGet("/watch", async Task<Ok<WatchView>> (WatchBoard watch, CancellationToken ct) => TypedResults.Ok(await watch.Read(ct)))
            .WithName("getIdeaWatch").RequireAuthorization(Access.Read).WithSummary("How the board is watched for double dippers");
        dippers.MapPut("/watch", async Task<Results<NoContent, ProblemHttpResult>> (WatchDraft body, HttpContext http, WatchBoard watch, CancellationToken ct) =>
            await watch.Set(http.Actor(), body, ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.NoContent())
            .WithName("setIdeaWatch").RequireAuthorization(Access.Lead).WithSummary("Set how the board is watched for double dippers").ProducesProblem(400);
    }
}
