using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Discussion;

/// <summary>What became of saying or keeping something: exactly one of the nested cases.</summary>
public abstract record Discussing
{
    private Discussing() { }

    public sealed record Done : Discussing;

    public sealed record Invalid(FieldError Error) : Discussing;

    public sealed record Unknown : Discussing;
}

/// <summary>Comments, evidence and watchers of a gap, for those who work on it.</summary>
public sealed class DiscussGap(Database db, TimeProvider clock)
{
    public const int MaxComment = 4_000;
    public const int MaxTitle = 200;
    public const int MaxAddress = 2_000;

    /// <summary>Says something; who does watches the gap from then on.</summary>
    /// <param name="gap">Which.</param>
    /// <param name="id">Chosen by the caller; the same id again changes nothing.</param>
    /// <param name="body">1 to 4,000 characters, plain text.</param>
    /// <param name="by">Who.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Discussing> Say(GapId gap, GapCommentId id, string? body, Actor by, CancellationToken ct)
    {
        if (body?.Trim().ReplaceLineEndings("\n") is not { Length: > 0 and <= MaxComment } text) return new Discussing.Invalid(new("body", $"must have 1 to {MaxComment:N0} characters"));
        try
        {
            return await db.InTransaction<Discussing>(async () =>
            {
                if (!await db.Set<Gap>().AnyAsync(g => g.Id == gap, ct)) return new Discussing.Unknown();
                if (await db.Set<GapComment>().AnyAsync(c => c.Id == id, ct)) return new Discussing.Done();
                var now = clock.Now();
                db.Add(new GapComment { Id = id, GapId = gap, By = by.Id, ByName = by.Name, Body = text, At = now });
                db.Record(new GapCommented(gap, id, by.Id, null, now));
                await db.SaveChangesAsync(ct);
                await Look(gap, by, now, ct);
                return new Discussing.Done();
            }, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // sent twice at once: ours came second
            return new Discussing.Done();
        }
    }

    /// <summary>Keeps a document that shows the cause.</summary>
    /// <param name="gap">Of which gap.</param>
    /// <param name="title">What it shows, 1 to 200 characters.</param>
    /// <param name="address">Where it is; http or https, at most 2,000 characters.</param>
    /// <param name="by">Who keeps it.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Discussing> Keep(GapId gap, string? title, string? address, Actor by, CancellationToken ct)
    {
        if (title?.Trim() is not { Length: > 0 and <= MaxTitle } shown) return new Discussing.Invalid(new("title", $"must have 1 to {MaxTitle} characters"));
        if (address?.Trim() is not { Length: > 0 and <= MaxAddress } at || !Promises.IsWebAddress(at)) return new Discussing.Invalid(new("address", "must be an http or https address"));
        return await db.InTransaction<Discussing>(async () =>
        {
            if (!await db.Set<Gap>().AnyAsync(g => g.Id == gap, ct)) return new Discussing.Unknown();
            if (await db.Set<GapEvidence>().AnyAsync(e => e.GapId == gap && e.Address == at && e.Title == shown, ct)) return new Discussing.Done();
            db.Add(new GapEvidence { Id = GapEvidenceId.New(), GapId = gap, Title = shown, Address = at, ByName = by.Name, At = clock.Now() });
            await db.SaveChangesAsync(ct);
            return new Discussing.Done();
        }, ct);
    }

    /// <summary>Takes a document off again.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> Drop(GapId gap, GapEvidenceId evidence, CancellationToken ct) =>
        await db.Set<GapEvidence>().Where(e => e.GapId == gap && e.Id == evidence).ExecuteDeleteAsync(ct) == 1;

    /// <summary>Watches a gap, or no longer.</summary>
    /// <returns>False when there is no such gap.</returns>
    public Task<bool> Watch(GapId gap, bool watch, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (!await db.Set<Gap>().AnyAsync(g => g.Id == gap, ct)) return false;
        if (watch) await Look(gap, by, clock.Now(), ct);
        else await db.Set<GapWatcher>().Where(w => w.GapId == gap && w.User == by.Id).ExecuteDeleteAsync(ct);
        return true;
    }, ct);

    /// <summary>A watcher has the gap before them; whoever does not watch it is left alone.</summary>
    public Task See(GapId gap, UserId user, CancellationToken ct)
    {
        var now = clock.Now();
        return db.Set<GapWatcher>().Where(w => w.GapId == gap && w.User == user).ExecuteUpdateAsync(set => set.SetProperty(w => w.SeenAt, now), ct);
    }

    private async Task Look(GapId gap, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<GapWatcher>().Where(w => w.GapId == gap && w.User == by.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.SeenAt, now), ct) == 1) return;
        db.Add(new GapWatcher { GapId = gap, User = by.Id, Name = by.Name, SeenAt = now });
        await db.SaveChangesAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder gaps)
    {
        gaps.MapPost("/{id:guid}/comments", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, GapCommentBody body, DiscussGap discuss, HttpContext http, CancellationToken ct) =>
                Answer(await discuss.Say(GapId.From(id), body.Id is { } own ? GapCommentId.From(own) : GapCommentId.New(), body.Body, http.Actor(), ct)))
            .WithName("commentOnGap").WithSummary("Say something to those who work on a gap").RequireAuthorization("write").ProducesProblem(400).ProducesProblem(404);
        gaps.MapPost("/{id:guid}/evidence", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, GapEvidenceBody body, DiscussGap discuss, HttpContext http, CancellationToken ct) =>
                Answer(await discuss.Keep(GapId.From(id), body.Title, body.Address, http.Actor(), ct)))
            .WithName("keepEvidence").WithSummary("Keep a document that shows the cause").RequireAuthorization("write").ProducesProblem(400).ProducesProblem(404);
        gaps.MapDelete("/{id:guid}/evidence/{evidence:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid evidence, DiscussGap discuss, CancellationToken ct) =>
                await discuss.Drop(GapId.From(id), GapEvidenceId.From(evidence), ct) ? TypedResults.NoContent() : Problems.Unknown("document"))
            .WithName("dropEvidence").WithSummary("Take a document off a gap").RequireAuthorization("write");
        gaps.MapPut("/{id:guid}/watch", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, GapWatchBody body, DiscussGap discuss, HttpContext http, CancellationToken ct) =>
                await discuss.Watch(GapId.From(id), body.Watch, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("gap"))
            .WithName("watchGap").WithSummary("Watch a gap, or no longer").RequireAuthorization("read");
    }

    private static Results<NoContent, ProblemHttpResult> Answer(Discussing outcome) => outcome switch
    {
        Discussing.Done => TypedResults.NoContent(),
        Discussing.Invalid invalid => Problems.Invalid(invalid.Error),
        _ => Problems.Unknown("gap"),
    };
}

/// <summary>Something to be said to those who work on a gap.</summary>
/// <param name="Body">1 to 4,000 characters, plain text.</param>
/// <param name="Id">Chosen by the caller so that a repeated request says it once; made here when left out.</param>
public sealed record GapCommentBody(string? Body, Guid? Id = null);

/// <summary>A document that shows the cause.</summary>
/// <param name="Title">What it shows, 1 to 200 characters.</param>
/// <param name="Address">Where it is; http or https.</param>
public sealed record GapEvidenceBody(string? Title, string? Address);

/// <summary>Whether the caller watches a gap.</summary>
/// <param name="Watch">True to watch it.</param>
public sealed record GapWatchBody(bool Watch);
