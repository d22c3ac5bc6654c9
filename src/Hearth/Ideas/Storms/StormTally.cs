using System.Collections.Concurrent;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Storms;

/// <summary>How a storm stands.</summary>
/// <param name="Ideas">Ideas posted into it.</param>
/// <param name="People">Accounts that posted them.</param>
/// <param name="Votes">Promotions and demotions on them.</param>
/// <param name="Comments">Comments below them.</param>
/// <param name="Leading">The first three by half-life.</param>
/// <param name="IsOpen">True while it takes ideas.</param>
/// <param name="At">When it was counted.</param>
public sealed record StormTally(int Ideas, int People, int Votes, int Comments, IReadOnlyList<StormLeader> Leading, bool IsOpen, DateTimeOffset At);

/// <summary>An idea that leads a storm.</summary>
public sealed record StormLeader(IdeaId Idea, string Title, int Points);

/// <summary>Counts storms for all who watch: at most once a second each, however many watch. Safe for many callers at once.</summary>
public sealed class StormTallies(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How old a count may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<StormId, Lazy<Task<StormTally?>>> _counts = new();

    /// <summary>How the storm stands, at most <see cref="Age"/> ago.</summary>
    /// <returns>Null when there is no such storm.</returns>
    public async Task<StormTally?> Of(StormId storm, CancellationToken ct)
    {
        var count = _counts.GetOrAdd(storm, Fresh);
        var tally = await Await(storm, count, ct);
        if (tally is null || clock.Now() - tally.At is var age && age >= TimeSpan.Zero && age < Age) return tally;
        var again = Fresh(storm);
        return await Await(storm, _counts.TryUpdate(storm, again, count) ? again : _counts.GetOrAdd(storm, Fresh), ct);
    }

    /// <summary>Counts anew the next time somebody asks on this node: who has just answered must see it counted.</summary>
    public void Forget(StormId storm) => _counts.TryRemove(storm, out _);

    internal static void Map(IEndpointRouteBuilder storms) => storms.MapGet("/{storm:guid}/tally",
        async Task<Results<Ok<StormTally>, ProblemHttpResult>> (Guid storm, StormTallies tallies, CancellationToken ct) =>
            await tallies.Of(new(storm), ct) is { } tally ? TypedResults.Ok(tally) : Problems.Unknown("storm"))
        .AllowAnonymous().WithSummary("How a storm stands now").ProducesProblem(404);

    private Lazy<Task<StormTally?>> Fresh(StormId storm) => new(() => Count(storm));

    // What failed, and a storm that is not there, is not kept.
    private async Task<StormTally?> Await(StormId storm, Lazy<Task<StormTally?>> count, CancellationToken ct)
    {
        try
        {
            var tally = await count.Value.WaitAsync(ct);
            if (tally is null) _counts.TryRemove(new(storm, count));
            return tally;
        }
        catch when (count.Value.IsFaulted)
        {
            _counts.TryRemove(new(storm, count));
            throw;
        }
    }

    private async Task<StormTally?> Count(StormId storm)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        if (await db.Storms.AsNoTracking().SingleOrDefaultAsync(s => s.Id == storm) is not { } row) return null;
        var ideas = db.ShownIdeas.Where(i => i.Storm == storm);
        var sums = await ideas.GroupBy(i => 1).Select(g => new { Ideas = g.Count(), Votes = g.Sum(i => i.Promotions + i.Demotions), Comments = g.Sum(i => i.Comments) }).SingleOrDefaultAsync();
        var people = await ideas.Select(i => i.Author).Distinct().CountAsync();
        var leading = await ideas.OrderByDescending(i => i.Score).ThenByDescending(i => i.Number).Take(3).Select(i => new StormLeader(i.Id, i.Title, i.Points)).ToListAsync();
        var now = clock.Now();
        return new(sums?.Ideas ?? 0, people, sums?.Votes ?? 0, sums?.Comments ?? 0, leading, now >= row.OpensAt && now < row.ClosesAt, now);
    }
}
