using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>One vote: an account has one on an idea.</summary>
public readonly record struct VoteKey(IdeaId Idea, UserId User);

/// <summary>Votes read and written many at once, the way each database likes it: arrays on PostgreSQL, one JSON text on SQLite.</summary>
internal static class VoteRows
{
    /// <summary>An id as statements of our own must give it: they do not pass the model's conversions.</summary>
    public static object Key(Database db, Guid id) => db.Kind == DatabaseKind.Postgres ? id : id.ToByteArray(bigEndian: true);

    /// <summary>Those of the votes that there are.</summary>
    public static async Task<Dictionary<VoteKey, IdeaVote>> Read(Database db, IReadOnlyCollection<VoteKey> keys, CancellationToken ct)
    {
        var (ideas, users, json) = (Ideas(keys), Users(keys), db.Kind == DatabaseKind.Sqlite ? Json(keys) : "");
        var rows = db.Kind == DatabaseKind.Postgres
            ? db.IdeaVotes.FromSql($"""SELECT v.* FROM unnest({ideas}, {users}) AS k (idea, "user") JOIN ideas_votes v ON v.idea = k.idea AND v."user" = k."user" """)
            : db.IdeaVotes.FromSql($"SELECT v.* FROM json_each({json}) k JOIN ideas_votes v ON v.idea = unhex(k.value ->> 0) AND v.user = unhex(k.value ->> 1)");
        return await rows.AsNoTracking().ToDictionaryAsync(v => new VoteKey(v.Idea, v.User), ct);
    }

    /// <summary>Writes votes that are new or changed; one that was carried from a merged idea is given here from now on.</summary>
    public static async Task Put(Database db, IReadOnlyCollection<IdeaVote> votes, CancellationToken ct)
    {
        if (votes.Count == 0) return;
        var keys = votes.Select(v => new VoteKey(v.Idea, v.User)).ToArray();
        if (db.Kind == DatabaseKind.Sqlite)
        {
            var json = JsonSerializer.Serialize(votes.Select(v => new object[] { Hex(v.Idea.Value), Hex(v.User.Value), (int)v.Stance, v.At.ToUnixMicroseconds(), v.Weight, v.Held ? 1 : 0 }));
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO ideas_votes (idea, user, stance, at, weight, held)
                SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each({json}) WHERE true
                ON CONFLICT (idea, user) DO UPDATE SET stance = excluded.stance, at = excluded.at, weight = excluded.weight, held = excluded.held, carried_from = NULL
                """, ct);
            return;
        }

        var (stances, times) = (votes.Select(v => (int)v.Stance).ToArray(), votes.Select(v => v.At.ToUnixMicroseconds()).ToArray());
        var (weights, held) = (votes.Select(v => v.Weight).ToArray(), votes.Select(v => v.Held).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ideas_votes (idea, "user", stance, at, weight, held)
            SELECT * FROM unnest({Ideas(keys)}, {Users(keys)}, {stances}, {times}, {weights}, {held})
            ON CONFLICT (idea, "user") DO UPDATE SET stance = excluded.stance, at = excluded.at, weight = excluded.weight, held = excluded.held, carried_from = NULL
            """, ct);
    }

    public static async Task Remove(Database db, IReadOnlyCollection<VoteKey> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return;
        var (ideas, users) = (Ideas(keys), Users(keys));
        _ = db.Kind == DatabaseKind.Postgres
            ? await db.Database.ExecuteSqlAsync($"""DELETE FROM ideas_votes v USING unnest({ideas}, {users}) AS k (idea, "user") WHERE v.idea = k.idea AND v."user" = k."user" """, ct)
            : await db.Database.ExecuteSqlAsync($"DELETE FROM ideas_votes WHERE (idea, user) IN (SELECT unhex(value ->> 0), unhex(value ->> 1) FROM json_each({Json(keys)}))", ct);
    }

    /// <summary>Marks votes as held, or as held no longer.</summary>
    public static async Task Hold(Database db, IReadOnlyCollection<VoteKey> keys, bool held, CancellationToken ct)
    {
        if (keys.Count == 0) return;
        var (ideas, users) = (Ideas(keys), Users(keys));
        _ = db.Kind == DatabaseKind.Postgres
            ? await db.Database.ExecuteSqlAsync($"""UPDATE ideas_votes v SET held = {held} FROM unnest({ideas}, {users}) AS k (idea, "user") WHERE v.idea = k.idea AND v."user" = k."user" """, ct)
            : await db.Database.ExecuteSqlAsync($"UPDATE ideas_votes SET held = {held} WHERE (idea, user) IN (SELECT unhex(value ->> 0), unhex(value ->> 1) FROM json_each({Json(keys)}))", ct);
    }

    public static async Task AddDays(Database db, IReadOnlyCollection<VoteDayChange> days, CancellationToken ct)
    {
        if (days.Count == 0) return;
        if (db.Kind == DatabaseKind.Sqlite)
        {
            var json = JsonSerializer.Serialize(days.Select(d => new object[] { Hex(d.Idea.Value), d.Day, d.Promotions, d.Demotions, d.Net, d.Held }));
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO ideas_vote_days (idea, day, promotions, demotions, net, held)
                SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each({json}) WHERE true
                ON CONFLICT (idea, day) DO UPDATE SET promotions = promotions + excluded.promotions, demotions = demotions + excluded.demotions,
                    net = net + excluded.net, held = held + excluded.held
                """, ct);
            return;
        }

        var ideas = days.Select(d => d.Idea.Value).ToArray();
        int[] Column(Func<VoteDayChange, int> of) => [.. days.Select(of)];
        var nets = days.Select(d => d.Net).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ideas_vote_days AS d (idea, day, promotions, demotions, net, held)
            SELECT * FROM unnest({ideas}, {Column(c => c.Day)}, {Column(c => c.Promotions)}, {Column(c => c.Demotions)}, {nets}, {Column(c => c.Held)})
            ON CONFLICT (idea, day) DO UPDATE SET promotions = d.promotions + excluded.promotions, demotions = d.demotions + excluded.demotions,
                net = d.net + excluded.net, held = d.held + excluded.held
            """, ct);
    }

    private static Guid[] Ideas(IEnumerable<VoteKey> keys) => [.. keys.Select(k => k.Idea.Value)];

    private static Guid[] Users(IEnumerable<VoteKey> keys) => [.. keys.Select(k => k.User.Value)];

    private static string Json(IEnumerable<VoteKey> keys) => JsonSerializer.Serialize(keys.Select(k => new[] { Hex(k.Idea.Value), Hex(k.User.Value) }));

    // Of hyphens a Guid's "N" form has none, and its digits are in RFC 9562 order.
    private static string Hex(Guid id) => id.ToString("N");
}
