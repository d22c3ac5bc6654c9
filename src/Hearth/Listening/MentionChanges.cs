using Hearth.Listening.Counting;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>What happens to stored mentions when their posts are changed or deleted at the source. Joins the caller's transaction.</summary>
internal sealed class MentionChanges(Database db, SourceRow source, MentionRollups counts, DateTimeOffset now)
{
    /// <summary>How long a deletion that came before its post is remembered: longer than a stream looks back (Jetstream 36 hours).</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(3);

    /// <summary>This source and those that read the same network: a post is one post, whichever of them heard it.</summary>
    public async Task<IReadOnlyList<SourceId>> Siblings(CancellationToken ct)
    {
        if (source.IdScope() != source.Network) return [source.Id];
        var all = await db.Set<SourceRow>().Where(s => s.Network == source.Network).Select(s => s.Id).ToListAsync(ct);

        // Two sources of one network that bring the same post at once must not both find it new. SQLite has one writer anyway.
        if (all.Count > 1 && db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({NetworkLock}, hashtext({source.Network}))", ct);
        return all;
    }

    private const int NetworkLock = 0x4845414C;

    /// <summary>Gives a mention the text of an edit, unless it has a newer one or was deleted. What a person corrected stays.</summary>
    /// <returns>True when something changed.</returns>
    public async Task<bool> Edit(MentionRow mention, ReadPost read, int? readBy, CancellationToken ct)
    {
        var at = Time.FromUnixMicroseconds(read.Post.EditTime().ToUnixMicroseconds());
        if (mention.RemovedAt is not null || mention.EditedAt >= at) return false;
        if (mention.Text == read.Text)
        {
            mention.Cid = read.Post.Refs?.Cid ?? mention.Cid; // something else of it was changed, and an answer must name it as it is now
            return false;
        }

        await counts.TakeOut(db, [mention], ct);
        (mention.Text, mention.Words, mention.EditedAt) = (read.Text, MentionSearch.Words(read.Tokens, MentionSearch.LinksOf(read.Text, read.Links)), at);
        (mention.Has, mention.Links, mention.Carries) = (read.Has, read.Links, MentionMedia.Write(read.Post.Carries) ?? mention.Carries);
        mention.Cid = read.Post.Refs?.Cid ?? mention.Cid;
        var reading = read.Reading;
        (mention.ReadBy, mention.Sure) = (readBy, read.Sure);
        if (!mention.Corrected.HasFlag(Corrected.Language)) mention.Language = reading.Language;
        if (!mention.Corrected.HasFlag(Corrected.Sentiment)) (mention.Sentiment, mention.Strength) = (reading.Sentiment, reading.Strength);
        if (!mention.Corrected.HasFlag(Corrected.Intents)) mention.Intents = reading.Intents.Bits();
        if (!mention.Corrected.HasFlag(Corrected.Emotion)) mention.Emotion = reading.Emotion;
        mention.Urgency = reading.Urgency;
        var topics = await new MentionJudgement(db).Renew(mention, reading, ct);

        var matched = await db.Set<MentionQuery>().Where(q => q.Mention == mention.Id).ToListAsync(ct);
        db.RemoveRange(matched.Where(q => !read.Queries.Contains(q.Query)));
        db.AddRange(read.Queries.Where(q => !matched.Exists(m => m.Query == q)).Select(q => new MentionQuery { Mention = mention.Id, Query = q, At = mention.At }));
        counts.PutBack(mention, topics, read.Queries);
        db.Record(new MentionEdited(mention.Id, mention.Source, at));
        return true;
    }

    /// <summary>Makes what quiet sources stored engaging, since this source, which engages, has brought it too.</summary>
    /// <param name="siblings">Those of the network.</param>
    /// <param name="externalIds">Addresses of posts.</param>
    /// <param name="onlyMatched">Of these ids only posts that match a saved query count; null for all of them.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Engage(IReadOnlyList<SourceId> siblings, IReadOnlyCollection<string> externalIds, IReadOnlyCollection<string>? onlyMatched, CancellationToken ct)
    {
        var rows = await db.Set<MentionRow>().Where(m => siblings.Contains(m.Source) && externalIds.Contains(m.ExternalId) && m.IsQuiet && !m.IsOwn && m.RemovedAt == null).ToListAsync(ct);
        var ids = rows.ConvertAll(r => r.Id);
        var matched = onlyMatched is not { Count: > 0 } ? [] : (await db.Set<MentionQuery>().Where(q => ids.Contains(q.Mention)).Select(q => q.Mention).ToListAsync(ct)).ToHashSet();
        foreach (var mention in rows.Where(m => onlyMatched?.Contains(m.ExternalId) != true || matched.Contains(m.Id)))
        {
            (mention.IsQuiet, mention.EngagedBy) = (false, source.Id);
            db.Record(new MentionEngaged(mention.Id, source.Id, mention.Network, mention.Person, mention.ThreadKey, now));
        }
    }

    /// <summary>Removes what posts said. Ids that name nothing here are remembered for a while, so that the post is kept out if it comes late.</summary>
    public async Task Remove(IReadOnlyList<SourceId> siblings, IReadOnlyList<string> externalIds, CancellationToken ct)
    {
        var ids = externalIds.Where(i => i.Length is > 0 and <= 512 && !i.Contains('\0')).ToHashSet(StringComparer.Ordinal);
        var mentions = (await db.Set<MentionRow>().Where(m => siblings.Contains(m.Source) && ids.Contains(m.ExternalId)).ToListAsync(ct)).Where(m => m.Source == source.Id || m.ExternalId.IsAddress()).ToList();
        await Remove(mentions, ct);
        ids.ExceptWith(mentions.Select(m => m.ExternalId));
        if (ids.Count == 0) return;
        ids.ExceptWith(await db.Set<TombstoneRow>().Where(t => t.Source == source.Id && ids.Contains(t.ExternalId)).Select(t => t.ExternalId).ToListAsync(ct));
        await db.InsertAll([.. ids.Select(i => new TombstoneRow { Source = source.Id, ExternalId = i, At = now })], ct);
    }

    /// <summary>Removes all that persons said on this network.</summary>
    public async Task RemoveAll(IReadOnlyList<SourceId> siblings, IReadOnlyList<PersonId> persons, CancellationToken ct)
    {
        if (persons.Count == 0) return;
        await Remove(await db.Set<MentionRow>().Where(m => m.Person != null && persons.Contains(m.Person.Value) && siblings.Contains(m.Source) && m.RemovedAt == null).ToListAsync(ct), ct);
    }

    private async Task Remove(List<MentionRow> mentions, CancellationToken ct)
    {
        var there = mentions.FindAll(m => m.RemovedAt is null);
        await counts.TakeOut(db, there, ct);
        var ids = there.ConvertAll(m => m.Id);
        await db.Set<MismatchRow>().Where(m => ids.Contains(m.Mention)).LoadAsync(ct);
        db.RemoveRange(db.Set<MismatchRow>().Local.Where(m => ids.Contains(m.Mention)).ToList()); // those of an edit in this batch are only here yet
        foreach (var mention in there)
        {
            (mention.Text, mention.Words, mention.Links, mention.Carries, mention.AuthorName, mention.AuthorAvatar, mention.RemovedAt) = ("", "", null, null, null, null, now);
            db.Record(new MentionRemoved(mention.Id, mention.Source, now));
        }
    }
}
