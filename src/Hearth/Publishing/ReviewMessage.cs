using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

/// <summary>What became of a decision: exactly one of the nested cases.</summary>
public abstract record Reviewed
{
    private Reviewed() { }

    public sealed record Done(MessageView Message) : Reviewed;

    /// <summary>Nobody decides about their own words.</summary>
    public sealed record OwnWords : Reviewed;

    /// <summary>A lead or an owner decides.</summary>
    public sealed record NotAllowed : Reviewed;

    /// <summary>Somebody has decided already, or it never waited.</summary>
    /// <param name="Status">Where it stands.</param>
    /// <param name="By">Who decided last; null when nobody did.</param>
    public sealed record NotNow(MessageStatus Status, string? By) : Reviewed;

    /// <inheritdoc cref="Publication.TooLong"/>
    public sealed record TooLong(int Length, int Limit, string Unit) : Reviewed;

    public sealed record Invalid(string Field, string Reason) : Reviewed;

    public sealed record Unknown : Reviewed;
}

/// <summary>One decision about a message, or change of its text.</summary>
/// <param name="What">approved, changed, rejected or edited.</param>
/// <param name="ByName">Who.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Before">The text before, without signature; null when it stayed.</param>
/// <param name="After">The text since; null when it stayed.</param>
/// <param name="PolicyVersion">The policy that it was decided under.</param>
public sealed record DecisionView(Decision What, string ByName, DateTimeOffset At, string? Reason, string? Before, string? After, int PolicyVersion);

/// <summary>Somebody else looks at what the rules hold: approves it, changes it, or rejects it with a reason. Never one's own.</summary>
/// <remarks>Whoever changes the status first has decided: a guarded UPDATE takes the row, the rest follows in its transaction (of a post that has a time, the time too, which nobody moves meanwhile). Of many at once one is heard, the others learn who it was.</remarks>
public sealed class ReviewMessage(Database db, TimeProvider clock, Publish publish, SpeakingPolicies policies, ReadMessages read)
{
    public const int MaxReason = 1000;

    /// <summary>Lets a message go.</summary>
    /// <param name="id">Which.</param>
    /// <param name="text">Another text for it, without signature; null or its own text leaves it. Only a message of one part can be changed.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Reviewed> Approve(MessageId id, string? text, Actor by, CancellationToken ct)
    {
        var (message, refused) = await Held(id, by, ct);
        if (refused is not null || message is null) return refused!;
        string? changed = null;
        if (!string.IsNullOrWhiteSpace(text) && await publish.Refit(message, text, ct) is var (words, length) && words != message.Words)
        {
            if (message.Parts > 1) return new Reviewed.Invalid("text", "cannot be changed on a thread: reject it, and say how");
            if (!length.Fits) return new Reviewed.TooLong(length.Length, length.Limit, length.Unit);
            changed = words;
        }

        var (version, compared) = ((await policies.Read(ct)).Version, changed is null ? null : SameWords.Of(changed));
        return await db.InTransaction(async () =>
        {
            var now = clock.Now();
            var won = await db.Set<Message>().Where(m => m.Id == id && m.Status == MessageStatus.Held).ExecuteUpdateAsync(set => set.SetProperty(m => m.Words, m => changed ?? m.Words).SetProperty(m => m.SameWords, m => m.SameWords == null ? null : compared ?? m.SameWords), ct);
            if (won == 0) return await NotNow(id, ct);
            var due = await db.Set<Message>().Where(m => m.Id == id).Select(m => m.DueAt).SingleAsync(ct);
            var to = message.Account is null ? MessageStatus.ByHand : due > now ? MessageStatus.Scheduled : MessageStatus.Queued;
            await db.Set<Message>().Where(m => m.Id == id || m.ThreadOf == id && m.Status == MessageStatus.Held).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, to), ct);
            db.Add(new DecisionRow { MessageId = id, What = changed is null ? Decision.Approved : Decision.Changed, By = by.Id, ByName = by.Name, At = now, Before = changed is null ? null : message.Words, After = changed, PolicyVersion = version });
            db.Record(new MessageApproved(id, message.About, message.Author, message.AuthorName, by.Id, by.Name, changed, now));
            if (to != MessageStatus.ByHand) db.Enqueue(new DeliverMessage(id), to == MessageStatus.Scheduled ? due!.Value : now);
            await db.SaveChangesAsync(ct);
            return new Reviewed.Done((await read.Find(id, ct))!);
        }, ct);
    }

    /// <summary>Keeps a message from going.</summary>
    /// <param name="id">Which.</param>
    /// <param name="reason">Why, for its author.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Reviewed> Reject(MessageId id, string? reason, Actor by, CancellationToken ct)
    {
        if (reason?.Trim() is not { Length: > 0 and <= MaxReason } why) return new Reviewed.Invalid("reason", $"must say in 1 to {MaxReason:N0} characters why");
        var (message, refused) = await Held(id, by, ct);
        if (refused is not null || message is null) return refused!;
        var version = (await policies.Read(ct)).Version;
        return await db.InTransaction(async () =>
        {
            var now = clock.Now();
            var won = await db.Set<Message>().Where(m => m.Id == id && m.Status == MessageStatus.Held)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Rejected).SetProperty(m => m.Reason, why), ct);
            if (won == 0) return await NotNow(id, ct);
            await db.Set<Message>().Where(m => m.ThreadOf == id && m.Status == MessageStatus.Held).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.Rejected), ct);
            db.Add(new DecisionRow { MessageId = id, What = Decision.Rejected, By = by.Id, ByName = by.Name, At = now, Reason = why, PolicyVersion = version });
            db.Record(new MessageRejected(id, message.About, message.Author, by.Id, by.Name, why, now));
            await db.SaveChangesAsync(ct);
            return new Reviewed.Done((await read.Find(id, ct))!);
        }, ct);
    }

    /// <summary>All decisions about a message, the first one first.</summary>
    public async Task<IReadOnlyList<DecisionView>> Decisions(MessageId id, CancellationToken ct) => await db.Set<DecisionRow>().AsNoTracking().Where(d => d.MessageId == id).OrderBy(d => d.Number)
        .Select(d => new DecisionView(d.What, d.ByName, d.At, d.Reason, d.Before, d.After, d.PolicyVersion)).ToListAsync(ct);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", async Task<Results<Ok<Page<MessageView>>, ProblemHttpResult>> (string? after, int? size, ReadMessages read, CancellationToken ct) =>
            await read.Waiting(after, size, ct) is { } page ? Ok(page) : Problems.NoPlace()).WithTags("Publishing").RequireAuthorization("read").WithName("approvals").WithSummary("What waits for somebody else's approval, the longest waiting first");
        var group = api.MapGroup("/messages/{message:guid}").WithTags("Publishing");
        group.MapPost("/approve", async (Guid message, ApproveBody body, ReviewMessage review, HttpContext http, CancellationToken ct) => Answer(await review.Approve(new(message), body.Text, http.Actor(), ct)))
            .RequireAuthorization("lead").WithName("approveMessage").WithSummary("Lets a message go that waited, as it is or with another text; never one's own");
        group.MapPost("/reject", async (Guid message, RejectBody body, ReviewMessage review, HttpContext http, CancellationToken ct) => Answer(await review.Reject(new(message), body.Reason, http.Actor(), ct)))
            .RequireAuthorization("lead").WithName("rejectMessage").WithSummary("Keeps a message from going, with a reason; never one's own");
        group.MapGet("/decisions", (Guid message, ReviewMessage review, CancellationToken ct) => review.Decisions(new(message), ct))
            .RequireAuthorization("read").WithName("messageDecisions").WithSummary("Who approved, changed, rejected or edited a message");
    }

    /// <summary>How it may go.</summary>
    /// <param name="Text">Another text, without signature; null to let it go as it is.</param>
    internal sealed record ApproveBody(string? Text);

    /// <summary>Why it may not go.</summary>
    /// <param name="Reason">1 to 1,000 characters, for its author.</param>
    internal sealed record RejectBody(string? Reason);

    private static Results<Ok<MessageView>, ProblemHttpResult> Answer(Reviewed reviewed) => reviewed switch
    {
        Reviewed.Done done => Ok(done.Message),
        Reviewed.OwnWords => Problems.Refused("own-words", "Nobody decides about their own words: ask another lead or an owner.", StatusCodes.Status403Forbidden),
        Reviewed.NotAllowed => Problems.Refused("not-allowed", "A lead or an owner decides.", StatusCodes.Status403Forbidden),
        Reviewed.NotNow not => Problems.Refused("not-now", not.By is null ? $"The message is {not.Status}." : $"{not.By} has decided; the message is {not.Status}."),
        Reviewed.TooLong t => Problems.Invalid("text", $"has {t.Length} {t.Unit} with its signature; the network takes {t.Limit}"),
        Reviewed.Invalid i => Problems.Invalid(i.Field, i.Reason),
        _ => Problems.Unknown("message"),
    };

    private async Task<(Message? Message, Reviewed? Refused)> Held(MessageId id, Actor by, CancellationToken ct)
    {
        if (!by.Is(Role.Lead)) return (null, new Reviewed.NotAllowed());
        if (await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.ThreadOf == null, ct) is not { } message) return (null, new Reviewed.Unknown());
        return message.Author == by.Id ? (message, new Reviewed.OwnWords()) : message.Status != MessageStatus.Held ? (message, await NotNow(id, ct)) : (message, null);
    }

    private async Task<Reviewed> NotNow(MessageId id, CancellationToken ct) => new Reviewed.NotNow(
        await db.Set<Message>().Where(m => m.Id == id).Select(m => m.Status).SingleAsync(ct),
        await db.Set<DecisionRow>().Where(d => d.MessageId == id).OrderByDescending(d => d.Number).Select(d => d.ByName).FirstOrDefaultAsync(ct));
}
