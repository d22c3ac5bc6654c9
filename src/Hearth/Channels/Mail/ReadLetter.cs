using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hearth.Channels.Mail.Mime;

namespace Hearth.Channels.Mail;

/// <summary>Reads a mail (RFC 5322, 2045 to 2049) into what a person needs of it. Whatever the bytes are, it ends: what cannot be read is left out.</summary>
public static partial class ReadLetter
{
    /// <summary>Largest mail, in bytes.</summary>
    public const int MaxBytes = 25 << 20;

    /// <summary>Largest file that is kept, in bytes.</summary>
    public const int MaxFile = 10 << 20;

    /// <summary>Files that are kept of a mail.</summary>
    public const int MaxFiles = 20;

    private const int MaxText = 95_000;

    /// <param name="raw">As it came.</param>
    /// <param name="trusted">The name of the server whose Authentication-Results are believed (RFC 8601 section 1.2); null for none.</param>
    /// <returns>Null when it names no sender.</returns>
    public static Letter? Of(ReadOnlySpan<byte> raw, string? trusted)
    {
        var mail = MimePart.Read(raw);
        return Of(mail, trusted, Convert.ToHexStringLower(SHA256.HashData(raw)));
    }

    /// <summary>Reads one that was taken apart by somebody else.</summary>
    /// <param name="fields">Its header fields; From is needed.</param>
    /// <param name="text">Plain text; null when there is only HTML.</param>
    /// <param name="html">HTML; read when there is no plain text.</param>
    /// <param name="files">What came with it.</param>
    /// <param name="trusted">As above.</param>
    public static Letter? Of(IEnumerable<KeyValuePair<string, string>> fields, string? text, string? html, IReadOnlyList<LetterFile> files, string? trusted)
    {
        var headers = MimeHeaders.Of(fields);
        var words = !string.IsNullOrWhiteSpace(text) ? text : HtmlText.OfLetter(html);
        var print = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{headers["From"]}\n{headers["Date"]}\n{headers["Subject"]}\n{words}")));
        return Of(headers, words, files, null, trusted, print);
    }

    private static Letter? Of(MimePart mail, string? trusted, string print)
    {
        var leaves = mail.Leaves().ToList();
        var body = Body(mail);
        var files = leaves.Where(l => l != body && (l.IsAttachment || l.FileName is not null || !l.Type.StartsWith("text/", StringComparison.Ordinal) && !l.Type.StartsWith("message/", StringComparison.Ordinal)))
            .Take(MaxFiles).Select(File).ToList();
        return Of(mail.Headers, body is null ? "" : Plain(body), files, Report(mail, leaves), trusted, print);
    }

    private static Letter? Of(MimeHeaders headers, string text, IReadOnlyList<LetterFile> files, BounceReport? bounce, string? trusted, string print)
    {
        var (from, name) = Address(headers["From"]) ?? Address(headers["Sender"]) ?? default;
        if (from is null) return null;
        var subject = MimeHeaders.Words(headers["Subject"] ?? "").Trim();
        var id = Ids(headers["Message-ID"]).FirstOrDefault() ?? $"<{print}@no-message-id.invalid>";
        var references = Ids(headers["References"]).Concat(Ids(headers["In-Reply-To"])).Distinct(StringComparer.Ordinal).Where(r => r != id).ToList();
        var replyTo = Address(headers["Reply-To"])?.Address;
        var isBounce = bounce is not null || headers["Return-Path"]?.Trim() == "<>" && from.StartsWith("mailer-daemon@", StringComparison.Ordinal);
        return new(id, from, name, replyTo == from ? null : replyTo, subject.Length <= 500 ? subject : subject[..500], Date(headers["Date"]), Ids(headers["In-Reply-To"]).FirstOrDefault() ?? references.LastOrDefault(), references,
            FoldText.Of(text.Length <= MaxText ? text : text[..MaxText]), files, isBounce ? LetterKind.Bounce : IsAutomatic(headers) ? LetterKind.Automatic : LetterKind.Written,
            isBounce ? bounce ?? new(null, null, text.Length <= 500 ? text : text[..500], true, references.LastOrDefault()) : null, Checks(headers, trusted));
    }

    // RFC 3834 section 5; the older words that machines of before use.
    private static bool IsAutomatic(MimeHeaders headers) =>
        headers["Auto-Submitted"] is { } auto && !auto.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase)
        || headers["Precedence"]?.Trim().ToLowerInvariant() is "bulk" or "junk" or "auto_reply" or "list" || headers["X-Autoreply"] is not null || headers["X-Autorespond"] is not null
        || headers["Return-Path"]?.Trim() == "<>" || headers["List-Id"] is not null;

    private static MimePart? Body(MimePart part)
    {
        if (part.IsAttachment) return null;
        if (part.Parts.Count == 0) return part.Type is "text/plain" or "text/html" ? part : null;
        if (part.Type == "multipart/alternative") return part.Parts.Select(Body).OfType<MimePart>().OrderBy(p => p.Type != "text/plain").FirstOrDefault();
        return part.Parts.Select(Body).OfType<MimePart>().FirstOrDefault();
    }

    private static string Plain(MimePart body)
    {
        if (body.Type == "text/html") return HtmlText.OfLetter(body.Text);
        var text = body.Text.ReplaceLineEndings("\n");
        return MimeHeaders.Parameter(body.Headers["Content-Type"], "format")?.Equals("flowed", StringComparison.OrdinalIgnoreCase) == true
            ? Flowed.Read(text, MimeHeaders.Parameter(body.Headers["Content-Type"], "delsp")?.Equals("yes", StringComparison.OrdinalIgnoreCase) == true) : text;
    }

    private static LetterFile File(MimePart part)
    {
        var bytes = part.Bytes;
        var name = (part.FileName ?? "file").Replace('\\', '/').Split('/')[^1].Trim();
        return new(name.Length is > 0 and <= 200 ? name : "file", part.Type, bytes.Length, bytes.Length <= MaxFile ? bytes : null);
    }

    private static BounceReport? Report(MimePart mail, List<MimePart> leaves)
    {
        if (leaves.Find(l => l.Type == "message/delivery-status") is not { } status) return null;
        var blocks = status.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(b => MimeHeaders.Read(Encoding.UTF8.GetBytes(b), out _)).ToList();
        var about = blocks.Find(b => b["Final-Recipient"] is not null || b["Action"] is not null) ?? blocks.FirstOrDefault();
        var action = about?["Action"]?.Trim().ToLowerInvariant();
        if (action is "delivered" or "relayed" or "expanded") return null;
        var recipient = (about?["Original-Recipient"] ?? about?["Final-Recipient"])?.Split(';')[^1].Trim().Trim('<', '>').ToLowerInvariant();
        var original = leaves.Find(l => l.Type is "message/rfc822" or "text/rfc822-headers") is { } sent ? MimeHeaders.Read(sent.Bytes, out _)["Message-ID"] : null;
        var reason = about?["Diagnostic-Code"] is { } code ? code[(code.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim() : action ?? "the mail server does not say why";
        return new(recipient, about?["Status"]?.Trim(), reason.Length <= 500 ? reason : reason[..500], action != "delayed", Ids(original).FirstOrDefault() ?? Ids(mail.Headers["References"]).LastOrDefault() ?? Ids(mail.Headers["In-Reply-To"]).FirstOrDefault());
    }

    // Only the server that took the letter is believed: anybody can write such a field into a letter.
    private static string? Checks(MimeHeaders headers, string? trusted)
    {
        if (string.IsNullOrWhiteSpace(trusted)) return null;
        var said = headers.All("Authentication-Results").Where(v => v.Split(';')[0].Trim().Split(' ')[0].Equals(trusted.Trim(), StringComparison.OrdinalIgnoreCase))
            .SelectMany(v => Verdict().Matches(v).Select(m => $"{m.Groups["check"].Value.ToLowerInvariant()}={m.Groups["verdict"].Value.ToLowerInvariant()}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return said.Count == 0 ? null : string.Join(' ', said);
    }

    private static (string Address, string? Name)? Address(string? field)
    {
        if (string.IsNullOrWhiteSpace(field)) return null;
        var text = MimeHeaders.Words(field);
        if (!MailAddress.TryCreate(text, out var read) && !(AnyAddress().Match(text) is { Success: true } m && MailAddress.TryCreate(m.Value, out read))) return null;
        var name = read!.DisplayName.Trim();
        return read.Address.Length > 254 ? null : (read.Address.ToLowerInvariant(), name.Length == 0 ? null : name.Length <= 200 ? name : name[..200]);
    }

    private static DateTimeOffset? Date(string? field)
    {
        if (field is null) return null;
        var text = Comment().Replace(field, "").Trim();
        text = Zone().Replace(text, m => m.Value.ToUpperInvariant() switch { "GMT" or "UT" or "UTC" or "Z" => "+0000", "EST" => "-0500", "EDT" => "-0400", "CST" => "-0600", "CDT" => "-0500", "MST" => "-0700", "MDT" => "-0600", "PST" => "-0800", _ => "-0700" });
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var at) && at > DateTimeOffset.UnixEpoch ? at.ToUniversalTime() : null;
    }

    private static IEnumerable<string> Ids(string? field) => field is null ? [] : MessageIds().Matches(field).Select(m => m.Value).Where(v => v.Length <= 400).TakeLast(100);

    [GeneratedRegex(@"<[^<>\s@]+@[^<>\s]+>", RegexOptions.CultureInvariant)]
    private static partial Regex MessageIds();

    [GeneratedRegex(@"[^\s<>""(),;:]+@[^\s<>""(),;:]+", RegexOptions.CultureInvariant)]
    private static partial Regex AnyAddress();

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:GMT|UT|UTC|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Zone();

    [GeneratedRegex(@"\b(?<check>dkim|spf|dmarc)\s*=\s*(?<verdict>[A-Za-z]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Verdict();
}
