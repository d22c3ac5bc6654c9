using System.Runtime.CompilerServices;
using Hearth.Listening.Counting;
using Hearth.Listening.Understanding.Models;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// What was heard of a person. Erasing does to each post what its deletion at the source does (it leaves the counts, its conversation shows it as removed) and more: not even its address is kept. An empty row stays, so
/// that what was done with it can still be counted.
/// </summary>
internal sealed class PersonalMentions(Database db, EraseTraces traces, TimeProvider clock) : IPersonalData
{
    private const int Chunk = 500;

    public string Room => "Listening";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var persons = Ids(who);
        yield return new("posts", [.. await db.Set<MentionRow>().AsNoTracking().Where(m => persons.Contains(m.Person)).OrderBy(m => m.Number).Select(m => new
        {
            m.Id, m.Network, m.ExternalId, m.Text, m.At, m.HeardAt, m.Url, m.AuthorId, m.AuthorHandle, m.AuthorName, m.AuthorAvatar, m.AuthorUrl, m.ParentId, m.Links, m.Carries, m.Followers, m.EditedAt, m.RemovedAt,
            Read = new { m.Language, m.Sentiment, m.Strength, m.Emotion, m.Urgency },
        }).ToListAsync(ct)]);
        var mine = db.Set<MentionRow>().Where(m => persons.Contains(m.Person)).Select(m => m.Id);
        yield return new("topics", [.. await db.Set<MentionTopic>().AsNoTracking().Where(t => mine.Contains(t.Mention)).Select(t => new { t.Mention, t.Topic, t.Polarity }).ToListAsync(ct)]);
        yield return new("products", [.. await db.Set<MentionProduct>().AsNoTracking().Where(p => mine.Contains(p.Mention)).Select(p => new { p.Mention, p.Product, p.Polarity }).ToListAsync(ct)]);
        yield return new("expected-and-experienced", [.. await db.Set<MismatchRow>().AsNoTracking().Where(m => mine.Contains(m.Mention)).Select(m => new { m.Mention, m.Product, m.Attribute, m.SizeExpected, m.SizeDelivered, m.Unit }).ToListAsync(ct)]);
        yield return new("searches-that-found-them", [.. await db.Set<MentionQuery>().AsNoTracking().Where(q => mine.Contains(q.Mention)).Select(q => new { q.Mention, q.Query }).ToListAsync(ct)]);
        yield return new("corrections", [.. await db.Set<CorrectionRow>().AsNoTracking().Where(c => mine.Contains(c.Mention)).Select(c => new { c.Mention, c.Field, c.Was, c.Is }).ToListAsync(ct)]);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var persons = Ids(who);
        var (erased, placed, facts, answered) = (0, 0, 0, 0);
        while (await db.Set<MentionRow>().Where(m => persons.Contains(m.Person) && !m.ExternalId.StartsWith("erased:")).OrderBy(m => m.Number).Take(Chunk).ToListAsync(ct) is { Count: > 0 } some)
        {
            var ids = some.ConvertAll(m => m.Id);
            var there = some.FindAll(m => m.RemovedAt is null);
            var counts = new MentionRollups();
            await counts.TakeOut(db, there, ct);
            foreach (var mention in there)
            {
                mention.RemovedAt = clock.Now();
                db.Record(new MentionRemoved(mention.Id, mention.Source, mention.RemovedAt.Value));
            }

            await counts.Write(db, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            foreach (var mention in some)
            {
                var (id, name) = (mention.Id, "erased:" + mention.Id.Value.ToString("N"));
                await db.Set<MentionRow>().Where(m => m.Id == id).ExecuteUpdateAsync(set => set
                    .SetProperty(m => m.ExternalId, name).SetProperty(m => m.ThreadKey, name).SetProperty(m => m.Text, "").SetProperty(m => m.Words, "").SetProperty(m => m.Links, (string?)null).SetProperty(m => m.Carries, (string?)null)
                    .SetProperty(m => m.Url, (string?)null).SetProperty(m => m.AuthorId, (string?)null).SetProperty(m => m.AuthorHandle, (string?)null).SetProperty(m => m.AuthorName, (string?)null)
                    .SetProperty(m => m.AuthorAvatar, (string?)null).SetProperty(m => m.AuthorUrl, (string?)null).SetProperty(m => m.ParentId, (string?)null).SetProperty(m => m.Followers, (long?)null)
                    .SetProperty(m => m.Uri, (string?)null).SetProperty(m => m.Cid, (string?)null).SetProperty(m => m.RootUri, (string?)null).SetProperty(m => m.RootCid, (string?)null), ct);
            }

            var answers = await Answers([.. some.Select(m => (string?)m.ExternalId)], ct);
            answered += answers.Count;
            await db.Set<MismatchRow>().Where(m => ids.Contains(m.Mention)).ExecuteDeleteAsync(ct);
            await db.Set<CorrectionRow>().Where(c => ids.Contains(c.Mention)).ExecuteDeleteAsync(ct);
            await db.Set<ConfirmedRow>().Where(c => ids.Contains(c.Mention)).ExecuteDeleteAsync(ct);
            foreach (var (thread, first) in some.Concat(answers).Select(m => (m.ThreadKey, m.Id)).DistinctBy(t => t.ThreadKey, StringComparer.Ordinal))
            {
                // Where others spoke, the thread's address is theirs too.
                var name = "erased:" + first.Value.ToString("N");
                if (await db.Set<MentionRow>().CountAsync(m => m.ThreadKey == thread && !(m.IsOwn && m.RemovedAt != null), ct) is > 0 and var others)
                {
                    placed += others;
                    continue;
                }

                await db.Set<MentionRow>().Where(m => m.ThreadKey == thread).ExecuteUpdateAsync(set => set.SetProperty(m => m.ThreadKey, name), ct);
                facts += await traces.InFacts("thread:" + thread, thread, name, ct);
            }

            erased += some.Count;
        }

        var late = 0;
        foreach (var account in who.Accounts.Where(a => a.ExternalId.Length > 8)) late += await db.Set<TombstoneRow>().Where(t => t.ExternalId.Contains(account.ExternalId)).ExecuteDeleteAsync(ct);
        return
        [
            new("Posts, with what was read in them and corrected", erased, erased == 0 ? null : "an empty line each, without text, address or author, so that what was done with it can be counted"),
            new("Our answers to them, as they were heard back", answered), new("Facts that named their posts", facts), new("Reminders of posts deleted before they came", late),
            new("Posts of others in their threads", placed, placed == 0 ? null : "the address of the thread, by which the others' posts find each other"),
        ];
    }

    // The brand's own posts that answer theirs say their name or their words again. What stands on the network would be heard again, so its address stays.
    private async Task<IReadOnlyList<MentionRow>> Answers(string?[] answered, CancellationToken ct)
    {
        var own = await db.Set<MentionRow>().Where(m => m.IsOwn && m.ParentId != null && answered.Contains(m.ParentId)).ToListAsync(ct);
        if (own.Count == 0) return own;
        var there = own.FindAll(m => m.RemovedAt is null);
        var counts = new MentionRollups();
        await counts.TakeOut(db, there, ct);
        foreach (var mention in there)
        {
            mention.RemovedAt = clock.Now();
            db.Record(new MentionRemoved(mention.Id, mention.Source, mention.RemovedAt.Value));
        }

        await counts.Write(db, ct);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        var ids = own.ConvertAll(m => m.Id);
        await db.Set<MentionRow>().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Text, "").SetProperty(m => m.Words, "").SetProperty(m => m.Links, (string?)null).SetProperty(m => m.Carries, (string?)null).SetProperty(m => m.Url, (string?)null)
            .SetProperty(m => m.ParentId, (string?)null).SetProperty(m => m.RootUri, (string?)null).SetProperty(m => m.RootCid, (string?)null), ct);
        return own;
    }

    private static PersonId?[] Ids(PersonalScope who) => [.. who.Persons.Select(p => (PersonId?)PersonId.From(p))];
}
