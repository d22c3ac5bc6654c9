using System.Collections.Concurrent;
using System.Threading.Channels;
using Hearth.Channels;
using Hearth.Channels.Mastodon;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>Remembers which instances do not stream, and for how long to leave them alone.</summary>
public sealed class MastodonStreaming(MastodonClient mastodon, TimeProvider clock)
{
    /// <summary>An instance without streaming is asked again after this long.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ChannelAccountId, (int Failures, DateTimeOffset Next)> _resting = new();

    /// <summary>Opens every stream of the lists.</summary>
    /// <returns>Null when the instance does not stream now; polling goes on meanwhile.</returns>
    internal async Task<MastodonLive?> Open(ChannelAccountView account, MastodonLists lists, CancellationToken ct)
    {
        var rest = _resting.GetValueOrDefault(account.Id);
        if (rest.Next > clock.GetUtcNow()) return null;
        var open = new List<MastodonStream>();
        try
        {
            if (await mastodon.StreamingHost(account.Id, ct) is not { } host) return null;
            if (lists.Mentions || lists.Home) open.Add(await mastodon.Stream(account.Id, host, null, ct));
            foreach (var tag in lists.Tags) open.Add(await mastodon.Stream(account.Id, host, tag, ct));
            _resting.TryRemove(account.Id, out _);
            return open.Count > 0 ? new MastodonLive(open, ct) : null;
        }
        catch (Exception e) when (e is HttpRequestException or LaterException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            foreach (var stream in open) stream.Dispose();
            var isNever = e is HttpRequestException { StatusCode: { } status } && (int)status is 404 or 405 or 406 or 410 or 501;
            var failures = rest.Failures + 1;
            _resting[account.Id] = (failures, e is LaterException later ? later.At : clock.GetUtcNow() + (isNever ? Never : Backoff.After(failures + 3)));
            return null;
        }
    }
}

/// <summary>Open streams, read as one. Holds at most <see cref="Ahead"/> events that nobody took yet; then the instance has to wait.</summary>
internal sealed class MastodonLive : IAsyncDisposable
{
    private const int Ahead = 256;
    private const int Most = 100;

    private readonly Channel<(string? Tag, MastodonEvent Event)> _events = Channel.CreateBounded<(string?, MastodonEvent)>(Ahead);
    private readonly CancellationTokenSource _end;
    private readonly IReadOnlyList<MastodonStream> _streams;
    private readonly Task _pumps;

    public MastodonLive(IReadOnlyList<MastodonStream> streams, CancellationToken ct)
    {
        _streams = streams;
        _end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _pumps = Task.WhenAll(streams.Select(Pump));
    }

    /// <summary>The next events, waiting for the first; empty when none came in time; null when a stream has ended.</summary>
    public async Task<IReadOnlyList<(string? Tag, MastodonEvent Event)>?> Next(TimeSpan wait, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        try
        {
            if (!await _events.Reader.WaitToReadAsync(limit.Token)) return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return [];
        }

        var taken = new List<(string?, MastodonEvent)>();
        while (taken.Count < Most && _events.Reader.TryRead(out var one)) taken.Add(one);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var stream in _streams) stream.Dispose();
        await _pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    // One that ends ends all: the look that follows finds what was missed in between.
    private async Task Pump(MastodonStream stream)
    {
        try
        {
            await foreach (var happened in stream.Events(_end.Token)) await _events.Writer.WriteAsync((stream.Tag, happened), _end.Token);
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
