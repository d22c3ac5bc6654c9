using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>A filter of the inbox that was given a name and an address.</summary>
internal sealed class SavedFilter
{
    public required Guid Id { get; init; }

    public required UserId Owner { get; init; }

    public required string Name { get; set; }

    /// <summary>The inbox's address from the question mark on, without it.</summary>
    public required string Query { get; set; }

    public required bool Shared { get; set; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A saved filter.</summary>
/// <param name="Id">Part of its address, /engage/views/{id}.</param>
/// <param name="Name">1 to 60 characters.</param>
/// <param name="Query">The inbox's address from the question mark on ("view=waitingForUs&amp;label=hinge").</param>
/// <param name="Shared">True when everybody sees it; else its owner alone.</param>
/// <param name="Mine">True for its owner.</param>
public sealed record SavedFilterView(Guid Id, string Name, string Query, bool Shared, bool Mine);

/// <summary>Filters of the inbox under names: one's own, and those that colleagues share.</summary>
public sealed class SavedFilters(Database db, TimeProvider clock)
{
    public const int MaxName = 60;
    public const int MaxQuery = 1_000;
    public const int MostOfOne = 50;

    /// <summary>One's own and the shared ones, by name.</summary>
    public async Task<IReadOnlyList<SavedFilterView>> For(UserId who, CancellationToken ct) =>
        await db.Set<SavedFilter>().AsNoTracking().Where(f => f.Owner == who || f.Shared).OrderBy(f => f.Name).ThenBy(f => f.Id).Take(200)
            .Select(f => new SavedFilterView(f.Id, f.Name, f.Query, f.Shared, f.Owner == who)).ToListAsync(ct);

    /// <summary>Null when there is none, or it is somebody else's own.</summary>
    public async Task<SavedFilterView?> Find(Guid id, UserId who, CancellationToken ct) =>
        await db.Set<SavedFilter>().AsNoTracking().Where(f => f.Id == id && (f.Owner == who || f.Shared))
            .Select(f => new SavedFilterView(f.Id, f.Name, f.Query, f.Shared, f.Owner == who)).SingleOrDefaultAsync(ct);

    /// <returns>The new filter, or what is wrong.</returns>
    public async Task<(SavedFilterView? Saved, FieldError? Wrong)> Save(string? name, string? query, bool shared, UserId who, CancellationToken ct)
    {
        var (kept, of) = (name?.Trim() ?? "", query?.TrimStart('?').Trim() ?? "");
        if (kept.Length is 0 or > MaxName) return (null, new("name", $"must have 1 to {MaxName} characters"));
        if (of.Length is 0 or > MaxQuery) return (null, new("query", $"must have 1 to {MaxQuery:N0} characters"));
        if (await db.Set<SavedFilter>().CountAsync(f => f.Owner == who, ct) >= MostOfOne) return (null, new("name", $"is one too many: you have {MostOfOne} filters already"));
        var row = new SavedFilter { Id = Ids.New(), Owner = who, Name = kept, Query = of, Shared = shared, At = clock.Now() };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return (new(row.Id, row.Name, row.Query, row.Shared, true), null);
    }

    /// <summary>One's own; a lead also removes shared ones.</summary>
    /// <returns>False when there is none that the person may remove.</returns>
    public async Task<bool> Remove(Guid id, Actor who, CancellationToken ct)
    {
        var lead = who.Is(Role.Lead);
        return await db.Set<SavedFilter>().Where(f => f.Id == id && (f.Owner == who.Id || (lead && f.Shared))).ExecuteDeleteAsync(ct) > 0;
    }

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/filters", async Task<Ok<IReadOnlyList<SavedFilterView>>> (SavedFilters filters, HttpContext http, CancellationToken ct) =>
                TypedResults.Ok(await filters.For(http.Actor().Id, ct)))
            .WithName("listFilters").WithSummary("Your saved filters of the inbox, and those that are shared").RequireAuthorization("read");
        conversations.MapPost("/filters", async Task<Results<Ok<SavedFilterView>, ProblemHttpResult>> (FilterToSave body, SavedFilters filters, HttpContext http, CancellationToken ct) =>
            {
                var (saved, wrong) = await filters.Save(body.Name, body.Query, body.Shared, http.Actor().Id, ct);
                return saved is not null ? TypedResults.Ok(saved) : Problems.Invalid(wrong!);
            })
            .WithName("saveFilter").WithSummary("Give a filter of the inbox a name and an address").RequireAuthorization("write");
        conversations.MapDelete("/filters/{filter:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid filter, SavedFilters filters, HttpContext http, CancellationToken ct) =>
                await filters.Remove(filter, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("filter of yours"))
            .WithName("removeFilter").WithSummary("Remove a saved filter").RequireAuthorization("write");
    }
}

/// <summary>A filter to save.</summary>
/// <param name="Name">1 to 60 characters.</param>
/// <param name="Query">The inbox's address from the question mark on.</param>
/// <param name="Shared">True to show it to everybody.</param>
public sealed record FilterToSave(string? Name, string? Query, bool Shared = false);
