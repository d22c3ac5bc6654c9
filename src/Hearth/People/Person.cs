using Hearth.Platform;

namespace Hearth.People;

/// <summary>One account on one network.</summary>
public readonly record struct IdentityId(Guid Value) : IId<IdentityId>
{
    public static IdentityId New() => new(Ids.New());

    public static IdentityId From(Guid value) => new(value);

    /// <summary>In the order of their making; translated to SQL, so that a list can be walked by it.</summary>
    public static bool operator <(IdentityId left, IdentityId right) => left.Value < right.Value;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(IdentityId left, IdentityId right) => left.Value > right.Value;
}

/// <summary>A human or organisation that speaks in public. At first each identity is a person of its own.</summary>
internal sealed class Person
{
    public required PersonId Id { get; init; }

    /// <summary>What we call them, when somebody of ours has said so; otherwise the name on their latest identity is shown.</summary>
    public string? Name { get; set; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Whom somebody of ours found them to be the same as; null while nobody has. Undoing a merge is clearing this.</summary>
    public PersonId? MergedInto { get; set; }

    /// <summary>Whom following <see cref="MergedInto"/> leads to, kept beside it so that one look finds all who are one; null for a person who leads to nobody.</summary>
    public PersonId? Root { get; set; }
}

/// <summary>An account of a person. The network's own id never changes; handle, name and picture do.</summary>
internal sealed class Identity
{
    public required IdentityId Id { get; init; }

    public required PersonId PersonId { get; set; }

    public required string Network { get; init; }

    public required string ExternalId { get; init; }

    public string? Handle { get; set; }

    public string? Name { get; set; }

    public string? Avatar { get; set; }

    public string? Url { get; set; }

    public required DateTimeOffset FirstSeen { get; set; }

    public required DateTimeOffset LastSeen { get; set; }

    /// <summary>When it was last looked at for signs of who else it is; null when it is new or shows itself otherwise than then.</summary>
    public DateTimeOffset? LookedAt { get; set; }
}
