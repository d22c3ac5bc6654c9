using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Governance;

/// <summary>Who asks, by what they have shown.</summary>
/// <param name="Id">The account; of a key, its maker's.</param>
/// <param name="Name">As shown to others.</param>
/// <param name="Initials">1 to 3 letters, what a reply is signed with.</param>
/// <param name="Department">Null for the public.</param>
/// <param name="Role">What they may do.</param>
public sealed record Me(UserId Id, string Name, string Initials, Department? Department, Role Role);

/// <summary>Whom to invite.</summary>
/// <param name="Name">As others see it, 1 to 80 characters; the person may change it.</param>
/// <param name="Email">The address the person will sign in with.</param>
/// <param name="Department">Where they work.</param>
/// <param name="Role">What they may do: viewer, agent, lead or owner.</param>
public sealed record InvitationBody(string Name, string Email, Department Department, Role Role);

/// <summary>The account waits for its person.</summary>
/// <param name="User">The account.</param>
/// <param name="Link">A path with a secret: give it to the person; it works once, for a week.</param>
public sealed record InvitationMade(UserId User, string Link);

/// <param name="Name">What the key is for.</param>
/// <param name="Scopes">read, write, orders, stock, posts.</param>
public sealed record KeyBody(string Name, IReadOnlyList<string> Scopes);

/// <param name="Secret">Shown once. Send it as <c>Authorization: Bearer ...</c>.</param>
public sealed record KeyMadeView(KeyId Id, string Secret);

internal static class GovernanceApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Certifications.Map(api);
        var council = api.MapGroup("").WithTags("Council");
        council.MapGet("/me", Me).RequireAuthorization(Access.Read);
        council.MapGet("/people-of-the-brand", Everybody).RequireAuthorization(Access.Read);
        council.MapPost("/people-of-the-brand", Invite).RequireAuthorization(Access.Lead);
        council.MapGet("/keys", Keys).RequireAuthorization(Access.Owner);
        council.MapPost("/keys", MakeKey).RequireAuthorization(Access.Owner);
        council.MapDelete("/keys/{id:guid}", RevokeKey).RequireAuthorization(Access.Owner);
        council.MapGet("/record", Record).RequireAuthorization(Access.Read);
    }

    /// <summary>Who I am, by cookie or key.</summary>
    internal static Ok<Me> Me(HttpContext http)
    {
        var me = http.Actor();
        return Ok(new Me(me.Id, me.Name, me.Initials, me.Department, me.Role));
    }

    /// <summary>The people of the brand, by name; also the invited and the deactivated.</summary>
    internal static async Task<Ok<IReadOnlyList<StaffMember>>> Everybody(Staff staff, CancellationToken ct) => Ok(await staff.Everybody(ct));

    /// <summary>Invites somebody. 201 with the link, 400 naming the field, 403 when the caller may not give that role.</summary>
    internal static async Task<Results<Created<InvitationMade>, ProblemHttpResult>> Invite(InvitationBody body, HttpContext http, ManageStaff staff, CancellationToken ct) =>
        await staff.Invite(http.Actor(), body.Name, body.Email, body.Department, body.Role, ct) switch
        {
            StaffOutcome.Invited made => Created("/api/v1/people-of-the-brand", new InvitationMade(made.User, made.Link)),
            StaffOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            _ => Problems.Refused("not-allowed", "A lead may invite viewers and agents of the own department; an owner anybody.", StatusCodes.Status403Forbidden),
        };

    /// <summary>API keys without their secrets, the newest first, the revoked last.</summary>
    internal static async Task<Ok<IReadOnlyList<KeyView>>> Keys(Keys keys, CancellationToken ct) => Ok(await keys.All(ct));

    /// <summary>Makes an API key. 201 with the secret, which is not shown again; 400 naming the field.</summary>
    internal static async Task<Results<Created<KeyMadeView>, ProblemHttpResult>> MakeKey(KeyBody body, HttpContext http, Keys keys, CancellationToken ct) =>
        await keys.Make(http.Actor(), body.Name, body.Scopes, ct) switch
        {
            KeyOutcome.Made made => Created("/api/v1/keys", new KeyMadeView(made.Key, made.Secret)),
            KeyOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    /// <summary>Revokes a key at once. 404 when there is no such key or it was revoked before.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> RevokeKey(Guid id, HttpContext http, Keys keys, CancellationToken ct) =>
        await keys.Revoke(http.Actor(), new(id), ct) ? NoContent() : Problems.Unknown("key");

    /// <summary>Every recorded fact, the newest first, filtered by subject ("person:..." or a kind, "person") and room ("Governance").</summary>
    internal static async Task<Results<Ok<Page<RecordEntry>>, ProblemHttpResult>> Record(ReadRecord record, CancellationToken ct, string? subject = null, string? room = null, string? after = null, int? size = null) =>
        await record.Run(subject, room, after, size, ct) is { } page ? Ok(page) : Problems.NoPlace();
}
