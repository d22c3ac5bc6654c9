using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

/// <summary>Changes what a person, or one of their accounts, is called.</summary>
public sealed class RenamePerson(Database db)
{
    /// <summary>Longest name kept, in characters.</summary>
    public const int MaxName = 200;

    /// <summary>Gives the person a name of ours; null or blank goes back to the name of their latest account.</summary>
    /// <returns>False when there is no such person.</returns>
    public async Task<bool> To(PersonId person, string? name, CancellationToken ct)
    {
        var kept = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        return await db.Set<Person>().Where(p => p.Id == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, kept), ct) > 0;
    }

    /// <summary>The network says that an account changed its handle.</summary>
    /// <returns>False when the account was never seen.</returns>
    public async Task<bool> Handle(string network, string externalId, string handle, CancellationToken ct) =>
        await db.Set<Identity>().Where(i => i.Network == network && i.ExternalId == externalId)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Handle, handle), ct) > 0;

    internal static void Map(IEndpointRouteBuilder api) => api.MapPut("/people/{id:guid}/name",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, PersonName body, RenamePerson rename, CancellationToken ct) =>
            {
                if (body.Name?.Length > MaxName) return Problems.Invalid("name", $"must have at most {MaxName} characters");
                return await rename.To(PersonId.From(id), body.Name, ct) ? TypedResults.NoContent() : Problems.Unknown("person");
            })
        .WithName("renamePerson").WithTags("People").WithSummary("Give a person a name of ours").RequireAuthorization("write");
}

/// <summary>What to call a person.</summary>
/// <param name="Name">Up to 200 characters; null goes back to the name of their latest account.</param>
public sealed record PersonName(string? Name);
