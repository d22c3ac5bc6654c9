using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Merging;

/// <summary>Accounts are looked at for who else they are.</summary>
public sealed record LookForSamePersons : IJob;

/// <summary>What speaks for two being one, as a person reads it.</summary>
/// <param name="Kind">site, mail, name or points.</param>
/// <param name="Says">"Both show the verified site ann.example".</param>
/// <param name="Link">An address to look at; null when there is none.</param>
public sealed record Evidence(SignKind Kind, string Says, string? Link);

/// <summary>
/// Proposes that persons are one, and never decides it. 1. Read what new accounts show of themselves. 2. Compare what is new with what all others show. 3. Ask about each pair once: what was refused is not
/// asked again, and what too many share says nothing.
/// </summary>
public sealed class FindSamePersons(Database db, KeepSigns signs, TimeProvider clock) : IRun<LookForSamePersons>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>A sign that more accounts show is no sign ("linktr.ee", "John Smith").</summary>
    public const int MostWhoShare = 4;

    private const int Batch = 500;

    public async Task Run(LookForSamePersons job, CancellationToken ct)
    {
        while (await Look(ct) == Batch) ct.ThrowIfCancellationRequested();
        while (await Compare(ct) == Batch) ct.ThrowIfCancellationRequested();
    }

    /// <summary>How much one kind of sign says: 5 is nearly proof, 2 a reason to look.</summary>
    public static int Weight(SignKind kind) => kind switch { SignKind.Site or SignKind.Mail => 5, SignKind.Points => 4, _ => 2 };

    // Step 1
    private Task<int> Look(CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var accounts = await db.Set<Identity>().AsNoTracking().Where(i => i.LookedAt == null).OrderBy(i => i.Id).Take(Batch).ToListAsync(ct);
        foreach (var a in accounts)
        {
            foreach (var key in AccountKeys.Of(a.Network, a.ExternalId, a.Handle, a.Url).Distinct(StringComparer.Ordinal)) await signs.Add(a.PersonId, new(SignKind.Is, key, "its own address", a.Url), ct);
            if (a.Network == "email") await signs.Add(a.PersonId, new(SignKind.Mail, a.ExternalId.ToLowerInvariant(), "writes from it"), ct);
            if (a.Network == "bluesky" && AccountKeys.Handle(a.Handle) is { } domain && !domain.EndsWith(".bsky.social", StringComparison.Ordinal)) await signs.Add(a.PersonId, new(SignKind.Site, domain, "its handle, proven by the domain", a.Url), ct);
            if (NameKey(a) is { } name) await signs.Add(a.PersonId, new(SignKind.Name, name, "handle and name", a.Url), ct);
        }

        var ids = accounts.ConvertAll(a => a.Id);
        await db.Set<Identity>().Where(i => ids.Contains(i.Id)).ExecuteUpdateAsync(set => set.SetProperty(i => i.LookedAt, now), ct);
        return accounts.Count;
    }, ct);

    // The part of the handle that people choose, with a name of more than one word: "ann" and "Ann" are no sign.
    private static string? NameKey(Identity account)
    {
        var chosen = (account.Handle ?? "").Trim().TrimStart('@').Split('@', '.')[0].ToLowerInvariant();
        var name = string.Join(' ', (account.Name ?? "").ToLowerInvariant().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return chosen.Length >= 4 && name.Length is >= 6 and <= 100 && name.Contains(' ', StringComparison.Ordinal) ? $"{chosen}|{name}" : null;
    }

    // Step 2
    private Task<int> Compare(CancellationToken ct) => db.InTransaction(async () =>
    {
        var fresh = await db.Set<SignRow>().Where(s => s.IsNew).OrderBy(s => s.Number).Take(Batch).ToListAsync(ct);
        var keys = fresh.Select(s => s.Key).Distinct(StringComparer.Ordinal).ToArray();
        var all = (await db.Set<SignRow>().AsNoTracking().Where(s => keys.Contains(s.Key)).ToListAsync(ct)).ToLookup(s => s.Key, StringComparer.Ordinal);
        foreach (var sign in fresh)
        {
            sign.IsNew = false;
            var others = all[sign.Key].Where(o => o.PersonId != sign.PersonId && Meets(sign.Kind, o.Kind)).ToList();
            if (others.Select(o => o.PersonId).Distinct().Count() > MostWhoShare) continue;
            foreach (var other in others) await Ask(sign, other, ct);
        }

        await db.SaveChangesAsync(ct);
        return fresh.Count;
    }, ct);

    private static bool Meets(SignKind a, SignKind b) => a switch
    {
        SignKind.Points => b == SignKind.Is,
        SignKind.Is => b == SignKind.Points,
        _ => a == b,
    };

    // Step 3
    private async Task Ask(SignRow a, SignRow b, CancellationToken ct)
    {
        var one = await All(a.PersonId, ct);
        if (one.Contains(b.PersonId)) return;
        var two = await All(b.PersonId, ct);
        var asked = await db.Set<ProposalRow>().Where(p => one.Contains(p.First) && two.Contains(p.Second) || two.Contains(p.First) && one.Contains(p.Second)).ToListAsync(ct);
        asked.AddRange(db.Set<ProposalRow>().Local.Where(p => !asked.Contains(p) && (one.Contains(p.First) && two.Contains(p.Second) || two.Contains(p.First) && one.Contains(p.Second))));
        if (asked.Exists(p => p.State == ProposalState.Refused)) return;
        var evidence = Evident(a, b);
        if (asked.Find(p => p.State == ProposalState.Open) is { } open)
        {
            var known = JsonSerializer.Deserialize<List<Evidence>>(open.Evidence, Json.Options)!;
            if (known.Exists(e => e.Says == evidence.Says)) return;
            (open.Evidence, open.Score) = (JsonSerializer.Serialize((IReadOnlyList<Evidence>)[.. known, evidence], Json.Options), open.Score + Weight(evidence.Kind));
            return;
        }

        var (first, second) = ProposalRow.Pair(a.PersonId, b.PersonId);
        if (asked.Find(p => p.First == first && p.Second == second) is { } before)
        {
            // They were one once and somebody parted others of them: the question is open anew.
            (before.State, before.Evidence, before.Score, before.DecidedAt, before.DecidedBy) = (ProposalState.Open, JsonSerializer.Serialize((IReadOnlyList<Evidence>)[evidence], Json.Options), Weight(evidence.Kind), null, null);
            return;
        }

        db.Add(new ProposalRow
        {
            Id = ProposalId.New(), First = first, Second = second, State = ProposalState.Open, Score = Weight(evidence.Kind), FoundAt = clock.Now(),
            Evidence = JsonSerializer.Serialize((IReadOnlyList<Evidence>)[evidence], Json.Options),
        });
        await db.SaveChangesAsync(ct);
    }

    private async Task<HashSet<PersonId>> All(PersonId person, CancellationToken ct)
    {
        var root = (await db.Set<Person>().AsNoTracking().Where(p => p.Id == person).Select(p => p.Root).SingleOrDefaultAsync(ct)) ?? person;
        return [root, person, .. await db.Set<Person>().AsNoTracking().Where(p => p.Root == root).Select(p => p.Id).ToListAsync(ct)];
    }

    private static Evidence Evident(SignRow a, SignRow b)
    {
        // In one order, so that two new signs that meet each other are told once.
        var (from, to) = a.Kind == SignKind.Is || a.Kind == b.Kind && a.PersonId.Value.CompareTo(b.PersonId.Value) > 0 ? (b, a) : (a, b);
        return from.Kind switch
        {
            SignKind.Site => new(from.Kind, $"Both stand for the site {from.Key} ({from.Where}; {to.Where}).", "https://" + from.Key),
            SignKind.Mail => new(from.Kind, $"Both have the address {from.Key} ({from.Where}; {to.Where}).", from.Link ?? to.Link),
            SignKind.Name => new(from.Kind, $"Same handle and name: {from.Key.Replace("|", ", ", StringComparison.Ordinal)}.", to.Link),
            _ => new(SignKind.Points, $"One points at the other, {from.Key}: {from.Where}.", from.Link),
        };
    }
}
