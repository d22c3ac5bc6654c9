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
    /// <param name="name">Shown to everybody, 1 to 80 characters.</param>
    public async Task<SignUpOutcome> Run(string name, string email, string password, CancellationToken ct)
    {
        (name, email) = (name.Trim(), Accounts.CleanEmail(email));
        FieldError[] errors = [.. Accounts.CheckName(name), .. Accounts.CheckEmail(email), .. Accounts.CheckPassword(password)];
        if (errors.Length > 0) return new SignUpOutcome.Invalid(errors);
        var now = clock.Now();
        var account = Account.Of(email, name, Accounts.InitialsOf(name), null, Role.Community, active: true, now);
        try
        {
            return await db.InTransaction<SignUpOutcome>(async () =>
            {
                db.Record(new AccountOpened(new(account.Id), name, Role.Community, now));
                var made = await users.CreateAsync(account, password);
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
