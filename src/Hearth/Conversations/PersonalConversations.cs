using System.Runtime.CompilerServices;
using Hearth.Conversations.Live;
using Hearth.Conversations.Rules;
using Hearth.Conversations.ServiceLevels;
using Hearth.Conversations.Writing;
using Hearth.Listening.Alerts;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What was said with a person, and noted about them. Erasing leaves the times and who of ours did what, for the figures, and no word.</summary>
internal sealed class PersonalConversations(Database db, PersonalMessages messages, Notices notices, EraseTraces traces, TimeProvider clock) : IPersonalData
{
    private readonly MergeTree _tree = new(db);

    public string Room => "Conversations";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var persons = Ids(who);
        var mine = await db.Set<Conversation>().AsNoTracking().Where(c => persons.Contains(c.PersonId)).OrderBy(c => c.Number).ToListAsync(ct);
        yield return new("conversations", [.. mine.Select(c => new { c.Id, c.Number, c.Network, c.Status, c.Standing, c.Priority, c.Department, c.AssigneeName, c.OpenedAt, c.FirstReplyAt, c.LastReplyAt, c.LastReplyBy, c.ClosedAt, c.Mentions })]);
        var ids = mine.ConvertAll(c => c.Id);

        // What belongs to somebody else's conversation may be shown in theirs, and theirs in another's.
        yield return new("timeline", [.. await db.Set<Entry>().AsNoTracking().Where(e => ids.Contains(e.Home ?? e.ConversationId)).OrderBy(e => e.Position)
            .Select(e => new { Conversation = e.Home ?? e.ConversationId, e.Kind, e.At, e.What, e.Text, By = e.ByName, e.MentionId, e.ExternalId }).ToListAsync(ct)]);
        yield return new("labels", [.. await db.Set<LabelRow>().AsNoTracking().Where(l => ids.Contains(l.ConversationId)).Select(l => new { Conversation = l.ConversationId, l.Label }).ToListAsync(ct)]);
        yield return new("drafts", [.. await db.Set<DraftRow>().AsNoTracking().Where(d => ids.Contains(d.ConversationId)).Select(d => new { Conversation = d.ConversationId, d.UserName, d.Text, d.At }).ToListAsync(ct)]);
        yield return new("steps", [.. await db.Set<StepRow>().AsNoTracking().Where(s => ids.Contains(s.ConversationId)).Select(s => new { Conversation = s.ConversationId, s.Kind, s.Was, s.Became, By = s.ByName, s.At }).ToListAsync(ct)]);
        yield return new("rules", [.. await db.Set<RuleFiring>().AsNoTracking().Where(f => ids.Contains(f.Conversation)).OrderBy(f => f.Position).Select(f => new { f.Conversation, f.Rule, f.Version, f.Did, f.At }).ToListAsync(ct)]);
        yield return new("promised", [.. await db.Set<ClockStepRow>().AsNoTracking().Where(s => ids.Contains(s.Conversation)).OrderBy(s => s.Number).Select(s => new { s.Conversation, s.Kind, s.At, s.What, s.Why }).ToListAsync(ct)]);
        yield return new("block", [.. await db.Set<BlockRow>().AsNoTracking().Where(b => persons.Contains(b.PersonId)).Select(b => new { b.At, b.By }).ToListAsync(ct)]);
        var subjects = ids.ConvertAll(Subject);
        yield return new("replies", await messages.About(subjects, ct));
        yield return new("pictures", await messages.Pictures(subjects, ct));
        yield return new("decisions", await messages.Decisions(subjects, ct));
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var (persons, now) = (Ids(who), clock.Now());
        var mine = await db.Set<Conversation>().AsNoTracking().Where(c => persons.Contains(c.PersonId)).OrderBy(c => c.Number).Select(c => new { c.Id, c.ThreadKey, c.MergedInto }).ToListAsync(ct);
        var (entries, replies, drafts) = (0, 0, 0);
        foreach (var some in mine.Select(c => c.Id).Chunk(200))
        {
            // Theirs by where it belongs: while conversations are merged it may be shown in somebody else's, and somebody else's in theirs.
            entries += await db.Set<Entry>().CountAsync(e => some.Contains(e.Home ?? e.ConversationId) && e.Text != null, ct);
            await db.Set<Entry>().Where(e => some.Contains(e.Home ?? e.ConversationId)).ExecuteUpdateAsync(set => set.SetProperty(e => e.Text, (string?)null).SetProperty(e => e.Words, "").SetProperty(e => e.ExternalId, (string?)null), ct);
            replies += await messages.EraseAbout([.. some.Select(Subject)], ct);
            await notices.Erase([.. some.Select(c => $"/engage/{c.Value}")], ct);
            drafts += await db.Set<DraftRow>().Where(d => some.Contains(d.ConversationId)).ExecuteDeleteAsync(ct);
            await db.Set<StepRow>().Where(s => some.Contains(s.ConversationId)).ExecuteDeleteAsync(ct);
            await db.Set<PresenceRow>().Where(p => some.Contains(p.ConversationId)).ExecuteDeleteAsync(ct);
            await db.Set<Queued>().Where(q => some.Contains(q.Conversation)).ExecuteDeleteAsync(ct);
            await db.Set<RuleWait>().Where(w => some.Contains(w.Conversation)).ExecuteDeleteAsync(ct);
            await db.Set<RuleFiring>().Where(f => some.Contains(f.Conversation)).ExecuteUpdateAsync(set => set.SetProperty(f => f.Did, ""), ct);
            await db.Set<ClockStepRow>().Where(s => some.Contains(s.Conversation)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Why, (string?)null), ct);
        }

        foreach (var one in mine)
        {
            var name = "erased:" + one.Id.Value.ToString("N");
            var closed = await db.Set<Conversation>().Where(c => c.Id == one.Id && c.Status != ConversationStatus.Closed).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, ConversationStatus.Closed).SetProperty(c => c.ClosedAt, now), ct);
            await db.Set<Conversation>().Where(c => c.Id == one.Id).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Key, name).SetProperty(c => c.ThreadKey, name).SetProperty(c => c.Preview, "").SetProperty(c => c.PersonId, (PersonId?)null).SetProperty(c => c.SnoozedUntil, (DateTimeOffset?)null)
                .SetProperty(c => c.ClosedAt, c => c.ClosedAt ?? c.LastAt), ct);
            await MergeTree.Own(db, one.Id, ConversationStatus.Closed, now, ct);
            await traces.InFacts(Subject(one.Id), one.ThreadKey, name, ct);
            if (closed > 0) db.Record(new ConversationClosed(one.Id, null, now));
        }

        await db.SaveChangesAsync(ct);
        foreach (var into in mine.Select(c => c.MergedInto).OfType<ConversationId>().Distinct()) await _tree.Refresh((await _tree.Up(into, ct))[^1], ct);
        var blocks = await db.Set<BlockRow>().Where(b => persons.Contains((PersonId?)b.PersonId)).ExecuteDeleteAsync(ct);
        return
        [
            new("Conversations", mine.Count, mine.Count == 0 ? null : "closed and without a name, thread or word; their times, labels and who of ours took care of them, for the figures"),
            new("Texts in them: what they said, our notes about them", entries), new("Answers that were begun", drafts), new("Our replies to them", replies, replies == 0 ? null : "that one of ours answered, and when; on the network they stand until deleted there"),
            new("Blocks", blocks),
        ];
    }

    private static string Subject(ConversationId id) => "conversation:" + id.Value;

    private static PersonId?[] Ids(PersonalScope who) => [.. who.Persons.Select(p => (PersonId?)PersonId.From(p))];
}
