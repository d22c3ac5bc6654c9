using System.Text;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>Reads what was seen of votes, for a search.</summary>
internal sealed class ReadTraces(Database db)
{
    /// <summary>At most so many accounts of the ideas in question are looked at together, the latest voters first.</summary>
    private const int MostAccounts = 20_000;

    /// <summary>Everything that is kept.</summary>
    public async Task<Traces> All(CancellationToken ct) => await Of(db.IdeaSignals, null, ct);

    /// <summary>The ideas' voters, with all that they voted on.</summary>
    /// <param name="ideas">At most a few hundred.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Traces> Around(IReadOnlyCollection<IdeaId> ideas, CancellationToken ct)
    {
        var here = db.IdeaSignals.Where(s => ideas.Contains(s.Idea)).GroupBy(s => s.User).Select(g => new { User = g.Key, At = g.Max(s => s.At) })
            .OrderByDescending(u => u.At).ThenBy(u => u.User).Take(MostAccounts).Select(u => u.User);
        var networks = db.IdeaSignals.Where(s => s.Network != 0 && here.Contains(s.User)).Select(s => s.Network).Distinct();
        var sizes = await db.IdeaSignals.Where(s => networks.Contains(s.Network)).Select(s => new { s.Network, s.User }).Distinct()
            .GroupBy(s => s.Network).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return await Of(db.IdeaSignals.Where(s => here.Contains(s.User)), sizes, ct);
    }

    private async Task<Traces> Of(IQueryable<IdeaSignal> signals, Dictionary<long, int>? networks, CancellationToken ct)
    {
        var seen = await (from s in signals
                          join v in db.IdeaVotes on new { s.Idea, s.User } equals new { v.Idea, v.User } into given
                          from v in given.DefaultIfEmpty()
                          where s.Posted || v != null
                          select new { s.User, s.Idea, Stance = v == null ? Stance.Promote : v.Stance, s.At, s.Device, s.Network, s.Agent, s.Referrer }).AsNoTracking().ToListAsync(ct);
        var users = signals.Select(s => s.User);
        var visitors = await db.IdeaVisitors.AsNoTracking().Where(v => users.Contains(v.User)).Select(v => new TracedAccount(v.User, v.Since, v.ThrowAwayMail)).ToListAsync(ct);
        var on = signals.Select(s => s.Idea);
        var ideas = await db.Ideas.AsNoTracking().Where(i => on.Contains(i.Id)).Select(i => new TracedIdea(i.Id, i.Author)).ToListAsync(ct);
        return new(visitors, seen.ConvertAll(s => new TracedVote(s.User, s.Idea, s.Stance, s.At, s.Device, s.Network, s.Agent, Number(s.Referrer))), ideas) { AccountsOnNetwork = networks };
    }

    // FNV-1a (Fowler, Noll & Vo), so that a host is a number like the other traces.
    private static long Number(string? host)
    {
        if (host is null) return 0;
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(host)) hash = unchecked((hash ^ b) * 1099511628211UL);
        return unchecked((long)hash);
    }
}
