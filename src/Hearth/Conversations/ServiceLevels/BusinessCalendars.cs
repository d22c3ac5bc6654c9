using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

public readonly record struct CalendarId(Guid Value) : IId<CalendarId>
{
    public static CalendarId New() => new(Ids.New());

    public static CalendarId From(Guid value) => new(value);
}

internal sealed class CalendarRow
{
    public required CalendarId Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The draft as JSON, as its maker wrote it.</summary>
    public required string Body { get; set; }
}

/// <summary>Hours of a week; each day like "09:00-12:00, 13:00-17:30", null or empty when closed, "00:00-24:00" when open around the clock.</summary>
public sealed record WeekHours(string? Monday = null, string? Tuesday = null, string? Wednesday = null, string? Thursday = null, string? Friday = null, string? Saturday = null, string? Sunday = null)
{
    internal IEnumerable<(DayOfWeek Day, string? Text)> Days() =>
    [
        (DayOfWeek.Monday, Monday), (DayOfWeek.Tuesday, Tuesday), (DayOfWeek.Wednesday, Wednesday), (DayOfWeek.Thursday, Thursday), (DayOfWeek.Friday, Friday), (DayOfWeek.Saturday, Saturday),
        (DayOfWeek.Sunday, Sunday),
    ];
}

/// <summary>Working hours as they are asked for.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="TimeZone">IANA name ("Europe/Berlin"), whose wall clock the hours are read from.</param>
/// <param name="Hours">Of each weekday.</param>
/// <param name="Holidays">Closed days: "2026-12-24 Closed early" once, "12-25 Christmas" every year; at most 500.</param>
public sealed record CalendarDraft(string? Name, string? TimeZone, WeekHours? Hours, IReadOnlyList<string>? Holidays = null);

/// <summary>Working hours.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">What people call them.</param>
/// <param name="TimeZone">Whose wall clock the hours are read from.</param>
/// <param name="Hours">Of each weekday.</param>
/// <param name="Holidays">Closed days.</param>
public sealed record CalendarView(CalendarId Id, string Name, string TimeZone, WeekHours Hours, IReadOnlyList<string> Holidays);

/// <summary>The working hours of the brand's teams.</summary>
public sealed class BusinessCalendars(Database db)
{
    private readonly Dictionary<CalendarId, BusinessCalendar> _read = [];

    /// <summary>The calendar, ready to count with; null when there is none.</summary>
    public async Task<BusinessCalendar?> Find(CalendarId id, CancellationToken ct) =>
        await db.Set<CalendarRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } row ? CalendarText.Read(Draft(row), []) : null;

    /// <summary>The calendar, or around the clock when none is named or it is gone.</summary>
    public async Task<BusinessCalendar> OrAlways(CalendarId? id, CancellationToken ct)
    {
        if (id is not { } named) return BusinessCalendar.Always;
        if (_read.TryGetValue(named, out var known)) return known;
        return _read[named] = await Find(named, ct) ?? BusinessCalendar.Always;
    }

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<CalendarView>> All(CancellationToken ct) =>
        [.. (await db.Set<CalendarRow>().AsNoTracking().ToListAsync(ct)).Select(View).OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id.Value)];

    /// <summary>Keeps working hours: new ones, or in place of those of <paramref name="id"/>. Clocks that run count by the new hours from their next step on.</summary>
    /// <returns>What is wrong, empty when it was kept; the id is null when something is wrong or there are no such hours.</returns>
    public async Task<(CalendarId? Id, IReadOnlyList<FieldError> Errors)> Put(CalendarId? id, CalendarDraft draft, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (CalendarText.Read(draft, errors) is null) return (null, errors);
        _read.Clear();
        var clean = draft with { Name = draft.Name!.Trim(), Holidays = [.. (draft.Holidays ?? []).Where(h => !string.IsNullOrWhiteSpace(h)).Select(h => h.Trim())] };
        var (name, body) = (clean.Name!, JsonSerializer.Serialize(clean, Json.Options));
        if (id is { } known)
        {
            return await db.Set<CalendarRow>().Where(c => c.Id == known).ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, name).SetProperty(c => c.Body, body), ct) > 0 ? (known, []) : (null, []);
        }

        var row = new CalendarRow { Id = CalendarId.New(), Name = name, Body = body };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return (row.Id, []);
    }

    /// <summary>Forgets working hours; who counted by them counts around the clock.</summary>
    public Task Remove(CalendarId id, CancellationToken ct) => db.Set<CalendarRow>().Where(c => c.Id == id).ExecuteDeleteAsync(ct);

    private static CalendarDraft Draft(CalendarRow row) => JsonSerializer.Deserialize<CalendarDraft>(row.Body, Json.Options)!;

    private static CalendarView View(CalendarRow row)
    {
        var draft = Draft(row);
        return new(row.Id, row.Name, draft.TimeZone!, draft.Hours!, draft.Holidays ?? []);
    }
}
