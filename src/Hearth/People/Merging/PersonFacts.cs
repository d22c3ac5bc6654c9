using Hearth.Platform;

namespace Hearth.People.Merging;

/// <summary>Somebody of ours found that two persons are one.</summary>
/// <param name="Kept">Who stands for all of them from now on.</param>
/// <param name="Joined">Who stood for the others until now.</param>
/// <param name="Members">All that came with <paramref name="Joined"/>, itself among them.</param>
/// <param name="By">Who decided it.</param>
/// <param name="At">When.</param>
public sealed record PersonsMerged(PersonId Kept, PersonId Joined, IReadOnlyList<PersonId> Members, string By, DateTimeOffset At) : IFact
{
    /// <summary>One order for all of them: merges touch each other.</summary>
    public string Subject => "persons";
}

/// <summary>A merge was undone: everything is whose it was.</summary>
/// <param name="Kept">Who stood for all of them.</param>
/// <param name="Parted">Who stands for the others from now on.</param>
/// <param name="Members">All that went with <paramref name="Parted"/>, itself among them.</param>
/// <param name="By">Who decided it.</param>
/// <param name="At">When.</param>
public sealed record PersonsParted(PersonId Kept, PersonId Parted, IReadOnlyList<PersonId> Members, string By, DateTimeOffset At) : IFact
{
    public string Subject => "persons";
}

/// <summary>All that was kept of a person was erased; the ids lead to nobody any more.</summary>
public sealed record PersonErased(IReadOnlyList<PersonId> Members, DateTimeOffset At) : IFact
{
    public string Subject => "persons";
}
