using Hearth.Platform;

namespace Hearth.App.Hosting;

/// <summary>All that a server of this house is told at start.</summary>
/// <param name="At">The database and the data folder.</param>
/// <param name="Urls">Addresses to listen on; port 0 takes a free one.</param>
public sealed record HostSettings(DatabaseLocation At, IReadOnlyList<string> Urls)
{
    /// <summary>The address people reach this server under; the first of <see cref="Urls"/> when null.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Hosts ("127.0.0.1:2583") that may be called although their address is private.</summary>
    public IReadOnlyList<string> AllowPrivate { get; init; } = [];

    /// <summary>Believe X-Forwarded-For and X-Forwarded-Proto of whoever calls.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Where letters are taken by LMTP; null for nowhere.</summary>
    public System.Net.IPEndPoint? Lmtp { get; init; }

    /// <summary>False for a server that answers but neither hands on facts nor runs jobs.</summary>
    public bool BackgroundWork { get; init; } = true;

    /// <summary>True: nobody who follows a link is led on before their click is on the disk.</summary>
    public bool WaitForClickSync { get; init; }

    /// <summary>False to keep the first start quiet about its owner link, as tests and the demo want.</summary>
    public bool AnnounceOwnerLink { get; init; } = true;

    /// <summary>How often somebody may do what the public may do.</summary>
    public RateLimits Limits { get; init; } = new();

    /// <summary>More services, registered after all others: what a test or the demo replaces.</summary>
    public Action<IServiceCollection>? More { get; init; }
}

/// <summary>How many times one IP address may do a thing. Counted per node, in sliding minutes.</summary>
public sealed record RateLimits
{
    /// <summary>Attempts to sign in, or to use a one-time link, per minute. Lock-out after 5 wrong passwords stands beside it.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>New community accounts per hour.</summary>
    public int SignUpsPerHour { get; init; } = 20;

    /// <summary>Everything else that somebody without a console account may write (ideas, votes, comments, claims, webhooks), per minute.</summary>
    public int PublicWritesPerMinute { get; init; } = 600;

    /// <summary>Answers of the public API and of feeds to somebody without an account or key, per minute. Pages are not counted.</summary>
    public int PublicReadsPerMinute { get; init; } = 600;
}
