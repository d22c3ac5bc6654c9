using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Mail;

/// <summary>One mail.</summary>
/// <param name="To">One address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Id">Names it: the same mail sent again has the same Message-ID, so that a mailbox can tell.</param>
/// <param name="ReplyTo">The human who reads answers; null for nobody but the sender's own address.</param>
/// <param name="Unsubscribe">An https address that ends such mail when posted to (RFC 8058), for mail that comes again and again.</param>
public sealed record OutgoingMail(string To, string Subject, string Text, Guid Id, string? ReplyTo = null, string? Unsubscribe = null)
{
    /// <summary>The same as HTML; null for plain text alone.</summary>
    public string? Html { get; init; }

    /// <summary>The address it comes from; null for the server's own.</summary>
    public string? From { get; init; }

    /// <summary>The name beside <see cref="From"/>.</summary>
    public string? FromName { get; init; }

    /// <summary>Names the mailing that it is part of, like a host ("outlet.brand.example", RFC 2919).</summary>
    public string? ListId { get; init; }
}

/// <summary>The mail could not be handed over.</summary>
/// <param name="message">As the server said it.</param>
/// <param name="isFinal">True when trying again cannot help: the server refuses this recipient, or there is no server.</param>
public sealed class MailFailedException(string message, bool isFinal) : Exception(message)
{
    public bool IsFinal { get; } = isFinal;
}

/// <summary>Hands mail to the server of <see cref="MailServer"/> by SMTP (RFC 5321).</summary>
public sealed class SendMail(Database db, Secrets secrets, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the server has taken the mail.</summary>
    /// <exception cref="MailFailedException">It has not; what the server said is kept on the settings too.</exception>
    public async Task Now(OutgoingMail mail, CancellationToken ct)
    {
        var server = await db.Set<MailServerRow>().AsNoTracking().SingleOrDefaultAsync(ct) ?? throw new MailFailedException("No mail server is set (Council, Channels).", true);
        try
        {
            await Hand(server, mail, ct);
            if (server.Error is not null) await Note(null, ct);
        }
        catch (Exception e) when (e is SmtpException or IOException or System.Net.Sockets.SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var reason = e is OperationCanceledException ? "the server did not answer in time" : (e.InnerException ?? e).Message.TrimEnd('.');
            await Note(reason, ct);
            throw new MailFailedException(reason, e is SmtpException { StatusCode: SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath });
        }
    }

    private async Task Hand(MailServerRow server, OutgoingMail mail, CancellationToken ct)
    {
        var from = mail.From ?? server.From;
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Security == MailSecurity.StartTls, DeliveryFormat = SmtpDeliveryFormat.International };
        if (server.User is { } user) client.Credentials = new NetworkCredential(user, server.Password is null ? "" : secrets.Show(server.Password));
        using var message = new MailMessage(new MailAddress(from, mail.From is null ? server.FromName : mail.FromName, Encoding.UTF8), new MailAddress(mail.To))
        {
            Subject = mail.Subject.ReplaceLineEndings(" "), SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
        };
        if (mail.Html is not { } html) (message.Body, message.BodyEncoding) = (mail.Text, Encoding.UTF8);
        else
        {
            // Plain text first, the form with more after it (RFC 2046 section 5.1.4).
            message.AlternateViews.Add(Part(mail.Text, "text/plain"));
            message.AlternateViews.Add(Part(html, "text/html"));
        }

        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: holiday notices are not to answer it
        if (mail.Unsubscribe is { } address)
        {
            message.Headers.Add("List-Unsubscribe", $"<{address}>"); // RFC 2369, section 3.2
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"); // RFC 8058, section 3.1
        }

        if (mail.ListId is { } list) message.Headers.Add("List-Id", $"<{list}>");
        if (mail.ReplyTo is not null) message.ReplyToList.Add(new MailAddress(mail.ReplyTo));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        await client.SendMailAsync(message, limit.Token);
    }

    /// <summary>The id of a mail that was handed over here, from its Message-ID; null for another's.</summary>
    public static Guid? IdIn(string messageId) =>
        messageId.Length > 34 && messageId[0] == '<' && messageId[33] == '@' && Guid.TryParseExact(messageId.AsSpan(1, 32), "N", out var id) ? id : null;

    private static AlternateView Part(string text, string type)
    {
        var part = AlternateView.CreateAlternateViewFromString(text.ReplaceLineEndings("\r\n"), new ContentType(type) { CharSet = "utf-8" });
        part.TransferEncoding = TransferEncoding.QuotedPrintable;
        return part;
    }

    private Task Note(string? error, CancellationToken ct)
    {
        DateTimeOffset? at = error is null ? null : clock.Now();
        return db.Set<MailServerRow>().ExecuteUpdateAsync(set => set.SetProperty(s => s.Error, error).SetProperty(s => s.ErrorAt, at), ct);
    }
}
