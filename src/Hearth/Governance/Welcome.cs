using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>What somebody tells of themselves when they come in by a one-time link.</summary>
public sealed record Newcomer(string Name, string Initials, string Email, string Password);

public abstract record WelcomeOutcome
{
    private WelcomeOutcome() { }

    public sealed record Opened(Actor Actor) : WelcomeOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : WelcomeOutcome;

    /// <summary>The link is unknown, used or too old.</summary>
    public sealed record NoSuchLink : WelcomeOutcome;
}

/// <summary>Turns a one-time link into an account with a password: the first owner's, or an invited person's.</summary>
public sealed class Welcome(Database db, SignInLinks links, UserManager<Account> users, TimeProvider clock)
{
    public async Task<WelcomeOutcome> Accept(string secret, Newcomer who, CancellationToken ct)
    {
        if (await links.Open(secret, ct) is not { Purpose: not LinkPurpose.SignIn } link) return new WelcomeOutcome.NoSuchLink();
        who = who with { Name = who.Name.Trim(), Initials = who.Initials.Trim().ToUpperInvariant(), Email = Accounts.CleanEmail(who.Email) };
        FieldError[] errors = [.. Accounts.CheckName(who.Name), .. Accounts.CheckInitials(who.Initials), .. Accounts.CheckEmail(who.Email), .. Accounts.CheckPassword(who.Password)];
        if (errors.Length > 0) return new WelcomeOutcome.Invalid(errors);

        try
        {
            return await db.InTransaction(async () => await links.Use(link, ct) ? await Open(link, who, ct) : new WelcomeOutcome.NoSuchLink(), ct);
        }
        catch (Refused refused)
        {
            db.ChangeTracker.Clear();
            return new WelcomeOutcome.Invalid(refused.Errors);
        }
    }

    private async Task<WelcomeOutcome> Open(SignInLink link, Newcomer who, CancellationToken ct)
    {
        var now = clock.Now();
        var account = link.Account is { } invited ? await db.Set<Account>().SingleAsync(a => a.Id == invited, ct)
            : Account.Of(who.Email, who.Name, who.Initials, Department.It, Role.Owner, active: true, now);
        (account.Name, account.Initials, account.Email, account.UserName, account.Active) = (who.Name, who.Initials, who.Email, who.Email, true);
        account.SecurityStamp = Guid.NewGuid().ToString("N"); // ends every session of before: the password may have been lost to somebody
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
        account.PasswordHash = users.PasswordHasher.HashPassword(account, who.Password);
        db.Record(new AccountOpened(new(account.Id), account.Name, account.Role, now));
        Ensure(link.Account is null ? await users.CreateAsync(account) : await users.UpdateAsync(account));
        return new WelcomeOutcome.Opened(account.Actor());
    }

    // Leaves the transaction, so that the link is not used up by a mistake.
    private static void Ensure(IdentityResult result)
    {
        if (!result.Succeeded) throw new Refused(result.Errors());
    }

    private sealed class Refused(IReadOnlyList<FieldError> errors) : Exception
    {
        public IReadOnlyList<FieldError> Errors => errors;
    }
}
