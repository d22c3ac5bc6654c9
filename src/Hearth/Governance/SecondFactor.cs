using Hearth.Platform;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Governance;

/// <summary>The second factor of an account.</summary>
/// <param name="Key">Base32, what an authenticator app is told; empty once it is on.</param>
/// <param name="Uri">The same as otpauth:// for a QR code (github.com/google/google-authenticator/wiki/Key-Uri-Format).</param>
/// <param name="CodesLeft">Recovery codes not used yet.</param>
public sealed record SecondFactorView(bool On, string Key, string Uri, int CodesLeft);

/// <summary>Time-based codes (RFC 6238) besides the password.</summary>
public sealed class SecondFactor(Database db, UserManager<Account> users, IUserStore<Account> store, TimeProvider clock)
{
    private const int Codes = 10;

    public async Task<SecondFactorView> Read(Actor me)
    {
        var account = await Account(me);
        if (account.TwoFactorEnabled) return new(true, "", "", await users.CountRecoveryCodesAsync(account));
        if (await users.GetAuthenticatorKeyAsync(account) is not { Length: > 0 } key)
        {
            // Not by the manager, which would end the person's sessions: looking at the page must not sign anybody out.
            key = users.GenerateNewAuthenticatorKey();
            await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, key, default);
            await users.UpdateAsync(account);
        }

        return new(false, key, $"otpauth://totp/Hearth:{System.Uri.EscapeDataString(account.Email!)}?secret={key}&issuer=Hearth&digits=6", 0);
    }

    /// <summary>Switches it on when the code proves that the app has the key.</summary>
    /// <returns>The recovery codes, told here and never again; null when the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> SwitchOn(Actor me, string code, CancellationToken ct)
    {
        var account = await Account(me);
        if (!await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, string.Concat(code.Where(char.IsAsciiDigit)))) return null;
        return await db.InTransaction(async () =>
        {
            db.Record(new SecondFactorChanged(me.Id, true, clock.Now()));
            await users.SetTwoFactorEnabledAsync(account, true);
            return (await users.GenerateNewTwoFactorRecoveryCodesAsync(account, Codes))!.ToList();
        }, ct);
    }

    /// <summary>Switches it off and forgets the key.</summary>
    /// <returns>False when the password is wrong.</returns>
    public async Task<bool> SwitchOff(Actor me, string password, CancellationToken ct)
    {
        var account = await Account(me);
        if (!await users.CheckPasswordAsync(account, password)) return false;
        await db.InTransaction(async () =>
        {
            db.Record(new SecondFactorChanged(me.Id, false, clock.Now()));
            await users.SetTwoFactorEnabledAsync(account, false);
            await users.ResetAuthenticatorKeyAsync(account);
        }, ct);
        return true;
    }

    private async Task<Account> Account(Actor me) => await users.FindByIdAsync(me.Id.Value.ToString()) ?? throw new InvalidOperationException("The account is gone.");
}
