using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

internal sealed class BlockRow
{
    public required PersonId PersonId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }
}

/// <summary>Since when a person opens no conversation, and who said so.</summary>
public sealed record BlockView(DateTimeOffset At, string By);

/// <summary>
/// Keeps a person out of the inbox: what they say is still heard and counted under Listen, but opens no conversation, and wakes or reopens none. Somebody of ours can still open one by
/// hand.
/// </summary>
public sealed class BlockPerson(Database db, ReadPeople people, TimeProvider clock)
{
    /// <summary>Blocking somebody again changes nothing.</summary>
    /// <returns>False when there is no such person.</returns>
    public Task<bool> Block(PersonId person, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await people.Of(person, ct) is null) return false;
        var now = clock.Now();
        var at = now.ToUnixMicroseconds();
        if (await db.Database.ExecuteSqlAsync($"""INSERT INTO conversations_blocks (person_id, at, "by") VALUES ({db.Key(person.Value)}, {at}, {by.Name}) ON CONFLICT (person_id) DO NOTHING""", ct) > 0)
        {
            db.Record(new PersonBlocked(person, true, by.Id, now));
            await db.SaveChangesAsync(ct);
        }

        return true;
    }, ct);

    public Task Unblock(PersonId person, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var whole = await people.Whole(person, ct);
        if (await db.Set<BlockRow>().Where(b => whole.Contains(b.PersonId)).ExecuteDeleteAsync(ct) == 0) return;
        db.Record(new PersonBlocked(person, false, by.Id, clock.Now()));
        await db.SaveChangesAsync(ct);
    }, ct);

    /// <summary>Null when neither the person nor anybody who is one with them is blocked.</summary>
    public async Task<BlockView?> Of(PersonId person, CancellationToken ct)
    {
        var whole = await people.Whole(person, ct);
        return await db.Set<BlockRow>().AsNoTracking().Where(b => whole.Contains(b.PersonId)).OrderBy(b => b.At).Select(b => new BlockView(b.At, b.By)).FirstOrDefaultAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/people/{id:guid}/block").WithTags("Conversations");
        one.MapGet("", async Task<Results<Ok<BlockView>, ProblemHttpResult>> (Guid id, BlockPerson blocks, CancellationToken ct) =>
                await blocks.Of(PersonId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("block"))
            .WithName("getBlock").WithSummary("Since when a person opens no conversation").RequireAuthorization("read");
        one.MapPut("", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, BlockPerson blocks, HttpContext http, CancellationToken ct) =>
                await blocks.Block(PersonId.From(id), http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("person"))
            .WithName("blockPerson").WithSummary("Let nothing that a person says open a conversation").RequireAuthorization("write");
        one.MapDelete("", async Task<NoContent> (Guid id, BlockPerson blocks, HttpContext http, CancellationToken ct) =>
            {
                await blocks.Unblock(PersonId.From(id), http.Actor(), ct);
                return TypedResults.NoContent();
            })
            .WithName("unblockPerson").WithSummary("Let a person open conversations again").RequireAuthorization("write");
    }
}
