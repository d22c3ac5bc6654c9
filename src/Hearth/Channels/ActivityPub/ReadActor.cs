using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>How an actor of ours stands in the fediverse.</summary>
/// <param name="Account">The account that it is.</param>
/// <param name="Handle">What people find it by, without the leading @.</param>
/// <param name="Address">Its own address.</param>
/// <param name="Summary">What it says of itself.</param>
/// <param name="Followers">How many follow it.</param>
/// <param name="Notes">How much of what it said still stands.</param>
/// <param name="Waiting">Deliveries to other servers that are still to be made.</param>
/// <param name="Trouble">Servers that do not take what is sent to them at the moment, with what they said.</param>
public sealed record ActorView(ChannelAccountId Account, string Handle, string Address, string? Summary, int Followers, int Notes, int Waiting, IReadOnlyList<HostTrouble> Trouble);

/// <summary>A server that is not well.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Said">What went wrong.</param>
/// <param name="NotBefore">When it is tried again.</param>
public sealed record HostTrouble(string Host, string Said, DateTimeOffset NotBefore);

/// <summary>Reads how the brand's actors stand.</summary>
public sealed class ReadActor(Database db, TimeProvider clock)
{
    private const int MostTrouble = 20;

    /// <summary>One actor; null when there is none.</summary>
    public async Task<ActorView?> Of(ChannelAccountId account, CancellationToken ct)
    {
        if (await db.Set<OwnActorRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Account == account, ct) is not { } actor) return null;
        var now = clock.Now();
        var address = actor.Origin + OwnActor.Path + actor.Name;
        var waiting = from sent in db.Set<SentRow>() where sent.Account == account join delivery in db.Set<DeliveryRow>() on sent.Activity equals delivery.Activity select delivery;
        var trouble = await db.Set<HostRow>().AsNoTracking().Where(h => h.NotBefore > now && h.Error != null).OrderBy(h => h.Host).Take(MostTrouble).Select(h => new HostTrouble(h.Host, h.Error!, h.NotBefore!.Value)).ToListAsync(ct);
        return new(account, $"{actor.Name}@{new Uri(actor.Origin).Authority}", address, actor.Summary, await db.Set<FollowerRow>().CountAsync(f => f.Account == account, ct),
            await db.Set<NoteRow>().CountAsync(n => n.Account == account && n.DeletedAt == null, ct), await waiting.CountAsync(ct), trouble);
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGet("/channels/activitypub/{account:guid}",
            async Task<Results<Ok<ActorView>, ProblemHttpResult>> (Guid account, ReadActor read, CancellationToken ct) =>
                await read.Of(new(account), ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("actor"))
        .RequireAuthorization("read").WithTags("Channels").WithName("getActor").WithSummary("How an actor of the brand stands in the fediverse: followers, notes, deliveries that wait");
}
