using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

public abstract record SignUpOutcome
{
    private SignUpOutcome() { }

    public sealed record Opened(Actor Actor) : SignUpOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : SignUpOutcome;
}

/// <summary>Opens an account for a member of the public, who then posts, votes and comments on the Ideas site.</summary>
public sealed class SignUp(Database db, UserManager<Account> users, TimeProvider clock)
{
    /// <summary>Opens it at once, without proof of the address: for a server that cannot send mail, which can do no better.</summary>
    /// <param name="name">Shown to everybody, 1 to 80 characters.</param>
    /// <param name="guest">Who they were until now, without a name: the account is that one, with all that was done.</param>
    public async Task<SignUpOutcome> Run(string name, string email, string password, CancellationToken ct, Actor? guest = null)
    {
        (name, email) = (name.Trim(), Accounts.CleanEmail(email));
        FieldError[] errors = [.. Accounts.CheckName(name), .. Accounts.CheckEmail(email), .. Accounts.CheckPassword(password)];
        if (errors.Length > 0) return new SignUpOutcome.Invalid(errors);
        var now = clock.Now();
        var mine = guest is { IsGuest: true } ? await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == guest.Id.Value && a.Kind == AccountKind.Guest, ct) : null;
        var account = mine ?? Account.Of(email, name, Accounts.InitialsOf(name), null, Role.Community, active: true, now);
        (account.Email, account.UserName, account.Name, account.Initials, account.Kind) = (email, email, name, Accounts.InitialsOf(name), AccountKind.Member);
        try
        {
            return await db.InTransaction<SignUpOutcome>(async () =>
            {
                db.Record(new AccountOpened(new(account.Id), name, Role.Community, now));
                if (mine is not null) db.Record(new GuestJoined(guest!.Id, guest.Id, now));
                account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
                var made = mine is null ? await users.CreateAsync(account) : await users.UpdateAsync(account);
                if (made.Succeeded) return new SignUpOutcome.Opened(account.Actor());
                db.ChangeTracker.Clear();
                return new SignUpOutcome.Invalid(made.Errors());
            }, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear();
            return new SignUpOutcome.Invalid([Accounts.Taken]);
        }
    }
}
