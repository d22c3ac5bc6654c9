using System.Text.Json;
using Hearth.Platform;

namespace Hearth.Ideas.Moderation;

/// <summary>
/// The words that were taken down, kept with the removal and nowhere else: no list, search, feed or export can show them by mistake. Putting them back takes them from here.
/// What an author removes is kept nowhere.
/// </summary>
/// <param name="Title">Of an idea; null for a comment.</param>
/// <param name="Body">Markdown.</param>
/// <param name="What">Of an idea written with the template.</param>
/// <param name="ForWhom">Of an idea written with the template.</param>
/// <param name="Why">Of an idea written with the template.</param>
/// <param name="Earlier">What it said before it was changed.</param>
/// <param name="Images">The pictures of an idea that went down with it.</param>
internal sealed record KeptWords(
    string? Title, string Body, string? What, string? ForWhom, string? Why, IReadOnlyList<KeptVersion> Earlier, IReadOnlyList<Guid> Images)
{
    public string Write() => JsonSerializer.Serialize(this, Json.Options);

    public static KeptWords Read(string kept) => JsonSerializer.Deserialize<KeptWords>(kept, Json.Options)!;
}

/// <summary>One earlier version.</summary>
internal sealed record KeptVersion(int Version, string? Title, string Body, DateTimeOffset At);
