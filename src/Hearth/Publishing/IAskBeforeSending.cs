namespace Hearth.Publishing;

/// <summary>A room that knows what a post is about and may keep it from going. Asked before each try to send a post that belongs to something, of all that are registered.</summary>
public interface IAskBeforeSending
{
    /// <summary>Why a post must not go now; null when it may, or when its subject is another room's.</summary>
    /// <param name="about">What it belongs to ("offer:0198...").</param>
    /// <param name="ct">Cancels.</param>
    Task<string?> Refuse(string about, CancellationToken ct);
}
