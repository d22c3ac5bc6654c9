using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>A server that nothing is taken from and nothing is sent to.</summary>
/// <param name="Host">Its name; those below it are meant as well.</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who blocked it.</param>
public sealed record BlockedHost(string Host, DateTimeOffset At, string By);

/// <summary>Which servers of the fediverse the brand has nothing to do with.</summary>
public sealed class BlockedHosts(Database db, TimeProvider clock)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<BlockedHost>> All(CancellationToken ct) =>
        await db.Set<HostRow>().AsNoTracking().Where(h => h.BlockedAt != null).OrderBy(h => h.Host).Select(h => new BlockedHost(h.Host, h.BlockedAt!.Value, h.BlockedBy ?? "")).ToListAsync(ct);

    /// <summary>Blocks a server; who follows from there does no longer. What was heard from there stays.</summary>
    /// <param name="host">"example.org", with a port when it has one of its own; an address is cut to its host.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>The name that is blocked; null when it is none.</returns>
    public async Task<string?> Add(string? host, string by, CancellationToken ct)
    {
        if (Name(host) is not { } name) return null;
        await db.InTransaction(async () =>
        {
            if (await db.Set<HostRow>().SingleOrDefaultAsync(h => h.Host == name, ct) is not { } row) db.Add(row = new HostRow { Host = name });
            if (row.BlockedAt is null) (row.BlockedAt, row.BlockedBy) = (clock.Now(), by);
            await db.SaveChangesAsync(ct);
            string[] below = [$"https://{name}/", $"http://{name}/"];
            var deeper = "." + name + "/";
            await db.Set<FollowerRow>().Where(f => f.Actor.StartsWith(below[0]) || f.Actor.StartsWith(below[1]) || f.Actor.Contains(deeper)).ExecuteDeleteAsync(ct);
        }, ct);
        return name;
    }

    /// <summary>Blocks it no longer.</summary>
    /// <returns>False when it was not blocked.</returns>
    public async Task<bool> Remove(string host, CancellationToken ct) => Name(host) is { } name && await db.Set<HostRow>().Where(h => h.Host == name && h.BlockedAt != null)
        .ExecuteUpdateAsync(set => set.SetProperty(h => h.BlockedAt, (DateTimeOffset?)null).SetProperty(h => h.BlockedBy, (string?)null), ct) > 0;

    internal static void Map(IEndpointRouteBuilder api)
    {
        var blocks = api.MapGroup("/channels/activitypub/blocks").WithTags("Channels");
        blocks.MapGet("", (BlockedHosts blocked, CancellationToken ct) => blocked.All(ct)).RequireAuthorization("read").WithName("listBlockedHosts").WithSummary("Servers of the fediverse that the brand has nothing to do with");
        blocks.MapPut("/{host}", async Task<Results<NoContent, ProblemHttpResult>> (string host, BlockedHosts blocked, HttpContext http, CancellationToken ct) =>
                await blocked.Add(host, http.User.Identity?.Name ?? "", ct) is null ? Problems.Invalid("host", "must be a server's name, like example.org") : TypedResults.NoContent())
            .RequireAuthorization("lead").WithName("blockHost").WithSummary("Blocks a server and those below it");
        blocks.MapDelete("/{host}", async Task<Results<NoContent, ProblemHttpResult>> (string host, BlockedHosts blocked, CancellationToken ct) =>
                await blocked.Remove(host, ct) ? TypedResults.NoContent() : Problems.Unknown("blocked server"))
            .RequireAuthorization("lead").WithName("unblockHost").WithSummary("Blocks a server no longer");
    }

    private static string? Name(string? host)
    {
        var text = (host ?? "").Trim().ToLowerInvariant();
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri!.Host.Contains('.', StringComparison.Ordinal) && uri.Authority.Length <= 255 ? uri.Authority : null;
    }
}
