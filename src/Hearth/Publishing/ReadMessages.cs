using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

/// <summary>A message as the console and the API show it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Kind">reply or post.</param>
/// <param name="Status">queued, sending, sent, failed, byHand, givenUp, deleting, deleted, held, rejected, editing or scheduled.</param>
/// <param name="Network">"bluesky" ...</param>
/// <param name="Account">Who speaks; null when a person posts it by hand.</param>
/// <param name="About">What it belongs to ("conversation:0198...").</param>
/// <param name="Words">What its author wrote.</param>
/// <param name="Text">As it stands, with signature.</param>
/// <param name="AuthorName">The human who wrote it.</param>
/// <param name="AuthorInitials">What it is signed with.</param>
/// <param name="ParentUri">What it answers.</param>
/// <param name="Card">The link shown beneath it; its picture is left out here.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="Reason">Why it failed, or what the last try said.</param>
/// <param name="QueuedAt">When it was written.</param>
/// <param name="SentAt">When it stood on its network.</param>
/// <param name="ExternalId">The network's id (at:// address on Bluesky).</param>
/// <param name="Url">Where people see it.</param>
public sealed record MessageView(MessageId Id, MessageKind Kind, MessageStatus Status, string Network, ChannelAccountId? Account, string? About, string Words, string Text,
    string AuthorName, string AuthorInitials, string? ParentUri, LinkCard? Card, int Attempts, string? Reason, DateTimeOffset QueuedAt, DateTimeOffset? SentAt, string? ExternalId, string? Url)
{
    /// <summary>Who wrote it.</summary>
    public UserId Author { get; init; }

    /// <summary>When it is, or was, to be sent; null for at once.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>BCP 47; null when nobody said.</summary>
    public string? Language { get; init; }

    /// <summary>Its place in its thread, from 1.</summary>
    public int Part { get; init; } = 1;

    /// <summary>How many posts its thread has; 1 when it stands alone.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>The first post of its thread; null for the first, and for one that stands alone.</summary>
    public MessageId? ThreadOf { get; init; }

    /// <summary>The rules that held it for approval.</summary>
    public IReadOnlyList<string> HeldFor { get; init; } = [];

    /// <summary>The policy of speaking that it was signed and checked by.</summary>
    public int PolicyVersion { get; init; }

    /// <summary>Of a factual correction: what was said that is wrong.</summary>
    public string? CorrectedClaim { get; init; }

    /// <summary>Of a factual correction: where it can be read what is right.</summary>
    public string? Evidence { get; init; }

    /// <summary>Of a factual correction: the certificate that its author spoke by.</summary>
    public Guid? Certificate { get; init; }

    /// <summary>When its text was last changed while it stood.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The text that it is being given; null unless it is being changed.</summary>
    public string? NewWords { get; init; }

    /// <summary>How often people liked it, as the network last said.</summary>
    public int Likes { get; init; }

    /// <summary>How often people passed it on.</summary>
    public int Reshares { get; init; }

    /// <summary>How often people answered it.</summary>
    public int Replies { get; init; }
}

/// <summary>A post of the brand's own that stands on its network, so far as another room must know to correct it or to answer it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="About">What it belongs to.</param>
/// <param name="Words">As it stands.</param>
/// <param name="IsEditing">True while it is being given other words.</param>
/// <param name="CardUrl">The address in its card; null without one.</param>
/// <param name="Author">The human who wrote it.</param>
/// <param name="Place">Where it stands, to be answered there by the account that posted it.</param>
public sealed record StandingPost(MessageId Id, string About, string Words, bool IsEditing, string? CardUrl, Actor Author, ReplyTarget Place);

/// <summary>Messages by what they belong to, or all of them by status.</summary>
public sealed class ReadMessages(Database db)
{
    /// <summary>All messages that belong to something, in the order they were written.</summary>
    public async Task<IReadOnlyList<MessageView>> About(string subject, CancellationToken ct) =>
        [.. (await Without(db.Set<Message>().Where(m => m.About == subject).OrderBy(m => m.Id)).ToListAsync(ct)).Select(View)];

    /// <summary>Posts of our own that stand on a network, by what they belong to; of a thread the first. Oldest first.</summary>
    public async Task<IReadOnlyList<StandingPost>> Standing(IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        var rows = await db.Set<Message>().AsNoTracking().Where(m => m.About != null && subjects.Contains(m.About) && m.Kind == MessageKind.Post && m.Part == 1 && m.ExternalId != null && m.Account != null
                && (m.Status == MessageStatus.Sent || m.Status == MessageStatus.Editing)).OrderBy(m => m.Id)
            .Select(m => new { m.Id, m.About, m.Words, m.Status, m.CardUrl, m.Author, m.AuthorName, m.AuthorInitials, m.Network, m.Account, m.ExternalId, m.Cid }).ToListAsync(ct);
        return rows.ConvertAll(m => new StandingPost(m.Id, m.About!, m.Words, m.Status == MessageStatus.Editing, m.CardUrl, new(m.Author, m.AuthorName, m.AuthorInitials, null, Role.Agent),
            new(m.Network, m.Account, m.ExternalId, m.Cid, m.ExternalId, m.Cid) { ParentId = m.ExternalId }));
    }

    public async Task<MessageView?> Find(MessageId id, CancellationToken ct) => await Without(db.Set<Message>().Where(m => m.Id == id)).SingleOrDefaultAsync(ct) is { } m ? View(m) : null;

    /// <summary>Several at once; those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<MessageView>> Of(IReadOnlyCollection<MessageId> ids, CancellationToken ct) =>
        [.. (await Without(db.Set<Message>().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id)).ToListAsync(ct)).Select(View)];

    /// <summary>The latest first.</summary>
    /// <param name="status">Null for all.</param>
    /// <param name="after">From <see cref="Page{T}.Next"/>; null for the first page.</param>
    /// <param name="size">1 to 500.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when <paramref name="after"/> is no place in this list.</returns>
    public async Task<Page<MessageView>?> List(MessageStatus? status, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var messages = db.Set<Message>().Where(m => status == null || m.Status == status);
        if (place is not null) messages = messages.Where(m => m.QueuedAt < place.At || m.QueuedAt == place.At && m.Id < place.Id);
        var take = Keyset.Size(size);
        var rows = await Without(messages.OrderByDescending(m => m.QueuedAt).ThenByDescending(m => m.Id).Take(take + 1)).ToListAsync(ct);
        return Keyset.Cut(rows, take, m => new Place(m.QueuedAt, m.Id)).Select(View);
    }

    /// <summary>What waits for somebody's approval, the longest waiting first.</summary>
    /// <inheritdoc cref="List"/>
    public async Task<Page<MessageView>?> Waiting(string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var held = db.Set<Message>().Where(m => m.Status == MessageStatus.Held && m.ThreadOf == null);
        if (place is not null) held = held.Where(m => m.QueuedAt > place.At || m.QueuedAt == place.At && m.Id > place.Id);
        var take = Keyset.Size(size);
        var rows = await Without(held.OrderBy(m => m.QueuedAt).ThenBy(m => m.Id).Take(take + 1)).ToListAsync(ct);
        return Keyset.Cut(rows, take, m => new Place(m.QueuedAt, m.Id)).Select(View);
    }

    /// <summary>The posts of a thread in order; of a message that stands alone, itself.</summary>
    public async Task<IReadOnlyList<MessageView>> Thread(MessageId first, CancellationToken ct) =>
        [.. (await Without(db.Set<Message>().Where(m => m.Id == first || m.ThreadOf == first).OrderBy(m => m.Part)).ToListAsync(ct)).Select(View)];

    /// <summary>How many messages wait for approval.</summary>
    public Task<int> Held(CancellationToken ct) => db.Set<Message>().CountAsync(m => m.Status == MessageStatus.Held && m.ThreadOf == null, ct);

    /// <summary>How many messages need a person now.</summary>
    public Task<int> Waiting(CancellationToken ct) => db.Set<Message>().CountAsync(m => m.Status == MessageStatus.Failed || m.Status == MessageStatus.ByHand, ct);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/messages").WithTags("Publishing").RequireAuthorization("read");
        group.MapGet("", async Task<Results<Ok<Page<MessageView>>, ProblemHttpResult>> (Word<MessageStatus>? status, string? after, int? size, ReadMessages read, CancellationToken ct) =>
            await read.List(status?.Value, after, size, ct) is { } page ? Ok(page) : Problems.NoPlace()).WithSummary("What the brand says, the latest first");
        group.MapGet("/{message:guid}", async Task<Results<Ok<MessageView>, ProblemHttpResult>> (Guid message, ReadMessages read, CancellationToken ct) =>
            await read.Find(new(message), ct) is { } view ? Ok(view) : Problems.Unknown("message")).WithSummary("One message");
    }

    internal static MessageView View(Message m) => new(m.Id, m.Kind, m.Status, m.Network, m.Account, m.About, m.Words, m.Text, m.AuthorName, m.AuthorInitials, m.ParentUri,
        m.CardUrl is null ? null : new LinkCard(m.CardUrl, m.CardTitle!, m.CardDescription!), m.Attempts, m.Reason, m.QueuedAt, m.SentAt, m.ExternalId, m.Url)
    {
        Author = m.Author, At = m.DueAt, Language = m.Language, Part = m.Part, Parts = m.Parts, ThreadOf = m.ThreadOf, HeldFor = Publish.Lines(m.HeldFor), PolicyVersion = m.PolicyVersion,
        CorrectedClaim = m.CorrectedClaim, Evidence = m.Evidence, Certificate = m.Certificate, EditedAt = m.EditedAt, NewWords = m.NewWords, Likes = m.Likes, Reshares = m.Reshares, Replies = m.Replies,
    };

    private sealed record Place(DateTimeOffset At, MessageId Id);

    private static IQueryable<Message> Without(IQueryable<Message> messages) => messages.AsNoTracking();
}
