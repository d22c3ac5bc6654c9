using System.Globalization;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Alerts;

/// <summary>Looks for alerts that have something to tell, and tells it once: on the page, and by a job for each of the alert's ways.</summary>
public sealed record TellAlerts : IJob;

internal sealed class TellAlertsRun(Database db, TimeProvider clock) : IRun<TellAlerts>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Notices, and what they were about, are kept so long.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    public async Task Run(TellAlerts job, CancellationToken ct)
    {
        foreach (var id in await db.Set<AlertRow>().Where(a => !a.Paused).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct))
        {
            await db.InTransaction(() => Tell(id, ct), ct);
            db.ChangeTracker.Clear();
        }

        await Forget(ct);
    }

    private async Task Tell(AlertId id, CancellationToken ct)
    {
        if (await db.Set<AlertRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { Paused: false } alert) return;
        var now = clock.Now();
        var about = db.Set<AlertHit>().Where(h => h.Alert == id && h.Notice == null);
        if (alert.Kind == AlertKind.Volume)
        {
            var since = now.AddMinutes(-alert.Window!.Value);
            about = db.Set<AlertHit>().Where(h => h.Alert == id && h.At > since); // also those that were told: they are still within the window
        }

        var count = await about.CountAsync(ct);
        var round = alert.Round;
        if (!When.IsDue(alert, count, now))
        {
            var disarmed = alert.Disarmed && count >= alert.Threshold;
            if (disarmed != alert.Disarmed) await db.Set<AlertRow>().Where(a => a.Id == id && a.Round == round).ExecuteUpdateAsync(set => set.SetProperty(a => a.Disarmed, disarmed), ct);
            return;
        }

        var (day, told) = When.Counted(alert, now);
        var first = await db.Set<AlertRow>().Where(a => a.Id == id && a.Round == round).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Round, round + 1).SetProperty(a => a.LastAt, now).SetProperty(a => a.Day, day).SetProperty(a => a.ToldOnDay, told + 1).SetProperty(a => a.Disarmed, alert.Kind == AlertKind.Volume), ct);
        if (first == 0) return; // another node told it
        var notice = await Notice(alert, about, count, told + 1 == alert.MostPerDay, now, ct);
        db.Add(notice);
        foreach (var to in AlertRules.Lines(alert.Emails)) Send(notice.Id, NoticeWay.Email, to, now);
        if (alert.Webhook is not null) Send(notice.Id, NoticeWay.Webhook, alert.Webhook, now);
        await db.SaveChangesAsync(ct);
        await about.Where(h => h.Notice == null).ExecuteUpdateAsync(set => set.SetProperty(h => h.Notice, notice.Id), ct);
    }

    private async Task<NoticeRow> Notice(AlertRow alert, IQueryable<AlertHit> about, int count, bool isLastToday, DateTimeOffset now, CancellationToken ct)
    {
        var last = isLastToday ? $" That was the last notice today ({alert.MostPerDay}); what comes now is told tomorrow in one." : "";
        if (alert.Kind == AlertKind.SourceTrouble)
        {
            var hits = await about.OrderBy(h => h.Number).Select(h => h.Text).Take(20).ToListAsync(ct);
            var title = hits[^1]!.Split(": ", 2)[0];
            return new() { Id = NoticeId.New(), Alert = alert.Id, Title = count == 1 ? title : $"{title}, and {count - 1} more", Text = string.Join('\n', hits) + last, Href = "/listen/sources", Bad = true, At = now };
        }

        if (alert.Kind == AlertKind.Spike)
        {
            var waves = await about.Where(h => h.Text != null).OrderBy(h => h.Number).Select(h => h.Text!).Take(20).ToListAsync(ct);
            var told = waves.Count == 1 ? last : "\n" + string.Join('\n', waves.SkipLast(1)) + last;
            return new() { Id = NoticeId.New(), Alert = alert.Id, Title = waves[^1], Text = told.Trim() is { Length: > 0 } more ? more : null, Href = $"/listen/queries/{alert.Query?.Value}#spikes", Bad = alert.NegativeOnly, At = now };
        }

        var name = await db.Set<QueryRow>().Where(q => q.Id == alert.Query).Select(q => q.Name).SingleOrDefaultAsync(ct) ?? alert.Name;
        var what = alert.NegativeOnly ? "negative mention" : "mention";
        var href = $"/listen?query={alert.Query?.Value}" + (alert.NegativeOnly ? "&sentiment=negative" : "");
        if (alert.Kind == AlertKind.AtOnce && count == 1 && await about.Select(h => h.Mention).SingleAsync(ct) is { } only) href = $"/listen/mentions/{only.Value}";
        var number = count.ToString("N0", CultureInfo.InvariantCulture);
        return new()
        {
            Id = NoticeId.New(), Alert = alert.Id, Href = href, Bad = alert.NegativeOnly || alert.Kind == AlertKind.Volume, At = now, Text = last.Trim() is { Length: > 0 } text ? text : null,
            Title = alert.Kind == AlertKind.Volume ? $"{number} {what}s of “{name}” within {Span(alert.Window!.Value)}" : count == 1 ? $"New {what} of “{name}”" : $"{number} new {what}s of “{name}”",
        };
    }

    private void Send(NoticeId notice, NoticeWay way, string to, DateTimeOffset now)
    {
        db.Add(new NoticeDelivery { Notice = notice, Way = way, To = to, MessageId = Ids.New(), At = now });
        db.Enqueue(new DeliverNotice(notice, way, to), now);
    }

    private async Task Forget(CancellationToken ct)
    {
        var (old, passed) = (clock.Now() - Kept, clock.Now() - LongestWindow);
        await db.Set<AlertHit>().Where(h => h.At < passed && h.Notice == null && db.Set<AlertRow>().Any(a => a.Id == h.Alert && a.Kind == AlertKind.Volume)).ExecuteDeleteAsync(ct);
        if (!await db.Set<NoticeRow>().AnyAsync(n => n.At < old, ct)) return;
        await db.InTransaction(async () =>
        {
            await db.Set<AlertHit>().Where(h => h.Notice != null && db.Set<NoticeRow>().Any(n => n.Id == h.Notice && n.At < old)).ExecuteDeleteAsync(ct);
            await db.Set<NoticeDelivery>().Where(d => db.Set<NoticeRow>().Any(n => n.Id == d.Notice && n.At < old)).ExecuteDeleteAsync(ct);
            await db.Set<NoticeRow>().Where(n => n.At < old).ExecuteDeleteAsync(ct);
        }, ct);
    }

    private static string Span(int minutes) => minutes == 1 ? "a minute" : minutes == 60 ? "an hour" : minutes % 60 == 0 ? $"{minutes / 60} hours" : $"{minutes} minutes";
}

/// <summary>When an alert may speak. Pure.</summary>
internal static class When
{
    /// <summary>True when <paramref name="count"/> things that were not told yet are to be told now.</summary>
    public static bool IsDue(AlertRow alert, int count, DateTimeOffset now)
    {
        if (count == 0) return false;
        var local = Local(alert, now);
        if (!alert.Urgent && IsQuiet(alert, local)) return false;
        if (Counted(alert, now).Told >= alert.MostPerDay) return false;
        var since = Local(alert, alert.LastAt ?? alert.CreatedAt);
        return alert.Kind switch
        {
            AlertKind.Hourly => since < new DateTime(local.Year, local.Month, local.Day, local.Hour, 0, 0, DateTimeKind.Unspecified),
            AlertKind.Daily => since < (local.Hour >= alert.Hour ? local.Date : local.Date.AddDays(-1)).AddHours(alert.Hour!.Value),
            AlertKind.Volume => !alert.Disarmed && count >= alert.Threshold,
            _ => true,
        };
    }

    /// <summary>The day it is for the alert, and how many notices it has had on it.</summary>
    public static (int Day, int Told) Counted(AlertRow alert, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(Local(alert, now)).DayNumber;
        return (day, alert.Day == day ? alert.ToldOnDay : 0);
    }

    private static bool IsQuiet(AlertRow alert, DateTime local)
    {
        if (alert is not { QuietFrom: { } from, QuietTo: { } to }) return false;
        var minute = (local.Hour * 60) + local.Minute;
        return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
    }

    private static DateTime Local(AlertRow alert, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(alert.TimeZone)).DateTime;
}
