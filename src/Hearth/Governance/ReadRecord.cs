using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>Something that happened, as it was recorded.</summary>
/// <param name="Subject">What it happened to ("conversation:0198...").</param>
/// <param name="Type">Room and name ("Governance.SignedIn").</param>
/// <param name="Body">All that was recorded.</param>
public sealed record RecordEntry(long Position, string Subject, string Type, DateTimeOffset At, JsonElement Body);

/// <summary>The record: every fact of every room, the newest first. Nothing is ever removed from it.</summary>
public sealed class ReadRecord(Database db)
{
    /// <param name="subject">Only facts of it; a kind ("person") takes all subjects that begin with it.</param>
    /// <param name="room">Only facts of a room ("Governance").</param>
    /// <param name="after">The <c>Next</c> of the page before.</param>
    /// <param name="size">1 to 500.</param>
    /// <returns>Null when <paramref name="after"/> is no place in this list.</returns>
    public async Task<Page<RecordEntry>?> Run(string? subject, string? room, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<long?>(after, out var before)) return null;
        var take = Keyset.Size(size);
        var facts = db.Set<FactRow>().AsNoTracking();
        if (before is { } position) facts = facts.Where(f => f.Position < position);
        if (!string.IsNullOrWhiteSpace(subject)) facts = subject.Contains(':') ? facts.Where(f => f.Subject == subject) : facts.Where(f => f.Subject.StartsWith(subject.Trim() + ":"));
        if (!string.IsNullOrWhiteSpace(room)) facts = facts.Where(f => f.Type.StartsWith(room.Trim() + "."));
        var rows = await facts.OrderByDescending(f => f.Position).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, f => f.Position).Select(f => new RecordEntry(f.Position, f.Subject, f.Type, f.At, JsonSerializer.Deserialize<JsonElement>(f.Body)));
    }
}
