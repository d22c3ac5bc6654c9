using Hearth.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Trackers;

/// <summary>Speaks with connected trackers for the rooms above, which see no token. What fails is noted on the tracker and thrown on.</summary>
public sealed class TrackerClient(Database db, IEnumerable<ITrackerAdapter> adapters, Secrets secrets, TimeProvider clock)
{
    public Task<TrackerIssue?> Find(TrackerId tracker, string mark, DateTimeOffset since, CancellationToken ct) => With(tracker, (a, s) => a.Find(s, mark, since, ct), ct);

    public Task<TrackerIssue> Open(TrackerId tracker, string title, string body, CancellationToken ct) => With(tracker, (a, s) => a.Open(s, title, body, ct), ct);

    public Task<TrackerIssue> Set(TrackerId tracker, long number, bool open, CancellationToken ct) => With(tracker, (a, s) => a.Set(s, number, open, ct), ct);

    public Task<bool> HasComment(TrackerId tracker, long number, string mark, DateTimeOffset since, CancellationToken ct) => With(tracker, (a, s) => a.HasComment(s, number, mark, since, ct), ct);

    public Task Say(TrackerId tracker, long number, string body, CancellationToken ct) => With(tracker, async (a, s) =>
    {
        await a.Say(s, number, body, ct);
        return true;
    }, ct);

    /// <summary>Reads a webhook's message of a tracker.</summary>
    /// <returns>The news (null when it is nothing that matters, or what we did ourselves), or why it is not to be trusted, or that there is no such tracker.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is trusted and not what the tracker sends.</exception>
    public async Task<(bool Known, string? Refusal, TrackerNews? News)> Read(TrackerId tracker, IHeaderDictionary headers, byte[] body, CancellationToken ct)
    {
        if (await db.Set<TrackerRow>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == tracker && t.RemovedAt == null, ct) is not { } row) return (false, null, null);
        var adapter = adapters.Single(a => a.Kind == row.Kind);
        if (adapter.Refuse(secrets.Show(row.Secret), headers, body) is { } reason) return (true, reason, null);
        var news = adapter.Read(headers, body);
        return (true, null, news is null || news.Repository.Equals(row.Repository, StringComparison.OrdinalIgnoreCase) ? news : null);
    }

    private async Task<T> With<T>(TrackerId tracker, Func<ITrackerAdapter, TrackerSeat, Task<T>> call, CancellationToken ct)
    {
        if (await db.Set<TrackerRow>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == tracker && t.RemovedAt == null, ct) is not { } row) throw new TrackerException("The tracker was removed.", isPassing: false);
        try
        {
            var answer = await call(adapters.Single(a => a.Kind == row.Kind), new(row.Service, row.Repository, secrets.Show(row.Token)));
            if (row.Error is not null) await Note(tracker, null, ct);
            return answer;
        }
        catch (Exception e) when (e is TrackerException or HttpRequestException or LaterException)
        {
            await Note(tracker, e.Message, ct);
            throw;
        }
    }

    private Task Note(TrackerId tracker, string? error, CancellationToken ct)
    {
        DateTimeOffset? at = error is null ? null : clock.Now();
        return db.Set<TrackerRow>().Where(t => t.Id == tracker).ExecuteUpdateAsync(set => set.SetProperty(t => t.Error, error).SetProperty(t => t.ErrorAt, at), ct);
    }
}
