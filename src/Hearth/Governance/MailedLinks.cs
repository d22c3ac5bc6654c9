using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>What an unused link from a mail is for.</summary>
/// <param name="Email">Whose mailbox it was sent to.</param>
/// <param name="Name">What somebody new wants to be called; null when they have not said.</param>
/// <param name="Account">The name of the account it leads to; null when it opens one.</param>
/// <param name="To">Where they were going; null for nowhere.</param>
public sealed record MailedLinkView(string Email, string? Name, string? Account, string? To);

/// <summary>Signs people in by mail, and finds out whether an address is theirs.</summary>
/// <remarks>
/// Asking takes the same work and gives the same answer whether the address has an account or not: who has one is looked up when the mail is written, and told to
/// the mailbox alone.
/// </remarks>
public sealed class MailedLinks(Database db, AccountLetters letters, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    /// <summary>Mails that one address gets in <see cref="Lasts"/>, whoever asks; more are not sent, and nobody is told.</summary>
    public const int MostPerAddress = 5;

    /// <summary>Has a link sent that signs the address's account in, or opens one for it.</summary>
    /// <param name="email">Where to.</param>
    /// <param name="name">What somebody new wants to be called; null to ask later.</param>
    /// <param name="to">Where they were going, inside this site.</param>
    /// <param name="site">The address of this server, as it stands in the mail: never what a stranger's request claims it to be.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>What is wrong; empty when the mail is on its way, or was asked for too often.</returns>
    public Task<IReadOnlyList<FieldError>> AskToEnter(string email, string? name, string? to, string site, CancellationToken ct) =>
        Ask(MailedPurpose.Enter, Accounts.CleanEmail(email), null, string.IsNullOrWhiteSpace(name) ? null : name.Trim(), to, site, ct);

    /// <summary>Has a link sent that proves an address to be <paramref name="me"/>'s, who then signs in with it.</summary>
    /// <inheritdoc cref="AskToEnter" path="/returns"/>
    public Task<IReadOnlyList<FieldError>> AskToConfirm(Actor me, string email, string site, CancellationToken ct) =>
        Ask(MailedPurpose.Confirm, Accounts.CleanEmail(email), me.Id.Value, null, null, site, ct);

    /// <summary>What a link to enter is for; null when it is unknown, used or too old.</summary>
    public async Task<MailedLinkView?> Read(string secret, CancellationToken ct)
    {
        if (await Open(secret, MailedPurpose.Enter, ct) is not { } link) return null;
        var account = await db.Set<Account>().Where(a => a.UserName == link.Email).Select(a => a.Name).SingleOrDefaultAsync(ct);
        return new(link.Email, link.Name, account, link.To);
    }

    internal async Task<MailedLink?> Open(string secret, MailedPurpose purpose, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(secret), clock.Now());
        return await db.Set<MailedLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Hash == hash && l.Purpose == purpose && l.Used == null && l.Until > now, ct);
    }

    /// <summary>Uses the link up; of two who try at once, one gets true.</summary>
    internal async Task<bool> Use(MailedLink link, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.Set<MailedLink>().Where(l => l.Hash == link.Hash && l.Used == null && l.Until > now).ExecuteUpdateAsync(set => set.SetProperty(l => l.Used, now), ct) == 1;
    }

    private async Task<IReadOnlyList<FieldError>> Ask(MailedPurpose purpose, string email, Guid? account, string? name, string? to, string site, CancellationToken ct)
    {
        FieldError[] errors = [.. Accounts.CheckEmail(email), .. name is null ? [] : Accounts.CheckName(name)];
        if (errors.Length > 0) return errors;
        var secret = Secret.New("");
        var due = letters.Due(email, secret, site); // encrypts, which may have to make a key: not while a transaction is open, since the key is kept by one of its own
        await db.InTransaction(async () =>
        {
            var now = clock.Now();
            var (old, recent) = (now - TimeSpan.FromDays(1), now - Lasts);
            await db.Set<MailedLink>().Where(l => l.Until < old).ExecuteDeleteAsync(ct);
            if (await db.Set<MailedLink>().CountAsync(l => l.Email == email && l.At > recent, ct) >= MostPerAddress) return;
            db.Add(new MailedLink { Hash = Secret.Hash(secret), Email = email, Purpose = purpose, Account = account, Name = name, To = to, At = now, Until = now + Lasts });
            db.Enqueue(due, now);
            await db.SaveChangesAsync(ct);
        }, ct);
        return [];
    }
}
