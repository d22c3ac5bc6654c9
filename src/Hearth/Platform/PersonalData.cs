namespace Hearth.Platform;

/// <summary>An account of somebody whose data is asked for or erased.</summary>
/// <param name="Network">"bluesky", "email" ...; as posts of it are kept.</param>
/// <param name="ExternalId">The network's own id of it.</param>
/// <param name="Handle">Without the @.</param>
/// <param name="Name">As it shows itself.</param>
public sealed record PersonalAccount(string Network, string ExternalId, string? Handle, string? Name);

/// <summary>Whose data it is.</summary>
/// <param name="Persons">Ids of all persons who are one.</param>
/// <param name="Accounts">Their accounts.</param>
public sealed record PersonalScope(IReadOnlyList<Guid> Persons, IReadOnlyList<PersonalAccount> Accounts);

/// <summary>A part of what is kept of somebody.</summary>
/// <param name="Name">File name without ending: "mentions".</param>
/// <param name="Rows">Written as JSON, as they are.</param>
public sealed record PersonalPart(string Name, IReadOnlyList<object> Rows);

/// <summary>A line of the report of an erasure. It names nobody.</summary>
/// <param name="What">"Posts and what was read in them".</param>
/// <param name="Count">How many were found.</param>
/// <param name="Remains">What is left of them, and why; null when nothing is.</param>
public sealed record ErasedPart(string What, long Count, string? Remains = null);

/// <summary>
/// What a room keeps of people. Every room that keeps any implements it; registered in the order of the floors. Erasing goes from the top down, so that a room can still ask those below what belongs to the person.
/// </summary>
public interface IPersonalData
{
    /// <summary>The room's name, as people say it.</summary>
    string Room { get; }

    /// <summary>All of it, machine-readable (GDPR articles 15 and 20).</summary>
    IAsyncEnumerable<PersonalPart> Export(PersonalScope who, CancellationToken ct);

    /// <summary>
    /// Takes it away: texts, media, drafts, search indexes, notes about them; what statistics need is left without anything that leads to the person. Runs in a transaction, and again after a crash: what is gone
    /// already counts as nothing.
    /// </summary>
    Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct);
}
