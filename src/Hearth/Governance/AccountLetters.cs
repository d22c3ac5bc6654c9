using Hearth.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>A mail with a link is to be written. Whoever delivers mail asks <see cref="AccountLetters"/> for its words.</summary>
/// <param name="Email">To whom.</param>
/// <param name="Secret">The link's secret, encrypted: only its hash is kept elsewhere.</param>
/// <param name="Site">The address of this server, without a slash at its end.</param>
/// <param name="Id">Names the mail, so that one sent twice can be told.</param>
public sealed record AccountLetterDue(string Email, string Secret, string Site, Guid Id) : IJob;

/// <summary>The words of a mail about an account.</summary>
public sealed record AccountLetter(string To, string Subject, string Text, Guid Id);

/// <summary>Writes the mails about accounts. They name nobody but the reader, and say what to do when the reader asked for nothing.</summary>
public sealed class AccountLetters(Database db, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Governance.Letters.v1");

    /// <summary>The mail.</summary>
    /// <param name="due">What is to be written.</param>
    /// <param name="brand">The name of the site, as people know it.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Null when the link was used or is too old by now.</returns>
    public async Task<AccountLetter?> Write(AccountLetterDue due, string brand, CancellationToken ct)
    {
        var secret = _protector.Unprotect(due.Secret);
        var (hash, now) = (Secret.Hash(secret), clock.Now());
        if (await db.Set<MailedLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Hash == hash && l.Used == null && l.Until > now, ct) is not { } link) return null;
        if (link.Purpose == MailedPurpose.Confirm)
        {
            return Letter($"Is this your address? ({brand})", $"""
                Somebody who is signed in at {brand} says that this is their address. If that is you, confirm it here:

                {due.Site}/account/mail/{secret}

                The link works once, for {MailedLinks.Lasts.TotalMinutes:0} minutes. If it was not you, do nothing: nothing changes.
                """);
        }

        // Whether there is an account is told to the mailbox and to nobody else.
        var has = await db.Set<Account>().AnyAsync(a => a.UserName == link.Email, ct);
        return Letter(has ? $"Sign in at {brand}" : $"Join {brand}", $"""
            {(has ? $"Here is your way in at {brand}:" : $"This address has no account at {brand} yet. Open one here:")}

            {due.Site}/sign-in/mail/{secret}

            The link works once, for {MailedLinks.Lasts.TotalMinutes:0} minutes. If you did not ask for it, do nothing: nothing changes, and whoever asked was told nothing.
            """);

        AccountLetter Letter(string subject, string text) => new(link.Email, subject, text.ReplaceLineEndings("\n") + "\n", due.Id);
    }

    internal AccountLetterDue Due(string email, string secret, string site) => new(email, _protector.Protect(secret), site.TrimEnd('/'), Ids.New());
}
