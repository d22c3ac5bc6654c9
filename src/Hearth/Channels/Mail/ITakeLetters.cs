namespace Hearth.Channels.Mail;

/// <summary>Where letters go that a mail server brings. Told by the room above that listens.</summary>
public interface ITakeLetters
{
    /// <summary>The mailbox behind an address, "+" and what follows it left out; null when there is none.</summary>
    Task<Guid?> Mailbox(string address, CancellationToken ct);

    /// <summary>Keeps a letter. Returns when it is kept; again changes nothing.</summary>
    /// <returns>False when it cannot be kept, however often it is brought.</returns>
    Task<bool> Take(Guid mailbox, byte[] raw, CancellationToken ct);
}

/// <summary>What somebody wrote in a letter.</summary>
/// <param name="At">When.</param>
/// <param name="Text">Their own words, without signature and quoted letters.</param>
public sealed record HeardLetter(DateTimeOffset At, string Text);

/// <summary>Tells what letters said that came in. Told by the room above, which keeps their words.</summary>
public interface IReadHeardLetters
{
    /// <summary>The words of a letter; null when they are not kept (any more).</summary>
    /// <param name="messageId">With its angle brackets.</param>
    /// <param name="ct">Stops waiting.</param>
    Task<HeardLetter?> Words(string messageId, CancellationToken ct);
}
