using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.Operations.Proposals;
using Hearth.People;
using Hearth.People.Consent;
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
public sealed class PrepareTellingRun(Database db, ReadConversation conversations, ReadMention mentions, ReadPeople people, Consents consents, TimeProvider clock) : IRun<PrepareTelling>
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
        spoke = await OncePerHuman(spoke, ct);
        foreach (var chunk in spoke.Chunk(Chunk)) await Keep(change, chunk, now, ct);
    }

    // Who was found to be one is told once: where a conversation was attached, else where they spoke last.
    private async Task<Dictionary<PersonId, (ConversationId? In, MentionId? Post)>> OncePerHuman(Dictionary<PersonId, (ConversationId? In, MentionId? Post)> spoke, CancellationToken ct)
    {
        var roots = await people.Roots(spoke.Keys, ct);
        return spoke.Reverse().OrderBy(s => s.Value.In is null).DistinctBy(s => roots[s.Key]).ToDictionary(s => s.Key, s => s.Value);
    }

    private async Task Keep(ChangeId change, KeyValuePair<PersonId, (ConversationId? In, MentionId? Post)>[] spoke, DateTimeOffset now, CancellationToken ct)
    {
        var ids = spoke.Select(p => p.Key).ToArray();
        var latest = await conversations.LastMentions([.. spoke.Select(p => p.Value.In).OfType<ConversationId>()], ct);
        var posts = spoke.ToDictionary(p => p.Key, p => p.Value.In is { } talk ? latest.TryGetValue(talk, out var last) ? last : (MentionId?)null : p.Value.Post);
        var heard = (await mentions.Of([.. posts.Values.OfType<MentionId>()], ct)).ToDictionary(m => m.Id);
        var refused = new HashSet<PersonId>();
        foreach (var on in posts.Where(p => p.Value is { } post && heard.ContainsKey(post)).GroupBy(p => heard[p.Value!.Value].Network, p => p.Key)) refused.UnionWith(await consents.Refusing([.. on], ConsentPurpose.Service, on.Key, ct));
        var whole = await people.Whole(ids, ct);
        var roots = await people.Roots(whole, ct);
        await db.InTransaction(async () =>
        {
            var there = (await db.Set<ToldRow>().Where(t => t.ChangeId == change && whole.Contains(t.PersonId)).Select(t => t.PersonId).ToListAsync(ct)).Select(p => roots[p]).ToHashSet();
            foreach (var (person, (conversation, _)) in spoke.Where(p => !there.Contains(roots[p.Key])))
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
