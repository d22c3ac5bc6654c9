namespace Hearth.Channels.Mail;

/// <summary>The one server that mail leaves by. There is at most one row.</summary>
internal sealed class MailServerRow
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required string Host { get; set; }

    public required int Port { get; set; }

    public required MailSecurity Security { get; set; }

    public string? User { get; set; }

    /// <summary>Encrypted.</summary>
    public string? Password { get; set; }

    public required string From { get; set; }

    public required string FromName { get; set; }

    public string? Error { get; set; }

    public DateTimeOffset? ErrorAt { get; set; }
}
