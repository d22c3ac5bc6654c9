using System.Globalization;
using System.Net.Mail;
using Hearth.Platform;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Governance;

/// <summary>The rules that every account keeps, however it is opened.</summary>
internal static class Accounts
{
    public const int NameLength = 80;
    public const int EmailLength = 254; // RFC 5321, section 4.5.3.1.3
    public const int PasswordLength = 10;
    public const int LongestPassword = 200;

    public static string CleanEmail(string? email) => (email ?? "").Trim().ToLowerInvariant();

    /// <summary>"Ada Lovelace" becomes "AL"; at most three letters.</summary>
    public static string InitialsOf(string name) => string.Concat(name
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => StringInfo.GetNextTextElement(w)).Take(3)).ToUpperInvariant();

    public static IEnumerable<FieldError> CheckName(string name)
    {
        if (name.Trim().Length is 0 or > NameLength) yield return new("name", $"must have 1 to {NameLength} characters");
        else if (name.Any(char.IsControl)) yield return new("name", "must be on one line");
    }

    public static IEnumerable<FieldError> CheckInitials(string initials)
    {
        if (new StringInfo(initials).LengthInTextElements is 0 or > 3 || !initials.All(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c))) yield return new("initials", "must be 1 to 3 letters");
    }

    public static IEnumerable<FieldError> CheckEmail(string email)
    {
        if (email.Length > EmailLength || !MailAddress.TryCreate(email, out var address) || address.Address != email) yield return new("email", "is no e-mail address");
    }

    public static IEnumerable<FieldError> CheckPassword(string password)
    {
        if (password.Length is < PasswordLength or > LongestPassword) yield return new("password", $"must have {PasswordLength} to {LongestPassword} characters");
    }

    /// <summary>Identity looks before it writes; of two who write the same address at once, the database refuses one.</summary>
    public static readonly FieldError Taken = new("email", "has an account already");

    public static IReadOnlyList<FieldError> Errors(this IdentityResult result) => [.. result.Errors.Select(e => new FieldError(e.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.InvalidEmail) => "email",
        var code when code.StartsWith("Password", StringComparison.Ordinal) => "password",
        _ => "",
    }, e.Code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail) ? Taken.Reason : e.Description))];
}
