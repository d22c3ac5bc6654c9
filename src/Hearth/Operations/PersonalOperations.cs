using System.Runtime.CompilerServices;
using Hearth.Operations.Delight;
using Hearth.Operations.Proposals;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations;

/// <summary>What was done because a person spoke: gaps, what they were told, surprises. A gap counts people by their ids, which lead to nobody once they are erased.</summary>
internal sealed class PersonalOperations(Database db, PersonalMessages messages) : IPersonalData
{
    public string Room => "Operations";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var (ids, maybe) = (Ids(who), Maybe(who));
        yield return new("gaps", [.. await db.Set<GapConversation>().AsNoTracking().Where(c => maybe.Contains(c.PersonId)).Join(db.Set<Gap>(), c => c.GapId, g => g.Id, (c, g) => new { Gap = g.Id, g.Expected, g.Experienced, Conversation = c.ConversationId, c.At }).ToListAsync(ct)]);
        yield return new("causes", [.. await db.Set<CauseMention>().AsNoTracking().Where(m => maybe.Contains(m.Person)).Select(m => new { m.Mention, m.AttributeKey, m.Words, m.At }).ToListAsync(ct)]);
        yield return new("told", [.. await db.Set<ToldRow>().AsNoTracking().Where(t => ids.Contains(t.PersonId)).Select(t => new { Change = t.ChangeId, t.Network, t.Language, t.State, t.Why, t.At }).ToListAsync(ct)]);
        yield return new("told-words", await messages.Of([.. await db.Set<ToldRow>().AsNoTracking().Where(t => ids.Contains(t.PersonId)).Select(t => t.MessageId).ToListAsync(ct)], ct));
        yield return new("surprises", [.. await db.Set<DelightCase>().AsNoTracking().Where(d => ids.Contains(d.Person)).Select(d => new { d.Program, d.State, d.ChosenBy, d.At, d.DoneBy, d.DoneAt }).ToListAsync(ct)]);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var (ids, maybe) = (Ids(who), Maybe(who));
        var words = await db.Set<CauseMention>().Where(m => maybe.Contains(m.Person) && m.Words != "").ExecuteUpdateAsync(set => set.SetProperty(m => m.Words, ""), ct);
        var told = await db.Set<ToldRow>().Where(t => ids.Contains(t.PersonId)).Select(t => t.MessageId).ToListAsync(ct);
        await db.Set<ToldRow>().Where(t => ids.Contains(t.PersonId) && t.State == ToldState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(t => t.State, ToldState.Skipped).SetProperty(t => t.Why, NotTold.PostRemoved), ct);
        await messages.Erase(told, ct);
        var gaps = await db.Set<GapConversation>().Where(c => maybe.Contains(c.PersonId)).Select(c => c.GapId).Distinct().CountAsync(ct);
        return
        [
            new("Words of their posts that group them by cause", words), new("What they were told of changes", told.Count, told.Count == 0 ? null : "that somebody was told, and when"),
            new("Gaps that they spoke of", gaps, gaps == 0 ? null : "the gap in our own people's words, which may quote: read them"),
        ];
    }

    private static PersonId[] Ids(PersonalScope who) => [.. who.Persons.Select(PersonId.From)];

    private static PersonId?[] Maybe(PersonalScope who) => [.. who.Persons.Select(p => (PersonId?)PersonId.From(p))];
}
