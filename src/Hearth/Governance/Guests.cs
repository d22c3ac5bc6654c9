using Hearth.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Governance;

/// <summary>Lets somebody take part without a name: an account that only a cookie opens. Whether guests may do a thing is said by the place where they do it.</summary>
public sealed class Guests(Database db, SignInManager<Account> manager, TimeProvider clock)
{
    /// <summary>How long the cookie lasts after the last visit; then the guest is somebody new.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(365);

    /// <summary>Opens a guest's account and signs this browser in to it.</summary>
    public async Task<Actor> Come(CancellationToken ct)
    {
        var account = Account.OfGuest("Guest " + Slug.Code(4), clock.Now());
        db.Add(account);
        await db.SaveChangesAsync(ct);
        await manager.SignInAsync(account, new AuthenticationProperties { IsPersistent = true, ExpiresUtc = clock.GetUtcNow() + Lasts });
        return account.Actor();
    }
}
