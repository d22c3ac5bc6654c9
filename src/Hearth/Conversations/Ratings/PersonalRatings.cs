using System.Runtime.CompilerServices;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Ratings;

/// <summary>What people said when they were asked. Erasing leaves the stars, for the figures, and no word.</summary>
internal sealed class PersonalRatings(Database db) : IPersonalData
{
    public string Room => "Ratings";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var mine = Mine(who);
        yield return new("ratings", [.. await db.Set<RatingAskRow>().AsNoTracking().Where(a => mine.Contains(a.Conversation))
            .Select(a => new { a.Conversation, a.State, a.AskedAt, a.AnsweredAt, a.Stars, a.Comment }).ToListAsync(ct)]);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var mine = Mine(who);
        var comments = await db.Set<RatingAskRow>().CountAsync(a => mine.Contains(a.Conversation) && a.Comment != null, ct);
        await db.Set<RatingAskRow>().Where(a => mine.Contains(a.Conversation) && a.State == AskState.Waiting).ExecuteDeleteAsync(ct);
        await db.Set<RatingAskRow>().Where(a => mine.Contains(a.Conversation)).ExecuteUpdateAsync(set => set.SetProperty(a => a.Comment, (string?)null), ct);
        return [new("Comments on how we helped them", comments, comments == 0 ? null : "the stars they gave, for the figures")];
    }

    private IQueryable<ConversationId> Mine(PersonalScope who)
    {
        PersonId?[] persons = [.. who.Persons.Select(p => (PersonId?)PersonId.From(p))];
        return db.Set<Conversation>().Where(c => persons.Contains(c.PersonId)).Select(c => c.Id);
    }
}
