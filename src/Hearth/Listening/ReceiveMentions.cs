using Hearth.Catalog;
using Hearth.Channels;
using Hearth.Listening.Counting;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;
using Hearth.People;
using Hearth.People.Erasure;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// The one way in for posts. A batch is read, matched and stored in one transaction with the source's cursor, and <see cref="MentionHeard"/> recorded for
/// each new one. The same batch again, or at the same moment on another node, adds nothing: (source, external id) is unique. Step 1 makes sure that the
/// reader still holds the source; 2 sorts posts into new, changed and repeated; 3 matches and reads what is new; 4 does what was changed, engaged and deleted; 5 stores.
/// </summary>
public sealed class ReceiveMentions(Database db, ResolvePeople people, KnownProfiles profiles, ErasedAccounts erased, KeepSigns signs, ChannelAccounts accounts, Matcher matcher, Readers readers, NamedProducts named, Promises promises, TimeProvider clock)
{
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
                db.Forget(); // the same posts came in elsewhere at the same moment; now they are repeats
            }
        }
    }

    public Task<Received> Run(SourceId source, IReadOnlyList<IncomingPost> posts, string? cursor, CancellationToken ct) => Run(source, posts, new Receiving(cursor), ct);

    private async Task<Received> Store(SourceId id, IReadOnlyList<IncomingPost> posts, Receiving how, CancellationToken ct)
    {
        // Step 1
        var now = clock.Now();
        if (how.Lease is { } lease) await lease.Renew(db, now, ct);
        var source = await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new InvalidOperationException($"There is no source {id.Value}.");
        var counts = new MentionRollups();
        var changes = new MentionChanges(db, source, counts, now);
        var siblings = await changes.Siblings(ct);

        // Step 2
        var sorted = await SortPosts.Of(db, source, siblings, posts, how.Removed, now, ct);

        // Step 3
        var queries = await matcher.Current(db, ct);
        var products = sorted.New.Count + sorted.Changed.Count == 0 ? null : await named.Now(ct);
        var promised = products is null ? [] : await promises.All(null, null, ct);
        var reader = await readers.Current(db, ct);
        var brand = how.OnlyMatched || sorted.New.Exists(p => p.SpeaksTo is not null) ? await Brand(source.Network, ct) : [];
        var wanted = new List<ReadPost>(sorted.New.Count);
        var handles = await Handles(source, sorted.New, how, ct);
        var forgotten = await erased.Among(source.IdScope(), [.. sorted.New.Select(p => p.Author?.ExternalId).OfType<string>().Distinct(StringComparer.Ordinal)], ct);
        foreach (var given in sorted.New)
        {
            if (given.Author is { } author && forgotten.TryGetValue(author.ExternalId, out var kept) && kept.Holds(given.At)) continue;
            var post = given.Author is { Handle: null } nameless && handles.GetValueOrDefault(nameless.ExternalId) is { } handle ? given with { Author = nameless with { Handle = handle } } : given;
            var read = ReadPost.Of(post, source, reader, queries, products, promised, brand.Contains(post.Author?.ExternalId ?? ""));
            if (!how.OnlyMatched || read.Queries.Count > 0 || read.IsOwn || post.SpeaksTo?.Any(brand.Contains) == true) wanted.Add(read);
        }

        if (how.Renamed is { Count: > 0 } renamed) await profiles.Rename(source.IdScope(), renamed, ct);
        var authors = await Authors(source, wanted, ct);
        var batch = new Batch([], [], [], [], []);
        var engage = how.Engage ?? source.Engage;
        foreach (var read in wanted) Keep(batch, source, reader, read, authors, engage, now);
        var (topics, queriesOf) = (batch.Topics.ToLookup(t => t.Mention, t => t.Topic), batch.Queries.ToLookup(q => q.Mention, q => q.Query));
        foreach (var mention in batch.Mentions) counts.Count(1, mention, topics[mention.Id], queriesOf[mention.Id]);

        // Step 4
        var edited = 0;
        foreach (var (mention, post) in sorted.Changed)
        {
            if (await changes.Edit(mention, ReadPost.Of(post, source, reader, queries, products, promised, mention.IsOwn, mention), reader.Version, ct)) edited++;
        }

        if (engage && sorted.Quiet.FindAll(p => !p.IsOwn) is { Count: > 0 } quiet)
        {
            var others = how.OnlyMatched ? quiet.Where(p => p.SpeaksTo?.Any(brand.Contains) != true).Select(p => p.ExternalId).ToHashSet(StringComparer.Ordinal) : null;
            await changes.Engage(siblings, quiet.ConvertAll(p => p.ExternalId), others, ct);
        }

        if (how.Removed is { Count: > 0 } removed) await changes.Remove(siblings, removed, ct);
        if (how.RemovedAuthors is { Count: > 0 } gone) await changes.RemoveAll(siblings, await profiles.Forget(source.IdScope(), gone, ct), ct);

        // Step 5
        await Signs(source, wanted, batch.Mentions, ct);
        Note(source, posts, how, now);
        await db.InsertAll(batch.Mentions, ct);
        await db.InsertAll(batch.Topics, ct);
        await db.InsertAll(batch.Queries, ct);
        await db.InsertAll(batch.Products, ct);
        await db.InsertAll(batch.Mismatches, ct);
        await counts.Write(db, ct);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        var left = sorted.Deleted + sorted.New.Count - wanted.Count;
        return new(wanted.Count, posts.Count - wanted.Count - sorted.Rejected.Count - edited - left, sorted.Rejected, edited, left);
    }

    // A reader that gets on is well again, whatever went wrong before.
    private void Note(SourceRow source, IReadOnlyList<IncomingPost> posts, Receiving how, DateTimeOffset now)
    {
        var moved = how.Cursor is not null && how.Cursor != source.Cursor;
        source.Cursor = how.Cursor ?? source.Cursor;
        source.LastReadAt = now;
        source.Skipped += how.Skipped;
        source.Rate = ItemRate.Add(source.Rate, posts.Count, now);
        if (how.SeenUpTo is { } seen && !(source.SeenUpTo > seen)) source.SeenUpTo = seen;
        if (posts.Count > 0) source.LastItemAt = posts.Where(p => p.At <= now.AddDays(1)).Select(p => (DateTimeOffset?)p.At).Append(source.LastItemAt).Max();
        if (how.Lease is { } lease && (moved || posts.Count > 0 || lease.IsSteady(now))) source.Works(db, now);
    }

    // Streams tell who wrote a post by an id alone; the handle is what was told of the account before.
    private async Task<IReadOnlyDictionary<string, string>> Handles(SourceRow source, List<IncomingPost> posts, Receiving how, CancellationToken ct)
    {
        if (source.IdScope() != source.Network) return new Dictionary<string, string>();
        var nameless = posts.Where(p => p.Author is { Handle: null }).Select(p => p.Author!.ExternalId).Distinct(StringComparer.Ordinal).ToList();
        var known = await profiles.Handles(source.Network, nameless, ct);
        if (how.Renamed is not { Count: > 0 } renamed) return known;
        return nameless.Where(n => renamed.ContainsKey(n) || known.ContainsKey(n)).ToDictionary(n => n, n => renamed.GetValueOrDefault(n) ?? known[n], StringComparer.Ordinal);
    }

    private async Task<HashSet<string>> Brand(string network, CancellationToken ct) =>
        (await accounts.All(ct)).Where(a => a.Network == network).Select(a => a.ExternalId).ToHashSet(StringComparer.Ordinal);

    private async Task<Dictionary<string, PersonId>> Authors(SourceRow source, List<ReadPost> posts, CancellationToken ct)
    {
        var network = source.IdScope();
        var seen = posts.Select(p => p.Post).Where(p => p.Author is { ExternalId.Length: > 0 })
            .Select(p => new SeenIdentity(network, KeptText.Of(p.Author!.ExternalId), KeptText.Of(p.Author.Handle), KeptText.Of(p.Author.Name), KeptText.Of(p.Author.AvatarUrl), KeptText.Of(p.Author.Url), p.At)).ToList();
        var persons = await people.For(seen, ct);
        var byAccount = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        for (var i = 0; i < seen.Count; i++) byAccount[seen[i].ExternalId] = persons[i];
        return byAccount;
    }

    // What posts and profiles say of who their authors are elsewhere; most say nothing.
    private async Task Signs(SourceRow source, List<ReadPost> posts, List<MentionRow> mentions, CancellationToken ct)
    {
        var network = source.IdScope();
        var seen = new List<SeenSign>();
        for (var i = 0; i < posts.Count; i++)
        {
            if (posts[i] is not { IsOwn: false, Post.Author: { } author } read) continue;
            if (author.Profile is { } profile) seen.AddRange(KeepSigns.Of(profile, author.Url).Select(s => new SeenSign(network, KeptText.Of(author.ExternalId), s)));
            seen.AddRange(KeepSigns.Of(read.Text, $"/listen/mentions/{mentions[i].Id.Value}").Select(s => new SeenSign(network, KeptText.Of(author.ExternalId), s)));
        }

        await signs.Add(seen, ct);
    }

    private sealed record Batch(List<MentionRow> Mentions, List<MentionTopic> Topics, List<MentionQuery> Queries, List<MentionProduct> Products, List<MismatchRow> Mismatches);

    private void Keep(Batch batch, SourceRow source, Reader reader, ReadPost read, Dictionary<string, PersonId> authors, bool engage, DateTimeOffset now)
    {
        var (post, reading) = (read.Post, read.Reading);
        var at = Time.FromUnixMicroseconds(post.At.ToUnixMicroseconds());
        var mention = new MentionRow
        {
            Id = MentionId.New(), Source = source.Id, Network = source.Network, ExternalId = post.ExternalId, Text = read.Text, Words = MentionSearch.Words(read.Tokens, MentionSearch.LinksOf(read.Text, read.Links)), At = at, Day = MentionRow.DayOf(at), HeardAt = now,
            Url = KeptText.Of(post.Url), AuthorId = KeptText.Of(post.Author?.ExternalId), AuthorHandle = KeptText.Of(post.Author?.Handle ?? (post.Author?.ExternalId.StartsWith("did:", StringComparison.Ordinal) == true ? post.Author.ExternalId : null)), AuthorName = KeptText.Of(post.Author?.Name),
            AuthorAvatar = KeptText.Of(post.Author?.AvatarUrl), AuthorUrl = KeptText.Of(post.Author?.Url), ThreadKey = $"{source.IdScope()}:{post.RootId ?? post.ParentId ?? post.ExternalId}", ParentId = post.ParentId,
            Person = post.Author is { } author && authors.TryGetValue(KeptText.Of(author.ExternalId), out var person) ? person : null,
            Uri = post.Refs?.Uri, Cid = post.Refs?.Cid, RootUri = post.Refs?.RootUri, RootCid = post.Refs?.RootCid, IsOwn = read.IsOwn, IsQuiet = !engage,
            Kind = read.Kind, Has = read.Has, Followers = post.Followers, Links = read.Links, Carries = MentionMedia.Write(post.Carries), EditedAt = post.IsEdit ? post.EditedAt ?? at : null,
            Language = reading.Language, Sentiment = reading.Sentiment, Strength = reading.Strength, Intents = reading.Intents.Bits(), Emotion = reading.Emotion, Urgency = reading.Urgency,
            ReadBy = reader.Version, Sure = read.Sure,
        };
        batch.Mentions.Add(mention);
        foreach (var aspect in reading.Aspects) batch.Topics.Add(new() { Mention = mention.Id, Topic = aspect.Attribute, Polarity = aspect.Polarity, At = at });
        foreach (var product in reading.Products) batch.Products.Add(new() { Mention = mention.Id, Product = product.Product, Polarity = product.Polarity, At = at });
        foreach (var mismatch in reading.Mismatches) batch.Mismatches.Add(MismatchRow.Of(mention.Id, at, mismatch));
        foreach (var query in read.Queries) batch.Queries.Add(new() { Mention = mention.Id, Query = query, At = at });
        db.RecordOneOfMany(new MentionHeard(mention.Id, source.Id, source.Network, mention.Person, mention.ThreadKey, engage && !read.IsOwn, at));
    }
}
