namespace Hearth.Publishing;

/// <summary>A room's no to sending a post.</summary>
/// <param name="Why">As a person would say it; stands beside the post.</param>
/// <param name="AskAgain">When to ask again: until then the post waits and can be given up. Null when it must not go at all.</param>
public sealed record Refusal(string Why, DateTimeOffset? AskAgain = null);

/// <summary>A room that knows what a post is about and may keep it from going. Asked before each try to send a post that belongs to something, of all that are registered.</summary>
public interface IAskBeforeSending
{
    /// <summary>Why a post does not go now; null when it may, or when its subject is another room's.</summary>
    /// <param name="about">What it belongs to ("offer:0198...").</param>
    /// <param name="ct">Cancels.</param>
    Task<Refusal?> Refuse(string about, CancellationToken ct);
}
