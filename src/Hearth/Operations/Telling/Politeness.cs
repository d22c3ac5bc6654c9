using Hearth.Channels;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Telling;

/// <summary>How fast people of one network are told.</summary>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="PerHour">Messages an hour, all changes together.</param>
public sealed record Pace(string Network, int PerHour);

/// <summary>
/// Keeps telling from looking like a flood. Each network has a number of messages an hour, evenly spread: after a quiet time at most a minute's worth goes out at once. Well below
/// what the networks allow an account (Bluesky 1,666 new posts an hour, Mastodon 300 requests in five minutes), since people see them side by side.
/// </summary>
public sealed class Politeness(Database db, TimeProvider clock)
{
    public const int MaxPerHour = 60_000;

    private static readonly Dictionary<string, int> Usual = new(StringComparer.Ordinal) { [Networks.Bluesky] = 120, [Networks.Mastodon] = 60, [Networks.Discourse] = 30 };

    /// <summary>The pace that a network has until somebody sets another.</summary>
    public static int UsualFor(string network) => Usual.GetValueOrDefault(network, 600);

    /// <summary>Of the networks that telling knows, and those for which somebody has set a pace.</summary>
    public async Task<IReadOnlyList<Pace>> All(CancellationToken ct)
    {
        var set = await db.Set<PolitenessRow>().AsNoTracking().ToDictionaryAsync(p => p.Network, p => p.PerHour, StringComparer.Ordinal, ct);
        return [.. Usual.Keys.Union(set.Keys).Order(StringComparer.Ordinal).Select(n => new Pace(n, set.GetValueOrDefault(n, UsualFor(n))))];
    }

    /// <summary>Sets how many an hour.</summary>
    /// <returns>What is wrong; empty when it was kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(string network, int perHour, CancellationToken ct)
    {
        if (perHour is < 1 or > MaxPerHour) return [new("perHour", $"must be 1 to {MaxPerHour:N0}")];
        if (network.Length is 0 or > 60) return [new("network", "must have 1 to 60 characters")];
        await Row(network, ct);
        await db.Set<PolitenessRow>().Where(p => p.Network == network).ExecuteUpdateAsync(set => set.SetProperty(p => p.PerHour, perHour), ct);
        return [];
    }

    /// <summary>How many may go out now, taken up to <paramref name="most"/>. Holds the network's row until the caller's transaction ends, so that all nodes together keep the pace.</summary>
    public async Task<int> Take(string network, int most, CancellationToken ct)
    {
        await Row(network, ct);
        await db.Set<PolitenessRow>().Where(p => p.Network == network).ExecuteUpdateAsync(set => set.SetProperty(p => p.PerHour, p => p.PerHour), ct);
        var row = await db.Set<PolitenessRow>().AsNoTracking().SingleAsync(p => p.Network == network, ct);
        var (now, pause) = (clock.Now(), TimeSpan.FromHours(1) / row.PerHour);
        var next = row.NextAt > now - TimeSpan.FromMinutes(1) ? row.NextAt : now - TimeSpan.FromMinutes(1) + pause;
        if (pause > TimeSpan.FromMinutes(1) && row.NextAt <= now) next = now;
        var taken = 0;
        for (; taken < most && next <= now; next += pause) taken++;
        if (taken > 0) await db.Set<PolitenessRow>().Where(p => p.Network == network).ExecuteUpdateAsync(set => set.SetProperty(p => p.NextAt, next), ct);
        return taken;
    }

    private Task Row(string network, CancellationToken ct)
    {
        var usual = UsualFor(network);
        return db.Database.ExecuteSqlAsync($"INSERT INTO operations_politeness (network, per_hour, next_at) VALUES ({network}, {usual}, 0) ON CONFLICT (network) DO NOTHING", ct);
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/politeness").WithTags("Operations");
        all.MapGet("", async Task<Ok<IReadOnlyList<Pace>>> (Politeness politeness, CancellationToken ct) => TypedResults.Ok(await politeness.All(ct)))
            .WithName("listPaces").WithSummary("How many people an hour are told of changes, by network").RequireAuthorization("read");
        all.MapPut("/{network}", async Task<Results<NoContent, ProblemHttpResult>> (string network, PaceChange body, Politeness politeness, CancellationToken ct) =>
                await politeness.Set(network, body.PerHour, ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.NoContent())
            .WithName("setPace").WithSummary("Set how many people an hour are told of changes on a network").RequireAuthorization("lead");
    }
}

/// <summary>Another pace.</summary>
/// <param name="PerHour">1 to 60,000.</param>
public sealed record PaceChange(int PerHour);
