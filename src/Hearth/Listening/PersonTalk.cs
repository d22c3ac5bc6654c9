using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A post of somebody, as far as its mood goes.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">When it was written.</param>
/// <param name="Sentiment">As read or corrected.</param>
public sealed record PersonPost(PersonId Person, DateTimeOffset At, Sentiment Sentiment);

/// <summary>What people said over time.</summary>
public sealed class PersonTalk(Database db, ReadPeople persons)
{
    private const int AtOnce = 500;

    /// <summary>Posts of these people, and of all who are one with them, between two moments, the second exclusive; in no order. Each is told under the person asked for.</summary>
    public async Task<IReadOnlyList<PersonPost>> Of(IReadOnlyCollection<PersonId> people, DateTimeOffset since, DateTimeOffset until, CancellationToken ct)
    {
        var posts = new List<PersonPost>();
        foreach (var chunk in people.Distinct().Chunk(AtOnce))
        {
            var whole = await persons.Whole(chunk, ct);
            var ids = whole.Select(p => (PersonId?)p).ToArray();
            var roots = await persons.Roots(whole, ct);
            var askedFor = chunk.GroupBy(p => roots[p]).ToDictionary(g => g.Key, g => g.ToList());
            var found = (await db.Set<MentionRow>().Where(m => ids.Contains(m.Person) && m.At >= since && m.At < until && m.RemovedAt == null).Select(m => new PersonPost(m.Person!.Value, m.At, m.Sentiment)).ToListAsync(ct));
            posts.AddRange(found.SelectMany(p => askedFor[roots[p.Person]].Select(a => p with { Person = a })));
        }

        return posts;
    }
}
