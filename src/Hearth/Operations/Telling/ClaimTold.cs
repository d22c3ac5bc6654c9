using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Telling;

/// <summary>
/// Lets a room above tell somebody of what a change carries out, in its own words, so that they are not told of the change besides. One row stands for a person and a change: whoever
/// has it tells.
/// </summary>
public sealed class ClaimTold(Database db, TimeProvider clock)
{
    /// <summary>Joins the caller's transaction.</summary>
    /// <param name="change">Which.</param>
    /// <param name="person">Who is told.</param>
    /// <param name="post">What is answered.</param>
    /// <param name="conversation">Where it stands; null when in none.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>True when the caller tells them; false when they have been told of the change, or are about to be.</returns>
    public async Task<bool> For(ChangeId change, PersonId person, MentionView post, ConversationId? conversation, CancellationToken ct)
    {
        var now = clock.Now();
        var row = new ToldRow
        {
            ChangeId = change, PersonId = person, Network = post.Network, MentionId = post.Id, ConversationId = conversation, Language = post.Language, MessageId = MessageId.New(),
            State = ToldState.Skipped, Why = NotTold.ToldOfIdea, PreparedAt = now, At = now,
        };
        if (await Insert(row, now.ToUnixMicroseconds(), ct) == 1) return true;
        var waits = db.Set<ToldRow>().Where(t => t.ChangeId == change && t.PersonId == person && t.State == ToldState.Waiting);
        if (await waits.ExecuteUpdateAsync(set => set.SetProperty(t => t.State, ToldState.Skipped).SetProperty(t => t.Why, NotTold.ToldOfIdea).SetProperty(t => t.At, now), ct) == 1) return true;
        return await db.Set<ToldRow>().AnyAsync(t => t.ChangeId == change && t.PersonId == person && t.Why == NotTold.ToldOfIdea, ct);
    }

    // Of two who come at once one inserts; the other waits for it and inserts nothing.
    private Task<int> Insert(ToldRow row, long now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO operations_told (change_id, person_id, network, mention_id, conversation_id, language, message_id, state, why, prepared_at, at)
        VALUES ({Key(row.ChangeId.Value)}, {Key(row.PersonId.Value)}, {row.Network}, {Key(row.MentionId.Value)}, {Key(row.ConversationId?.Value)}, {row.Language}, {Key(row.MessageId.Value)},
            {nameof(ToldState.Skipped)}, {nameof(NotTold.ToldOfIdea)}, {now}, {now})
        ON CONFLICT (change_id, person_id) DO NOTHING
        """, ct);

    private object? Key(Guid? id) => db.Kind == DatabaseKind.Postgres ? id : id?.ToByteArray(bigEndian: true);
}
