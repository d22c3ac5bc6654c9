using System.Globalization;
using Hearth.Listening.Spikes;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Alerts;

/// <summary>Notes what alerts are about. Posts written over a day ago are history (a file, a first look): nobody is woken for them.</summary>
internal sealed class HearAlerts(Database db, TimeProvider clock) : IHandle<MentionHeard>, IHandle<SourceFailed>, IHandle<SourceRecovered>, IHandle<MentionSpiked>
{
    private const int MostBehindSpike = 10;
    private static readonly TimeSpan History = TimeSpan.FromDays(1);

    public async Task Handle(MentionHeard fact, CancellationToken ct)
    {
        var now = clock.Now();
        if (fact.At < now - History) return;
        var wanted = await db.Set<MentionQuery>().Where(q => q.Mention == fact.Mention)
            .Join(db.Set<AlertRow>(), q => (QueryId?)q.Query, a => a.Query, (_, a) => a).Where(a => !a.Paused && a.Kind != AlertKind.Spike && a.CreatedAt <= now).Select(a => new { a.Id, a.NegativeOnly }).ToListAsync(ct);
        if (wanted.Count == 0) return;
        var mention = await db.Set<MentionRow>().Where(m => m.Id == fact.Mention).Select(m => new { m.IsOwn, m.Sentiment }).SingleOrDefaultAsync(ct);
        if (mention is null or { IsOwn: true }) return;
        foreach (var alert in wanted.Where(a => !a.NegativeOnly || mention.Sentiment == Sentiment.Negative)) db.Add(new AlertHit { Alert = alert.Id, Mention = fact.Mention, At = now });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The number, and the latest mentions that made it.</summary>
    public async Task Handle(MentionSpiked fact, CancellationToken ct)
    {
        var asked = await db.Set<AlertRow>().Where(a => a.Kind == AlertKind.Spike && a.Query == fact.Query && a.NegativeOnly == fact.Negative && !a.Paused).Select(a => a.Id).ToListAsync(ct);
        if (asked.Count == 0 || await db.Set<QueryRow>().Where(q => q.Id == fact.Query).Select(q => q.Name).SingleOrDefaultAsync(ct) is not { } name) return;
        var until = fact.From.AddMinutes(fact.Minutes);
        var matches = db.Set<MentionQuery>().Where(q => q.Query == fact.Query && q.At >= fact.From && q.At < until).Join(db.Set<MentionRow>().Where(m => !m.IsOwn && m.RemovedAt == null), q => q.Mention, m => m.Id, (_, m) => m);
        if (fact.Negative) matches = matches.Where(m => m.Sentiment == Sentiment.Negative);
        var behind = await matches.OrderByDescending(m => m.Number).Take(MostBehindSpike).Select(m => new { m.Id, m.Number }).ToListAsync(ct);
        var (now, usual) = (clock.Now(), fact.Expected < 1 ? "less than 1 is usual" : string.Create(CultureInfo.InvariantCulture, $"about {fact.Expected:N0} {(Math.Round(fact.Expected) == 1 ? "is" : "are")} usual"));
        var text = string.Create(CultureInfo.InvariantCulture, $"{fact.Count:N0} {(fact.Negative ? "negative " : "")}mentions of “{name}” within {SpikeSeries.Words(fact.Minutes)}; {usual}");
        foreach (var alert in asked)
        {
            db.Add(new AlertHit { Alert = alert, Text = text, At = now });
            foreach (var mention in behind.OrderBy(m => m.Number)) db.Add(new AlertHit { Alert = alert, Mention = mention.Id, At = now });
        }

        await db.SaveChangesAsync(ct);
    }

    public Task Handle(SourceFailed fact, CancellationToken ct) => Tell(fact.Source, name => $"{name} fails", fact.Reason, bad: true, ct);

    public Task Handle(SourceRecovered fact, CancellationToken ct) => Tell(fact.Source, name => $"{name} works again", "What was said meanwhile is being read now.", bad: false, ct);

    // Somebody who asked to be told gets it their way; when nobody did, the page says it all the same.
    private async Task Tell(SourceId source, Func<string, string> title, string text, bool bad, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().Where(s => s.Id == source).Select(s => s.Name).SingleOrDefaultAsync(ct) is not { } name) return;
        var now = clock.Now();
        var asked = await db.Set<AlertRow>().Where(a => a.Kind == AlertKind.SourceTrouble && !a.Paused).Select(a => a.Id).ToListAsync(ct);
        foreach (var alert in asked) db.Add(new AlertHit { Alert = alert, Source = source, Text = $"{title(name)}: {text}", At = now });
        if (asked.Count == 0) db.Add(new NoticeRow { Id = NoticeId.New(), Title = title(name), Text = text, Href = "/listen/sources", Bad = bad, At = now });
        await db.SaveChangesAsync(ct);
    }
}
