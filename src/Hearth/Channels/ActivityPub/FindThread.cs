using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>Finds the thread that a note belongs to: what is known here first, then by asking from answer to answered.</summary>
internal sealed class FindThread(Database db, ActivityPubClient client)
{
    /// <summary>How far up a thread is asked for when nothing of it is known.</summary>
    private const int MostAsked = 8;

    /// <summary>True when a note, or the one that it answers, was taken before.</summary>
    public Task<bool> IsKnown(OwnActor actor, string note, string? parent, CancellationToken ct) =>
        db.Set<TakenRow>().AnyAsync(t => t.Account == actor.Account && t.Kind == TakenKind.Post && (t.Object == note || t.Object == parent), ct);

    /// <summary>The first note of the thread of what answers <paramref name="parent"/>; null when it answers nothing.</summary>
    public async Task<string?> Root(OwnActor actor, string? parent, CancellationToken ct)
    {
        var top = parent;
        for (var asked = 0; top is not null; asked++)
        {
            if (await Known(actor, top, ct) is { } root) return root;
            if (asked == MostAsked || await Answered(actor, top, ct) is not { } above) return top;
            top = above;
        }

        return top;
    }

    private async Task<string?> Known(OwnActor actor, string note, CancellationToken ct)
    {
        if (actor.KeyOf(note) is { } key) return await db.Set<NoteRow>().Where(n => n.Key == key).Select(n => n.Root ?? note).SingleOrDefaultAsync(ct) ?? note;
        return await db.Set<TakenRow>().Where(t => t.Account == actor.Account && t.Object == note && t.Kind == TakenKind.Post).OrderBy(t => t.Position).Select(t => t.Root ?? note).FirstOrDefaultAsync(ct);
    }

    // A thread whose beginning nobody shows begins where it can be seen.
    private async Task<string?> Answered(OwnActor actor, string note, CancellationToken ct)
    {
        try
        {
            var found = await client.Get(actor, note, ct);
            return ActivityJson.Id(found, "inReplyTo") is { } above && ActivityJson.HostOf(above) is not null && above != note ? above : null;
        }
        catch (Exception e) when (e is HttpRequestException or ActivityPubException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
