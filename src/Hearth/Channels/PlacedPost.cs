using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels;

/// <summary>
/// What was handed to a network that stores nothing under a key of ours (Mastodon). Kept before the first try, so that whoever comes after a crash knows that one was made and asks
/// the network before another; and with the network's own id once it stands. E-mail keeps one for each try whose end is not known, its key with ":1" and ":2" behind.
/// </summary>
internal sealed class PlacedPost
{
    public required ChannelAccountId Account { get; init; }

    public required string Key { get; init; }

    /// <summary>What is sent; empty once it stands.</summary>
    public required string Prepared { get; set; }

    /// <summary>The network's id; null while it is not known whether it stands.</summary>
    public string? NetworkId { get; set; }

    public string? Url { get; set; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What was handed to networks, for who has to forget it.</summary>
public sealed class PlacedPosts(Database db)
{
    /// <summary>Takes the words of some posts away, and where they stand; where one does, it can still be taken down. Joins the caller's transaction.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="keys">The keys that they were given.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task Forget(ChannelAccountId account, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        await db.Set<PlacedPost>().Where(p => p.Account == account && keys.Contains(p.Key) && p.NetworkId == null).ExecuteDeleteAsync(ct);
        await db.Set<PlacedPost>().Where(p => p.Account == account && keys.Contains(p.Key)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Prepared, "").SetProperty(p => p.Url, (string?)null), ct);
    }
}
