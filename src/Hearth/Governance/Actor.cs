using Hearth.Platform;

namespace Hearth.Governance;

public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static UserId New() => new(Ids.New());

    public static UserId From(Guid value) => new(value);
}

public enum Department
{
    Care,
    Marketing,
    Product,
    PublicRelations,
    Legal,
    It,
    Sales,
    Operations,
}

/// <summary>What somebody may do, from least to most.</summary>
public enum Role
{
    /// <summary>A member of the public on the Ideas site: posts, votes, comments; sees no console.</summary>
    Community,

    /// <summary>Sees everything in the console, changes nothing.</summary>
    Viewer,

    /// <summary>Answers people and works on gaps, offers and ideas.</summary>
    Agent,

    /// <summary>Also approves, manages people of the department, sources and channels.</summary>
    Lead,

    /// <summary>Also manages every person, keys and settings.</summary>
    Owner,
}

/// <summary>Who does something: a named human of the brand, or of the public.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">As shown to others.</param>
/// <param name="Initials">1 to 3 letters, what a reply is signed with ("^AB").</param>
/// <param name="Department">Null for the public.</param>
/// <param name="Role">What they may do.</param>
public sealed record Actor(UserId Id, string Name, string Initials, Department? Department, Role Role)
{
    /// <summary>What stands behind the account: a member, or a guest's cookie.</summary>
    public AccountKind Kind { get; init; }

    /// <summary>True for somebody without a name: a board may weigh their vote less, or take none.</summary>
    public bool IsGuest => Kind == AccountKind.Guest;
}
