using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>Gives a conversation to somebody of its department: it stands in the department's queue until one who fits has room, which is at once on a quiet day.</summary>
public sealed class AssignInside(Database db, ReadMention mentions, TimeProvider clock)
{
    /// <summary>Queues it. Joins the caller's transaction; it is given out right after that.</summary>
    /// <param name="conversation">Which. When it is somebody's of the department already, it stays theirs.</param>
    /// <param name="department">Whose people; null for the department it has.</param>
    /// <param name="skills">Who has it must have all of these.</param>
    /// <param name="by">Who says so; the timeline tells it of the giving.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when there is no such conversation, or it has no department.</returns>
    public Task<bool> Queue(ConversationId conversation, Department? department, IReadOnlyList<string>? skills, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => new { c.Department, c.LastMention }).SingleOrDefaultAsync(ct) is not { } talk || (department ?? talk.Department) is not { } whose) return false;
        var language = (await mentions.Of(talk.LastMention, ct))?.Language ?? "und";
        await db.Set<Queued>().Where(q => q.Conversation == conversation).ExecuteDeleteAsync(ct);
        db.Add(new Queued
        {
            Conversation = conversation, Department = whose, Skills = Skill.Lines(skills), Language = language, Since = clock.Now(), By = by.Id, ByName = by.Name, Why = by.Why,
        });
        db.Enqueue(new GiveOut(whose), clock.Now());
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);
}
