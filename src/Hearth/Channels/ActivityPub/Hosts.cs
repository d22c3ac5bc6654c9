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
        var name = host.Split(':')[0];
        var parts = name.Split('.');
        var names = Enumerable.Range(0, parts.Length).Select(n => string.Join('.', parts[n..])).Append(host).ToArray();
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Set<HostRow>().AnyAsync(h => names.Contains(h.Host) && h.BlockedAt != null, ct);
    }

    /// <summary>A server took what was sent, signed so.</summary>
    public Task Works(string host, HostRow? known, SignatureStyle style, CancellationToken ct) =>
        known is { NotBefore: null, Failures: 0 } && known.Style == style ? Task.CompletedTask : Change(host, row => (row.Style, row.NotBefore, row.Failures, row.Error) = (style, null, 0, null), ct);

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

    private async Task Change(string host, Action<HostRow> change, CancellationToken ct)
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
                return;
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && attempt < 3)
            {
                // somebody else met the server at the same moment
            }
        }
    }
}
