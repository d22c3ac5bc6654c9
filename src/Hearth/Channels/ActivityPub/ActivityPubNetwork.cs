using System.Text;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.ActivityPub;

/// <summary>
/// The fediverse as a network to speak on, as an actor of our own. A note stands here under a key that we chose; whom it answers is told before it counts
/// as sent, followers by jobs of their own. Its id is known before, so telling somebody again changes nothing there.
/// </summary>
internal sealed class ActivityPubNetwork(IServiceScopeFactory scopes, OwnActors actors, RemoteActors others, ActivityPubClient client, FindActor find, TimeProvider clock) : IOutgoingNetwork
{
    /// <summary>The most characters of a note. The protocol has no limit; servers cut or refuse what is much longer.</summary>
    public const int MaxCharacters = 5_000;

    private const int MaxAlt = 1_500; // Mastodon's limit; it cuts what is longer

    public string Name => Networks.ActivityPub;

    public TextLength Measure(string text) => new(text.Length, MaxCharacters, "characters");

    public bool Edits => true;

    public Task<NetworkRules> Rules(ChannelAccountId account, CancellationToken ct) =>
        Task.FromResult(new NetworkRules(MaxCharacters, "characters", null, null, NotePictures.Most, NotePictures.MostBytes, NotePictures.Types, MaxAlt));

    public IReadOnlyList<TextMark> Marks(string text) => [.. NoteHtml.Marked(text).Select(m => new TextMark(m.Start, m.Length, m.Value[0] == '@' ? MarkKind.Handle : MarkKind.Link, m.Value.TrimStart('@')))];

    public string NewKey(DateTimeOffset now) => Ids.New(now).ToString("N");

    public async Task<string> Prepare(ChannelAccountId account, Outgoing message, CancellationToken ct)
    {
        var actor = await Actor(account, ct);
        var answered = message.Reply is { } reply ? await Answered(actor, reply.Parent.Uri, ct) : null;
        var named = new Dictionary<string, NamedActor>(StringComparer.OrdinalIgnoreCase);
        foreach (var handle in NoteHtml.Handles(message.Text))
        {
            if (await find.ByHandle(actor, handle, ct) is { } found) named[handle] = found;
        }

        var html = NoteHtml.Paragraphs(message.Text, named);
        if (answered is { Author: { } author } && named.Values.All(n => n.Id != author.Id))
        {
            named[author.Handle] = author;
            html = "<p>" + NoteHtml.Mention(author) + " " + html["<p>".Length..]; // as people of the network are used to see an answer begin
        }

        if (message.Card is { } card) html += NoteHtml.Link(card.Url, card.Title);
        IReadOnlyList<NotePicture> pictures = [];
        if (message.Images.Count > 0) await Write(async db => pictures = await NotePictures.Keep(db, message.Images, clock.Now(), ct), ct);
        return new PreparedNote(html, message.Text, message.At, message.Reply?.Parent.Uri, answered?.Root, answered?.IsPublic ?? true, [.. named.Values.DistinctBy(n => n.Id)], message.Language, pictures.Count > 0 ? pictures : null).Write();
    }

    public async Task<Placed> Place(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        var (actor, note) = (await Actor(account, ct), PreparedNote.Read(prepared));
        var activity = note.Activity(actor, key, 0, null);
        await Write(async db =>
        {
            if (await db.Set<NoteRow>().AnyAsync(n => n.Key == key, ct)) return;
            var now = clock.Now();
            db.Add(new NoteRow { Key = key, Account = account, Body = prepared, IsPublic = note.IsPublic, Root = note.Root, At = now });
            await db.Send(account, (string)activity["id"]!, activity.ToJsonString(), note.IsForFollowers ? await db.FollowerInboxes(account, ct) : [], now, ct);
        }, ct);
        await Tell(actor, note, Encoding.UTF8.GetBytes(activity.ToJsonString()), ct);
        return At(actor, key);
    }

    public async Task<Placed> Edit(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        var (actor, note) = (await Actor(account, ct), PreparedNote.Read(prepared));
        JsonObject? activity = null;
        await Write(async db =>
        {
            var row = await db.Set<NoteRow>().SingleOrDefaultAsync(n => n.Key == key && n.Account == account && n.DeletedAt == null, ct) ?? throw new ChannelRefusedException("There is nothing to change any more.");
            if (row.Body != prepared) (row.Body, row.Version, row.UpdatedAt) = (prepared, row.Version + 1, clock.Now());
            if (row.Version == 0) return; // the words that stand there already
            activity = note.Activity(actor, key, row.Version, row.UpdatedAt);
            await db.Send(account, (string)activity["id"]!, activity.ToJsonString(), note.IsForFollowers ? await db.FollowerInboxes(account, ct) : [], clock.Now(), ct);
        }, ct);
        if (activity is not null) await Tell(actor, note, Encoding.UTF8.GetBytes(activity.ToJsonString()), ct);
        return At(actor, key);
    }

    public async Task<IReadOnlyDictionary<string, Receipts>> Receipts(ChannelAccountId account, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        var actor = await Actor(account, ct);
        var keys = externalIds.Select(id => (Id: id, Key: actor.KeyOf(id))).Where(n => n.Key is not null).ToDictionary(n => n.Key!, n => n.Id, StringComparer.Ordinal);
        var (ours, ids) = (keys.Keys.ToArray(), keys.Values.ToArray());
        var reactions = await Read(db => db.Set<ReactionRow>().Where(r => ours.Contains(r.Note)).GroupBy(r => new { r.Note, r.Kind }).Select(g => new { g.Key.Note, g.Key.Kind, Count = g.Count() }).ToListAsync(ct));
        var replies = await Read(db => db.Set<TakenRow>().Where(t => t.Account == account && t.Kind == TakenKind.Post && t.Parent != null && ids.Contains(t.Parent)).GroupBy(t => t.Parent!).Select(g => new { g.Key, Count = g.Select(t => t.Object).Distinct().Count() }).ToListAsync(ct));
        return keys.ToDictionary(k => k.Value, k => new Receipts(Of(k.Key, "Like"), Of(k.Key, "Announce"), replies.Find(r => r.Key == k.Value)?.Count ?? 0), StringComparer.Ordinal);

        int Of(string note, string kind) => reactions.Find(r => r.Note == note && r.Kind == kind)?.Count ?? 0;
    }

    public async Task<Placed?> Find(ChannelAccountId account, string key, CancellationToken ct)
    {
        var actor = await Actor(account, ct);
        return await Read(db => db.Set<NoteRow>().AnyAsync(n => n.Key == key && n.Account == account && n.DeletedAt == null, ct)) ? At(actor, key) : null;
    }

    public async Task Remove(ChannelAccountId account, string key, CancellationToken ct)
    {
        var actor = await Actor(account, ct);
        var inboxes = await Read(db => db.Set<NoteRow>().AsNoTracking().SingleOrDefaultAsync(n => n.Key == key && n.Account == account && n.DeletedAt == null, ct)) is { } there
            ? await Inboxes(actor, PreparedNote.Read(there.Body), ct) : [];
        await Write(async db =>
        {
            if (await db.Set<NoteRow>().SingleOrDefaultAsync(n => n.Key == key && n.Account == account && n.DeletedAt == null, ct) is not { } row) return;
            var (note, now) = (PreparedNote.Read(row.Body), clock.Now());
            row.DeletedAt = now;
            row.Body = (note with { Html = "", Text = "", Pictures = null }).Write();
            await NotePictures.Drop(db, key, note.Pictures ?? [], ct);
            var activity = note.Deletion(actor, key, now);
            await Forget(db, actor, key, ct);
            await db.Send(account, (string)activity["id"]!, activity.ToJsonString(), [.. inboxes, .. note.IsForFollowers ? await db.FollowerInboxes(account, ct) : []], now, ct);
        }, ct);
    }

    // What it said is not to be sent any more, nor kept.
    private static Task<int> Forget(Database db, OwnActor actor, string key, CancellationToken ct)
    {
        var note = actor.Note(key) + "/";
        return db.Set<SentRow>().Where(s => s.Activity.StartsWith(note)).ExecuteDeleteAsync(ct);
    }

    private static Placed At(OwnActor actor, string key) => new(actor.Note(key), null, actor.Origin + ReadSaid.Path + key);

    private async Task<OwnActor> Actor(ChannelAccountId account, CancellationToken ct) => await actors.Of(account, ct) ?? throw new ChannelRefusedException("The account is disconnected.");

    // Whoever is answered or named must have it, or it is not sent.
    private async Task Tell(OwnActor actor, PreparedNote note, byte[] activity, CancellationToken ct)
    {
        foreach (var inbox in await Inboxes(actor, note, ct))
        {
            try
            {
                await client.Post(actor, inbox, activity, ct);
            }
            catch (ActivityPubException e)
            {
                throw new ChannelRefusedException(e.Message, e);
            }
        }
    }

    private async Task<IReadOnlyList<string>> Inboxes(OwnActor actor, PreparedNote note, CancellationToken ct)
    {
        var inboxes = new List<string>();
        foreach (var named in note.Named)
        {
            try
            {
                var row = await others.Find(actor, named.Id, ct);
                inboxes.Add(note.IsPublic ? row.SharedInbox ?? row.Inbox : row.Inbox);
            }
            catch (ActivityPubException e)
            {
                throw new ChannelRefusedException($"{named.Handle} is no longer there: {e.Message}", e);
            }
        }

        return [.. inboxes.Distinct(StringComparer.Ordinal)];
    }

    private sealed record AnsweredNote(NamedActor? Author, string? Root, bool IsPublic);

    // What came to our inbox is known; anything else is asked for.
    private async Task<AnsweredNote> Answered(OwnActor actor, string uri, CancellationToken ct)
    {
        try
        {
            if (await Read(db => db.Set<TakenRow>().AsNoTracking().Where(t => t.Account == actor.Account && t.Object == uri && t.Kind == TakenKind.Post).OrderByDescending(t => t.Position).FirstOrDefaultAsync(ct)) is { } heard)
            {
                return new(NamedActor.Of(await others.Find(actor, heard.Actor, ct)), heard.Root ?? uri, heard.IsPublic);
            }

            if (actor.KeyOf(uri) is { } own) return new(null, (await Read(db => db.Set<NoteRow>().AsNoTracking().SingleOrDefaultAsync(n => n.Key == own, ct)))?.Root ?? uri, true);
            var note = await client.Get(actor, uri, ct);
            if (ActivityJson.Id(note, "attributedTo") is not { } author || !ActivityJson.SameHost(author, ActivityJson.Text(note, "id"))) throw new ChannelRefusedException("What this answers has no author.");
            var isPublic = ActivityJson.Ids(note, "to").Concat(ActivityJson.Ids(note, "cc")).Any(ActivityJson.IsPublic);
            return new(NamedActor.Of(await others.Find(actor, author, ct)), ActivityJson.Id(note, "inReplyTo") ?? uri, isPublic);
        }
        catch (ActivityPubException e)
        {
            throw new ChannelRefusedException(e.IsGone ? "The post that this answers is no longer there." : e.Message, e);
        }
    }

    private async Task<T> Read<T>(Func<Database, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<Database>());
    }

    // Its own unit of work, as on any network: what stands here stands, whatever becomes of the caller's work.
    private async Task Write(Func<Database, Task> write, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        await db.InTransaction(async () =>
        {
            await write(db);
            await db.SaveChangesAsync(ct);
        }, ct);
    }
}
