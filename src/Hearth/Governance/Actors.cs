using System.Security.Claims;
using Hearth.Platform;
using Microsoft.AspNetCore.Http;

namespace Hearth.Governance;

/// <summary>Who is signed in, from the cookie's or the key's claims; no database is asked.</summary>
public static class Actors
{
    internal const string Initials = "hearth:initials";
    internal const string Department = "hearth:department";
    internal const string Scope = "hearth:scope";
    internal const string KindClaim = "hearth:kind";

    /// <summary>The signed-in person, or the maker of the API key that was shown.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; require a policy, or ask <see cref="ActorOrNull(ClaimsPrincipal)"/>.</exception>
    public static Actor Actor(this ClaimsPrincipal who) => who.ActorOrNull() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <inheritdoc cref="Actor(ClaimsPrincipal)"/>
    public static Actor Actor(this HttpContext http) => http.User.Actor();

    public static Actor? ActorOrNull(this HttpContext http) => http.User.ActorOrNull();

    public static Actor? ActorOrNull(this ClaimsPrincipal who) =>
        who.Identity is { IsAuthenticated: true } && Guid.TryParse(who.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new(new(id), who.FindFirstValue(ClaimTypes.Name) ?? "", who.FindFirstValue(Initials) ?? "",
                Enum.TryParse<Department>(who.FindFirstValue(Department), out var department) ? department : null, who.Role()) { Kind = who.Kind() }
            : null;

    /// <summary>True when the person may do what <paramref name="least"/> may do.</summary>
    public static bool Is(this Actor? actor, Role least) => actor is not null && actor.Role >= least;

    internal static AccountKind Kind(this ClaimsPrincipal who) => Enum.TryParse<AccountKind>(who.FindFirstValue(KindClaim), out var kind) ? kind : AccountKind.Member;

    internal static Role Role(this ClaimsPrincipal who) => Enum.TryParse<Role>(who.FindFirstValue(ClaimTypes.Role), out var role) ? role : Governance.Role.Community;

    internal static IEnumerable<Claim> Claims(this Actor actor)
    {
        yield return new(ClaimTypes.NameIdentifier, actor.Id.Value.ToString());
        yield return new(ClaimTypes.Name, actor.Name);
        yield return new(Initials, actor.Initials);
        yield return new(ClaimTypes.Role, actor.Role.ToString());
        if (actor.Kind != AccountKind.Member) yield return new(KindClaim, actor.Kind.ToString());
        if (actor.Department is { } department) yield return new(Department, department.ToString());
    }
}
