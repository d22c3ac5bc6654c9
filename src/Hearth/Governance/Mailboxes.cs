using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>Where an account's mail goes.</summary>
/// <param name="User">The account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its e-mail address.</param>
/// <param name="Confirmed">True once somebody followed a link that was sent there: nobody else's mailbox is written to.</param>
public sealed record Mailbox(UserId User, string Name, string Address, bool Confirmed);

/// <summary>The mail addresses of accounts that can be signed in to, the public's included.</summary>
public sealed class Mailboxes(Database db)
{
    /// <returns>Null when there is no such account, or it cannot be signed in to.</returns>
    public async Task<Mailbox?> Of(UserId user, CancellationToken ct) =>
        await db.Set<Account>().AsNoTracking().Where(a => a.Id == user.Value && a.Active && a.Email != null).Select(a => new Mailbox(new(a.Id), a.Name, a.Email!, a.EmailConfirmed)).SingleOrDefaultAsync(ct);

    /// <summary>Whose an address is; null when nobody's.</summary>
    public async Task<Mailbox?> At(string address, CancellationToken ct)
    {
        var clean = Accounts.CleanEmail(address);
        return await db.Set<Account>().AsNoTracking().Where(a => a.UserName == clean && a.Active && a.Email != null).Select(a => new Mailbox(new(a.Id), a.Name, a.Email!, a.EmailConfirmed)).SingleOrDefaultAsync(ct);
    }
}
