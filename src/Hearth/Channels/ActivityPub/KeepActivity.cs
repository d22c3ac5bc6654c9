using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>
/// Keeps an activity that is trusted, and does what it says. Its row is written in the transaction that does it, under the lock of the actor's row: the
/// same activity again, at the same moment or later, changes nothing.
/// </summary>
internal sealed class KeepActivity(Database db, TimeProvider clock)
{
    public Task Run(OwnActor actor, TakenActivity taken, CancellationToken ct) => db.InTransaction(async () =>
    {
        await db.Set<OwnActorRow>().Where(a => a.Account == actor.Account).ExecuteUpdateAsync(set => set.SetProperty(a => a.Taken, a => a.Taken + 1), ct);
        if (await db.Set<TakenRow>().AnyAsync(t => t.Account == actor.Account && t.Activity == taken.Id, ct)) return;
        var kind = await Do(actor, taken, ct);
        var note = kind == TakenKind.Post ? taken.Note : null;
        db.Add(new TakenRow
        {
            Account = actor.Account, Activity = taken.Id, Kind = kind, Actor = taken.Author.Id, Object = taken.Object, Parent = note?.ParentId, Root = note?.RootId, IsPublic = note?.IsPublic ?? false,
            Body = note is null ? null : JsonSerializer.Serialize(note, Json.Options), At = clock.Now(),
        });
        await db.SaveChangesAsync(ct);
    }, ct);

    private async Task<TakenKind> Do(OwnActor actor, TakenActivity taken, CancellationToken ct)
    {
        if (taken.Note is not null) return await IsDeleted(actor, taken, ct) ? TakenKind.Other : TakenKind.Post;
        switch ((string?)taken.Activity["type"])
        {
            case "Follow":
                await Follow(actor, taken, ct);
                return TakenKind.Other;
            case "Undo":
                await Undo(actor, taken, ct);
                return TakenKind.Other;
            case "Block":
                await Unfollow(actor, taken.Author.Id, null, ct);
                return TakenKind.Other;
            case "Delete":
                return await Delete(actor, taken, ct);
            default:
                await React(taken, ct);
                return TakenKind.Other;
        }
    }

    // A deletion that overtook its note.
    private Task<bool> IsDeleted(OwnActor actor, TakenActivity taken, CancellationToken ct) =>
        db.Set<TakenRow>().AnyAsync(t => t.Account == actor.Account && t.Object == taken.Object && t.Actor == taken.Author.Id && t.Kind == TakenKind.Removed, ct);

    private async Task Follow(OwnActor actor, TakenActivity taken, CancellationToken ct)
    {
        var now = clock.Now();
        var inbox = taken.Author.SharedInbox ?? taken.Author.Inbox;
        if (await db.Set<FollowerRow>().SingleOrDefaultAsync(f => f.Account == actor.Account && f.Actor == taken.Author.Id, ct) is { } known) (known.Follow, known.Inbox) = (taken.Id, inbox);
        else db.Add(new FollowerRow { Account = actor.Account, Actor = taken.Author.Id, Follow = taken.Id, Inbox = inbox, At = now });
        var id = $"{actor.Id}/accepts/{Ids.New(now):N}";
        var accept = new JsonObject
        {
            ["@context"] = "https://www.w3.org/ns/activitystreams", ["id"] = id, ["type"] = "Accept", ["actor"] = actor.Id, ["to"] = new JsonArray(taken.Author.Id),
            ["object"] = new JsonObject { ["id"] = taken.Id, ["type"] = "Follow", ["actor"] = taken.Author.Id, ["object"] = actor.Id },
        };
        await db.Send(actor.Account, id, accept.ToJsonString(), [taken.Author.Inbox], now, ct);
    }

    // What is undone is named by its id, by itself, or by both.
    private async Task Undo(OwnActor actor, TakenActivity taken, CancellationToken ct)
    {
        var undone = taken.Activity["object"];
        if (undone is JsonObject && ActivityJson.Id(undone, "actor") is { } whose && whose != taken.Author.Id) return;
        var id = ActivityJson.Id(undone);
        if (ActivityJson.Is(undone, "Follow") || undone is JsonValue) await Unfollow(actor, taken.Author.Id, undone is JsonValue ? id : null, ct);
        var about = ActivityJson.Id(undone, "object");
        var (key, kind) = (actor.KeyOf(about), ActivityJson.Is(undone, "Announce") ? "Announce" : "Like");
        await db.Set<ReactionRow>().Where(r => r.Actor == taken.Author.Id && (r.Activity == id || key != null && r.Note == key && r.Kind == kind)).ExecuteDeleteAsync(ct);
    }

    private Task<int> Unfollow(OwnActor actor, string who, string? follow, CancellationToken ct) =>
        db.Set<FollowerRow>().Where(f => f.Account == actor.Account && f.Actor == who && (follow == null || f.Follow == follow)).ExecuteDeleteAsync(ct);

    private async Task<TakenKind> Delete(OwnActor actor, TakenActivity taken, CancellationToken ct)
    {
        if (taken.Object == taken.Author.Id)
        {
            await Unfollow(actor, taken.Author.Id, null, ct);
            await db.Set<ReactionRow>().Where(r => r.Actor == taken.Author.Id).ExecuteDeleteAsync(ct);
            await db.Set<RemoteActorRow>().Where(r => r.Id == taken.Author.Id).ExecuteDeleteAsync(ct);
            return TakenKind.AuthorGone;
        }

        // Only what this author wrote; what was never here is remembered, should its note come late.
        var others = await db.Set<TakenRow>().AnyAsync(t => t.Object == taken.Object && t.Kind == TakenKind.Post && t.Actor != taken.Author.Id, ct);
        if (others || !ActivityJson.SameHost(taken.Object, taken.Author.Id)) return TakenKind.Other;
        await db.Set<TakenRow>().Where(t => t.Account == actor.Account && t.Object == taken.Object && t.Kind == TakenKind.Post).ExecuteUpdateAsync(set => set.SetProperty(t => t.Body, (string?)null), ct);
        return TakenKind.Removed;
    }

    private async Task React(TakenActivity taken, CancellationToken ct)
    {
        var (key, kind) = (taken.Object![(taken.Object!.LastIndexOf('/') + 1)..], ActivityJson.Is(taken.Activity, "Announce") ? "Announce" : "Like");
        if (!await db.Set<NoteRow>().AnyAsync(n => n.Key == key && n.DeletedAt == null, ct)) return;
        if (await db.Set<ReactionRow>().SingleOrDefaultAsync(r => r.Note == key && r.Actor == taken.Author.Id && r.Kind == kind, ct) is { } known) known.Activity = taken.Id;
        else db.Add(new ReactionRow { Note = key, Actor = taken.Author.Id, Kind = kind, Activity = taken.Id, At = clock.Now() });
    }
}
