using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.Operations.Proposals;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Telling;

/// <summary>Everybody who spoke of what a change serves, until a moment, is to be written down, once.</summary>
public sealed record PrepareTelling(ChangeId Change, DateTimeOffset Until) : IJob;

/// <summary>
/// Writes one line for each person who spoke of a change's gaps before it was said to be out, with the post that will be answered: the latest one heard of them in the conversation that was
/// attached last, else the latest that was grouped under a gap. Running again adds nobody twice: there is one line for a person and a change.
/// </summary>
public sealed class PrepareTellingRun(Database db, ReadConversation conversations, ReadMention mentions, OptOuts optOuts, TimeProvider clock) : IRun<PrepareTelling>
{
    private const int Chunk = 200;

    public async Task Run(PrepareTelling job, CancellationToken ct)
    {
        var (change, now) = (job.Change, clock.Now());
        if (!await db.Set<ChangeRow>().AnyAsync(c => c.Id == change && c.State == ChangeState.Shipped, ct)) return;
        var gaps = db.Set<ServedGap>().Where(g => g.ChangeId == change).Select(g => g.GapId);
        var attached = await db.Set<GapConversation>().AsNoTracking().Where(c => gaps.Contains(c.GapId) && c.PersonId != null && c.At <= job.Until)
            .OrderBy(c => c.At).ThenBy(c => c.ConversationId).Select(c => new { c.PersonId, c.ConversationId }).ToListAsync(ct);
        var causes = db.Set<Cause>().Where(c => c.GapId != null && gaps.Contains(c.GapId.Value)).Select(c => c.Id);
        var grouped = await db.Set<CauseMention>().AsNoTracking().Where(m => causes.Contains(m.CauseId) && m.Person != null && m.At <= job.Until)
            .OrderBy(m => m.At).ThenBy(m => m.Mention).Select(m => new { m.Person, m.Mention }).ToListAsync(ct);
        var spoke = new Dictionary<PersonId, (ConversationId? In, MentionId? Post)>();
        foreach (var one in grouped) spoke[one.Person!.Value] = (null, one.Mention);
        foreach (var one in attached) spoke[one.PersonId!.Value] = (one.ConversationId, null);
        foreach (var chunk in spoke.Chunk(Chunk)) await Keep(change, chunk, now, ct);
    }

    private async Task Keep(ChangeId change, KeyValuePair<PersonId, (ConversationId? In, MentionId? Post)>[] people, DateTimeOffset now, CancellationToken ct)
    {
        var ids = people.Select(p => p.Key).ToArray();
        var refused = await optOuts.Among(ids, ct);
        var latest = await conversations.LastMentions([.. people.Select(p => p.Value.In).OfType<ConversationId>()], ct);
        var posts = people.ToDictionary(p => p.Key, p => p.Value.In is { } talk ? latest.TryGetValue(talk, out var last) ? last : (MentionId?)null : p.Value.Post);
        var heard = (await mentions.Of([.. posts.Values.OfType<MentionId>()], ct)).ToDictionary(m => m.Id);
        await db.InTransaction(async () =>
        {
            var there = (await db.Set<ToldRow>().Where(t => t.ChangeId == change && ids.Contains(t.PersonId)).Select(t => t.PersonId).ToListAsync(ct)).ToHashSet();
            foreach (var (person, (conversation, _)) in people.Where(p => !there.Contains(p.Key)))
            {
                if (posts[person] is not { } post || !heard.TryGetValue(post, out var mention)) continue;
                var why = refused.Contains(person) ? NotTold.OptedOut : mention.IsRemoved ? NotTold.PostRemoved : (NotTold?)null;
                db.Add(new ToldRow
                {
                    ChangeId = change, PersonId = person, Network = mention.Network, MentionId = post, ConversationId = conversation, Language = mention.Language,
                    MessageId = MessageId.New(), State = why is null ? ToldState.Waiting : ToldState.Skipped, Why = why, PreparedAt = now, At = now,
                });
            }

            await db.SaveChangesAsync(ct); // a second run at the same moment meets the unique key, fails, and finds them all when it comes again
        }, ct);
    }
}
