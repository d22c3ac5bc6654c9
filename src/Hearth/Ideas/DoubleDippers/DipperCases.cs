using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>A case of suspected double dipping.</summary>
/// <param name="Id">The case.</param>
/// <param name="Way">What drew attention.</param>
/// <param name="State">waiting, confirmed or released.</param>
/// <param name="Chance">How likely it is not honest, 0 to 1, when it was found.</param>
/// <param name="Signs">What speaks for it, the strongest first.</param>
/// <param name="Accounts">How many accounts have votes in it.</param>
/// <param name="Votes">How many votes are in it.</param>
/// <param name="At">When it was opened.</param>
/// <param name="ByName">Who decided; null while it waits.</param>
/// <param name="Reason">The reason given.</param>
/// <param name="DecidedAt">When.</param>
public sealed record DipperCaseLine(
    DipperCaseId Id, Way Way, DipperState State, double Chance, IReadOnlyList<string> Signs, int Accounts, int Votes, DateTimeOffset At, string? ByName, string? Reason, DateTimeOffset? DecidedAt);

/// <summary>A vote of a case, with what is still kept of it.</summary>
/// <param name="Idea">On which idea.</param>
/// <param name="Title">The idea's title.</param>
/// <param name="User">Whose vote.</param>
/// <param name="Name">The account's name; null when it is gone.</param>
/// <param name="Since">When the account was opened; null when not known.</param>
/// <param name="ThrowAwayMail">Its address lasts minutes.</param>
/// <param name="Stance">Promote or demote; none once it was taken back.</param>
/// <param name="At">When it was given; null once taken back.</param>
/// <param name="Held">True while it counts nowhere.</param>
/// <param name="Browser">A letter: the same letter is the same browser within this list. Null when not seen, or forgotten.</param>
/// <param name="Network">A number: the same number is the same network within this list.</param>
/// <param name="Referrer">The host that led here.</param>
public sealed record DipperVoteLine(
    IdeaId Idea, string Title, UserId User, string? Name, DateTimeOffset? Since, bool ThrowAwayMail, Stance Stance, DateTimeOffset? At, bool Held, string? Browser, int? Network, string? Referrer);

/// <summary>How many votes were held in a month, and what became of them.</summary>
/// <param name="Month">Its first day, UTC.</param>
/// <param name="Way">What drew attention.</param>
/// <param name="Cases">Cases opened.</param>
/// <param name="Votes">Votes held.</param>
/// <param name="Waiting">Of those, not yet decided by a person.</param>
/// <param name="Confirmed">Of those, still held after a person looked.</param>
/// <param name="Released">Of those, counting again.</param>
public sealed record HeldMonth(DateOnly Month, Way Way, int Cases, int Votes, int Waiting, int Confirmed, int Released);

/// <summary>Reads the cases.</summary>
public sealed class DipperCases(Database db, Staff staff)
{
    private const int MostVotes = 500;

    /// <summary>Cases in one state, the newest first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<DipperCaseLine>?> List(DipperState state, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<long?>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var rows = await db.DipperCases.AsNoTracking().Where(c => c.State == state && c.Number < (last ?? long.MaxValue)).OrderByDescending(c => c.Number).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, c => (long?)c.Number).Select(Line);
    }

    /// <summary>How many cases wait for a person.</summary>
    public Task<int> Waiting(CancellationToken ct) => db.DipperCases.CountAsync(c => c.State == DipperState.Waiting, ct);

    public async Task<DipperCaseLine?> Find(DipperCaseId id, CancellationToken ct) => await db.DipperCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } row ? Line(row) : null;

    /// <summary>The votes of a case by idea and time; at most 500.</summary>
    public async Task<IReadOnlyList<DipperVoteLine>> Votes(DipperCaseId id, CancellationToken ct)
    {
        var rows = await (from d in db.DipperVotes.Where(d => d.Case == id)
                          join i in db.Ideas on d.Idea equals i.Id
                          join v in db.IdeaVotes on new { d.Idea, d.User } equals new { v.Idea, v.User } into votes
                          from v in votes.DefaultIfEmpty()
                          join s in db.IdeaSignals on new { d.Idea, d.User } equals new { s.Idea, s.User } into signals
                          from s in signals.DefaultIfEmpty()
                          join a in db.IdeaVisitors on d.User equals a.User into visitors
                          from a in visitors.DefaultIfEmpty()
                          orderby i.Number, d.User
                          select new
                          {
                              d.Idea, i.Title, d.User, Since = (DateTimeOffset?)a.Since, ThrowAway = (bool?)a.ThrowAwayMail, Stance = (Stance?)v.Stance, At = (DateTimeOffset?)v.At, Held = (bool?)v.Held,
                              Device = (long?)s.Device, Network = (long?)s.Network, s.Referrer,
                          }).AsNoTracking().Take(MostVotes).ToListAsync(ct);
        var names = await staff.Names(rows.Select(r => r.User), ct);
        var browsers = Places(rows.Select(r => r.Device));
        var networks = Places(rows.Select(r => r.Network));
        return [.. rows.Select(r => new DipperVoteLine(r.Idea, r.Title, r.User, names.GetValueOrDefault(r.User), r.Since, r.ThrowAway ?? false, r.Stance ?? Stance.None, r.At, r.Held ?? false,
            r.Device is { } d && browsers.TryGetValue(d, out var b) ? Letter(b) : null, r.Network is { } n && networks.TryGetValue(n, out var place) ? place + 1 : null, r.Referrer))];
    }

    /// <summary>Held votes by month and way, the latest month first: for everybody to read.</summary>
    public async Task<IReadOnlyList<HeldMonth>> ByMonth(CancellationToken ct)
    {
        var cases = await db.DipperCases.AsNoTracking().Select(c => new { c.At, c.Way, c.State, c.Votes }).ToListAsync(ct);
        return [.. cases.GroupBy(c => (Month: new DateOnly(c.At.Year, c.At.Month, 1), c.Way)).OrderByDescending(g => g.Key.Month).ThenBy(g => g.Key.Way).Select(g =>
        {
            int In(DipperState state) => g.Where(c => c.State == state).Sum(c => c.Votes);
            return new HeldMonth(g.Key.Month, g.Key.Way, g.Count(), g.Sum(c => c.Votes), In(DipperState.Waiting), In(DipperState.Confirmed), In(DipperState.Released));
        })];
    }

    internal static void Map(IEndpointRouteBuilder dippers)
    {
        dippers.MapGet("/", async Task<Results<Ok<Page<DipperCaseLine>>, ProblemHttpResult>> (string? state, string? after, int? size, DipperCases cases, CancellationToken ct) =>
        {
            if (!Word<DipperState>.TryParse(state ?? "waiting", out var wanted)) return Problems.Invalid("state", "must be waiting, confirmed or released");
            return await cases.List(wanted.Value, after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace();
        }).WithName("listDipperCases").RequireAuthorization(Access.Read).WithSummary("Votes that are held because they seem not to be honest, by case, newest first").ProducesProblem(400);
        dippers.MapGet("/{id:guid}", async Task<Results<Ok<DipperCaseLine>, ProblemHttpResult>> (Guid id, DipperCases cases, CancellationToken ct) =>
            await cases.Find(new(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("case"))
            .WithName("getDipperCase").RequireAuthorization(Access.Read).WithSummary("One case of suspected double dipping").ProducesProblem(404);
        dippers.MapGet("/{id:guid}/votes", async Task<Ok<IReadOnlyList<DipperVoteLine>>> (Guid id, DipperCases cases, CancellationToken ct) => TypedResults.Ok(await cases.Votes(new(id), ct)))
            .WithName("listDipperVotes").RequireAuthorization(Access.Read).WithSummary("The votes of a case with what is kept of each, at most 500");
        dippers.MapGet("/log", async Task<Ok<IReadOnlyList<HeldMonth>>> (DipperCases cases, CancellationToken ct) => TypedResults.Ok(await cases.ByMonth(ct)))
            .WithName("listHeldVotes").AllowAnonymous().WithSummary("Held votes by month and reason, and what became of them");
    }

    private static DipperCaseLine Line(DipperCase c) => new(c.Id, c.Way, c.State, c.Chance, c.Signs.Split('\n'), c.Accounts, c.Votes, c.At, c.ByName, c.Reason, c.DecidedAt);

    private static Dictionary<long, int> Places(IEnumerable<long?> seen) => seen.OfType<long>().Where(x => x != 0).Distinct().Select((x, i) => (x, i)).ToDictionary(p => p.x, p => p.i);

    // A, B, ... Z, AA, AB, ...
    private static string Letter(int place) => (place >= 26 ? Letter(place / 26 - 1) : "") + (char)('A' + place % 26);
}
