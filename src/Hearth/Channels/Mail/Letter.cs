namespace Hearth.Channels.Mail;

/// <summary>A file that came with a letter.</summary>
/// <param name="Name">As its sender called it.</param>
/// <param name="MediaType">As its sender says; never believed.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Content">Null when it was too large to be kept.</param>
public sealed record LetterFile(string Name, string MediaType, long Size, byte[]? Content);

/// <summary>What a letter is.</summary>
public enum LetterKind
{
    /// <summary>Somebody wrote it.</summary>
    Written,

    /// <summary>A machine answered: out of office, a receipt (RFC 3834).</summary>
    Automatic,

    /// <summary>A letter of ours did not arrive (RFC 3464).</summary>
    Bounce,
}

/// <summary>What a mail server says of one of our letters.</summary>
/// <param name="Recipient">Who did not get it; null when it does not say.</param>
/// <param name="Status">As RFC 3463 writes it ("5.1.1"); null when it does not say.</param>
/// <param name="Reason">What the server said.</param>
/// <param name="IsFinal">False when it is still trying.</param>
/// <param name="Original">The Message-ID of our letter; null when the report does not hold it.</param>
public sealed record BounceReport(string? Recipient, string? Status, string Reason, bool IsFinal, string? Original);

/// <summary>A letter as it was read.</summary>
/// <param name="MessageId">With its angle brackets.</param>
/// <param name="From">The address that wrote it, in lower case.</param>
/// <param name="FromName">The name beside it.</param>
/// <param name="ReplyTo">Where answers go, when elsewhere.</param>
/// <param name="Subject">One line; may be empty.</param>
/// <param name="At">When it was written; null when it does not say.</param>
/// <param name="InReplyTo">Message-ID of the letter that it answers.</param>
/// <param name="References">Message-IDs of the letters before, the first first.</param>
/// <param name="Text">What its author says, and what only comes along.</param>
/// <param name="Files">What came with it.</param>
/// <param name="Kind">Written by somebody, or by a machine.</param>
/// <param name="Bounce">What a bounce says; null for all others.</param>
/// <param name="Checks">What the receiving server found of DKIM, SPF and DMARC ("dkim=pass spf=pass"), if it was asked to be believed; null when it said nothing.</param>
public sealed record Letter(
    string MessageId, string From, string? FromName, string? ReplyTo, string Subject, DateTimeOffset? At, string? InReplyTo, IReadOnlyList<string> References, Mime.FoldedText Text,
    IReadOnlyList<LetterFile> Files, LetterKind Kind, BounceReport? Bounce, string? Checks);
