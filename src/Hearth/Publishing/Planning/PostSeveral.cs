using System.Buffers.Binary;
using System.Security.Cryptography;
using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>What became of posts that were written together: exactly one of the nested cases.</summary>
public abstract record SeveralPosted
{
    private SeveralPosted() { }

    /// <summary>All of them are kept.</summary>
    /// <param name="Posts">In the order of the drafts.</param>
    public sealed record Done(IReadOnlyList<Publication> Posts) : SeveralPosted
    {
        /// <summary>Their ids.</summary>
        public IReadOnlyList<MessageId> Ids => [.. Posts.Select(p => p switch
        {
            Publication.Queued queued => queued.Message,
            Publication.Scheduled scheduled => scheduled.Message,
            Publication.Held held => held.Message,
            var other => throw new InvalidOperationException(other.ToString()),
        })];
    }

    /// <summary>Nothing was kept.</summary>
    /// <param name="Errors">What stands in the way, by account.</param>
    public sealed record Refused(IReadOnlyList<AccountError> Errors) : SeveralPosted;
}

/// <summary>Why an account does not take its post.</summary>
/// <param name="Account">Which; null for what concerns all.</param>
/// <param name="Name">As people know it; null for one that is not there, and for all.</param>
/// <param name="Error">The field and the reason.</param>
public sealed record AccountError(ChannelAccountId? Account, string? Name, FieldError Error)
{
    /// <summary>With the account's name before the reason.</summary>
    public FieldError Named() => Account is { } id ? new(Error.Field, $"{Name ?? id.Value.ToString()}: {Error.Field} {Error.Reason}") : Error;
}

/// <summary>Keeps the posts of several accounts, all or none.</summary>
public sealed class PostSeveral(Database db, Publish publish, ChannelAccounts accounts)
{
    /// <summary>The most posts of one submission.</summary>
    public const int Most = 100;

    /// <summary>The id of one post of a submission: the same for the same submission, account and turn, so that what is sent twice posts once. It sorts with the submission.</summary>
    /// <param name="submission">Chosen by the caller.</param>
    /// <param name="account">Who speaks.</param>
    /// <param name="turn">From 0.</param>
    public static MessageId IdOf(Guid submission, ChannelAccountId account, int turn)
    {
        Span<byte> bytes = stackalloc byte[36];
        submission.TryWriteBytes(bytes, bigEndian: true, out _);
        account.Value.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[32..], turn);
        Span<byte> id = SHA256.HashData(bytes).AsSpan(0, 16);
        bytes[..6].CopyTo(id);
        (id[6], id[8]) = ((byte)(id[6] & 0x0f | 0x70), (byte)(id[8] & 0x3f | 0x80));
        return new(new Guid(id, bigEndian: true));
    }

    /// <summary>Keeps the posts of a plan in one transaction, or says of each account what stands in the way.</summary>
    /// <param name="plan">What is said where and when.</param>
    /// <param name="author">The named human.</param>
    /// <param name="card">Makes the link shown as a card beneath a post; what it adds to the unit of work is kept with the post.</param>
    /// <param name="about">What they belong to ("offer:0198...").</param>
    /// <param name="before">They must be sent before this; null for whenever.</param>
    /// <param name="review">True when the policy's rules of approval apply.</param>
    /// <param name="ct">Stops the work; nothing is posted.</param>
    public async Task<SeveralPosted> Run(PostPlan plan, Actor author, Func<PostDraft, CancellationToken, Task<LinkCard>>? card, string? about, DateTimeOffset? before, bool review, CancellationToken ct)
    {
        var wrong = new List<AccountError>();
        foreach (var error in plan.Errors()) wrong.Add(error.Account is { } id ? error with { Name = (await accounts.Find(id, ct))?.Name } : error);
        if (wrong.Count > 0) return new SeveralPosted.Refused(wrong);
        var drafts = plan.Drafts(author, about, before, review);
        try
        {
            return await Once(drafts, card, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.Forget();
            return await Once(drafts, card, ct); // the same submission came through beside this one
        }
    }

    private Task<SeveralPosted> Once(IReadOnlyList<PostDraft> drafts, Func<PostDraft, CancellationToken, Task<LinkCard>>? card, CancellationToken ct) => db.InTransaction(async () =>
    {
        var (posts, errors) = (new Publication[drafts.Count], new List<AccountError>());
        foreach (var (draft, n) in drafts.Select((d, i) => (d, i)).OrderBy(d => d.d.Account.Value).ThenBy(d => d.i)) // the same order for everybody, so that nobody waits in a circle for a queue
        {
            posts[n] = await publish.Post(card is null ? draft : draft with { Card = await card(draft, ct) }, ct);
            if (Wrong(posts[n]) is { } wrong) errors.Add(new(draft.Account, (await accounts.Find(draft.Account, ct))?.Name, wrong));
        }

        if (errors.Count > 0)
        {
            db.Forget();
            return (SeveralPosted)new SeveralPosted.Refused(errors);
        }

        await db.SaveChangesAsync(ct);
        return new SeveralPosted.Done(posts);
    }, ct);

    /// <summary>Why a draft was not taken; null when it was.</summary>
    public static FieldError? Wrong(Publication made) => made switch
    {
        Publication.TooLong over => new("text", $"is {over.Length} {over.Unit} long; the network takes {over.Limit}"),
        Publication.Empty => new("text", "must not be empty"),
        Publication.Invalid wrong => new(wrong.Field, wrong.Reason),
        Publication.NotConnected => new("account", "is not connected"),
        _ => null,
    };
}
