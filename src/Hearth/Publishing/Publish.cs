using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>What a reply answers, as its network names it. Plain references, so that any room can give them.</summary>
/// <param name="Network">Where the answered post stands ("bluesky", "web", "file" ...).</param>
/// <param name="Account">Who is to answer; null for the account connected first on that network.</param>
/// <param name="ParentUri">The answered post; null when it has no address that can be answered.</param>
/// <param name="ParentCid">Its hash; the network is asked when it is not known.</param>
/// <param name="RootUri">The post that began the thread; the network is asked when it is not known.</param>
/// <param name="RootCid">Its hash.</param>
public sealed record ReplyTarget(string Network, ChannelAccountId? Account, string? ParentUri, string? ParentCid = null, string? RootUri = null, string? RootCid = null);

/// <summary>An answer to be given.</summary>
/// <param name="To">What it answers.</param>
/// <param name="Text">Without signature; that is added.</param>
/// <param name="Author">The named human who speaks.</param>
/// <param name="About">What it belongs to, to find it again ("conversation:0198..."); see <see cref="ReadMessages.About"/>.</param>
/// <param name="Id">Chosen by a caller that may call twice; the second call changes nothing.</param>
public sealed record ReplyDraft(ReplyTarget To, string Text, Actor Author, string? About = null, MessageId? Id = null);

/// <summary>A post to be made.</summary>
/// <param name="Account">Who speaks.</param>
/// <param name="Text">As it will stand.</param>
/// <param name="Author">The human who wrote it.</param>
/// <param name="Card">A link shown as a card beneath it.</param>
/// <param name="About">What it belongs to, to find it again ("offer:0198...").</param>
/// <param name="Id">Chosen by a caller that may call twice; the second call changes nothing.</param>
public sealed record PostDraft(ChannelAccountId Account, string Text, Actor Author, LinkCard? Card = null, string? About = null, MessageId? Id = null);

/// <summary>What became of a draft: exactly one of the nested cases.</summary>
public abstract record Publication
{
    private Publication() { }

    /// <summary>It will be sent once the caller's unit of work is kept.</summary>
    /// <param name="Message">Its id; <see cref="MessageSent"/> or <see cref="MessageFailed"/> will name it.</param>
    /// <param name="Text">As it will stand, with signature.</param>
    public sealed record Queued(MessageId Message, string Text) : Publication;

    /// <summary>Nothing can send it there: a person copies the text over and marks it posted.</summary>
    public sealed record ByHand(MessageId Message, string Text) : Publication;

    /// <summary>Longer, with its signature, than the network takes.</summary>
    /// <param name="Length">In <paramref name="Unit"/>.</param>
    /// <param name="Limit">The most the network takes.</param>
    /// <param name="Unit">"graphemes" or "bytes".</param>
    public sealed record TooLong(int Length, int Limit, string Unit) : Publication;

    public sealed record Empty : Publication;

    /// <summary>There is no such account, or it is disconnected.</summary>
    public sealed record NotConnected : Publication;
}

/// <summary>How a text will stand, before it is queued.</summary>
public sealed record Preview(string Text, TextLength Length);

/// <summary>Queues what the brand says.</summary>
/// <remarks>Adds to the caller's unit of work and saves nothing: the message, its delivery and whatever the caller writes are kept together or not at all.</remarks>
public sealed class Publish(Database db, TimeProvider clock, ChannelAccounts accounts, DisclosurePolicy policy, IEnumerable<IOutgoingNetwork> networks)
{
    /// <summary>The most that is kept of a text for a person to post by hand, in characters.</summary>
    public const int MaxByHand = 10_000;

    /// <summary>An answer, named and disclosed.</summary>
    public async Task<Publication> Reply(ReplyDraft draft, CancellationToken ct)
    {
        if (await Earlier(draft.Id, ct) is { } earlier) return earlier;
        var account = await Speaker(draft.To, ct);
        return await Queue(draft.Text, await Signature(draft.Author, account, ct), account, draft.To.Network, new Rest(MessageKind.Reply, draft.Author, draft.About, draft.Id, draft.To, null));
    }

    /// <summary>A post of the brand's own.</summary>
    public async Task<Publication> Post(PostDraft draft, CancellationToken ct)
    {
        if (await Earlier(draft.Id, ct) is { } earlier) return earlier;
        if (await accounts.Find(draft.Account, ct) is not { State: not ChannelState.Disconnected } account) return new Publication.NotConnected();
        return await Queue(draft.Text, null, account, account.Network, new Rest(MessageKind.Post, draft.Author, draft.About, draft.Id, null, draft.Card));
    }

    /// <inheritdoc cref="Post(PostDraft, CancellationToken)"/>
    public Task<Publication> Post(ChannelAccountId account, string text, LinkCard? card, Actor author, CancellationToken ct) => Post(new PostDraft(account, text, author, card), ct);

    /// <summary>How a reply would stand and how long it would be.</summary>
    public async Task<Preview> PreviewReply(ReplyTarget to, string text, Actor author, CancellationToken ct)
    {
        var account = await Speaker(to, ct);
        var signed = Disclosure.Sign(text.Trim(), await Signature(author, account, ct));
        return new(signed, Measure(account?.Network, signed));
    }

    internal TextLength Measure(string? network, string text) =>
        networks.FirstOrDefault(n => n.Name == network)?.Measure(text) ?? new(text.Length, MaxByHand, "characters");

    private sealed record Rest(MessageKind Kind, Actor Author, string? About, MessageId? Id, ReplyTarget? To, LinkCard? Card);

    private Task<Publication> Queue(string text, string? signature, ChannelAccountView? account, string network, Rest rest)
    {
        var words = text.Trim();
        if (words.Length == 0) return Task.FromResult<Publication>(new Publication.Empty());
        var length = Measure(account?.Network, Disclosure.Sign(words, signature));
        if (!length.Fits) return Task.FromResult<Publication>(new Publication.TooLong(length.Length, length.Limit, length.Unit));

        var now = clock.Now();
        var (to, card) = (rest.To, rest.Card);
        var message = new Message
        {
            Id = rest.Id ?? MessageId.New(), Kind = rest.Kind, Status = account is null ? MessageStatus.ByHand : MessageStatus.Queued,
            Network = network, Account = account?.Id, About = rest.About, Words = words, Signature = signature,
            Author = rest.Author.Id, AuthorName = rest.Author.Name, AuthorInitials = rest.Author.Initials,
            ParentUri = to?.ParentUri, ParentCid = to?.ParentCid, RootUri = to?.RootUri, RootCid = to?.RootCid,
            CardUrl = card?.Url, CardTitle = card?.Title, CardDescription = card?.Description, CardImage = card?.Image?.Bytes, CardImageType = card?.Image?.MediaType,
            Key = account is null ? null : networks.Single(n => n.Name == account.Network).NewKey(now), QueuedAt = now,
        };
        db.Add(message);
        if (account is null) return Task.FromResult<Publication>(new Publication.ByHand(message.Id, message.Text));
        db.Enqueue(new DeliverMessage(message.Id), now);
        return Task.FromResult<Publication>(new Publication.Queued(message.Id, message.Text));
    }

    // Nobody to speak as, or nothing that could be answered: by hand.
    private async Task<ChannelAccountView?> Speaker(ReplyTarget to, CancellationToken ct)
    {
        if (to.ParentUri is null || networks.All(n => n.Name != to.Network)) return null;
        if (to.Account is { } chosen && await accounts.Find(chosen, ct) is { State: not ChannelState.Disconnected } account && account.Network == to.Network) return account;
        return await accounts.Default(to.Network, ct);
    }

    private async Task<string> Signature(Actor author, ChannelAccountView? account, CancellationToken ct) => (await policy.Read(ct)).Line(author, account?.Name);

    private async Task<Publication?> Earlier(MessageId? id, CancellationToken ct)
    {
        if (id is not { } given || await db.Set<Message>().FindAsync([given], ct) is not { } message) return null;
        return message.Account is null ? new Publication.ByHand(message.Id, message.Text) : new Publication.Queued(message.Id, message.Text);
    }
}
