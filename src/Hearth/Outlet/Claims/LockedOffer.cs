using System.Data.Common;
using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Database = Hearth.Platform.Database;

namespace Hearth.Outlet;

/// <summary>What holding units of an offer asks of it, read while nobody else can change it.</summary>
internal sealed record LockedOffer(OfferStage Stage, DateTimeOffset? PausedAt, DateTimeOffset Opens, DateTimeOffset Closes, int Left, int Held, int LimitPerPerson, int HoldMinutes, string? Countries, bool Floats, Audience Audience, DateTimeOffset? PublicFrom)
{
    private const string Offers = "SELECT stage, paused_at, opens, closes, \"left\", held, limit_per_person, hold_minutes, countries, up_to, audience, public_from FROM outlet_offers WHERE id = ";
    private const string Claims = "SELECT id, offer, visitor, contact, state, until FROM outlet_claims WHERE ";

    public OfferState StateAt(DateTimeOffset now) => Offer.StateOf(Stage, PausedAt, Opens, Closes, Left, now);

    public bool IsForAll(DateTimeOffset now) => Audience == Audience.Everyone || PublicFrom <= now;

    /// <summary>Locks the offer, then reads it (null when there is none) and the claims by the ids that are asked for, and those that the people who ask have of this offer: a visitor and a contact each name a person.</summary>
    /// <remarks>Past the change tracker and its translation, and on PostgreSQL waiting for the server once: under a burst this is most of what a group does.</remarks>
    public static async Task<(LockedOffer? Offer, IReadOnlyCollection<KnownClaim> Claims)> Read(Database db, OfferId id, IReadOnlyList<(int Index, WantedUnit Item)> wants, CancellationToken ct)
    {
        var found = new Dictionary<ClaimId, KnownClaim>();
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (connection is NpgsqlConnection postgres)
        {
            // A read that came before another's commit would see too many left. One look into an index for each person: a plan made while the table was small would read all of it for every group.
            await using var batch = new NpgsqlBatch(postgres, (NpgsqlTransaction)transaction);
            batch.BatchCommands.Add(new(Offers + "$1 FOR UPDATE") { Parameters = { new() { Value = id.Value } } });
            batch.BatchCommands.Add(new($"SELECT c.* FROM unnest($2, $3, $4) AS w(claim, visitor, contact) CROSS JOIN LATERAL ({Claims}id = w.claim UNION {Claims}offer = $1 AND visitor = w.visitor UNION {Claims}offer = $1 AND contact = w.contact) c")
            {
                Parameters =
                {
                    new() { Value = id.Value }, new() { Value = wants.Select(w => w.Item.Claim.Value).ToArray() },
                    new() { Value = wants.Select(w => w.Item.Visitor.Value).ToArray() }, new() { Value = wants.Select(w => w.Item.Contact).ToArray() },
                },
            });
            await batch.PrepareAsync(ct); // kept with the connection
            await using var both = await batch.ExecuteReaderAsync(ct);
            var offer = await One(both, ct);
            await both.NextResultAsync(ct);
            await Add(both, found, ct);
            return (offer, found.Values);
        }

        await using var command = (SqliteCommand)connection.CreateCommand(); // its transaction is the only one that writes
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = Offers + "$offer";
        command.Parameters.AddWithValue("$offer", id.Value.ToByteArray(bigEndian: true));
        LockedOffer? read;
        await using (var rows = await command.ExecuteReaderAsync(ct)) read = await One(rows, ct);
        command.CommandText = $"{Claims}id = $id UNION ALL {Claims}offer = $offer AND visitor = $visitor UNION ALL {Claims}offer = $offer AND contact = $contact";
        var (claim, visitor, contact) = (command.Parameters.Add("$id", SqliteType.Blob), command.Parameters.Add("$visitor", SqliteType.Blob), command.Parameters.Add("$contact", SqliteType.Text));
        foreach (var (_, want) in wants)
        {
            (claim.Value, visitor.Value, contact.Value) = (want.Claim.Value.ToByteArray(bigEndian: true), want.Visitor.Value.ToByteArray(bigEndian: true), want.Contact);
            await using var rows = await command.ExecuteReaderAsync(ct);
            await Add(rows, found, ct);
        }

        return (read, found.Values);
    }

    /// <summary>Takes units off sale, for holds; false when there are not as many.</summary>
    public static async Task<bool> Take(Database db, OfferId id, int units, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"UPDATE outlet_offers SET \"left\" = \"left\" - @units, held = held + @units WHERE id = @id AND stage = {(int)OfferStage.Published} AND \"left\" >= @units";
        foreach (var (name, value) in ((string, object)[])[("@units", units), ("@id", db.Kind == DatabaseKind.Sqlite ? id.Value.ToByteArray(bigEndian: true) : id.Value)])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await command.PrepareAsync(ct); // kept with the connection
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private static async Task<LockedOffer?> One(DbDataReader rows, CancellationToken ct) => !await rows.ReadAsync(ct) ? null : new(
        (OfferStage)rows.GetInt32(0), rows.IsDBNull(1) ? null : At(rows, 1), At(rows, 2), At(rows, 3), rows.GetInt32(4), rows.GetInt32(5), rows.GetInt32(6), rows.GetInt32(7), rows.IsDBNull(8) ? null : rows.GetString(8),
        !rows.IsDBNull(9), (Audience)rows.GetInt32(10), rows.IsDBNull(11) ? null : At(rows, 11));

    private static async Task Add(DbDataReader rows, Dictionary<ClaimId, KnownClaim> found, CancellationToken ct)
    {
        while (await rows.ReadAsync(ct))
        {
            var row = new KnownClaim(new(Id(rows, 0)), new(Id(rows, 1)), new(Id(rows, 2)), rows.GetString(3), (ClaimState)rows.GetInt32(4), At(rows, 5));
            found[row.Id] = row;
        }
    }

    private static DateTimeOffset At(DbDataReader rows, int column) => Time.FromUnixMicroseconds(rows.GetInt64(column));

    private static Guid Id(DbDataReader rows, int column) => rows is NpgsqlDataReader ? rows.GetGuid(column) : new(rows.GetFieldValue<byte[]>(column), bigEndian: true);
}

/// <summary>A claim that stands before this group, or that it has made.</summary>
internal sealed record KnownClaim(ClaimId Id, OfferId Offer, VisitorId Visitor, string Contact, ClaimState State, DateTimeOffset Until);
