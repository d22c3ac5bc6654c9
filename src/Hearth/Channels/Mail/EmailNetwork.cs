using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Hearth.Channels.ActivityPub;
using Hearth.Channels.Mail.Mime;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.Mail;

/// <summary>
/// E-mail as a network to speak on: answers go to who wrote, in the thread that they wrote in, under a Message-ID chosen before anything is sent. SMTP cannot be asked what stands (RFC 5321 section 4.5.3.2.6), so
/// 1. that a try is made is kept, 2. the letter is handed over, 3. what the server took is noted. Who finds 1 without 3 hands it over once more under the same Message-ID, by which mailboxes know it
/// again, rather than lose it; after a second such try it goes out no more until a person says so.
/// </summary>
public sealed class EmailNetwork(IServiceScopeFactory scopes, TimeProvider clock) : IOutgoingNetwork
{
    /// <summary>The most that one letter says, in characters.</summary>
    public const int MaxText = 50_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Pictures of one letter, and the largest: many servers refuse letters of more than 10 MB, and base64 makes three bytes four.</summary>
    public const int MaxImages = 3;

    /// <inheritdoc cref="MaxImages"/>
    public const int MaxImage = 2_000_000;

    private static readonly NetworkRules TheRules = new(MaxText, "characters", null, null, MaxImages, MaxImage, ["image/jpeg", "image/png", "image/gif"], 2000);

    /// <summary>Exactly what is sent. Letters prepared by an earlier Hearth have a text alone.</summary>
    internal sealed record Prepared(string From, string FromName, string To, string? ToName, string Subject, string Text, string Thread, string InReplyTo, string References, string? Html = null,
        IReadOnlyList<LetterPicture>? Pictures = null, string? Language = null);

    public string Name => Networks.Email;

    public TextLength Measure(string text) => new(text.Length, MaxText, "characters");

    public Task<NetworkRules> Rules(ChannelAccountId account, CancellationToken ct) => Task.FromResult(TheRules);

    public IReadOnlyList<TextMark> Marks(string text) => [.. NoteHtml.Marked(text).Where(m => m.Value[0] != '@').Select(m => new TextMark(m.Start, m.Length, MarkKind.Link, m.Value))];

    public string NewKey(DateTimeOffset now) => Ids.New(now).ToString("N");

    /// <summary>True for an address whose name says that nobody reads it ("no-reply@..."): the brand never writes from one, and never to one.</summary>
    public static bool IsDoNotReply(string address)
    {
        var name = address.Split('@')[0].ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return name.Contains("noreply", StringComparison.Ordinal) || name.Contains("donotreply", StringComparison.Ordinal) || name.StartsWith("mailerdaemon", StringComparison.Ordinal);
    }

    public async Task<string> Prepare(ChannelAccountId account, Outgoing message, CancellationToken ct)
    {
        if (message.Reply is not { Parent.Uri: var parent }) throw new ChannelRefusedException("A letter answers a letter; the brand writes to nobody unasked by this way.");
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        var mailbox = await db.Set<ChannelAccount>().AsNoTracking().SingleAsync(a => a.Id == account, ct);
        if (await db.Set<LetterRow>().AsNoTracking().SingleOrDefaultAsync(l => l.MessageId == parent, ct) is not { } letter) throw new ChannelRefusedException("The letter that this answers is not here any more.");
        if (letter.Kind != LetterKind.Written) throw new ChannelRefusedException("A machine wrote that letter; nobody reads an answer to it.");
        var to = letter.ReplyTo ?? letter.Address;
        if (IsDoNotReply(to)) throw new ChannelRefusedException($"{to} takes no answers.");
        var before = letter.References.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] references = before.Length <= 20 ? [.. before, parent] : [before[0], .. before[^18..], parent]; // a field has 998 characters at most (RFC 5322 section 2.1.1)
        var words = message.Signature is { } signed && message.Text.EndsWith("\n" + signed, StringComparison.Ordinal) ? message.Text[..^(signed.Length + 1)] : message.Text;
        var signature = words.Length == message.Text.Length ? null : message.Signature;
        var pictures = message.Images.Select(i => new LetterPicture($"{Ids.New():N}@{Domain(mailbox.Handle)}", i.Bytes, i.MediaType, i.Alt)).ToList();
        var said = scope.ServiceProvider.GetService<IReadHeardLetters>() is { } heard ? await heard.Words(parent, ct) : null;
        var quoted = said is null ? null : new QuotedLetter(letter.Name ?? letter.Address, said.At, said.Text);
        var subject = Answering(letter.Subject);
        return JsonSerializer.Serialize(new Prepared(mailbox.Handle, mailbox.DisplayName ?? mailbox.Handle, to, letter.ReplyTo is null ? letter.Name : null, subject, WriteLetter.Plain(words, signature, pictures, quoted, message.Language),
            letter.Thread, parent, string.Join(' ', references), WriteLetter.Html(words, signature, pictures, quoted, message.Language, subject), pictures, message.Language), Json.Options);
    }

    public async Task<Placed> Place(ChannelAccountId account, string key, string prepared, CancellationToken ct)
    {
        var letter = JsonSerializer.Deserialize<Prepared>(prepared, Json.Options)!;
        var id = IdOf(key, letter.From);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        if (await db.Set<LetterRow>().AnyAsync(l => l.MessageId == id, ct)) return new(id, null, null);
        var server = await db.Set<MailServerRow>().AsNoTracking().SingleOrDefaultAsync(ct) ?? throw new ChannelRefusedException("No mail server is set (Council, Channels).");

        // Step 1
        var tries = new LetterTries(db, account, key, clock);
        await tries.Begin(letter.To, ct);

        // Step 2
        try
        {
            await Hand(server, scope.ServiceProvider.GetRequiredService<Secrets>(), letter, id, ct);
        }
        catch (Exception e) when (LetterTries.IsUnsent(e))
        {
            await tries.Undo(CancellationToken.None);
            throw;
        }

        // Step 3
        db.Add(new LetterRow
        {
            MessageId = id, Thread = letter.Thread, IsOurs = true, Kind = LetterKind.Written, Address = letter.To, Name = letter.ToName, Subject = letter.Subject, References = letter.References, At = clock.Now(),
        });
        await db.SaveChangesAsync(CancellationToken.None); // it is out: that must be noted, whoever stops waiting
        await tries.Forget(CancellationToken.None);
        return new(id, null, null);
    }

    public async Task<Placed?> Find(ChannelAccountId account, string key, CancellationToken ct) => await Sent(account, key, ct) is { } id ? new(id, null, null) : null;

    public async Task Remove(ChannelAccountId account, string key, CancellationToken ct)
    {
        if (await Sent(account, key, ct) is not null) throw new ChannelRefusedException("A letter that was sent cannot be taken back.");
    }

    internal static string IdOf(string key, string from) => $"<{key}@{Domain(from)}>";

    private static string Domain(string address) => address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    internal static string Answering(string subject)
    {
        var text = subject.Length == 0 ? "Your letter" : subject;
        return text.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("AW:", StringComparison.OrdinalIgnoreCase) ? text : "Re: " + text;
    }

    // Plain text first, the form with more after it (RFC 2046 section 5.1.4); pictures travel with the HTML that shows them (RFC 2387).
    private static void Write(MailMessage message, Prepared letter)
    {
        var plain = AlternateView.CreateAlternateViewFromString(Flowed.Write(letter.Text), Typed("text/plain"));
        plain.ContentType.Parameters["format"] = "flowed";
        plain.TransferEncoding = TransferEncoding.QuotedPrintable;
        message.AlternateViews.Add(plain);
        if (letter.Language is { Length: > 0 } language) message.Headers.Add("Content-Language", language);
        if (letter.Html is null) return;
        var html = AlternateView.CreateAlternateViewFromString(letter.Html, Typed("text/html"));
        html.TransferEncoding = TransferEncoding.QuotedPrintable;
        foreach (var (number, picture) in (letter.Pictures ?? []).Index())
        {
            html.LinkedResources.Add(new LinkedResource(new MemoryStream(picture.Bytes), new ContentType(picture.MediaType) { Name = picture.FileName(number + 1) }) { ContentId = picture.Id, TransferEncoding = TransferEncoding.Base64 });
        }

        message.AlternateViews.Add(html);
    }

    private static ContentType Typed(string type) => new(type) { CharSet = "utf-8" };

    private async Task<string?> Sent(ChannelAccountId account, string key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Database>();
        if (await db.Set<ChannelAccount>().AsNoTracking().Where(a => a.Id == account).Select(a => a.Handle).SingleOrDefaultAsync(ct) is not { } from) return null;
        var id = IdOf(key, from);
        return await db.Set<LetterRow>().AnyAsync(l => l.MessageId == id && l.IsOurs, ct) ? id : null;
    }

    private static async Task Hand(MailServerRow server, Secrets secrets, Prepared letter, string id, CancellationToken ct)
    {
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Security == MailSecurity.StartTls, DeliveryFormat = SmtpDeliveryFormat.International };
        if (server.User is { } user) client.Credentials = new NetworkCredential(user, server.Password is null ? "" : secrets.Show(server.Password));
        using var message = new MailMessage(new MailAddress(letter.From, letter.FromName, Encoding.UTF8), letter.ToName is null ? new MailAddress(letter.To) : new MailAddress(letter.To, letter.ToName, Encoding.UTF8))
        {
            Subject = letter.Subject.ReplaceLineEndings(" "), SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
        };
        message.ReplyToList.Add(new MailAddress(letter.From, letter.FromName, Encoding.UTF8)); // the mailbox, where people of ours read
        Write(message, letter);
        message.Headers.Add("Message-ID", id);
        message.Headers.Add("In-Reply-To", letter.InReplyTo); // RFC 5322 section 3.6.4
        message.Headers.Add("References", letter.References);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (SmtpException e) when (e.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.TransactionFailed)
        {
            throw new ChannelRefusedException($"The mail server refuses {letter.To}: {(e.InnerException ?? e).Message}", e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new IOException("The mail server did not answer in time.", e);
        }
    }
}
