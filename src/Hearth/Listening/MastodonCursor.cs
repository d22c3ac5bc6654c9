using System.Text.Json;
using Hearth.Channels.Mastodon;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>A status that was taken in, in the form it had.</summary>
internal sealed record SeenStatus(string Id, DateTimeOffset? EditedAt);

/// <summary>A list that is being read from its newest item down.</summary>
/// <param name="Top">The item it began with: where the list stands once the bottom is reached.</param>
/// <param name="Down">The oldest item that was read.</param>
/// <param name="Floor">Where the list stood before; null for a first look, which ends at a time.</param>
internal sealed record Descent(string Top, string Down, string? Floor);

/// <summary>Where a Mastodon source stands: in each list behind its newest item, with the latest statuses, which are looked at again for edits and deletions.</summary>
internal sealed class MastodonCursor
{
    /// <summary>How many of the latest statuses are looked at again.</summary>
    public const int MostRecent = 120;

    /// <summary>By list ("mentions", "home", "tag:shoes"), the id of its newest item that was read.</summary>
    public Dictionary<string, string> Lists { get; init; } = new(StringComparer.Ordinal);

    /// <summary>By list, the way down that is not at its end.</summary>
    public Dictionary<string, Descent> Descents { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The latest statuses, the oldest first.</summary>
    public List<SeenStatus> Recent { get; init; } = [];

    /// <summary>When the latest were last looked at again.</summary>
    public DateTimeOffset? ReviewedAt { get; set; }

    /// <summary>Where in <see cref="Recent"/> the next look goes on, for an instance that must be asked one by one.</summary>
    public int Turn { get; set; }

    /// <summary>How far the first look at a list reads back; null for the usual.</summary>
    public DateTimeOffset? From { get; init; }

    public static MastodonCursor Parse(string? cursor) => cursor is null ? new() : JsonSerializer.Deserialize<MastodonCursor>(cursor, Json.Options)!;

    /// <summary>True when the status came in this form before.</summary>
    public bool Knows(MastodonStatus status) => Recent.Exists(r => r.Id == status.Id && r.EditedAt == status.EditedAt);

    public void See(MastodonStatus status)
    {
        Recent.RemoveAll(r => r.Id == status.Id);
        Recent.Add(new(status.Id, status.EditedAt));
        if (Recent.Count > MostRecent) Recent.RemoveRange(0, Recent.Count - MostRecent);
    }

    public override string ToString() => JsonSerializer.Serialize(this, Json.Options);
}
