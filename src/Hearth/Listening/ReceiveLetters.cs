using System.Text.Json;
using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Channels.Webhooks;
using Hearth.People.Erasure;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// Takes letters in: from a signed webhook, whole (message/rfc822) or taken apart (JSON), and from a mail server over LMTP. The same letter again changes nothing, whichever way it comes. What a machine wrote opens and
/// wakes no conversation; a bounce is told to the letter of ours that it is about.
/// </summary>
public sealed class ReceiveLetters(Database db, ReceiveMentions receive, Letters letters, ErasedAccounts erased, ChannelAccounts accounts, WebhookSecrets secrets, TimeProvider clock) : ITakeLetters
{
    /// <summary>Largest request, in bytes: a letter of the largest size in base64.</summary>
    public const int MaxBody = 36 << 20;

    /// <summary>A letter in JSON: either <paramref name="Raw"/>, or taken apart.</summary>
    /// <param name="Raw">The whole letter as it came (RFC 5322), in base64; then nothing else is needed.</param>
    /// <param name="From">Who wrote it: "Ann &lt;ann@example.org&gt;".</param>
    /// <param name="Subject">One line.</param>
    /// <param name="MessageId">With its angle brackets.</param>
    /// <param name="Date">When it was written, as the letter says.</param>
    /// <param name="InReplyTo">Message-ID of the letter that it answers.</param>
    /// <param name="References">Message-IDs of the letters before, a space between.</param>
    /// <param name="Text">Plain text.</param>
    /// <param name="Html">HTML; read when there is no plain text.</param>
    /// <param name="Headers">Other fields by name: Reply-To, Auto-Submitted, Authentication-Results ...</param>
    /// <param name="Files">What came with it.</param>
    internal sealed record LetterBody(string? Raw, string? From, string? Subject, string? MessageId, string? Date, string? InReplyTo, string? References, string? Text, string? Html,
        IReadOnlyDictionary<string, string>? Headers, IReadOnlyList<LetterBodyFile>? Files);

    /// <summary>A file that came with a letter.</summary>
    /// <param name="Name">As its sender called it.</param>
    /// <param name="Type">Its media type.</param>
    /// <param name="Content">In base64.</param>
    internal sealed record LetterBodyFile(string? Name, string? Type, string? Content);

    /// <summary>Takes one from the webhook.</summary>
    /// <param name="id">The source.</param>
    /// <param name="messageId">Header <c>webhook-id</c>.</param>
    /// <param name="timestamp">Header <c>webhook-timestamp</c>.</param>
    /// <param name="signature">Header <c>webhook-signature</c>.</param>
    /// <param name="isJson">False for a whole letter.</param>
    /// <param name="body">As it came, to the byte.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<WebhookOutcome> Run(SourceId id, string? messageId, string? timestamp, string? signature, bool isJson, byte[] body, CancellationToken ct)
    {
        var source = await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == Networks.Email && s.State != SourceState.Removed, ct);
        if (source?.Secret is null) return new WebhookOutcome.Unknown();
        if (StandardWebhook.Refuse(secrets.Reveal(source.Secret), messageId, timestamp, signature, body, clock.Now()) is { } reason) return new WebhookOutcome.NotTrusted(reason);
        if (source.State == SourceState.Paused) return new WebhookOutcome.Paused();
        Letter? letter;
        try
        {
            letter = isJson ? Read(body, TrustedOf(source)) : body.Length <= ReadLetter.MaxBytes ? ReadLetter.Of(body, TrustedOf(source)) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return new WebhookOutcome.Invalid(new("$", "is no letter: " + e.Message));
        }

        return letter is null ? new WebhookOutcome.Invalid(new("from", "must name who wrote it")) : new WebhookOutcome.Taken(await Take(source, letter, ct));
    }

    /// <inheritdoc/>
    public async Task<Guid?> Mailbox(string address, CancellationToken ct)
    {
        var (name, host) = address.Split('@') is [var n, var h] ? (n.Split('+')[0].ToLowerInvariant(), h.ToLowerInvariant()) : ("", "");
        var wanted = (await accounts.All(ct)).FirstOrDefault(a => a.Network == Networks.Email && a.State == ChannelState.Connected && a.Handle == $"{name}@{host}");
        if (wanted is null) return null;
        var sources = await db.Set<SourceRow>().AsNoTracking().Where(s => s.Kind == Networks.Email && s.State == SourceState.Active).ToListAsync(ct);
        return sources.Find(s => BlueskySource.AccountOf(s) == wanted.Id)?.Id.Value;
    }

    /// <inheritdoc/>
    public async Task<bool> Take(Guid mailbox, byte[] raw, CancellationToken ct)
    {
        var id = new SourceId(mailbox);
        if (await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.State == SourceState.Active, ct) is not { } source) return false;
        if (ReadLetter.Of(raw, TrustedOf(source)) is not { } letter) return false;
        await Take(source, letter, ct);
        return true;
    }

    private async Task<Received> Take(SourceRow source, Letter letter, CancellationToken ct)
    {
        try
        {
            return await Keep(source, letter, ct);
        }
        catch (Exception e) when (e.IsDuplicateKey() || e is DbUpdateException update && update.IsDuplicateKey())
        {
            db.Forget(); // the same letter came in elsewhere at the same moment; now it is a repeat
            return await Keep(source, letter, ct);
        }
    }

    private Task<Received> Keep(SourceRow source, Letter letter, CancellationToken ct) => db.InTransaction(async () =>
    {
        // A mail server may bring a letter again long after; it is known by when it was written, since nothing else is kept of it.
        if ((await erased.Among(Networks.Email, [letter.From], ct)).TryGetValue(letter.From, out var kept) && kept.Holds(letter.At ?? clock.Now())) return await receive.Run(source.Id, [], new Receiving(), ct) with { Left = 1 };
        if (await letters.Take(letter, ct) is not { } thread) return new Received(0, 1, []);
        if (letter.Kind != LetterKind.Written) return await receive.Run(source.Id, [], new Receiving(), ct) with { Left = 1 };
        var now = clock.Now();
        var own = (await accounts.All(ct)).Any(a => a.Network == Networks.Email && a.Handle == letter.From);
        var isFirst = thread == letter.MessageId;
        var said = letter.Text.Own.Length > 0 ? letter.Text.Own : letter.Files.Count > 0 ? $"({letter.Files.Count} {(letter.Files.Count == 1 ? "file" : "files")}, no words)" : "(no words)";
        var text = isFirst && letter.Subject.Length > 0 ? $"{letter.Subject}\n\n{said}" : said;
        var at = letter.At is { } written && written <= now && written > now.AddDays(-2) ? written : now; // anybody can write any date into a letter
        var has = letter.Files.Any(f => f.MediaType.StartsWith("image/", StringComparison.Ordinal)) ? Media.Image : Media.None;
        var post = new IncomingPost(letter.MessageId, text, at, new IncomingAuthor(letter.From, letter.From, letter.FromName), null, null, isFirst ? null : letter.InReplyTo ?? thread, isFirst ? null : thread, own,
            new NetworkRefs(letter.MessageId), Kind: isFirst ? PostKind.Original : PostKind.Reply, Has: has);
        return await receive.Run(source.Id, [post], new Receiving(), ct);
    }, ct);

    private static string? TrustedOf(SourceRow source) => Sources.Values(source).GetValueOrDefault(EmailSource.Trusted);

    private static Letter? Read(byte[] body, string? trusted)
    {
        var given = JsonSerializer.Deserialize<LetterBody>(body, Json.Options) ?? throw new FormatException("it is empty");
        if (given.Raw is { Length: > 0 } raw) return ReadLetter.Of(Convert.FromBase64String(raw), trusted);
        var fields = new List<KeyValuePair<string, string>>(given.Headers ?? new Dictionary<string, string>());
        foreach (var (name, value) in new[] { ("From", given.From), ("Subject", given.Subject), ("Message-ID", given.MessageId), ("Date", given.Date), ("In-Reply-To", given.InReplyTo), ("References", given.References) })
        {
            if (value is not null) fields.Insert(0, new(name, value));
        }

        var files = (given.Files ?? []).Take(ReadLetter.MaxFiles).Select(f => (f.Name, f.Type, Bytes: Convert.FromBase64String(f.Content ?? "")))
            .Select(f => new LetterFile(f.Name ?? "file", f.Type ?? "application/octet-stream", f.Bytes.Length, f.Bytes.Length <= ReadLetter.MaxFile ? f.Bytes : null)).ToList();
        return ReadLetter.Of(fields, given.Text, given.Html, files, trusted);
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/sources/{id:guid}/letters",
            async Task<Results<Ok<Received>, ProblemHttpResult>> (Guid id, HttpRequest request, ReceiveLetters take, CancellationToken ct) =>
            {
                using var body = new MemoryStream();
                try
                {
                    await request.Body.CopyToAsync(body, ct);
                }
                catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
                {
                    return Problems.Refused("too-large", $"A letter may have at most {ReadLetter.MaxBytes >> 20} MB.", StatusCodes.Status413PayloadTooLarge);
                }

                var isJson = request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;
                return await take.Run(SourceId.From(id), request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], isJson, body.ToArray(), ct) switch
                {
                    WebhookOutcome.Taken taken => TypedResults.Ok(taken.Received),
                    WebhookOutcome.NotTrusted refused => Problems.Refused("bad-signature", $"The letter is not trusted: {refused.Reason}.", StatusCodes.Status401Unauthorized),
                    WebhookOutcome.Invalid invalid => Problems.Invalid(invalid.Error),
                    WebhookOutcome.Paused => Problems.Refused("paused", "This source is paused; send again later.", StatusCodes.Status503ServiceUnavailable),
                    _ => Problems.Unknown("mailbox"),
                };
            })
        .WithTags("Listening").WithName("receiveLetter").WithSummary("Bring a letter by a signed webhook: whole, or as JSON")
        .WithDescription("The body is the letter as it came (message/rfc822), or JSON (application/json): {\"raw\": base64}, or from, subject, messageId, date, inReplyTo, references, text, html, headers, files [{name, type, content in base64}]. Signed with the source's secret as Standard Webhooks says; 401 when the signature does not fit, 413 over 25 MB.")
        .Accepts<LetterBody>(isOptional: true, "application/json", "message/rfc822", "*/*").AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxBody));
}
