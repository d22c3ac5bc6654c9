using System.Runtime.CompilerServices;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>What the brand's own actor knows of people of the fediverse: who follows it, what they sent, how they reacted.</summary>
internal sealed class PersonalActivities(Database db, EraseTraces traces, TimeProvider clock) : IPersonalData
{
    public string Room => "Fediverse";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var actors = Actors(who);
        yield return new("profiles", [.. await db.Set<RemoteActorRow>().AsNoTracking().Where(a => actors.Contains(a.Id)).Select(a => new { a.Id, a.Username, a.Name, a.Avatar, a.Url, a.FetchedAt }).ToListAsync(ct)]);
        yield return new("follows", [.. await db.Set<FollowerRow>().AsNoTracking().Where(f => actors.Contains(f.Actor)).Select(f => new { f.Actor, f.Follow, f.At }).ToListAsync(ct)]);
        yield return new("activities", [.. await db.Set<TakenRow>().AsNoTracking().Where(t => actors.Contains(t.Actor)).OrderBy(t => t.Position).Select(t => new { t.Activity, t.Kind, t.Object, t.Body, t.At }).ToListAsync(ct)]);
        yield return new("reactions", [.. await db.Set<ReactionRow>().AsNoTracking().Where(r => actors.Contains(r.Actor)).Select(r => new { r.Note, r.Actor, r.Kind, r.At }).ToListAsync(ct)]);
        var answers = new List<object>();
        foreach (var id in actors)
        {
            foreach (var note in await db.Set<NoteRow>().AsNoTracking().Where(n => n.Body.Contains(id)).OrderBy(n => n.At).ToListAsync(ct))
            {
                var said = PreparedNote.Read(note.Body);
                answers.Add(new { said.Text, said.At, said.InReplyTo, note.UpdatedAt, note.DeletedAt }); // whom else it names is theirs
            }
        }

        yield return new("answers", answers);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var actors = Actors(who);
        var (inboxes, hosts) = await Known(actors, ct);
        var taken = await db.Set<TakenRow>().Where(t => actors.Contains(t.Actor)).ExecuteDeleteAsync(ct);
        var reactions = await db.Set<ReactionRow>().Where(r => actors.Contains(r.Actor)).ExecuteDeleteAsync(ct);
        var follows = await db.Set<FollowerRow>().Where(f => actors.Contains(f.Actor)).ExecuteDeleteAsync(ct);
        var profiles = await db.Set<RemoteActorRow>().Where(a => actors.Contains(a.Id)).ExecuteDeleteAsync(ct);
        var notes = await Answers(actors, ct);
        await db.Set<DeliveryRow>().Where(d => inboxes.Contains(d.Inbox)).ExecuteDeleteAsync(ct); // to them alone
        foreach (var inbox in inboxes) await traces.DropJobs(inbox, ct);
        var known = db.Set<RemoteActorRow>().Select(a => a.Host);
        await db.Set<HostRow>().Where(h => hosts.Contains(h.Host) && h.BlockedAt == null && !known.Contains(h.Host)).ExecuteDeleteAsync(ct);
        return
        [
            new("Activities that they sent", taken), new("Likes and shares", reactions), new("Follows", follows), new("Profiles with their keys", profiles),
            new("Answers to them at the brand's own address", notes, notes == 0 ? null : "other servers keep the copies that they were sent"),
        ];
    }

    // Where they alone are reached, and whose server that is: it may be nobody's but theirs.
    private async Task<(List<string> Inboxes, List<string> Hosts)> Known(string[] actors, CancellationToken ct)
    {
        var rows = await db.Set<RemoteActorRow>().AsNoTracking().Where(a => actors.Contains(a.Id)).Select(a => new { a.Inbox, a.SharedInbox, a.Host }).ToListAsync(ct);
        return ([.. rows.Where(r => r.Inbox != r.SharedInbox).Select(r => r.Inbox)], [.. rows.Select(r => r.Host).Distinct(StringComparer.Ordinal)]);
    }

    // What was said to them, which names them, and what of it is still on its way.
    private async Task<int> Answers(string[] actors, CancellationToken ct)
    {
        var found = 0;
        foreach (var id in actors)
        {
            await db.Set<SentRow>().Where(s => s.Body.Contains(id)).ExecuteDeleteAsync(ct);
            foreach (var note in await db.Set<NoteRow>().Where(n => n.Body.Contains(id)).ToListAsync(ct))
            {
                var said = PreparedNote.Read(note.Body);
                note.Body = (said with { Html = "", Text = "", InReplyTo = null, Root = null, Named = [], Pictures = null }).Write();
                await NotePictures.Drop(db, note.Key, said.Pictures ?? [], ct);
                note.DeletedAt ??= clock.Now();
                await db.Set<NoteRow>().Where(n => n.Key == note.Key).ExecuteUpdateAsync(set => set.SetProperty(n => n.Root, (string?)null), ct);
                found++;
            }
        }

        await db.SaveChangesAsync(ct);
        return found;
    }

    // Posts of Mastodon's client API name an account by its page; the actor's id is its own.
    private static string[] Actors(PersonalScope who) => [.. who.Accounts.Where(a => a.Network is Networks.Mastodon or "activitypub").Select(a => a.ExternalId).Distinct(StringComparer.Ordinal)];
}
