using System.Globalization;
using Hearth.Channels.Mail;
using Hearth.Channels.Webhooks;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Alerts;

/// <summary>An alert as people see it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">Unique.</param>
/// <param name="Kind">What sets it off.</param>
/// <param name="Query">The query it is about; null for sourceTrouble.</param>
/// <param name="QueryName">The query's name.</param>
/// <param name="NegativeOnly">True when only negative mentions count.</param>
/// <param name="Threshold">volume: so many mentions</param>
/// <param name="Window">volume: within so many minutes.</param>
/// <param name="Hour">daily: the hour of the day, 0 to 23.</param>
/// <param name="MostPerDay">At most so many notices a day; the rest waits for the next day and is told in one.</param>
/// <param name="QuietFrom">"22:00"; null for no quiet hours.</param>
/// <param name="QuietTo">"07:00".</param>
/// <param name="Urgent">True when quiet hours do not hold it back.</param>
/// <param name="TimeZone">IANA name, for the hours above.</param>
/// <param name="Emails">Who is written to.</param>
/// <param name="Webhook">Where a signed message is sent.</param>
/// <param name="Paused">True when it is not watching.</param>
/// <param name="Waiting">How much was heard and not told yet (quiet hours, the day's cap, a digest's hour).</param>
/// <param name="LastAt">When it last told something.</param>
public sealed record AlertView(
    AlertId Id, string Name, AlertKind Kind, QueryId? Query, string? QueryName, bool NegativeOnly, int? Threshold, int? Window, int? Hour, int MostPerDay, string? QuietFrom, string? QuietTo,
    bool Urgent, string TimeZone, IReadOnlyList<string> Emails, string? Webhook, bool Paused, long Waiting, DateTimeOffset? LastAt);

/// <summary>An alert to keep. What is left out has the value in brackets.</summary>
/// <param name="Name">1 to 100 characters, unique.</param>
/// <param name="Kind">atOnce, hourly, daily, volume, spike or sourceTrouble.</param>
/// <param name="Query">The query it is about; not for sourceTrouble.</param>
/// <param name="NegativeOnly">True when only negative mentions count (false).</param>
/// <param name="Threshold">volume: 1 to 1,000,000 mentions (50).</param>
/// <param name="Window">volume: 1 to 1,440 minutes (60).</param>
/// <param name="Hour">daily: 0 to 23 (8).</param>
/// <param name="MostPerDay">1 to 1,000 notices a day (20).</param>
/// <param name="QuietFrom">Beginning of the quiet hours, "22:00" (none).</param>
/// <param name="QuietTo">Their end, "07:00" (none).</param>
/// <param name="Urgent">True when quiet hours do not hold it back (false).</param>
/// <param name="TimeZone">IANA name ("UTC").</param>
/// <param name="Emails">At most 20 addresses (none).</param>
/// <param name="Webhook">An https address; each message is signed (none).</param>
/// <param name="Paused">True to keep it without watching (false).</param>
public sealed record AlertDraft(
    string? Name, AlertKind? Kind, QueryId? Query, bool? NegativeOnly, int? Threshold, int? Window, int? Hour, int? MostPerDay, string? QuietFrom, string? QuietTo, bool? Urgent,
    string? TimeZone, IReadOnlyList<string>? Emails, string? Webhook, bool? Paused);

/// <summary>What became of an alert that was to be kept.</summary>
public abstract record KeptAlert
{
    private KeptAlert() { }

    /// <summary>It is kept.</summary>
    /// <param name="Alert">Its id.</param>
    /// <param name="Secret">Signs its webhook's messages; shown when the webhook is new, null otherwise.</param>
    public sealed record Done(AlertId Alert, string? Secret) : KeptAlert;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptAlert;

    public sealed record Unknown : KeptAlert;
}

/// <summary>Keeps, changes, lists and removes alerts.</summary>
public sealed class AlertRules(Database db, WebhookSecrets secrets, PublicAddress address, TimeProvider clock)
{
    public async Task<IReadOnlyList<AlertView>> All(CancellationToken ct)
    {
        var rows = await db.Set<AlertRow>().AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(ct);
        var names = await db.Set<QueryRow>().Select(q => new { q.Id, q.Name }).ToDictionaryAsync(q => q.Id, q => q.Name, ct);
        var waiting = await db.Set<AlertHit>().Where(h => h.Notice == null && (h.Text != null || !db.Set<AlertRow>().Any(a => a.Id == h.Alert && a.Kind == AlertKind.Spike))).GroupBy(h => h.Alert).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return rows.ConvertAll(a => new AlertView(
            a.Id, a.Name, a.Kind, a.Query, a.Query is { } query ? names.GetValueOrDefault(query) : null, a.NegativeOnly, a.Threshold, a.Window, a.Hour, a.MostPerDay, Clock(a.QuietFrom), Clock(a.QuietTo),
            a.Urgent, a.TimeZone, Lines(a.Emails), a.Webhook, a.Paused, a.Kind == AlertKind.Volume ? 0 : waiting.GetValueOrDefault(a.Id), a.LastAt));
    }

    /// <summary>Keeps a new alert.</summary>
    /// <param name="draft">What is wanted.</param>
    /// <param name="home">The address this server is seen under, for links; what the operator said comes first.</param>
    /// <param name="by">Who wants it; answers to its mail reach them.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<KeptAlert> Add(AlertDraft draft, string? home, Actor by, CancellationToken ct)
    {
        var row = new AlertRow { Id = AlertId.New(), Name = "", Kind = draft.Kind ?? default, MostPerDay = 0, TimeZone = "UTC", Emails = "", By = by.Id, CreatedAt = clock.Now() };
        return await Put(row, draft, home, isNew: true, ct);
    }

    /// <summary>Replaces an alert's settings; what waits to be told stays.</summary>
    public async Task<KeptAlert> Change(AlertId id, AlertDraft draft, string? home, CancellationToken ct) =>
        await db.Set<AlertRow>().SingleOrDefaultAsync(a => a.Id == id, ct) is { } row ? await Put(row, draft, home, isNew: false, ct) : new KeptAlert.Unknown();

    /// <summary>Removes an alert and what waits to be told by it; its notices stay.</summary>
    public Task<bool> Remove(AlertId id, CancellationToken ct) => db.InTransaction(async () =>
    {
        await db.Set<AlertHit>().Where(h => h.Alert == id && h.Notice == null).ExecuteDeleteAsync(ct);
        return await db.Set<AlertRow>().Where(a => a.Id == id).ExecuteDeleteAsync(ct) == 1;
    }, ct);

    private async Task<KeptAlert> Put(AlertRow row, AlertDraft draft, string? home, bool isNew, CancellationToken ct)
    {
        var errors = await Check(row.Id, draft, ct);
        if (errors.Count > 0) return new KeptAlert.Invalid(errors);
        var kind = draft.Kind!.Value;
        (row.Name, row.Kind, row.Query) = (draft.Name!.Trim(), kind, kind == AlertKind.SourceTrouble ? null : draft.Query);
        row.NegativeOnly = draft.NegativeOnly ?? false;
        row.Threshold = kind == AlertKind.Volume ? draft.Threshold ?? 50 : null;
        row.Window = kind == AlertKind.Volume ? draft.Window ?? 60 : null;
        row.Hour = kind == AlertKind.Daily ? draft.Hour ?? 8 : null;
        (row.MostPerDay, row.Urgent, row.TimeZone, row.Paused) = (draft.MostPerDay ?? 20, draft.Urgent ?? false, draft.TimeZone ?? "UTC", draft.Paused ?? false);
        (row.QuietFrom, row.QuietTo) = (Minutes(draft.QuietFrom), Minutes(draft.QuietTo));
        row.Emails = string.Join('\n', Clean(draft.Emails));
        row.Home = address.Given ?? home ?? row.Home;
        string? secret = null;
        var hook = string.IsNullOrWhiteSpace(draft.Webhook) ? null : draft.Webhook.Trim();
        if (hook is null) row.Secret = null;
        else if (hook != row.Webhook || row.Secret is null) row.Secret = secrets.Protect(secret = StandardWebhook.NewSecret());
        row.Webhook = hook;
        if (isNew) db.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear();
            return new KeptAlert.Invalid([new("name", "is taken by another alert")]);
        }

        return new KeptAlert.Done(row.Id, secret);
    }

    private async Task<List<FieldError>> Check(AlertId id, AlertDraft draft, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var name = draft.Name?.Trim() ?? "";
        if (name.Length is 0 or > 100) errors.Add(new("name", "must have 1 to 100 characters"));
        else if (await db.Set<AlertRow>().AnyAsync(a => a.Name == name && a.Id != id, ct)) errors.Add(new("name", "is taken by another alert"));
        if (draft.Kind is null) errors.Add(new("kind", "must be one of atOnce, hourly, daily, volume, sourceTrouble, spike"));
        if (draft.Kind is not (null or AlertKind.SourceTrouble) && (draft.Query is not { } query || !await db.Set<QueryRow>().AnyAsync(q => q.Id == query, ct))) errors.Add(new("query", "must be a saved query"));
        Between("threshold", draft.Threshold, 1, 1_000_000);
        Between("window", draft.Window, 1, 1_440);
        Between("hour", draft.Hour, 0, 23);
        Between("mostPerDay", draft.MostPerDay, 1, 1_000);
        if (Given(draft.QuietFrom) && Minutes(draft.QuietFrom) is null) errors.Add(new("quietFrom", "must be a time like 22:00"));
        if (Given(draft.QuietTo) && Minutes(draft.QuietTo) is null) errors.Add(new("quietTo", "must be a time like 07:00"));
        if (Given(draft.QuietFrom) != Given(draft.QuietTo)) errors.Add(new(Given(draft.QuietFrom) ? "quietTo" : "quietFrom", "is missing: quiet hours have a beginning and an end"));
        if (draft.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) errors.Add(new("timeZone", "must be a time zone like Europe/Berlin"));
        var emails = Clean(draft.Emails);
        if (emails.Count > 20) errors.Add(new("emails", "must be at most 20 addresses"));
        else if (emails.Find(e => !MailServer.IsAddress(e)) is { } wrong) errors.Add(new("emails", $"'{wrong}' is no e-mail address"));
        if (Given(draft.Webhook) && (!Uri.TryCreate(draft.Webhook!.Trim(), UriKind.Absolute, out var hook) || hook.Scheme is not ("http" or "https") || draft.Webhook.Length > 500)) errors.Add(new("webhook", "must be an address that begins with https://"));
        return errors;

        void Between(string field, int? value, int least, int most)
        {
            if (value < least || value > most) errors.Add(new(field, string.Create(CultureInfo.InvariantCulture, $"must be between {least:N0} and {most:N0}")));
        }
    }

    internal static IReadOnlyList<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static bool Given(string? text) => !string.IsNullOrWhiteSpace(text);

    private static List<string> Clean(IEnumerable<string?>? emails) => [.. (emails ?? []).OfType<string>().Select(e => e.Trim()).Where(e => e.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static int? Minutes(string? text) =>
        TimeOnly.TryParseExact(text?.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;

    private static string? Clock(int? minutes) => minutes is { } m ? string.Create(CultureInfo.InvariantCulture, $"{m / 60:00}:{m % 60:00}") : null;
}
