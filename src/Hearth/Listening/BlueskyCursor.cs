using System.Text.Json;
using Hearth.Channels.Bluesky;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>How far a <see cref="BlueskySource"/> has come.</summary>
/// <param name="Seen">Per list ("" is the notifications, else the words of a search) when its newest item was taken in by the network.</param>
/// <param name="Turn">The search that is next.</param>
/// <param name="Checked">When the oldest mention that was looked at again in this round was written, in Unix microseconds; 0 to begin with the newest.</param>
/// <param name="CheckedAt">When that was.</param>
internal sealed record BlueskyCursor(IReadOnlyDictionary<string, DateTimeOffset> Seen, int Turn = 0, long Checked = 0, DateTimeOffset CheckedAt = default)
{
    /// <summary>Reads what <see cref="Write"/> wrote, or the dictionary alone that earlier versions kept.</summary>
    public static BlueskyCursor Read(string? cursor)
    {
        if (cursor is null) return new(new Dictionary<string, DateTimeOffset>());
        using var json = JsonDocument.Parse(cursor);
        return json.RootElement.TryGetProperty("seen", out var seen) && seen.ValueKind == JsonValueKind.Object
            ? json.RootElement.Deserialize<BlueskyCursor>(Json.Options)!
            : new(json.RootElement.Deserialize<Dictionary<string, DateTimeOffset>>(Json.Options)!);
    }

    public string Write() => JsonSerializer.Serialize(this, Json.Options);

    public bool Equals(BlueskyCursor? other) => other is not null && Write() == other.Write();

    public override int GetHashCode() => Write().GetHashCode(StringComparison.Ordinal);
}

/// <summary>One look through several lists, each newest first, back to what was seen before.</summary>
/// <param name="seen">When the newest item of each list was taken in.</param>
/// <param name="now">The time.</param>
/// <param name="isFar">True to look back far behind what was seen: a network that is behind shows some items minutes after later ones.</param>
internal sealed class Walk(IReadOnlyDictionary<string, DateTimeOffset> seen, DateTimeOffset now, bool isFar)
{
    /// <summary>The network's order by time of indexing is not strict: look back this much further. What was kept already is a repeat.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FarOverlap = TimeSpan.FromMinutes(15);

    /// <summary>How far the first look reads back: what is older is history, not waiting for an answer.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(3);

    /// <summary>Pages of 100 that a look reads at most (after a long stop).</summary>
    private const int MaxPages = 100;

    private readonly Dictionary<string, BlueskyPost> _posts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _newest = new(seen, StringComparer.Ordinal);

    public IEnumerable<BlueskyPost> Posts => _posts.Values;

    /// <summary>How far back a list is read.</summary>
    public DateTimeOffset From(string list) => seen.TryGetValue(list, out var at) ? at - (isFar ? FarOverlap : Overlap) : now - FirstLook;

    /// <summary>What was seen by now of the lists that there still are.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Next(IReadOnlyCollection<string> lists) => _newest.Where(n => lists.Contains(n.Key)).ToDictionary(n => n.Key, n => n.Value, StringComparer.Ordinal);

    /// <summary>Items newer than what was seen that could not be read.</summary>
    public int Skipped { get; private set; }

    public async Task Through(string list, Func<string?, Task<(IEnumerable<(DateTimeOffset At, BlueskyPost? Post)> Items, IReadOnlyList<DateTimeOffset> Unreadable, string? Next)>> read)
    {
        var until = From(list);
        DateTimeOffset? last = seen.TryGetValue(list, out var at) ? at : null;
        string? page = null;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var (items, unreadable, older) = await read(page);
            var (isEmpty, isPast) = (true, true);
            foreach (var (indexed, post) in items)
            {
                isEmpty = false;
                if (indexed < until) continue; // one wrong date among right ones hides nothing behind it
                isPast = false;
                Note(list, indexed);
                if (post is not null) _posts.TryAdd(post.Ref.Uri, post);
            }

            foreach (var one in unreadable.Where(u => u >= until && u <= now + Overlap && !(u <= last)))
            {
                Skipped++;
                Note(list, one);
            }

            if (older is null || isPast && !isEmpty) return;
            page = older;
        }
    }

    // A date ahead of us would hide everything that comes before we get there.
    private void Note(string list, DateTimeOffset indexed)
    {
        if (indexed > now) indexed = now;
        if (!_newest.TryGetValue(list, out var newest) || indexed > newest) _newest[list] = indexed;
    }
}
