using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>A provider that an account can be signed in to by.</summary>
/// <param name="Issuer">The provider's address.</param>
/// <param name="Name">As its button says.</param>
public sealed record OidcConnection(string Issuer, string Name);

/// <summary>Whose account somebody is whom a provider has identified.</summary>
/// <remarks>
/// The provider's subject decides, never the address alone. An address leads to an account only when the provider has proven it and the account has proven it too
/// (or the provider is one for the people of the brand): else whoever writes a stranger's address into a profile would come in as the stranger.
/// </remarks>
public sealed class OidcAccounts(Database db, UserManager<Account> users, SignIn signIn, Newcomers newcomers, TimeProvider clock)
{
    /// <summary>The providers that the account is connected to.</summary>
    public async Task<IReadOnlyList<OidcConnection>> Of(Actor me, CancellationToken ct)
    {
        var logins = await db.Set<IdentityUserLogin<Guid>>().AsNoTracking().Where(l => l.UserId == me.Id.Value).OrderBy(l => l.ProviderDisplayName).ToListAsync(ct);
        return [.. logins.Select(l => new OidcConnection(l.LoginProvider, l.ProviderDisplayName ?? l.LoginProvider))];
    }

    /// <summary>Ends a connection.</summary>
    /// <returns>What is wrong; empty when it is ended.</returns>
    public async Task<IReadOnlyList<FieldError>> Disconnect(Actor me, string issuer, CancellationToken ct)
    {
        var account = (await users.FindByIdAsync(me.Id.Value.ToString()))!;
        var logins = await users.GetLoginsAsync(account);
        if (logins.FirstOrDefault(l => l.LoginProvider == issuer) is not { } login) return [];
        if (account.PasswordHash is null && !account.EmailConfirmed && logins.Count == 1 && (await users.GetPasskeysAsync(account)).Count == 0) return [new("", "It is your only way in: set a password or add a passkey first")];
        await db.InTransaction(async () =>
        {
            db.Record(new SingleSignOnChanged(me.Id, issuer, false, clock.Now()));
            await users.RemoveLoginAsync(account, issuer, login.ProviderKey);
        }, ct);
        return [];
    }

    internal async Task<OidcOutcome> Connect(OidcProvider provider, OidcIdentity who, Actor me, CancellationToken ct)
    {
        var account = (await users.FindByIdAsync(me.Id.Value.ToString()))!;
        if (account.Role > Role.Community && !provider.ForStaff) return new OidcOutcome.Refused($"{provider.Name} is not for people of the brand.");
        if (await users.FindByLoginAsync(provider.Issuer, who.Subject) is { } other)
        {
            return other.Id == account.Id ? new OidcOutcome.Connected(provider.Name) : new OidcOutcome.Refused($"That account at {provider.Name} belongs to somebody else here.");
        }

        await db.InTransaction(() => Add(account, provider, who), ct);
        return new OidcOutcome.Connected(provider.Name);
    }

    internal async Task<OidcOutcome> Enter(OidcProvider provider, OidcIdentity who, Actor? me, string? to, CancellationToken ct)
    {
        try
        {
            var (account, refusal) = await db.InTransaction(() => Find(provider, who, me, ct), ct);
            return account is null ? new OidcOutcome.Refused(refusal!) : new OidcOutcome.Known(await signIn.Proven(account, provider.Name, stay: false, ct), to);
        }
        catch (Exception e) when (Newcomers.OtherWasQuicker(e))
        {
            db.Forget(); // somebody opened an account with this address at the same moment; it is found now
            return await Enter(provider, who, me, to, ct);
        }
    }

    private async Task<(Account? Account, string? Refusal)> Find(OidcProvider provider, OidcIdentity who, Actor? me, CancellationToken ct)
    {
        if (provider.Domains.Length > 0 && (who is not { Email: { } at, Proven: true } || !provider.Takes(at))) return (null, "Your address is not of a domain that may come in this way.");
        if (await users.FindByLoginAsync(provider.Issuer, who.Subject) is { } connected)
        {
            return connected.Role > Role.Community && !provider.ForStaff ? (null, $"{provider.Name} is not for people of the brand.") : (connected, null);
        }

        if (who.Email is not { } email || Accounts.CheckEmail(email).Any()) return (null, $"{provider.Name} does not tell your e-mail address, and you have no account that is connected to it.");
        if (await users.FindByNameAsync(email) is { } same)
        {
            var trusted = who.Proven && (same.Role == Role.Community || provider.ForStaff);
            if (trusted && await IsInvited(same, ct)) Accept(same);
            if (!trusted || !same.Active) return (null, $"There is an account with {email}. Sign in to it another way, and connect {provider.Name} on your account page.");
            var claimed = (await newcomers.Known(email, ct))!;
            await Add(claimed, provider, who);
            return (claimed, null);
        }

        if (provider.OpensAs is not { } role) return (null, "You have no account here. Somebody has to invite you.");
        if (!who.Proven) return (null, $"{provider.Name} has not made sure that {email} is yours.");
        var name = string.Concat((who.Name ?? email[..email.IndexOf('@', StringComparison.Ordinal)]).Where(c => !char.IsControl(c))).Trim();
        var opened = await newcomers.Open(email, name.Length is 0 ? "Somebody" : name[..Math.Min(name.Length, Accounts.NameLength)], null, role, provider.Department, me, ct);
        await Add(opened, provider, who);
        return (opened, null);
    }

    // An open invitation to the address, which the provider has proven: coming in this way is accepting it.
    private async Task<bool> IsInvited(Account account, CancellationToken ct)
    {
        var now = clock.Now();
        return account is { Active: false, LastSignIn: null, PasswordHash: null }
            && await db.Set<SignInLink>().Where(l => l.Account == account.Id && l.Purpose == LinkPurpose.Invitation && l.Used == null && l.Until > now).ExecuteUpdateAsync(set => set.SetProperty(l => l.Used, now), ct) == 1;
    }

    private void Accept(Account account)
    {
        account.Active = true;
        db.Record(new AccountOpened(new(account.Id), account.Name, account.Role, clock.Now()));
    }

    private async Task Add(Account account, OidcProvider provider, OidcIdentity who)
    {
        db.Record(new SingleSignOnChanged(new(account.Id), provider.Issuer, true, clock.Now()));
        await users.AddLoginAsync(account, new(provider.Issuer, who.Subject, provider.Name));
    }
}
