using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Merging;

/// <summary>A question whether two persons are one.</summary>
/// <param name="Id">The question.</param>
/// <param name="First">The one, as they are now.</param>
/// <param name="Second">The other.</param>
/// <param name="State">open, accepted or refused.</param>
/// <param name="Score">How much speaks for it: 5 and more is nearly proof, 2 a reason to look.</param>
/// <param name="Evidence">What speaks for it.</param>
/// <param name="FoundAt">Since when it is asked.</param>
/// <param name="DecidedBy">Who answered it.</param>
/// <param name="DecidedAt">When.</param>
public sealed record ProposalView(ProposalId Id, PersonCard First, PersonCard Second, ProposalState State, int Score, IReadOnlyList<Evidence> Evidence, DateTimeOffset FoundAt, string? DecidedBy, DateTimeOffset? DecidedAt);

/// <summary>A merge that stands, or stood.</summary>
/// <param name="Kept">Who stands for both.</param>
/// <param name="Joined">Who joined; name this one to part them.</param>
/// <param name="Name">What the joined one is called.</param>
/// <param name="By">Who decided it.</param>
/// <param name="At">When.</param>
/// <param name="PartedBy">Who undid it; null while it stands.</param>
/// <param name="PartedAt">When.</param>
public sealed record MergeView(PersonId Kept, PersonId Joined, string Name, string By, DateTimeOffset At, string? PartedBy, DateTimeOffset? PartedAt);

/// <summary>The questions whether persons are one, and what came of them.</summary>
public sealed class ReadProposals(Database db, ReadPeople people)
{
    private sealed record Place(int Score, Guid Id);

    /// <summary>Those in a state, what is nearest to proof first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<ProposalView>?> List(ProposalState state, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var rows = db.Set<ProposalRow>().AsNoTracking().Where(p => p.State == state && p.Evidence != "[]");
        if (place is { Score: var score, Id: var id })
        {
            var last = ProposalId.From(id);
            rows = rows.Where(p => p.Score < score || p.Score == score && p.Id < last);
        }

        var page = Keyset.Cut(await rows.OrderByDescending(p => p.Score).ThenByDescending(p => p.Id).Take(size + 1).ToListAsync(ct), size, p => new Place(p.Score, p.Id.Value));
        return new(await Views(page.Items, ct), page.Next);
    }

    /// <summary>How many wait for an answer.</summary>
    public Task<int> Open(CancellationToken ct) => db.Set<ProposalRow>().CountAsync(p => p.State == ProposalState.Open, ct);

    /// <summary>The open ones about a person, or about anybody who is one with them.</summary>
    public async Task<IReadOnlyList<ProposalView>> About(PersonId person, CancellationToken ct)
    {
        var all = await people.Whole(person, ct);
        return await Views(await db.Set<ProposalRow>().AsNoTracking().Where(p => p.State == ProposalState.Open && (all.Contains(p.First) || all.Contains(p.Second))).OrderByDescending(p => p.Score).ThenBy(p => p.First).ThenBy(p => p.Second).Take(20).ToListAsync(ct), ct);
    }

    /// <summary>The merges that made a person what they are, and those that were undone, the latest first.</summary>
    public async Task<IReadOnlyList<MergeView>> Merges(PersonId person, CancellationToken ct)
    {
        var all = await people.Whole(person, ct);
        var rows = await db.Set<MergeRow>().AsNoTracking().Where(m => all.Contains(m.Kept) || all.Contains(m.Joined)).OrderByDescending(m => m.Number).Take(100).ToListAsync(ct);
        var names = await Names([.. rows.Select(r => r.Joined)], ct);
        return [.. rows.Select(m => new MergeView(m.Kept, m.Joined, names.GetValueOrDefault(m.Joined, "Somebody"), m.By, m.At, m.PartedBy, m.PartedAt))];
    }

    // Each by themselves: their card shows all of them as one.
    private async Task<Dictionary<PersonId, string>> Names(IReadOnlyCollection<PersonId> persons, CancellationToken ct) =>
        (await db.Set<Identity>().AsNoTracking().Where(i => persons.Contains(i.PersonId)).Select(i => new { i.PersonId, i.Name, i.Handle, i.ExternalId, i.Network }).ToListAsync(ct))
        .GroupBy(i => i.PersonId).ToDictionary(g => g.Key, g => g.Select(i => i.Name ?? i.Handle ?? i.ExternalId).First());

    private async Task<IReadOnlyList<ProposalView>> Views(IReadOnlyList<ProposalRow> rows, CancellationToken ct)
    {
        var cards = await people.Of([.. rows.SelectMany(r => new[] { r.First, r.Second }).Distinct()], ct);
        return [.. rows.Where(r => cards.ContainsKey(r.First) && cards.ContainsKey(r.Second)).Select(r => new ProposalView(r.Id, cards[r.First], cards[r.Second], r.State, r.Score,
            JsonSerializer.Deserialize<List<Evidence>>(r.Evidence, Json.Options)!, r.FoundAt, r.DecidedBy, r.DecidedAt))];
    }
}
