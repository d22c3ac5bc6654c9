using Hearth.Governance;
using Hearth.Ideas.Merging;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Customers;

/// <summary>An account turned out to be that of a person known from a network; what was done for them is theirs.</summary>
public sealed record PersonJoinedAccount(PersonId Person, UserId Account, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "person:" + Account.Value;
}

/// <summary>What became of joining a person with an account: exactly one of the nested cases.</summary>
public abstract record JoinedPerson
{
    private JoinedPerson() { }

    /// <summary>They are one.</summary>
    /// <param name="Ideas">How many ideas became the account's.</param>
    /// <param name="Votes">How many votes did.</param>
    /// <param name="Doubles">How many votes were dropped since the account had voted on the same idea itself.</param>
    public sealed record Done(int Ideas, int Votes, int Doubles) : JoinedPerson;

    /// <summary>The person has another account already.</summary>
    public sealed record HasAnother : JoinedPerson;

    public sealed record UnknownPerson : JoinedPerson;

    /// <summary>There is no such account, or it belongs to the brand's staff.</summary>
    public sealed record UnknownAccount : JoinedPerson;
}

/// <summary>Gives what a person's stand-in did on the board to the account they opened: ideas, comments, votes, notices. Where both voted, the account's own vote stands: a person has one.</summary>
public sealed class JoinPerson(Database db, RankEpoch epoch, PersonAccounts accounts, Staff staff, TimeProvider clock)
{
    /// <param name="person">Known from a network.</param>
    /// <param name="account">Of the public.</param>
    /// <param name="by">A lead, who made sure that they are one.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<JoinedPerson> To(PersonId person, UserId account, Actor by, CancellationToken ct)
    {
        if (await staff.Find(account, ct) is not { Role: Role.Community } own) return new JoinedPerson.UnknownAccount();
        return await db.InTransaction<JoinedPerson>(async () =>
        {
            await epoch.HoldAlone(ct); // no vote of either lands meanwhile
            if (await accounts.For(person, ct) is null) return new JoinedPerson.UnknownPerson();
            var speaks = await accounts.Speaks(person, ct);
            var row = await db.IdeaPersons.SingleAsync(p => p.Person == speaks, ct);
            if (row.User == account) return new JoinedPerson.Done(0, 0, 0);
            if (row.JoinedAt is not null) return new JoinedPerson.HasAnother();
            var (standIn, now) = (row.User, clock.Now());
            var (votes, doubles) = await Votes(standIn, account, ct);
            var ideas = await db.Ideas.Where(i => i.Author == standIn).ExecuteUpdateAsync(set => set.SetProperty(i => i.Author, account).SetProperty(i => i.AuthorName, own.Name), ct);
            await db.IdeaComments.Where(c => c.Author == standIn).ExecuteUpdateAsync(set => set.SetProperty(c => c.Author, account).SetProperty(c => c.AuthorName, own.Name), ct);
            await Follows(standIn, account, ct);
            (row.User, row.JoinedAt) = (account, now);
            db.Record(new PersonJoinedAccount(person, account, by.Id, now));
            await db.SaveChangesAsync(ct);
            return new JoinedPerson.Done(ideas, votes, doubles);
        }, ct);
    }

    // Copies that merging made are dropped and made anew, and every idea that lost a double is counted again.
    internal async Task<(int Votes, int Doubles)> Votes(UserId standIn, UserId account, CancellationToken ct)
    {
        var touched = await db.IdeaVotes.Where(v => v.User == standIn).Select(v => v.Idea).ToListAsync(ct);
        await db.IdeaVotes.Where(v => v.User == standIn && v.CarriedFrom != null).ExecuteDeleteAsync(ct);
        var mine = db.IdeaVotes.Where(v => v.User == account && v.CarriedFrom == null).Select(v => v.Idea);
        var doubles = await db.IdeaVotes.Where(v => v.User == standIn && mine.Contains(v.Idea)).ExecuteDeleteAsync(ct);
        var left = await db.IdeaVotes.Where(v => v.User == standIn).Select(v => v.Idea).ToListAsync(ct);
        await db.IdeaVotes.Where(v => v.User == account && v.CarriedFrom != null && left.Contains(v.Idea)).ExecuteDeleteAsync(ct); // an original takes the copy's place
        var votes = await db.IdeaVotes.Where(v => v.User == standIn).ExecuteUpdateAsync(set => set.SetProperty(v => v.User, account), ct);
        await Count(touched, ct);
        return (votes, doubles);
    }

    internal async Task Count(IReadOnlyList<IdeaId> touched, CancellationToken ct)
    {
        var shown = new HashSet<IdeaId>();
        foreach (var idea in touched)
        {
            if (await db.ShownFor(idea, ct) is var root && root != idea) await RecountVotes.In(db, [idea], ct);
            shown.Add(root);
        }

        foreach (var root in shown) await db.CarryVotesTo(root, ct);
    }

    internal async Task Follows(UserId standIn, UserId account, CancellationToken ct)
    {
        var chosen = db.IdeaFollows.Where(f => f.User == account).Select(f => f.Idea);
        await db.IdeaFollows.Where(f => f.User == standIn && chosen.Contains(f.Idea)).ExecuteDeleteAsync(ct);
        await db.IdeaFollows.Where(f => f.User == standIn).ExecuteUpdateAsync(set => set.SetProperty(f => f.User, account), ct);
        var told = db.IdeaNotices.Where(n => n.User == account).Select(n => n.Key);
        await db.IdeaNotices.Where(n => n.User == standIn && !told.Contains(n.Key)).ExecuteUpdateAsync(set => set.SetProperty(n => n.User, account), ct);
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/persons/{person:guid}/account",
            async Task<Results<Ok<JoinedPerson.Done>, ProblemHttpResult>> (Guid person, PersonToJoin body, JoinPerson join, HttpContext http, CancellationToken ct) =>
                await join.To(PersonId.From(person), UserId.From(body.Account), http.Actor(), ct) switch
                {
                    JoinedPerson.Done done => TypedResults.Ok(done),
                    JoinedPerson.HasAnother => Problems.Refused("has-another", "The person has another account already."),
                    JoinedPerson.UnknownAccount => Problems.Invalid("account", "must be an account of the public"),
                    _ => Problems.Unknown("person"),
                })
        .WithName("joinPerson").WithSummary("Say that an account belongs to a person known from a network").RequireAuthorization("lead").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
}

/// <summary>Whose account it is.</summary>
/// <param name="Account">The account's id.</param>
public sealed record PersonToJoin(Guid Account);
