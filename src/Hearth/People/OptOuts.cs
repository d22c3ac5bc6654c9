using Hearth.People.Consent;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People;

internal sealed class OptOut
{
    public required PersonId PersonId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who of ours noted it, or that the person said so.</summary>
    public required string By { get; init; }
}

/// <summary>A person does not want to be written to unasked.</summary>
/// <param name="At">Since when.</param>
/// <param name="By">Who noted it.</param>
public sealed record OptOutView(DateTimeOffset At, string By);

/// <summary>Who does not want to be written to unasked. Answers to what they say to us are not meant.</summary>
public sealed class OptOuts(Database db, ReadPeople people, TimeProvider clock)
{
    /// <summary>Notes that a person wants no such words, for all who are one with them; noting it again changes nothing.</summary>
    /// <returns>False when there is no such person.</returns>
    public Task<bool> Add(PersonId person, string by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (!await db.Set<Person>().AnyAsync(p => p.Id == person, ct)) return false;
        var at = clock.Now().ToUnixMicroseconds();
        foreach (var one in await people.Whole(person, ct))
        {
            object key = db.Kind == DatabaseKind.Sqlite ? one.Value.ToByteArray(true) : one.Value;
            await db.Database.ExecuteSqlAsync($"""INSERT INTO people_opt_outs (person_id, at, "by") VALUES ({key}, {at}, {by}) ON CONFLICT (person_id) DO NOTHING""", ct);
        }

        return true;
    }, ct);

    /// <summary>They want them again.</summary>
    public async Task Remove(PersonId person, CancellationToken ct)
    {
        var all = await people.Whole(person, ct);
        await db.Set<OptOut>().Where(o => all.Contains(o.PersonId)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Since when a person, or one who is one with them, has opted out; null when nobody has.</summary>
    public async Task<OptOutView?> Of(PersonId person, CancellationToken ct)
    {
        var all = await people.Whole(person, ct);
        return await db.Set<OptOut>().AsNoTracking().Where(o => all.Contains(o.PersonId)).OrderBy(o => o.At).Select(o => new OptOutView(o.At, o.By)).FirstOrDefaultAsync(ct);
    }

    /// <summary>Those of some people who may not be told of what they spoke about: they opted out, or said no to it everywhere (<see cref="Consents.Refusing"/> with a channel knows more).</summary>
    public Task<IReadOnlySet<PersonId>> Among(IReadOnlyCollection<PersonId> some, CancellationToken ct) => new Consents(db, people, clock).Refusing(some, ConsentPurpose.Service, Consents.Any, ct);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/people/{id:guid}/opt-out").WithTags("People");
        one.MapGet("", async Task<Results<Ok<OptOutView>, ProblemHttpResult>> (Guid id, OptOuts all, CancellationToken ct) =>
                await all.Of(PersonId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("opt-out"))
            .WithName("getOptOut").WithSummary("Since when a person does not want to be written to unasked").RequireAuthorization("read");
        one.MapPut("", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, OptOuts all, HttpContext http, CancellationToken ct) =>
                await all.Add(PersonId.From(id), http.User.Identity?.Name ?? "the API", ct) ? TypedResults.NoContent() : Problems.Unknown("person"))
            .WithName("optOut").WithSummary("Note that a person does not want to be written to unasked").RequireAuthorization("write");
        one.MapDelete("", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, OptOuts all, CancellationToken ct) =>
            {
                await all.Remove(PersonId.From(id), ct);
                return TypedResults.NoContent();
            })
            .WithName("optIn").WithSummary("Note that a person may be written to again").RequireAuthorization("write");
    }
}
