using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Alerts;

/// <summary>A notice as people see it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Alert">The alert's name; null for what the house tells by itself, or when the alert is gone.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">More; null when there is no more.</param>
/// <param name="Href">Where to look, a path of this server.</param>
/// <param name="Bad">True when it is bad news.</param>
/// <param name="IsNew">True when the reader has not seen it.</param>
/// <param name="At">When it was told.</param>
/// <param name="Mentions">The latest mentions it is about, at most 3.</param>
/// <param name="Deliveries">How it went out.</param>
public sealed record NoticeView(
    NoticeId Id, string? Alert, string Title, string? Text, string Href, bool Bad, bool IsNew, DateTimeOffset At, IReadOnlyList<NoticeMention> Mentions, IReadOnlyList<DeliveryView> Deliveries);

/// <summary>A mention that a notice is about.</summary>
/// <param name="Mention">Its id.</param>
/// <param name="Author">Handle or name.</param>
/// <param name="Text">At most 200 characters of it.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="At">When it was written.</param>
public sealed record NoticeMention(MentionId Mention, string? Author, string Text, string? Url, DateTimeOffset At);

/// <summary>How a notice went out.</summary>
/// <param name="Way">email or webhook.</param>
/// <param name="To">Address.</param>
/// <param name="State">waiting, sent or failed.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Why the last try failed.</param>
public sealed record DeliveryView(NoticeWay Way, string To, DeliveryState State, int Attempts, string? Error);

/// <summary>Lists what was told, the latest first, and remembers what a person has seen.</summary>
public sealed class Notices(Database db, TimeProvider clock)
{
    private const int Excerpt = 200;

    private sealed record Place(long Number);

    /// <summary>One page.</summary>
    /// <returns>Null when <paramref name="after"/> is no cursor of this list.</returns>
    public async Task<Page<NoticeView>?> List(UserId reader, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var rows = db.Set<NoticeRow>().AsNoTracking().Where(n => n.Reader == null || n.Reader == reader);
        if (place is not null) rows = rows.Where(n => n.Number < place.Number);
        var page = Keyset.Cut(await rows.OrderByDescending(n => n.Number).Take(take + 1).ToListAsync(ct), take, n => new Place(n.Number));
        var ids = page.Items.Select(n => n.Id).ToArray();
        var alerts = await db.Set<AlertRow>().Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var ways = (await db.Set<NoticeDelivery>().AsNoTracking().Where(d => ids.Contains(d.Notice)).ToListAsync(ct)).ToLookup(d => d.Notice);
        var seen = await Seen(reader, ct);
        var views = new List<NoticeView>();
        foreach (var n in page.Items)
        {
            views.Add(new(n.Id, n.Alert is { } alert ? alerts.GetValueOrDefault(alert) : null, n.Title, n.Text, n.Href, n.Bad, n.At > seen, n.At, await Mentions(n.Id, 3, ct),
                [.. ways[n.Id].OrderBy(d => d.Way).ThenBy(d => d.To, StringComparer.Ordinal).Select(d => new DeliveryView(d.Way, d.To, d.State, d.Attempts, d.Error))]));
        }

        return new(views, page.Next);
    }

    /// <summary>How many a person has not seen, at most 100.</summary>
    public async Task<int> New(UserId reader, CancellationToken ct)
    {
        var seen = await Seen(reader, ct);
        return await db.Set<NoticeRow>().Where(n => n.At > seen && (n.Reader == null || n.Reader == reader)).Take(100).CountAsync(ct);
    }

    /// <summary>Takes the text of what was told about some places of the console away, for a person whose data is erased. Joins the caller's transaction.</summary>
    public Task<int> Erase(IReadOnlyCollection<string> hrefs, CancellationToken ct) =>
        db.Set<NoticeRow>().Where(n => hrefs.Contains(n.Href) && n.Text != null).ExecuteUpdateAsync(set => set.SetProperty(n => n.Text, (string?)null), ct);

    /// <summary>Tells one person of ours something, on their page of notices. Joins the caller's unit of work and saves nothing.</summary>
    /// <param name="reader">Whom; others do not see it.</param>
    /// <param name="title">One line.</param>
    /// <param name="text">More; null when there is no more.</param>
    /// <param name="href">Where to look, a path of this server.</param>
    /// <param name="bad">True when it is bad news.</param>
    public void Tell(UserId reader, string title, string? text, string href, bool bad) =>
        db.Add(new NoticeRow { Id = NoticeId.New(), Title = title, Text = text, Href = href, Bad = bad, At = clock.Now(), Reader = reader });

    /// <summary>The person has seen all up to now.</summary>
    public Task See(UserId reader, CancellationToken ct)
    {
        var now = clock.Now();
        return db.InTransaction(async () =>
        {
            if (await db.Set<NoticesSeen>().Where(s => s.User == reader).ExecuteUpdateAsync(set => set.SetProperty(s => s.Until, now), ct) > 0) return;
            db.Add(new NoticesSeen { User = reader, Until = now });
            await db.SaveChangesAsync(ct);
        }, ct);
    }

    internal Task<IReadOnlyList<NoticeMention>> Mentions(NoticeId notice, CancellationToken ct) => Mentions(notice, 10, ct);

    private async Task<IReadOnlyList<NoticeMention>> Mentions(NoticeId notice, int most, CancellationToken ct)
    {
        var rows = await db.Set<AlertHit>().Where(h => h.Notice == notice).Join(db.Set<MentionRow>().Where(m => m.RemovedAt == null), h => h.Mention, m => (MentionId?)m.Id, (h, m) => new { h.Number, m.Id, m.AuthorHandle, m.AuthorName, m.Text, m.Url, m.At })
            .OrderByDescending(m => m.Number).Take(most).ToListAsync(ct);
        return rows.ConvertAll(m => new NoticeMention(m.Id, m.AuthorHandle ?? m.AuthorName, Short(m.Text), m.Url, m.At));
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Excerpt ? line : line[..(char.IsHighSurrogate(line[Excerpt - 2]) ? Excerpt - 2 : Excerpt - 1)] + "…";
    }

    private async Task<DateTimeOffset> Seen(UserId reader, CancellationToken ct) =>
        await db.Set<NoticesSeen>().Where(s => s.User == reader).Select(s => (DateTimeOffset?)s.Until).SingleOrDefaultAsync(ct) ?? clock.Now().AddDays(-7);
}
