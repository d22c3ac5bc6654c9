using Hearth.Platform;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Governance;

public enum AccountKind
{
    /// <summary>Somebody who can sign in by themselves.</summary>
    Member,

    /// <summary>Somebody without a name, known by a cookie, who may become a member later and keeps what they did.</summary>
    Guest,
}

/// <summary>Somebody who can sign in: a person of the brand, or a member of the public on the Ideas site.</summary>
/// <remarks>Public only because Identity's managers are named after it; other rooms use <see cref="Staff"/> and <see cref="Governance.Actor"/>.</remarks>
public sealed class Account : IdentityUser<Guid>
{
    public required string Name { get; set; }

    public required string Initials { get; set; }

    public Department? Department { get; set; }

    public required Role Role { get; set; }

    public AccountKind Kind { get; set; }

    /// <summary>False until an invitation is accepted, and again once deactivated.</summary>
    public required bool Active { get; set; }

    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? LastSignIn { get; set; }

    internal Actor Actor() => new(new(Id), Name, Initials, Department, Role) { Kind = Kind };

    /// <summary>The sign-in name is the e-mail address, in lower case.</summary>
    internal static Account Of(string email, string name, string initials, Department? department, Role role, bool active, DateTimeOffset now) => new()
    {
        Id = Ids.New(), UserName = email, Email = email, Name = name, Initials = initials, Department = department, Role = role, Active = active, Since = now,
        LockoutEnabled = true,
    };

    /// <summary>An account that only a cookie opens. Its sign-in name is no address, so that it can meet none.</summary>
    internal static Account OfGuest(string name, DateTimeOffset now)
    {
        var id = Ids.New();
        var sign = $"guest:{id:N}";
        return new()
        {
            Id = id, UserName = sign, NormalizedUserName = sign.ToUpperInvariant(), SecurityStamp = Guid.NewGuid().ToString("N"), Name = name, Initials = Accounts.InitialsOf(name),
            Role = Role.Community, Kind = AccountKind.Guest, Active = true, Since = now, LockoutEnabled = true,
        };
    }
}
