using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Governance;

/// <summary>
/// What may be asked for by <c>RequireAuthorization("read")</c> or <c>[Authorize(Policy = "read")]</c>. Each is met by the cookie of somebody with the
/// role, and, except lead and owner, by an API key with a scope.
/// </summary>
public static class Access
{
    /// <summary>See the console: a viewer or more; a key with scope read.</summary>
    public const string Read = "read";

    /// <summary>Change things: an agent or more; a key with scope write.</summary>
    public const string Write = "write";

    /// <summary>Report orders: an agent or more; a key with scope orders or write.</summary>
    public const string Orders = "orders";

    /// <summary>Bring stock: an agent or more; a key with scope stock or write.</summary>
    public const string Stock = "stock";

    /// <summary>Bring posts: an agent or more; a key with scope posts or write.</summary>
    public const string Posts = "posts";

    /// <summary>Approve, manage sources and channels: a lead or an owner. No key may.</summary>
    public const string Lead = "lead";

    /// <summary>Manage people, keys and settings: an owner. No key may.</summary>
    public const string Owner = "owner";

    /// <summary>Anybody with an account of their own, the public's included. No key may.</summary>
    public const string Community = "community";

    /// <summary>The same, and guests: what a board lets people do without a name. The slice asks the board. No key may.</summary>
    public const string Guest = "guest";

    /// <summary>The scopes a key can have.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [Read, Write, Orders, Stock, Posts];

    internal static void Policies(AuthorizationOptions options)
    {
        Policy(options, Read, Role.Viewer, Read);
        Policy(options, Write, Role.Agent, Write);
        Policy(options, Orders, Role.Agent, Orders, Write);
        Policy(options, Stock, Role.Agent, Stock, Write);
        Policy(options, Posts, Role.Agent, Posts, Write);
        Policy(options, Lead, Role.Lead);
        Policy(options, Owner, Role.Owner);
        options.AddPolicy(Community, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => Allowed(c.User, Role.Community, []) && c.User.Kind() == AccountKind.Member));
        Policy(options, Guest, Role.Community);
        options.DefaultPolicy = options.GetPolicy(Read)!;
    }

    private static void Policy(AuthorizationOptions options, string name, Role least, params string[] scopes) => options.AddPolicy(name, policy => policy
        .RequireAuthenticatedUser()
        .RequireAssertion(context => Allowed(context.User, least, scopes)));

    private static bool Allowed(ClaimsPrincipal who, Role least, string[] scopes)
    {
        var cookie = who.Identities.Any(i => i.AuthenticationType == IdentityConstants.ApplicationScheme);
        return cookie ? who.Role() >= least : who.Claims.Any(c => c.Type == Actors.Scope && Array.IndexOf(scopes, c.Value) >= 0);
    }
}
