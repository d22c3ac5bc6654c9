using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.ActivityPub;

/// <summary>What is remembered of other servers: how they like to be spoken to, whether they are well, and which a person blocked. Each write is a unit of work of its own.</summary>
internal sealed class Hosts(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>The longest that a server which does not answer is left alone.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public async Task<HostRow?> Find(string host, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Set<HostRow>().AsNoTracking().SingleOrDefaultAsync(h => h.Host == host, ct);
    }

    /// <summary>True when a person blocked the server, or one that it is a part of ("example.org" holds for "a.example.org").</summary>
    public async Task<bool> IsBlocked(string host, CancellationToken ct)
    {
        var names = Names(host).ToArray();
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Set<HostRow>().AnyAsync(h => names.Contains(h.Host) && h.BlockedAt != null, ct);
    }

    /// <summary>What is known of the servers of these addresses, as it stands now.</summary>
    public async Task<KnownHosts> Of(IEnumerable<string> addresses, CancellationToken ct)
    {
        var servers = addresses.Select(KnownHosts.Server).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<Database>().Set<HostRow>().AsNoTracking();
        return new(await rows.Where(h => servers.Contains(h.Host)).ToListAsync(ct), await rows.Where(h => h.BlockedAt != null).Select(h => h.Host).ToListAsync(ct));
    }

    /// <summary>The server itself and all that it is a part of.</summary>
    internal static IEnumerable<string> Names(string host)
    {
        var parts = host.Split(':')[0].Split('.');
        return Enumerable.Range(0, parts.Length).Select(n => string.Join('.', parts[n..])).Append(host);
    }

    /// <summary>A server took what was sent, signed so.</summary>
    public async Task<HostRow?> Works(string host, HostRow? known, SignatureStyle style, CancellationToken ct) =>
        known is { NotBefore: null, Failures: 0 } && known.Style == style ? known : await Change(host, row => (row.Style, row.NotBefore, row.Failures, row.Error) = (style, null, 0, null), ct);

    /// <summary>A server signs in this style itself, so it can read it.</summary>
    public async Task Signs(string host, SignatureStyle style, CancellationToken ct)
    {
        if (style == SignatureStyle.Rfc9421 && (await Find(host, ct))?.Style is null) await Change(host, row => row.Style ??= style, ct);
    }

    /// <summary>A server did not answer, or said when to come again.</summary>
    public Task Fails(string host, string error, DateTimeOffset? notBefore, CancellationToken ct) => Change(host, row =>
    {
        row.Failures++;
        row.Error = error;
        row.NotBefore = notBefore ?? clock.Now() + Backoff.After(row.Failures, LongestPause);
    }, ct);

    private async Task<HostRow> Change(string host, Action<HostRow> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Database>();
            var row = await db.Set<HostRow>().SingleOrDefaultAsync(h => h.Host == host, ct);
            if (row is null) db.Add(row = new HostRow { Host = host });
            change(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return row;
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && attempt < 3)
            {
                // somebody else met the server at the same moment
            }
        }
    }
}

/// <summary>What was known of some servers at one moment.</summary>
internal sealed class KnownHosts(IEnumerable<HostRow> rows, IEnumerable<string> blocked)
{
    private readonly Dictionary<string, HostRow> _rows = rows.ToDictionary(r => r.Host, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _blocked = new(blocked, StringComparer.OrdinalIgnoreCase);

    /// <summary>The server of an address, with its port when it is not the scheme's own; empty for what is no address.</summary>
    public static string Server(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Authority : "";

    public HostRow? Find(string host) => _rows.GetValueOrDefault(host);

    /// <inheritdoc cref="Hosts.IsBlocked"/>
    public bool IsBlocked(string host) => _blocked.Count > 0 && Hosts.Names(host).Any(_blocked.Contains);
}
