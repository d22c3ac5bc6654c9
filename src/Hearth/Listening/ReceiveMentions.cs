using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>What became of a batch: every post is in exactly one of the three.</summary>
/// <param name="Kept">New mentions.</param>
/// <param name="Repeated">Posts that were there already, or twice in the batch.</param>
/// <param name="Rejected">Posts that cannot be kept, with the reason.</param>
public sealed record Received(int Kept, int Repeated, IReadOnlyList<RejectedPost> Rejected);

/// <summary>One post of a batch that cannot be kept.</summary>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="ExternalId">As the source gave it.</param>
/// <param name="Reason">For a person.</param>
public sealed record RejectedPost(int Index, string ExternalId, string Reason);

/// <summary>How a batch is taken in.</summary>
/// <param name="Cursor">The source's new cursor, stored with the posts; null leaves it as it is.</param>
/// <param name="Engage">Overrides the source's own setting for this batch.</param>
/// <param name="Removed">External ids of posts deleted at the source: their text goes here too.</param>
public sealed record Receiving(string? Cursor = null, bool? Engage = null, IReadOnlyList<string>? Removed = null);

/// <summary>
/// The one way in for posts. A batch is read, matched and stored in one transaction with the source's cursor, and <see cref="MentionHeard"/> recorded for
/// each new one. The same batch again, or at the same moment on another node, adds nothing: (source, external id) is unique.
/// </summary>
public sealed class ReceiveMentions(Database db, ResolvePeople people, Matcher matcher, TimeProvider clock)
{
    private const int MaxText = 100_000;
    private const int MaxId = 512;

    /// <summary>Takes a batch in; safe to repeat.</summary>
    /// <exception cref="InvalidOperationException">There is no such source.</exception>
    public async Task<Received> Run(SourceId source, IReadOnlyList<IncomingPost> posts, Receiving how, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransaction(() => Store(source, posts, how, ct), ct);
            }
            catch (Exception e) when ((e.IsDuplicateKey() || e is DbUpdateException update && update.IsDuplicateKey()) && attempt < 5)
            {
                db.ChangeTracker.Clear(); // the same posts came in elsewhere at the same moment; now they are repeats
            }
        }
    }

    public Task<Received> Run(SourceId source, IReadOnlyList<IncomingPost> posts, string? cursor, CancellationToken ct) => Run(source, posts, new Receiving(cursor), ct);

    private async Task<Received> Store(SourceId id, IReadOnlyList<IncomingPost> posts, Receiving how, CancellationToken ct)
    {
        var source = await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new InvalidOperationException($"There is no source {id.Value}.");
        var now = clock.Now();
        var ids = posts.Select(p => p.ExternalId).ToArray();
        var known = (await db.Set<MentionRow>().Where(m => m.Source == id && ids.Contains(m.ExternalId)).Select(m => m.ExternalId).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var rejected = new List<RejectedPost>();
        var kept = new List<IncomingPost>();
        for (var i = 0; i < posts.Count; i++)
        {
            if (Wrong(posts[i], now) is { } reason) rejected.Add(new(i, posts[i].ExternalId, reason));
            else if (known.Add(posts[i].ExternalId)) kept.Add(posts[i]);
        }

        var authors = await Authors(source, kept, ct);
        var queries = await matcher.Current(db, ct);
        var batch = new Batch([], [], []);
        foreach (var post in kept) Keep(batch, source, post, authors, queries, how.Engage ?? source.Engage, now);
        if (how.Removed is { Count: > 0 } removed) await Remove(id, removed, now, ct);

        source.Cursor = how.Cursor ?? source.Cursor;
        source.LastReadAt = now;
        if (posts.Count > 0) source.LastItemAt = posts.Where(p => p.At <= now.AddDays(1)).Select(p => (DateTimeOffset?)p.At).Append(source.LastItemAt).Max();
        await db.InsertAll(batch.Mentions, ct);
        await db.InsertAll(batch.Topics, ct);
        await db.InsertAll(batch.Queries, ct);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return new(kept.Count, posts.Count - kept.Count - rejected.Count, rejected);
    }

    private async Task<Dictionary<string, PersonId>> Authors(SourceRow source, List<IncomingPost> posts, CancellationToken ct)
    {
        var network = source.Network is "file" or "webhook" or "web" ? $"{source.Network}:{source.Id.Value}" : source.Network;
        var seen = posts.Where(p => p.Author is { ExternalId.Length: > 0 })
            .Select(p => new SeenIdentity(network, KeptText.Of(p.Author!.ExternalId), KeptText.Of(p.Author.Handle), KeptText.Of(p.Author.Name), KeptText.Of(p.Author.AvatarUrl), KeptText.Of(p.Author.Url), p.At)).ToList();
        var persons = await people.For(seen, ct);
        var byAccount = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        for (var i = 0; i < seen.Count; i++) byAccount[seen[i].ExternalId] = persons[i];
        return byAccount;
    }

    private async Task Remove(SourceId source, IReadOnlyList<string> externalIds, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var mention in await db.Set<MentionRow>().Where(m => m.Source == source && externalIds.Contains(m.ExternalId) && m.RemovedAt == null).ToListAsync(ct))
        {
            (mention.Text, mention.Words, mention.RemovedAt) = ("", "", now);
            db.Record(new MentionRemoved(mention.Id, source, now));
        }
    }

    private sealed record Batch(List<MentionRow> Mentions, List<MentionTopic> Topics, List<MentionQuery> Queries);

    private void Keep(Batch batch, SourceRow source, IncomingPost post, Dictionary<string, PersonId> authors, QuerySnapshot queries, bool engage, DateTimeOffset now)
    {
        var text = KeptText.Of(post.Text);
        var tokens = Tokens.Of(text);
        var reading = Understand.Read(text, tokens, post.Language);
        var at = Time.FromUnixMicroseconds(post.At.ToUnixMicroseconds());
        var scope = source.Network is "file" or "webhook" or "web" ? $"{source.Network}:{source.Id.Value}" : source.Network;
        var mention = new MentionRow
        {
            Id = MentionId.New(), Source = source.Id, Network = source.Network, ExternalId = post.ExternalId, Text = text, Words = MentionSearch.Words(tokens), At = at, Day = MentionRow.DayOf(at), HeardAt = now,
            Url = KeptText.Of(post.Url), AuthorId = KeptText.Of(post.Author?.ExternalId), AuthorHandle = KeptText.Of(post.Author?.Handle), AuthorName = KeptText.Of(post.Author?.Name),
            AuthorAvatar = KeptText.Of(post.Author?.AvatarUrl), AuthorUrl = KeptText.Of(post.Author?.Url), ThreadKey = $"{scope}:{post.RootId ?? post.ParentId ?? post.ExternalId}", ParentId = post.ParentId, Person = post.Author is { } author && authors.TryGetValue(KeptText.Of(author.ExternalId), out var person) ? person : null,
            Uri = post.Refs?.Uri, Cid = post.Refs?.Cid, RootUri = post.Refs?.RootUri, RootCid = post.Refs?.RootCid, IsOwn = post.IsOwn,
            Kind = post.Kind ?? (post.ParentId is null ? PostKind.Original : PostKind.Reply), Has = post.Has | (HoldsLink(text) ? Media.Link : Media.None), Followers = post.Followers, Links = post.Links is { Count: > 0 } links ? KeptText.Of(string.Join('\n', links)) : null,
            Language = reading.Language, Sentiment = reading.Sentiment, Strength = reading.Strength, Intents = reading.Intents.Bits(),
        };
        var asked = new AskedPost(text, mention.AuthorHandle, mention.Language, mention.Url, post.Links, source.Name, source.Network, mention.Followers, mention.Kind, mention.Has, mention.Sentiment, mention.Intents);
        batch.Mentions.Add(mention);
        foreach (var topic in reading.Topics) batch.Topics.Add(new() { Mention = mention.Id, Topic = topic, At = at });
        foreach (var query in queries.Matching(asked, tokens)) batch.Queries.Add(new() { Mention = mention.Id, Query = query, At = at });
        db.Record(new MentionHeard(mention.Id, source.Id, source.Network, mention.Person, mention.ThreadKey, engage && !post.IsOwn, at));
    }

    private static bool HoldsLink(string text) =>
        text.Contains("http://", StringComparison.OrdinalIgnoreCase) || text.Contains("https://", StringComparison.OrdinalIgnoreCase) || text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    private static string? Wrong(IncomingPost post, DateTimeOffset now) =>
        post.ExternalId is not { Length: > 0 and <= MaxId } || post.ExternalId.Contains('\0') ? $"the id must have 1 to {MaxId} characters"
        : string.IsNullOrWhiteSpace(post.Text) ? "there is no text"
        : post.Text.Length > MaxText ? $"the text is longer than {MaxText:N0} characters"
        : post.At < DateTimeOffset.UnixEpoch ? "the date is before 1970"
        : post.At > now.AddDays(2) ? "the date is in the future"
        : post.Author?.ExternalId.Length > MaxId ? $"the author's id is longer than {MaxId} characters"
        : null;
}
