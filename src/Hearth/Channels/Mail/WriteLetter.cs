using System.Globalization;
using System.Net;
using System.Text;
using Hearth.Channels.ActivityPub;

namespace Hearth.Channels.Mail;

/// <summary>What a letter answers, to stand beneath it.</summary>
/// <param name="By">Who wrote it: a name, or an address.</param>
/// <param name="At">When.</param>
/// <param name="Text">What they wrote.</param>
internal sealed record QuotedLetter(string By, DateTimeOffset At, string Text);

/// <summary>A picture in a letter.</summary>
/// <param name="Id">By which the HTML part names it, without angle brackets.</param>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">"image/png" ...</param>
/// <param name="Alt">What it shows.</param>
internal sealed record LetterPicture(string Id, byte[] Bytes, string MediaType, string Alt)
{
    public string FileName(int number) => $"picture-{number.ToString(CultureInfo.InvariantCulture)}.{(MediaType == "image/jpeg" ? "jpg" : MediaType[(MediaType.IndexOf('/', StringComparison.Ordinal) + 1)..])}";
}

/// <summary>Writes an answer twice: as plain text and as HTML that says the same. The HTML is made of our text alone; nothing of it comes from elsewhere unescaped.</summary>
internal static class WriteLetter
{
    /// <summary>The most that is quoted of what is answered, in characters; the whole letter is in its writer's own mailbox.</summary>
    public const int MaxQuote = 4_000;

    // Works in the light and in the dark, from a phone to a wide window, and where all styles are thrown away.
    private const string Style = """
        body{margin:0;padding:0}
        .letter{max-width:40em;padding:1em;font:16px/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        .letter p{margin:0 0 1em}
        .letter img{display:block;max-width:100%;height:auto}
        .letter figure{margin:0 0 1em}
        .letter figcaption,.signature,.answered{font-size:14px;opacity:.75}
        .signature{margin:1.5em 0;padding-top:.75em;border-top:1px solid #8888}
        blockquote{margin:.5em 0 0;padding-left:1em;border-left:3px solid #8888}
        """;

    /// <summary>The plain part.</summary>
    /// <param name="words">What is said.</param>
    /// <param name="signature">Who speaks, and for whom.</param>
    /// <param name="pictures">What they show is said where they cannot be.</param>
    /// <param name="quoted">What is answered; null when it is not known any more.</param>
    /// <param name="language">Of the words, BCP 47; null when it is not known.</param>
    public static string Plain(string words, string? signature, IReadOnlyList<LetterPicture> pictures, QuotedLetter? quoted, string? language)
    {
        var text = new StringBuilder(words.ReplaceLineEndings("\n").Trim());
        foreach (var picture in pictures) text.Append("\n\n[").Append(picture.Alt.ReplaceLineEndings(" ")).Append(']');
        if (signature is not null) text.Append("\n\n-- \n").Append(signature.ReplaceLineEndings("\n")); // RFC 3676 section 4.3
        if (quoted is not null) text.Append("\n\n").Append(Head(quoted, language)).Append("\n> ").Append(Cut(quoted.Text).Replace("\n", "\n> ", StringComparison.Ordinal));
        return text.ToString();
    }

    /// <summary>The HTML part.</summary>
    /// <param name="subject">Shown as the page's title by readers that have one.</param>
    /// <inheritdoc cref="Plain"/>
    public static string Html(string words, string? signature, IReadOnlyList<LetterPicture> pictures, QuotedLetter? quoted, string? language, string subject)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html").Append(language is null ? "" : $" lang=\"{WebUtility.HtmlEncode(language)}\"").Append("><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"><title>").Append(WebUtility.HtmlEncode(subject)).Append("</title><style>:root{color-scheme:light dark}\n").Append(Style).Append("</style></head>\n<body><div class=\"letter\">\n")
            .Append(NoteHtml.Paragraphs(words)).Append('\n');
        foreach (var picture in pictures)
        {
            var alt = WebUtility.HtmlEncode(picture.Alt);
            html.Append("<figure><img src=\"cid:").Append(picture.Id).Append("\" alt=\"").Append(alt).Append("\"><figcaption>").Append(alt).Append("</figcaption></figure>\n");
        }

        if (signature is not null) html.Append("<div class=\"signature\">").Append(NoteHtml.Paragraphs(signature)).Append("</div>\n");
        if (quoted is not null) html.Append("<div class=\"answered\">").Append(WebUtility.HtmlEncode(Head(quoted, language))).Append("<blockquote type=\"cite\">").Append(NoteHtml.Paragraphs(Cut(quoted.Text))).Append("</blockquote></div>\n");
        return html.Append("</div></body></html>\n").ToString();
    }

    // As mail programs say it, so that they know it again and fold it away.
    private static string Head(QuotedLetter quoted, string? language)
    {
        var culture = language?.Split('-')[0].ToLowerInvariant() is "de" or "fr" or "es" or "it" or "nl" ? CultureInfo.GetCultureInfo(language.Split('-')[0]) : CultureInfo.GetCultureInfo("en-GB");
        var at = quoted.At.UtcDateTime.ToString("d MMMM yyyy HH:mm", culture) + " UTC";
        return culture.TwoLetterISOLanguageName switch
        {
            "de" => $"Am {at} schrieb {quoted.By}:",
            "fr" => $"Le {at}, {quoted.By} a écrit :",
            "es" => $"El {at}, {quoted.By} escribió:",
            "it" => $"Il {at} {quoted.By} ha scritto:",
            "nl" => $"Op {at} schreef {quoted.By}:",
            _ => $"On {at}, {quoted.By} wrote:",
        };
    }

    private static string Cut(string text)
    {
        var clean = text.ReplaceLineEndings("\n").Trim();
        if (clean.Length <= MaxQuote) return clean;
        var end = char.IsHighSurrogate(clean[MaxQuote - 1]) ? MaxQuote - 1 : MaxQuote;
        return clean[..end] + " […]";
    }
}
