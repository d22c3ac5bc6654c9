using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Mail;

/// <summary>The tries to hand a letter over whose end is not known: the process died, or the connection did, between the letter and the server's yes.</summary>
internal sealed class LetterTries(Database db, ChannelAccountId account, string key, TimeProvider clock)
{
    /// <summary>The most copies of one letter that go out by themselves.</summary>
    public const int Most = 2;

    private string _own = "";

    /// <summary>True for a failure after which the server certainly has not taken the letter: it said so, or there was no connection.</summary>
    public static bool IsUnsent(Exception e) => e is ChannelRefusedException or AuthenticationException || e is SmtpException smtp
        && (smtp.StatusCode != SmtpStatusCode.GeneralFailure || smtp.InnerException is SocketException or AuthenticationException);

    /// <summary>Keeps that a try is made.</summary>
    /// <exception cref="ChannelRefusedException">As many as may be were made, and nobody knows how they ended. Whoever sends it again after that has been told.</exception>
    public async Task Begin(string to, CancellationToken ct)
    {
        var made = await Mine().CountAsync(ct);
        if (made >= Most)
        {
            await Forget(ct);
            throw new ChannelRefusedException($"It is not known whether the letter to {to} went out: the connection or Hearth itself ended {made} times while it was handed over. Look at the mail server; trying again may send another copy.");
        }

        _own = $"{key}:{made + 1}";
        db.Add(new PlacedPost { Account = account, Key = _own, Prepared = "", At = clock.Now() }); // of two at once one fails here, before anything is sent
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>The try that began here sent nothing.</summary>
    public Task Undo(CancellationToken ct) => db.Set<PlacedPost>().Where(p => p.Account == account && p.Key == _own).ExecuteDeleteAsync(ct);

    /// <summary>What was tried is known, or told.</summary>
    public Task Forget(CancellationToken ct) => Mine().ExecuteDeleteAsync(ct);

    private IQueryable<PlacedPost> Mine() => db.Set<PlacedPost>().Where(p => p.Account == account && p.Key.StartsWith(key + ":"));
}
