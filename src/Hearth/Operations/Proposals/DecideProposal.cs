using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Proposals;

/// <summary>What became of a decision about a proposal: exactly one of the nested cases.</summary>
[JsonDerivedType(typeof(Done), "done"), JsonDerivedType(typeof(Invalid), "invalid"), JsonDerivedType(typeof(NotProposed), "not-proposed")]
[JsonDerivedType(typeof(NothingToSplit), "nothing-to-split"), JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Deciding
{
    private Deciding() { }

    /// <param name="Gap">The gap that holds the mentions from now on.</param>
    public sealed record Done(GapId Gap) : Deciding;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Deciding;

    /// <summary>Somebody decided before.</summary>
    public sealed record NotProposed(GapStage Now) : Deciding;

    /// <summary>No post, or every post, has the word; or the gap has no such part.</summary>
    public sealed record NothingToSplit : Deciding;

    public sealed record Unknown : Deciding;
}

/// <summary>
/// A person's word on a proposal: accept (with what it should say), dismiss, merge into another gap, or split. Each is learned from: <see cref="ProposalRule.Needed"/>
/// rises with dismissals, what was merged keeps going where it was put, and what was split off keeps apart.
/// </summary>
public sealed class DecideProposal
{
    private readonly Database _db;
    private readonly MoveGap _move;
    private readonly ChangeGap _change;
    private readonly CountGap _count;
    private readonly GroupMentions _groups;
    private readonly DescribeCause _describe;
    private readonly TimeProvider _clock;

    internal DecideProposal(Database db, MoveGap move, ChangeGap change, CountGap count, GroupMentions groups, DescribeCause describe, TimeProvider clock) =>
        (_db, _move, _change, _count, _groups, _describe, _clock) = (db, move, change, count, groups, describe, clock);

    /// <summary>It is a gap.</summary>
    /// <param name="gap">A proposed one.</param>
    /// <param name="draft">What it shall say from now on; null leaves what was proposed.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Deciding> Accept(GapId gap, GapDraft? draft, Actor by, CancellationToken ct)
    {
        if (draft is not null && await _change.Check(draft, ct) is { Count: > 0 } errors) return new Deciding.Invalid(errors);
        return await _db.InTransaction(async () =>
        {
            var moved = await _move.To(gap, GapStage.Proposed, GapStage.Open, null, by, ct);
            if (moved is not Move.Done) return Refused(moved);
            if (draft is not null) await _change.To(gap, draft, ct);
            return new Deciding.Done(gap);
        }, ct);
    }

    /// <summary>It is none, or none that the brand will remove.</summary>
    /// <param name="gap">A proposed one.</param>
    /// <param name="why">1 to 1,000 characters; may be said in public.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Deciding> Dismiss(GapId gap, string? why, Actor by, CancellationToken ct)
    {
        var moved = await _move.To(gap, GapStage.Proposed, GapStage.Declined, why, by, ct);
        return moved is Move.Done ? new Deciding.Done(gap) : Refused(moved);
    }

    /// <summary>A proposed gap has the cause of another: its mentions, and those to come, count there.</summary>
    public Task<Deciding> Merge(GapId gap, GapId into, Actor by, CancellationToken ct) => _db.InTransaction<Deciding>(async () =>
    {
        if (gap == into) return new Deciding.Invalid([new("into", "must be another gap")]);
        await GroupMentions.Lock(_db, ct);
        if (await _db.Set<Gap>().Where(g => g.Id == into).Select(g => new { g.Number, g.Title, g.Stage, g.MergedInto }).SingleOrDefaultAsync(ct) is not { } target) return new Deciding.Unknown();
        if (target.Stage == GapStage.Declined) return new Deciding.Invalid([new("into", "that gap is declined")]);
        var moved = await _move.To(gap, GapStage.Proposed, GapStage.Declined, $"It has the same cause as gap {target.Number}, {target.Title}.", by, ct);
        if (moved is not Move.Done) return Refused(moved);
        await _db.Set<Gap>().Where(g => g.Id == gap).ExecuteUpdateAsync(set => set.SetProperty(g => g.MergedInto, into), ct);
        await _db.Set<Cause>().Where(c => c.GapId == gap).ExecuteUpdateAsync(set => set.SetProperty(c => c.GapId, into).SetProperty(c => c.Joined, $"merged by {by.Name}"), ct);
        await _count.Of(gap, ct);
        await _count.Of(into, ct);
        return new Deciding.Done(into);
    }, ct);

    /// <summary>Takes what has a word, or what joined later, out of a gap and proposes it by itself; posts to come with this word go there.</summary>
    /// <param name="gap">Not a declined or verified one.</param>
    /// <param name="word">One of the telling words of its posts.</param>
    /// <param name="part">Or a part that it is made of.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Deciding> Split(GapId gap, string? word, CauseId? part, Actor by, CancellationToken ct) => _db.InTransaction<Deciding>(async () =>
    {
        await GroupMentions.Lock(_db, ct);
        if (await _db.Set<Gap>().SingleOrDefaultAsync(g => g.Id == gap, ct) is not { } from) return new Deciding.Unknown();
        if (from.Stage is GapStage.Declined or GapStage.Verified) return new Deciding.NotProposed(from.Stage);
        var causes = await _db.Set<Cause>().Where(c => c.GapId == gap).ToListAsync(ct);
        var off = part is { } whole ? causes.Count > 1 ? causes.Find(c => c.Id == whole) : null : await ByWord(causes, (word ?? "").Trim().ToLowerInvariant(), ct);
        if (off is null) return new Deciding.NothingToSplit();
        var now = _clock.Now();
        var draft = await _describe.Of(off, ct);
        var made = new Gap
        {
            Id = GapId.New(), Title = draft.Title!, ProductId = off.ProductId, AttributeKey = off.AttributeKey, Expected = draft.Expected!, Experienced = draft.Experienced!, PromiseId = draft.Promise,
            Owner = from.Owner, Stage = GapStage.Proposed, MovedAt = now, RaisedBy = by.Id, RaisedByName = by.Name, RaisedAt = now,
        };
        _db.Add(made);
        _db.Add(new GapMove { GapId = made.Id, To = GapStage.Proposed, Why = $"Split from gap {from.Number}, {from.Title}.", By = by.Id, ByName = by.Name, At = now });
        _db.Record(new GapProposed(made.Id, made.ProductId, made.AttributeKey, off.People, now));
        (off.GapId, off.Joined) = (made.Id, null);
        await _db.SaveChangesAsync(ct);
        await _count.Of(gap, ct);
        await _count.Of(made.Id, ct);
        return new Deciding.Done(made.Id);
    }, ct);

    private async Task<Cause?> ByWord(List<Cause> causes, string word, CancellationToken ct)
    {
        var ids = causes.ConvertAll(c => c.Id);
        var rows = await _db.Set<CauseMention>().Where(m => ids.Contains(m.CauseId) && (" " + m.Words + " ").Contains(" " + word + " ")).ToListAsync(ct);
        if (word.Length == 0 || rows.Count == 0 || rows.Count == causes.Sum(c => c.Mentions)) return null;
        var main = causes.MaxBy(c => rows.Count(r => r.CauseId == c.Id))!;
        var off = new Cause { Id = CauseId.New(), ProductId = main.ProductId, AttributeKey = main.AttributeKey, Failing = main.Failing, Word = word, First = rows.Min(r => r.At), Last = rows.Max(r => r.At) };
        _db.Add(off);
        foreach (var row in rows.Where(r => r.CauseId == main.Id)) row.CauseId = off.Id;
        await _db.SaveChangesAsync(ct);
        await _groups.CountAnew(off, ct);
        await _groups.CountAnew(main, ct);
        return off;
    }

    private static Deciding Refused(Move move) => move switch
    {
        Move.MovedMeanwhile m => new Deciding.NotProposed(m.Now),
        Move.ReasonMissing => new Deciding.Invalid([new("why", $"must have 1 to {MoveGap.MaxReason:N0} characters")]),
        _ => new Deciding.Unknown(),
    };

    internal static void Map(IEndpointRouteBuilder gaps)
    {
        gaps.MapPost("/{id:guid}/accept", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ProposalToAccept? body, DecideProposal decide, HttpContext http, CancellationToken ct) =>
                Answer(await decide.Accept(GapId.From(id), body?.Gap, http.Actor(), ct)))
            .WithName("acceptProposal").WithSummary("Open a proposed gap, as it is or with other words").RequireAuthorization("write");
        gaps.MapPost("/{id:guid}/dismiss", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ProposalToDismiss body, DecideProposal decide, HttpContext http, CancellationToken ct) =>
                Answer(await decide.Dismiss(GapId.From(id), body.Why, http.Actor(), ct)))
            .WithName("dismissProposal").WithSummary("Say that a proposed gap is none; the like needs more people from then on").RequireAuthorization("write");
        gaps.MapPost("/{id:guid}/merge", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ProposalToMerge body, DecideProposal decide, HttpContext http, CancellationToken ct) =>
                Answer(await decide.Merge(GapId.From(id), GapId.From(body.Into), http.Actor(), ct)))
            .WithName("mergeProposal").WithSummary("Say that a proposed gap has the cause of another").RequireAuthorization("write");
        gaps.MapPost("/{id:guid}/split", async Task<Results<Created, ProblemHttpResult>> (Guid id, GapToSplit body, DecideProposal decide, HttpContext http, CancellationToken ct) =>
                await decide.Split(GapId.From(id), body.Word, body.Part is { } part ? CauseId.From(part) : null, http.Actor(), ct) switch
                {
                    Deciding.Done done => TypedResults.Created($"/api/v1/gaps/{done.Gap.Value}"),
                    var refused => Refusal(refused),
                })
            .WithName("splitGap").WithSummary("Take the posts with a word, or one part, out of a gap and propose them by themselves").RequireAuthorization("write");
    }

    private static Results<NoContent, ProblemHttpResult> Answer(Deciding outcome) => outcome is Deciding.Done ? TypedResults.NoContent() : Refusal(outcome);

    private static ProblemHttpResult Refusal(Deciding outcome) => outcome switch
    {
        Deciding.Invalid invalid => Problems.Invalid(invalid.Errors),
        Deciding.NotProposed now => Problems.Refused("not-proposed", $"It is {now.Now.Title()} now."),
        Deciding.NothingToSplit => Problems.Invalid("word", "must stand in some of its posts and not in all, or part must be one of several"),
        _ => Problems.Unknown("gap"),
    };
}

/// <summary>What an accepted proposal shall say.</summary>
/// <param name="Gap">Null leaves it as it was proposed.</param>
public sealed record ProposalToAccept(GapDraft? Gap = null);

/// <summary>Why a proposal is none.</summary>
/// <param name="Why">1 to 1,000 characters; may be said in public.</param>
public sealed record ProposalToDismiss(string Why);

/// <summary>Where a proposal belongs.</summary>
/// <param name="Into">A gap that is not declined.</param>
public sealed record ProposalToMerge(Guid Into);

/// <summary>What to take out of a gap.</summary>
/// <param name="Word">A telling word; its posts go.</param>
/// <param name="Part">Or a part, as the gap lists them.</param>
public sealed record GapToSplit(string? Word = null, Guid? Part = null);
