using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Consent;

/// <summary>A yes or a no, to be kept.</summary>
/// <param name="Purpose">service, marketing, research or profile.</param>
/// <param name="Channel">"bluesky", "email" ..., or "any" for all of them.</param>
/// <param name="Given">True for yes.</param>
/// <param name="How">form, message, spoken, paper, import or ownPage.</param>
/// <param name="Text">The words they agreed to, 1 to 2,000 characters; may be empty for a no.</param>
/// <param name="Proof">Where that can be seen, up to 500 characters.</param>
/// <param name="At">When they said it; now when left out.</param>
public sealed record ConsentDraft(ConsentPurpose Purpose, string? Channel, bool Given, ConsentHow How, string? Text, string? Proof = null, DateTimeOffset? At = null);

/// <summary>A yes or a no that was kept.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Channel">Where; "any" for everywhere.</param>
/// <param name="Given">True for yes.</param>
/// <param name="How">How they said it.</param>
/// <param name="Text">The words they agreed to.</param>
/// <param name="Proof">Where that can be seen.</param>
/// <param name="At">When they said it.</param>
/// <param name="By">Who noted it.</param>
/// <param name="NotedAt">When it was noted.</param>
/// <param name="Holds">True for the one that holds now for its purpose and channel.</param>
public sealed record ConsentView(ConsentPurpose Purpose, string Channel, bool Given, ConsentHow How, string Text, string? Proof, DateTimeOffset At, string By, DateTimeOffset NotedAt, bool Holds);

/// <summary>What came of noting a consent.</summary>
public abstract record ConsentNoted
{
    private ConsentNoted() { }

    public sealed record Done : ConsentNoted;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ConsentNoted;

    public sealed record Unknown : ConsentNoted;
}

/// <summary>
/// What people agreed to, with the proof of it (GDPR article 7(1)). A yes is kept with the person it came from; a no is kept with all who are one with them, so that parting them later wakes nothing up.
/// </summary>
public sealed class Consents(Database db, ReadPeople people, TimeProvider clock)
{
    /// <summary>The channel that means all of them.</summary>
    public const string Any = "any";

    public const int MaxText = 2_000;
    public const int MaxProof = 500;

    /// <summary>Keeps a yes or a no.</summary>
    public async Task<ConsentNoted> Note(PersonId person, ConsentDraft draft, string by, CancellationToken ct)
    {
        var errors = Check(draft).ToList();
        if (errors.Count > 0) return new ConsentNoted.Invalid(errors);
        return await db.InTransaction<ConsentNoted>(async () =>
        {
            if (!await db.Set<Person>().AnyAsync(p => p.Id == person, ct)) return new ConsentNoted.Unknown();
            var now = clock.Now();
            foreach (var one in draft.Given ? [person] : await people.Whole(person, ct))
            {
                db.Add(new ConsentRow
                {
                    PersonId = one, Purpose = draft.Purpose, Channel = Channel(draft.Channel), Given = draft.Given, How = draft.How, Text = (draft.Text ?? "").Trim(),
                    Proof = string.IsNullOrWhiteSpace(draft.Proof) ? null : draft.Proof.Trim(), At = draft.At ?? now, By = by, NotedAt = now,
                });
            }

            await db.SaveChangesAsync(ct);
            return new ConsentNoted.Done();
        }, ct);
    }

    /// <summary>All that a person, and whoever is one with them, ever agreed to or took back, the latest first.</summary>
    public async Task<IReadOnlyList<ConsentView>> Of(PersonId person, CancellationToken ct)
    {
        var all = await people.Whole(person, ct);
        var rows = await db.Set<ConsentRow>().AsNoTracking().Where(c => all.Contains(c.PersonId)).OrderByDescending(c => c.At).ThenByDescending(c => c.Number).ToListAsync(ct);
        var holds = rows.GroupBy(r => (r.PersonId, r.Purpose, r.Channel)).Select(g => g.First().Number).ToHashSet();
        return [.. rows.DistinctBy(r => (r.Purpose, r.Channel, r.Given, r.At, r.NotedAt, r.Text)).Select(r => new ConsentView(r.Purpose, r.Channel, r.Given, r.How, r.Text, r.Proof, r.At, r.By, r.NotedAt, holds.Contains(r.Number)))];
    }

    /// <summary>True when a person may be written to unasked for a purpose on a channel.</summary>
    public async Task<bool> May(PersonId person, ConsentPurpose purpose, string channel, CancellationToken ct) => !(await Refusing([person], purpose, channel, ct)).Contains(person);

    /// <summary>
    /// Those of some persons who may not be written to unasked. Whoever opted out may not be for anything; for service all others may until they say no, for the other purposes only who said yes. Of several who
    /// are one, a no of any of them holds for all.
    /// </summary>
    public async Task<IReadOnlySet<PersonId>> Refusing(IReadOnlyCollection<PersonId> persons, ConsentPurpose purpose, string channel, CancellationToken ct)
    {
        if (persons.Count == 0) return new HashSet<PersonId>();
        var roots = await people.Roots(persons, ct);
        var whole = await people.Whole(persons, ct);
        var rootOf = await people.Roots(whole, ct);
        var refused = (await db.Set<OptOut>().AsNoTracking().Where(o => whole.Contains(o.PersonId)).Select(o => o.PersonId).ToListAsync(ct)).Select(p => rootOf[p]).ToHashSet();
        var rows = await db.Set<ConsentRow>().AsNoTracking().Where(c => whole.Contains(c.PersonId) && c.Purpose == purpose && (c.Channel == channel || c.Channel == Any)).ToListAsync(ct);
        var agreed = new HashSet<PersonId>();
        foreach (var own in rows.GroupBy(r => r.PersonId))
        {
            // The latest word holds, whether it was said of this channel or of all.
            (own.OrderByDescending(r => r.At).ThenByDescending(r => r.Number).First().Given ? agreed : refused).Add(rootOf[own.Key]);
        }

        return roots.Where(r => refused.Contains(r.Value) || purpose != ConsentPurpose.Service && !agreed.Contains(r.Value)).Select(r => r.Key).ToHashSet();
    }

    private static string Channel(string? given) => string.IsNullOrWhiteSpace(given) ? Any : given.Trim().ToLowerInvariant();

    private IEnumerable<FieldError> Check(ConsentDraft draft)
    {
        if (!Enum.IsDefined(draft.Purpose)) yield return new("purpose", "must be service, marketing, research or profile");
        if (!Enum.IsDefined(draft.How)) yield return new("how", "must be form, message, spoken, paper, import or ownPage");
        if (draft.Channel?.Length > 60) yield return new("channel", "must have at most 60 characters");
        if (draft.Given && string.IsNullOrWhiteSpace(draft.Text)) yield return new("text", "must be the words that they agreed to");
        if (draft.Text?.Length > MaxText) yield return new("text", $"must have at most {MaxText:N0} characters");
        if (draft.Given && string.IsNullOrWhiteSpace(draft.Proof) && draft.How != ConsentHow.Spoken) yield return new("proof", "must say where that can be seen");
        if (draft.Proof?.Length > MaxProof) yield return new("proof", $"must have at most {MaxProof} characters");
        if (draft.At > clock.Now().AddMinutes(5)) yield return new("at", "must not be in the future");
    }
}
