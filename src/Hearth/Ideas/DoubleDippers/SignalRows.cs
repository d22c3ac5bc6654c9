using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>Keeps what was seen, many at once, in the transaction of the votes themselves.</summary>
internal static class SignalRows
{
    public static IdeaSignal Of(UserId user, IdeaId idea, DateTimeOffset at, VoteFrom from, bool posted = false) => new()
    {
        User = user, Idea = idea, At = at, Device = from.Device, Network = from.Network, Agent = from.Agent, Referrer = from.Referrer, Posted = posted,
    };

    public static async Task Put(Database db, IReadOnlyCollection<IdeaSignal> signals, CancellationToken ct)
    {
        if (signals.Count == 0) return;
        var rows = signals.GroupBy(s => (s.User, s.Idea)).Select(g => g.Last()).ToArray(); // one statement must not meet a row twice
        if (db.Kind == DatabaseKind.Sqlite)
        {
            var json = JsonSerializer.Serialize(rows.Select(s => new object?[]
            {
                Convert.ToHexString(s.User.Value.ToByteArray(true)), Convert.ToHexString(s.Idea.Value.ToByteArray(true)), s.At.ToUnixMicroseconds(), s.Device, s.Network, s.Agent, s.Referrer, s.Posted ? 1 : 0,
            }));
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO ideas_signals (user, idea, at, device, network, agent, referrer, posted)
                SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7 FROM json_each({json}) WHERE true
                ON CONFLICT (user, idea) DO UPDATE SET at = excluded.at, device = excluded.device, network = excluded.network, agent = excluded.agent, referrer = excluded.referrer
                """, ct);
            return;
        }

        var (users, ideas) = (rows.Select(s => s.User.Value).ToArray(), rows.Select(s => s.Idea.Value).ToArray());
        var (times, devices) = (rows.Select(s => s.At.ToUnixMicroseconds()).ToArray(), rows.Select(s => s.Device).ToArray());
        var (networks, agents) = (rows.Select(s => s.Network).ToArray(), rows.Select(s => s.Agent).ToArray());
        var (referrers, posted) = (rows.Select(s => s.Referrer).ToArray(), rows.Select(s => s.Posted).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ideas_signals ("user", idea, at, device, network, agent, referrer, posted)
            SELECT * FROM unnest({users}, {ideas}, {times}, {devices}, {networks}, {agents}, {referrers}, {posted})
            ON CONFLICT ("user", idea) DO UPDATE SET at = excluded.at, device = excluded.device, network = excluded.network, agent = excluded.agent, referrer = excluded.referrer
            """, ct);
    }
}
