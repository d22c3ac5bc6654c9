using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations.Proposals;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations;

/// <summary>What became of attaching a conversation to a gap.</summary>
public enum Attaching
{
    Attached,
    AlreadyThere,
    UnknownGap,
    UnknownConversation,
}

/// <summary>Says that a conversation speaks of a gap. The gap's counts are made anew from its conversations under its row's lock, so they are always right.</summary>
public sealed class AttachConversation(Database db, ReadConversation conversations, ConversationSteps steps, CountGap count, TimeProvider clock)
{
    public Task<Attaching> To(GapId gap, ConversationId conversation, Actor by, CancellationToken ct) => To(gap, conversation, "gap-attached", by, ct);

    internal async Task<Attaching> To(GapId gap, ConversationId conversation, string what, Actor by, CancellationToken ct)
    {
        if ((await conversations.Lines([conversation], ct)).SingleOrDefault() is not { } line) return Attaching.UnknownConversation;
        return await db.InTransaction(async () =>
        {
            if (await Lock(gap, ct) is not { } title) return Attaching.UnknownGap;
            if (await db.Set<GapConversation>().AnyAsync(c => c.GapId == gap && c.ConversationId == conversation, ct)) return Attaching.AlreadyThere;
            var now = clock.Now();
            db.Add(new GapConversation { GapId = gap, ConversationId = conversation, PersonId = line.Person, At = now });
            db.Record(new ConversationAttached(gap, conversation, line.Person, by.Id, now));
            steps.Tell(conversation, what, title, "/fix/" + gap.Value, by);
            await db.SaveChangesAsync(ct);
            await count.Of(gap, ct);
            return Attaching.Attached;
        }, ct);
    }

    /// <summary>Takes it off again.</summary>
    /// <returns>False when it was not attached.</returns>
    public Task<bool> Remove(GapId gap, ConversationId conversation, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await Lock(gap, ct) is not { } title) return false;
        if (await db.Set<GapConversation>().Where(c => c.GapId == gap && c.ConversationId == conversation).ExecuteDeleteAsync(ct) == 0) return false;
        steps.Tell(conversation, "gap-detached", title, "/fix/" + gap.Value, by);
        await db.SaveChangesAsync(ct);
        await count.Of(gap, ct);
        return true;
    }, ct);

    // Whoever else attaches to this gap waits here until we are done.
    private async Task<string?> Lock(GapId gap, CancellationToken ct)
    {
        await db.Set<Gap>().Where(g => g.Id == gap).ExecuteUpdateAsync(set => set.SetProperty(g => g.Cost, g => g.Cost), ct);
        return await db.Set<Gap>().Where(g => g.Id == gap).Select(g => g.Title).SingleOrDefaultAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder gaps)
    {
        gaps.MapPut("/{id:guid}/conversations/{conversation:guid}",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid conversation, AttachConversation attach, HttpContext http, CancellationToken ct) =>
                await attach.To(GapId.From(id), ConversationId.From(conversation), http.Actor(), ct) switch
                {
                    Attaching.UnknownGap => Problems.Unknown("gap"),
                    Attaching.UnknownConversation => Problems.Unknown("conversation"),
                    _ => TypedResults.NoContent(),
                })
            .WithName("attachConversation").WithSummary("Say that a conversation speaks of a gap").RequireAuthorization("write");
        gaps.MapDelete("/{id:guid}/conversations/{conversation:guid}",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid conversation, AttachConversation attach, HttpContext http, CancellationToken ct) =>
                await attach.Remove(GapId.From(id), ConversationId.From(conversation), http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("attached conversation"))
            .WithName("detachConversation").WithSummary("Take a conversation off a gap").RequireAuthorization("write");
    }
}
