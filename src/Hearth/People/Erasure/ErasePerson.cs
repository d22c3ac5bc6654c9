using System.Text.Json;
using Hearth.People.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Erasure;

/// <summary>An erasure is to be gone on with.</summary>
public sealed record ErasePersonData(ErasureId Erasure) : IJob;

/// <summary>What one room did.</summary>
/// <param name="Room">Its name.</param>
/// <param name="Parts">What it found, and what of it remains and why.</param>
public sealed record ErasedRoom(string Room, IReadOnlyList<ErasedPart> Parts);

/// <summary>What became of asking for an erasure.</summary>
public abstract record ErasureAsked
{
    private ErasureAsked() { }

    /// <summary>It is being done.</summary>
    public sealed record Begun(ErasureId Erasure) : ErasureAsked;

    public sealed record Invalid(FieldError Error) : ErasureAsked;

    public sealed record Unknown : ErasureAsked;
}

/// <summary>Erases a person and all who are one with them. From the moment it is asked for, nothing old of them comes in any more.</summary>
public sealed class ErasePerson(Database db, ReadPeople people, ErasedAccounts erased, TimeProvider clock)
{
    public const int MaxWhy = 200;

    /// <param name="person">Whom.</param>
    /// <param name="keepOut">True to keep out what they write from now on, too.</param>
    /// <param name="why">On what ground: a ticket's number, the article. It stays in the report, so no name belongs in it.</param>
    /// <param name="by">Who of ours asks for it.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<ErasureAsked> Begin(PersonId person, bool keepOut, string? why, string by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(why) || why.Length > MaxWhy) return new ErasureAsked.Invalid(new("why", $"must have 1 to {MaxWhy} characters"));
        await erased.Ready(ct);
        return await db.InTransaction<ErasureAsked>(async () =>
        {
            if (await people.Of(person, ct) is not { } card) return new ErasureAsked.Unknown();
            var now = clock.Now();
            var accounts = card.Identities.Select(i => new PersonalAccount(i.Network, i.ExternalId, i.Handle, i.Name)).ToList();
            var row = new ErasureRow
            {
                Id = ErasureId.New(), Persons = JsonSerializer.Serialize(card.Persons.Select(p => p.Value), Json.Options), Accounts = JsonSerializer.Serialize(accounts, Json.Options),
                KeepOut = keepOut, Why = why.Trim(), By = by, At = now, Report = "[]",
            };
            db.Add(row);
            await erased.Add(accounts, keepOut, now, ct);
            db.Enqueue(new ErasePersonData(row.Id), now);
            await db.SaveChangesAsync(ct);
            return new ErasureAsked.Begun(row.Id);
        }, ct);
    }
}

/// <summary>
/// Erases room by room, from the top of the house down, each in a transaction that also notes that the room is done: whoever kills it, the next run goes on where it stood. Last, the files forget too.
/// </summary>
public sealed class ErasePersonRun(Database db, IEnumerable<IPersonalData> rooms, EraseTraces traces, TimeProvider clock) : IRun<ErasePersonData>
{
    public async Task Run(ErasePersonData job, CancellationToken ct)
    {
        foreach (var room in rooms.Reverse())
        {
            await db.InTransaction(async () =>
            {
                db.Forget();
                if (await db.Set<ErasureRow>().SingleOrDefaultAsync(e => e.Id == job.Erasure, ct) is not { Accounts: { } accounts } row) return;
                var report = Read(row.Report);
                if (report.Exists(r => r.Room == room.Room)) return;
                var who = new PersonalScope(JsonSerializer.Deserialize<List<Guid>>(row.Persons, Json.Options)!, JsonSerializer.Deserialize<List<PersonalAccount>>(accounts, Json.Options)!);
                var parts = await room.Erase(who, ct);
                var kept = JsonSerializer.Serialize(report.Append(new ErasedRoom(room.Room, parts)), Json.Options);
                await db.SaveChangesAsync(ct);
                await db.Set<ErasureRow>().Where(e => e.Id == job.Erasure).ExecuteUpdateAsync(set => set.SetProperty(e => e.Report, kept), ct);
            }, ct);
        }

        await db.InTransaction(async () =>
        {
            var now = clock.Now();
            var done = await db.Set<ErasureRow>().Where(e => e.Id == job.Erasure && e.Accounts != null).ExecuteUpdateAsync(set => set.SetProperty(e => e.Accounts, (string?)null), ct);
            if (done == 0) return;
            var persons = await db.Set<ErasureRow>().Where(e => e.Id == job.Erasure).Select(e => e.Persons).SingleAsync(ct);
            db.Record(new PersonErased([.. JsonSerializer.Deserialize<List<Guid>>(persons, Json.Options)!.Select(PersonId.From)], now));
            await db.SaveChangesAsync(ct);
        }, ct);
        await traces.OnDisk(ct);
        var at = clock.Now();
        await db.Set<ErasureRow>().Where(e => e.Id == job.Erasure && e.DoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(e => e.DoneAt, at), ct);
    }

    internal static List<ErasedRoom> Read(string report) => JsonSerializer.Deserialize<List<ErasedRoom>>(report, Json.Options)!;
}
