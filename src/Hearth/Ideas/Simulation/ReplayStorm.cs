using System.Diagnostics;
using Hearth.Governance;
using Hearth.Ideas.DoubleDippers;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Simulation;

/// <summary>A clock that stands until it is turned.</summary>
/// <param name="beginning">Where it stands at first.</param>
public sealed class TurnedClock(DateTimeOffset beginning) : TimeProvider
{
    private DateTimeOffset _now = beginning;

    public void TurnTo(DateTimeOffset now) => _now = now;

    public override DateTimeOffset GetUtcNow() => _now;
}

/// <summary>
/// Replays a storm through the slices that the site uses, a day in a transaction: ideas are posted, votes cast together, comments written, moves made; every
/// week all votes are looked at for double dippers, as the job does every day.
/// </summary>
/// <param name="scopes">Of a house on an empty board, whose clock is <paramref name="clock"/>.</param>
/// <param name="clock">Turned along.</param>
/// <param name="plan">What is replayed.</param>
public sealed class ReplayStorm(IServiceScopeFactory scopes, TurnedClock clock, StormPlan plan)
{
    /// <summary>The first moment of the storm.</summary>
    public static readonly DateTimeOffset Beginning = new(2007, 2, 16, 0, 0, 0, TimeSpan.Zero);

    private const int VotesTogether = 500;
    private static readonly string[] First = ["Ana", "Ben", "Chris", "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jo", "Kit", "Lea", "Max", "Nia", "Otto", "Pia", "Rui", "Sam", "Tom", "Uma", "Vera", "Wim", "Yan", "Zoe"];
    private static readonly Actor[] Staff = [.. new[] { "Priya Nair", "Tom Weber", "Mara Lind" }.Select(name => new Actor(UserId.New(), name, "PN", Department.Product, Role.Agent))];

    private readonly StormScript _script = new(plan);
    private readonly Random _text = new(plan.Seed);
    private (int Votes, int Comments, int Moves, int Ideas) _at;

    /// <summary>Plays it from beginning to end.</summary>
    /// <param name="tell">Told of each month.</param>
    /// <param name="ct">Stops; what is there then is half a storm.</param>
    public async Task<StormReplayed> Run(Action<string> tell, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        clock.TurnTo(Beginning);
        await Prepare(ct);
        for (var day = 0; day < plan.Days; day++)
        {
            if (day % 30 == 0) tell($"day {day:N0} of {plan.Days:N0}: {_at.Ideas:N0} ideas, {_at.Votes:N0} votes, {_at.Comments:N0} comments");
            clock.TurnTo(Beginning.AddDays(day));
            await In<RankEpoch>(e => e.MoveIfDue(ct));
            await Day((day + 1) * 1440.0, ct);
            if (day % 7 != 6 && day != plan.Days - 1) continue;
            clock.TurnTo(Beginning.AddDays(day + 1));
            await In<LookForDippers>(async look =>
            {
                await look.Forget(ct);
                await look.AtAll(ct);
            });
        }

        return await Look(watch, ct);
    }

    private Task Prepare(CancellationToken ct) => In<IdeaCategories>(async shelves =>
    {
        foreach (var (shelf, place) in StormText.Shelves.Select((shelf, place) => (shelf, place))) await shelves.Put(shelf, char.ToUpperInvariant(shelf[0]) + shelf[1..], place, ct);
        await In<Database>(db => db.InsertAll([.. _script.Votes.Select(v => v.By).Distinct().Select(p => new IdeaVisitor { User = p.Id, Since = Beginning.AddMinutes(p.Since), ThrowAwayMail = p.ThrowAway })], ct));
    });

    private async Task Day(double until, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (s, start) = (scope.ServiceProvider, _at);
        var db = s.GetRequiredService<Database>();
        await db.InTransaction(async () =>
        {
            _at = start; // the day may have to be done again
            for (; _at.Ideas < plan.Ideas && _script.PostedAt(_at.Ideas) < until; _at.Ideas++) await Post(s.GetRequiredService<PostIdea>(), _at.Ideas, ct);
            var votes = _script.Votes.Skip(_at.Votes).TakeWhile(v => v.Minute < until).ToArray();
            foreach (var some in votes.Chunk(VotesTogether)) await Cast(s.GetRequiredService<CastVotesTogether>(), some, ct);
            _at.Votes += votes.Length;
            for (; _at.Comments < plan.Comments && _script.Comments[_at.Comments].Minute < until; _at.Comments++) await Say(s.GetRequiredService<CommentOnIdea>(), _script.Comments[_at.Comments], ct);
            db.ChangeTracker.Clear();
            for (; _at.Moves < _script.Moves.Length && _script.Moves[_at.Moves].Minute < until; _at.Moves++) await Move(s.GetRequiredService<MoveIdea>(), _script.Moves[_at.Moves], ct);
            db.ChangeTracker.Clear();
        }, ct);
    }

    private async Task Post(PostIdea post, int idea, CancellationToken ct)
    {
        clock.TurnTo(Beginning.AddMinutes(_script.PostedAt(idea)));
        var subject = _script.Subjects[idea];
        var posted = await post.By(Actor(_script.Board.Authors[idea]), _script.Board.IdeaIds[idea], new(StormText.Title(subject, _text), StormText.Body(subject, _text), StormText.Shelf(subject)), ct);
        if (posted is not PostedIdea.Stands) throw new InvalidOperationException($"Idea {idea} was refused: {posted}.");
    }

    private async Task Cast(CastVotesTogether cast, SimulatedVote[] votes, CancellationToken ct)
    {
        var outcomes = await cast.Commit([.. votes.Select(v => new VoteWanted(_script.Board.IdeaIds[v.Idea], v.By.Id, v.Stance, Popularity.WholeVote, Beginning.AddMinutes(v.Minute),
            new(v.Device, v.Network, v.Agent, v.Referrer == 0 ? null : $"site{v.Referrer % 100_000}.example")))], ct);
        if (outcomes.FirstOrDefault(o => o is not VoteCast.Stands) is { } refused) throw new InvalidOperationException($"A vote was refused: {refused}.");
    }

    private async Task Say(CommentOnIdea comment, StormComment said, CancellationToken ct)
    {
        clock.TurnTo(Beginning.AddMinutes(said.Minute));
        var by = said.By is { } person ? Actor(person) : Staff[_text.Next(Staff.Length)];
        var outcome = await comment.By(by, _script.Board.IdeaIds[said.Idea], IdeaCommentId.New(), StormText.Comment(_script.Subjects[said.Idea], _text), ct);
        if (outcome is not Commented.Stands) throw new InvalidOperationException($"A comment was refused: {outcome}.");
    }

    private async Task Move(MoveIdea move, StormMove to, CancellationToken ct)
    {
        clock.TurnTo(Beginning.AddMinutes(to.Minute));
        var outcome = await move.To(Staff[_text.Next(Staff.Length)], _script.Board.IdeaIds[to.Idea], to.From, to.To, Reason(to.To), ct,
            details: to.To == IdeaStatus.AlreadyOffered ? new("https://example.org/options", null) : null);
        if (outcome is not MovedIdea.Stands) throw new InvalidOperationException($"A move was refused: {outcome}.");
    }

    private async Task<StormReplayed> Look(Stopwatch watch, CancellationToken ct)
    {
        StormReplayed replayed = null!;
        await In<Database>(async db =>
        {
            var held = (await db.IdeaVotes.Where(v => v.Held).Select(v => new { v.User, v.Idea }).ToListAsync(ct)).Select(v => (v.User, v.Idea)).ToHashSet();
            var planted = _script.Votes.Where(v => v.Kind != TrueKind.Honest).Select(v => (v.By.Id, _script.Board.IdeaIds[v.Idea])).ToHashSet();
            var votes = await db.IdeaVotes.GroupBy(v => v.Stance).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
            var people = _script.Votes.Select(v => v.By).Concat(_script.Board.Authors).Distinct().Count();
            replayed = new(await db.Ideas.CountAsync(ct), votes.GetValueOrDefault(Stance.Promote), votes.GetValueOrDefault(Stance.Demote), await db.IdeaComments.CountAsync(ct),
                await db.Ideas.CountAsync(i => i.Status == IdeaStatus.Implemented || i.Status == IdeaStatus.PartiallyImplemented, ct), people, planted.Count,
                held.Count(planted.Contains), held.Count(h => !planted.Contains(h)), await db.DipperCases.CountAsync(ct), watch.Elapsed.TotalSeconds);
        });
        return replayed;
    }

    private static Actor Actor(SimulatedPerson person)
    {
        var bytes = person.Id.Value.ToByteArray();
        return new(person.Id, $"{First[bytes[0] % First.Length]} {(char)('A' + bytes[1] % 26)}.", "AA", null, Role.Community);
    }

    private static string Reason(IdeaStatus to) => to switch
    {
        IdeaStatus.AlreadyOffered => "It is there already: look under options on the product's page.",
        IdeaStatus.NotPlanned => "We worked it out and it would cost more than it helps; we will not do it.",
        IdeaStatus.UnderReview => "Somebody of ours works out whether it can be done, and what it would cost.",
        IdeaStatus.Planned => "Decided: it comes with the next series.",
        IdeaStatus.PartiallyImplemented => "A first part of it is there since this week.",
        IdeaStatus.Implemented => "It is there since this week. Thank you for the idea.",
        _ => "Read, thank you; passed on to the people who can judge it.",
    };

    private async Task In<T>(Func<T, Task> use) where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }
}
