using System.Globalization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>Looks every minute at the ideas that drew votes since the last look.</summary>
public sealed record LookAtNewVotes : IJob;

/// <summary>Looks once a day at everything that is kept, and forgets what is older than the board keeps it.</summary>
public sealed record LookAtAllVotes : IJob;

/// <summary>
/// Holds votes that seem not to be honest. 1. Find what is suspicious. 2. Leave out what a person has decided. 3. Add to the waiting case of the same
/// accounts, or open one. 4. Hold the votes. Steps 2 to 4 are one transaction: a case without held votes, or held votes without a case, cannot be.
/// </summary>
public sealed partial class LookForDippers(Database db, WatchBoard watch, HoldVotes hold, TimeProvider clock, ILogger<LookForDippers> log)
{
    private const int IdeasAtOnce = 200;

    /// <summary>Looks at the ideas with votes since the last look.</summary>
    /// <returns>How many votes were held.</returns>
    public async Task<int> AtNewVotes(CancellationToken ct)
    {
        if (await watch.Row(ct) is not { IsOn: true } row) return 0;
        var (now, last) = (clock.Now(), row.LookedAt ?? Time.FromUnixMicroseconds(0));
        var since = last.AddMinutes(-1); // what committed after we looked may be dated a little before
        var ideas = await db.IdeaSignals.Where(s => s.At >= since).Select(s => s.Idea).Distinct().ToListAsync(ct);
        var held = 0;
        await HoldAgain(ct);
        foreach (var some in ideas.Chunk(IdeasAtOnce)) held += await Hold(FindDoubleDippers.In(await new ReadTraces(db).Around(some, ct)), ct);
        await db.IdeaWatches.ExecuteUpdateAsync(set => set.SetProperty(w => w.LookedAt, now), ct);
        return held;
    }

    /// <summary>Looks at everything that is kept.</summary>
    /// <returns>How many votes were held.</returns>
    public async Task<int> AtAll(CancellationToken ct)
    {
        if (await watch.Row(ct) is not { IsOn: true }) return 0;
        return await Hold(FindDoubleDippers.In(await new ReadTraces(db).All(ct)), ct);
    }

    /// <summary>Forgets what was seen longer ago than the board keeps it. Held votes and cases stay.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> Forget(CancellationToken ct)
    {
        var until = clock.Now().AddDays(-(await watch.Row(ct)).KeepDays);
        return await db.IdeaSignals.Where(s => s.At < until).ExecuteDeleteAsync(ct);
    }

    private async Task<int> Hold(IReadOnlyList<Suspicion> suspicions, CancellationToken ct)
    {
        var held = 0;
        foreach (var suspicion in suspicions) held += await db.InTransaction(() => Hold(suspicion, ct), ct);
        return held;
    }

    private async Task<int> Hold(Suspicion suspicion, CancellationToken ct)
    {
        // Step 2
        var known = await Known(suspicion, ct);
        var honest = known.Where(v => v.State == DipperState.Released).Select(v => v.Vote.User).ToHashSet();
        if (suspicion.Accounts.Count(honest.Contains) * 2 > suspicion.Accounts.Count) return 0;
        var ofCases = known.Select(v => v.Vote).ToHashSet();
        var votes = suspicion.Held.Select(v => new VoteKey(v.Idea, v.User)).Where(v => !ofCases.Contains(v)).ToArray();
        if (votes.Length == 0) return 0;

        // Step 4 comes before step 3 within the transaction: what cannot be held (taken back meanwhile) belongs to no case.
        var held = await hold.All(votes, "seems to be " + (suspicion.Way is Way.Link or Way.Burst ? "a crowd that was sent" : suspicion.Way == Way.Mutual ? "a ring" : "one hand"), ct);
        if (held.Count == 0) return 0;

        // Step 3
        var now = clock.Now();
        var open = known.Where(v => v.State == DipperState.Waiting).GroupBy(v => v.Case).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Value).Select(g => (DipperCaseId?)g.Key).FirstOrDefault();
        var row = open is { } id ? await db.DipperCases.SingleAsync(c => c.Id == id, ct) : null;
        if (row is null) db.Add(row = new() { Id = DipperCaseId.New(), Way = suspicion.Way, Chance = suspicion.Chance, Signs = string.Join('\n', suspicion.Signs), At = now });
        else if (suspicion.Chance >= row.Chance) (row.Way, row.Chance, row.Signs) = (suspicion.Way, suspicion.Chance, string.Join('\n', suspicion.Signs));
        db.AddRange(held.Select(v => new DipperVote { Case = row.Id, Idea = v.Idea, User = v.User, At = now }));
        row.Votes += held.Count;
        var before = known.Where(v => v.Case == row.Id).Select(v => v.Vote.User);
        row.Accounts = before.Concat(held.Select(v => v.User)).Distinct().Count();
        db.Record(new DippersSuspected(row.Id, row.Way, row.Votes, now));
        await db.SaveChangesAsync(ct);
        Held(log, held.Count, suspicion.Way, suspicion.Chance.ToString("0.00", CultureInfo.InvariantCulture));
        return held.Count;
    }

    // Who takes a held vote back and gives it again has a vote that is not held.
    private async Task HoldAgain(CancellationToken ct)
    {
        var loose = await (from d in db.DipperVotes
                           join c in db.DipperCases on d.Case equals c.Id
                           join v in db.IdeaVotes on new { d.Idea, d.User } equals new { v.Idea, v.User }
                           where c.State != DipperState.Released && !v.Held
                           select new { d.Idea, d.User }).ToListAsync(ct);
        if (loose.Count > 0) await hold.All([.. loose.Select(v => new VoteKey(v.Idea, v.User))], "was held before", ct);
    }

    // Votes of these accounts that belong to a case.
    private async Task<List<(DipperCaseId Case, VoteKey Vote, DipperState State)>> Known(Suspicion suspicion, CancellationToken ct)
    {
        var known = new List<(DipperCaseId, VoteKey, DipperState)>();
        foreach (var users in suspicion.Accounts.Chunk(1_000))
        {
            var some = await (from v in db.DipperVotes
                              join c in db.DipperCases on v.Case equals c.Id
                              where users.Contains(v.User)
                              select new { v.Case, v.Idea, v.User, c.State }).AsNoTracking().ToListAsync(ct);
            known.AddRange(some.Select(s => (s.Case, new VoteKey(s.Idea, s.User), s.State)));
        }

        return known;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Held {Votes} votes, way {Way}, chance {Chance}")]
    private static partial void Held(ILogger log, int votes, Way way, string chance);
}

internal sealed class LookAtNewVotesJob(LookForDippers look) : IRun<LookAtNewVotes>
{
    public Task Run(LookAtNewVotes job, CancellationToken ct) => look.AtNewVotes(ct);
}

internal sealed class LookAtAllVotesJob(LookForDippers look) : IRun<LookAtAllVotes>
{
    public async Task Run(LookAtAllVotes job, CancellationToken ct)
    {
        await look.Forget(ct);
        await look.AtAll(ct);
    }
}

/// <summary>Keeps of a new account of the public when it was opened and whether its address lasts minutes.</summary>
internal sealed class NoteVisitor(Database db, Staff staff, WatchBoard watch) : IHandle<AccountOpened>
{
    public async Task Handle(AccountOpened fact, CancellationToken ct)
    {
        if (fact.Role != Role.Community || await watch.Row(ct) is not { IsOn: true } row || await db.IdeaVisitors.AnyAsync(v => v.User == fact.User, ct)) return;
        var email = (await staff.Find(fact.User, ct))?.Email;
        db.Add(new IdeaVisitor { User = fact.User, Since = fact.At, ThrowAwayMail = ThrowAwayMail.Is(email, WatchBoard.Lines(row.Domains)) });
    }
}
