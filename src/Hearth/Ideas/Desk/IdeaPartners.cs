using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>Who of the brand answers for a category.</summary>
/// <param name="Category">The slug of a category.</param>
/// <param name="User">The account.</param>
/// <param name="Name">Who it is.</param>
/// <param name="Department">Where they work.</param>
/// <param name="Since">Since when.</param>
public sealed record IdeaPartnerView(string Category, UserId User, string Name, Department? Department, DateTimeOffset Since);

/// <summary>Idea partners: the named people of the brand who see to a category's ideas (IdeaStorm had them from 2011 on).</summary>
public sealed class IdeaPartners(Database db, Staff staff, TimeProvider clock)
{
    /// <summary>All who can still sign in, by category and name.</summary>
    public async Task<IReadOnlyList<IdeaPartnerView>> All(CancellationToken ct)
    {
        var people = (await staff.All(ct)).ToDictionary(s => s.Id);
        var rows = await db.IdeaPartners.AsNoTracking().ToListAsync(ct);
        return
        [
            .. rows.Where(r => people.ContainsKey(r.User)).Select(r => new IdeaPartnerView(r.Category, r.User, people[r.User].Name, people[r.User].Department, r.Since))
                .OrderBy(p => p.Category, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Says who answers for a category, in place of those who did.</summary>
    /// <param name="category">The slug of a category.</param>
    /// <param name="users">Agents or more who can sign in, at most 10; none takes the category from everybody.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Null when done, else what was wrong.</returns>
    public Task<FieldError?> Put(string category, IReadOnlyList<UserId> users, CancellationToken ct) => db.InTransaction<FieldError?>(async () =>
    {
        if (!await db.IdeaCategories.AnyAsync(c => c.Slug == category, ct)) return new("category", "is not a category of this board");
        if (users.Count > 10) return new("users", "must be at most 10");
        var fit = (await staff.All(ct)).Where(s => s.Role >= Role.Agent).Select(s => s.Id).ToHashSet();
        if (users.Any(u => !fit.Contains(u))) return new("users", "must be agents or more who can sign in");

        var were = await db.IdeaPartners.Where(p => p.Category == category).Select(p => p.User).ToListAsync(ct);
        await db.IdeaPartners.Where(p => p.Category == category && !users.Contains(p.User)).ExecuteDeleteAsync(ct);
        foreach (var user in users.Distinct().Except(were)) db.Add(new IdeaPartner { Category = category, User = user, Since = clock.Now() });
        await db.SaveChangesAsync(ct);
        return null;
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/partners", async (IdeaPartners partners, CancellationToken ct) => TypedResults.Ok(await partners.All(ct)))
            .RequireAuthorization("read").WithSummary("Who of the brand answers for which category");
        ideas.MapPut("/partners/{category}", async Task<Results<NoContent, ProblemHttpResult>> (string category, PartnersBody body, IdeaPartners partners, CancellationToken ct) =>
            await partners.Put(category, [.. body.Users.Select(u => new UserId(u))], ct) is { } error ? Problems.Invalid(error) : TypedResults.NoContent())
            .RequireAuthorization("lead").WithSummary("Say who answers for a category").ProducesProblem(400);
    }

    /// <summary>Who answers for a category.</summary>
    /// <param name="Users">Accounts of agents or more; none takes the category from everybody.</param>
    internal sealed record PartnersBody(IReadOnlyList<Guid> Users);
}
