using System.Net.Mail;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Mail;

public enum MailSecurity
{
    /// <summary>The connection is encrypted by STARTTLS before anything is said (RFC 3207); a server without it is refused.</summary>
    StartTls,

    /// <summary>Plain. For a server on the same machine or inside the house.</summary>
    None,
}

/// <summary>Where mail leaves, as people see it: the password is never shown.</summary>
/// <param name="Host">Name or address of the server.</param>
/// <param name="Port">1 to 65535; 587 is usual.</param>
/// <param name="Security">startTls or none.</param>
/// <param name="User">Null when the server asks for no name.</param>
/// <param name="HasPassword">True when one is kept.</param>
/// <param name="From">The address mail comes from.</param>
/// <param name="FromName">The name beside it.</param>
/// <param name="Error">Why the last mail could not be handed over; null when it was.</param>
/// <param name="ErrorAt">When that was.</param>
public sealed record MailServerView(string Host, int Port, MailSecurity Security, string? User, bool HasPassword, string From, string FromName, string? Error, DateTimeOffset? ErrorAt);

/// <summary>Where mail shall leave.</summary>
/// <param name="Host">Name or address of the server.</param>
/// <param name="Port">1 to 65535; 587 when left out.</param>
/// <param name="Security">startTls (when left out) or none.</param>
/// <param name="User">Left out when the server asks for no name.</param>
/// <param name="Password">Left out to keep the one there is.</param>
/// <param name="From">The address mail comes from.</param>
/// <param name="FromName">The name beside it; "Hearth" when left out.</param>
public sealed record MailServerDraft(string? Host, int? Port, MailSecurity? Security, string? User, string? Password, string? From, string? FromName);

/// <summary>The settings of outgoing mail. Whoever sets them decides what this machine connects to, so it takes an owner.</summary>
public sealed class MailServer(Database db, Secrets secrets)
{
    /// <summary>Null until somebody sets it.</summary>
    public async Task<MailServerView?> Read(CancellationToken ct) => await db.Set<MailServerRow>().AsNoTracking().SingleOrDefaultAsync(ct) is { } row
        ? new(row.Host, row.Port, row.Security, row.User, row.Password is not null, row.From, row.FromName, row.Error, row.ErrorAt) : null;

    /// <summary>Keeps the settings.</summary>
    /// <returns>What is wrong with them; nothing is kept then.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(MailServerDraft draft, CancellationToken ct)
    {
        var errors = Check(draft).ToList();
        if (errors.Count > 0) return errors;
        var row = await db.Set<MailServerRow>().SingleOrDefaultAsync(ct);
        if (row is null) db.Add(row = new() { Host = "", Port = 0, Security = default, From = "", FromName = "" });
        (row.Host, row.Port, row.Security, row.From) = (draft.Host!.Trim(), draft.Port ?? 587, draft.Security ?? MailSecurity.StartTls, draft.From!.Trim());
        row.FromName = string.IsNullOrWhiteSpace(draft.FromName) ? "Hearth" : draft.FromName.Trim();
        row.User = string.IsNullOrWhiteSpace(draft.User) ? null : draft.User.Trim();
        if (!string.IsNullOrEmpty(draft.Password)) row.Password = secrets.Hide(draft.Password);
        if (row.User is null) row.Password = null;
        (row.Error, row.ErrorAt) = (null, null);
        await db.SaveChangesAsync(ct);
        return [];
    }

    private static IEnumerable<FieldError> Check(MailServerDraft draft)
    {
        if (Uri.CheckHostName(draft.Host?.Trim()) == UriHostNameType.Unknown) yield return new("host", "must be the name of a mail server, like smtp.example.org");
        if (draft.Port is < 1 or > 65_535) yield return new("port", "must be between 1 and 65535");
        if (!IsAddress(draft.From)) yield return new("from", "must be an e-mail address");
        else if (EmailNetwork.IsDoNotReply(draft.From!.Trim())) yield return new("from", "must be an address that somebody reads: nothing of ours says \"do not reply\"");
        if (draft.FromName?.Length > 100 || draft.FromName?.AsSpan().IndexOfAny('\r', '\n') >= 0) yield return new("fromName", "must have at most 100 characters on one line");
        if (draft.User?.Length > 200) yield return new("user", "must have at most 200 characters");
        if (draft.Password?.Length > 200) yield return new("password", "must have at most 200 characters");
    }

    /// <summary>True for one plain address ("ann@example.org"), at most 254 characters (RFC 5321 section 4.5.3.1.3).</summary>
    public static bool IsAddress(string? text) =>
        text?.Trim() is { Length: > 2 and <= 254 } address && MailAddress.TryCreate(address, out var read) && read.Address == address && read.DisplayName.Length == 0 && read.Host.Length > 0;

    internal static void Map(IEndpointRouteBuilder api)
    {
        var mail = api.MapGroup("/channels/mail").WithTags("Channels").RequireAuthorization("owner");
        mail.MapGet("/", async Task<Results<Ok<MailServerView>, ProblemHttpResult>> (MailServer server, CancellationToken ct) =>
                await server.Read(ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("mail server"))
            .WithName("getMailServer").WithSummary("Where mail leaves; 404 until it is set");
        mail.MapPut("/", async Task<Results<NoContent, ProblemHttpResult>> (MailServerDraft body, MailServer server, CancellationToken ct) =>
                await server.Set(body, ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.NoContent())
            .WithName("setMailServer").WithSummary("Say where mail leaves (SMTP)");
    }
}
