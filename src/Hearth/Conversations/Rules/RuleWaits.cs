using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>
/// The waits that rules of <see cref="RuleMoment.TimePasses"/> watch: one row for each rule and conversation in which a person waits, with the moment at which that is long
/// enough. A person waits since their first post after we last spoke, closed it or put it to waiting.
/// </summary>
internal sealed class RuleWaits(Database db)
{
    /// <summary>Watches every conversation in which somebody waits now, for a rule that goes live.</summary>
    public async Task Watch(ActingRule rule, CancellationToken ct)
    {
        await Forget(rule.Number, ct);
        if (rule.Body.When is not { Moment: RuleMoment.TimePasses, Minutes: { } minutes }) return;
        await db.Database.ExecuteSqlRawAsync(Insert + Waiting, [rule.Number, minutes * 60_000_000L], ct);
    }

    /// <summary>Watches one conversation in which somebody has just spoken. A wait that goes on is watched already.</summary>
    public async Task Watch(IEnumerable<ActingRule> rules, ConversationId conversation, CancellationToken ct)
    {
        object id = db.Kind == DatabaseKind.Sqlite ? conversation.Value.ToByteArray(true) : conversation.Value;
        foreach (var rule in rules)
        {
            if (rule.Body.When is not { Moment: RuleMoment.TimePasses, Minutes: { } minutes }) continue;
            await db.Database.ExecuteSqlRawAsync(Insert + One + Again, [rule.Number, minutes * 60_000_000L, id], ct);
        }
    }

    public Task Forget(long rule, CancellationToken ct) => db.Set<RuleWait>().Where(w => w.Rule == rule).ExecuteDeleteAsync(ct);

    /// <summary>Since when the person waits; null when they do not.</summary>
    public async Task<DateTimeOffset?> Since(Conversation conversation, CancellationToken ct)
    {
        if (conversation.Status != ConversationStatus.Open) return null;
        var entries = db.Set<Entry>().Where(e => e.ConversationId == conversation.Id);
        var spoke = await entries.Where(e => e.Kind == EntryKind.Reply || e.Kind == EntryKind.OwnPost || e.What == "closed" || e.What == "waiting").MaxAsync(e => (DateTimeOffset?)e.At, ct) ?? DateTimeOffset.UnixEpoch;
        return await entries.Where(e => e.Kind == EntryKind.Mention && e.At > spoke).MinAsync(e => (DateTimeOffset?)e.At, ct) ?? conversation.LastMentionAt;
    }

    private const string Insert = "INSERT INTO conversations_rule_waits (rule, conversation, since, due) SELECT {0}, w.id, w.since, w.since + {1} FROM (";

    // The same as Since, for many at once.
    private const string Waiting = """
        SELECT c.id, COALESCE((SELECT MIN(e.at) FROM conversations_entries e WHERE e.conversation_id = c.id AND e.kind = 'Mention' AND e.at >
            COALESCE((SELECT MAX(s.at) FROM conversations_entries s WHERE s.conversation_id = c.id AND (s.kind IN ('Reply', 'OwnPost') OR s.what IN ('closed', 'waiting'))), 0)), c.last_mention_at) AS since
        FROM conversations_conversations c WHERE c.status = 'Open' AND c.standing = 'Normal') w
        """;

    private const string One = """
        SELECT c.id, COALESCE((SELECT MIN(e.at) FROM conversations_entries e WHERE e.conversation_id = c.id AND e.kind = 'Mention' AND e.at >
            COALESCE((SELECT MAX(s.at) FROM conversations_entries s WHERE s.conversation_id = c.id AND (s.kind IN ('Reply', 'OwnPost') OR s.what IN ('closed', 'waiting'))), 0)), c.last_mention_at) AS since
        FROM conversations_conversations c WHERE c.id = {2} AND c.status = 'Open' AND c.standing = 'Normal') w WHERE true
        """;

    // What was looked at once (due is null) stays so while the same wait lasts.
    private const string Again = """

        ON CONFLICT (rule, conversation) DO UPDATE SET since = excluded.since, due = excluded.due WHERE conversations_rule_waits.since <> excluded.since
        """;
}
