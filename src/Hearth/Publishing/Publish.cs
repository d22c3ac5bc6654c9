using System.Globalization;
using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>Queues what the brand says.</summary>
/// <remarks>Adds to the caller's unit of work and saves nothing: the message, its delivery and whatever the caller writes are kept together or not at all.</remarks>
public sealed class Publish(Database db, TimeProvider clock, ChannelAccounts accounts, SpeakingPolicies policies, Certifications certifications, Pictures pictures, IEnumerable<IOutgoingNetwork> networks, Slots slots, SameWords same)
{
    /// <summary>The most that is kept of a text for a person to post by hand, in characters.</summary>
    public const int MaxByHand = 10_000;

    /// <summary>The longest claim that a correction names, in characters.</summary>
    public const int MaxClaim = 1000;

    /// <summary>An answer, named and disclosed.</summary>
    public async Task<Publication> Reply(ReplyDraft draft, CancellationToken ct)
    {
        if (await Earlier(draft.Id, ct) is { } earlier) return earlier;
        var account = await Speaker(draft.To, ct);
        var policy = await policies.Read(ct);
        var (words, refused, certificate) = await Corrected(draft, ct);
        if (refused is not null) return refused;
        var line = Disclosure.Signature(policy, draft.Author, draft.To.Network, account);
        return await Queue(new(words, line, account, draft.To.Network, policy, MessageKind.Reply, draft.Author, draft.About, draft.Id)
        {
            To = draft.To, Language = draft.Language, Pictures = draft.Pictures, AsThread = draft.AsThread, IsToBeReviewed = draft.IsToBeReviewed, Correction = draft.Correction, Certificate = certificate,
        }, ct);
    }

    /// <summary>A post of the brand's own.</summary>
    public async Task<Publication> Post(PostDraft draft, CancellationToken ct)
    {
        if (await Earlier(draft.Id, ct) is { } earlier) return earlier;
        if (await accounts.Find(draft.Account, ct) is not { State: not ChannelState.Disconnected } account) return new Publication.NotConnected();
        var at = draft.InQueue ? await slots.Next(account.Id, ct) : draft.At is { } wanted ? SendTime.Of(wanted) : (DateTimeOffset?)null;
        if (draft.InQueue && at is null) return new Publication.Invalid("at", "has no free slot: the account's queue has none set, or all are taken for a year");
        if (at is { } time && SendTime.Wrong(time, clock.Now()) is { } wrong) return new Publication.Invalid(wrong.Field, wrong.Reason);
        if (at >= draft.Before) return new Publication.Invalid("at", string.Create(CultureInfo.InvariantCulture, $"would be {at:d MMM yyyy, HH:mm} UTC; it must be before {draft.Before:d MMM yyyy, HH:mm} UTC"));
        if (await same.Wrong(account.Id, SameWords.Of(draft.Text), at ?? clock.Now(), draft.Id, ct) is { } twice) return new Publication.Invalid("text", twice);
        return await Queue(new(draft.Text, null, account, account.Network, await policies.Read(ct), MessageKind.Post, draft.Author, draft.About, draft.Id)
        {
            Card = draft.Card, At = at, Language = draft.Language, Pictures = draft.Pictures, AsThread = draft.AsThread, IsToBeReviewed = draft.IsToBeReviewed,
        }, ct);
    }

    /// <summary>How a post would stand on its account; when it is not said.</summary>
    /// <returns>Null when there is no such account, or it is disconnected.</returns>
    public async Task<Preview?> PreviewPost(PostDraft draft, CancellationToken ct)
    {
        if (await accounts.Find(draft.Account, ct) is not { State: not ChannelState.Disconnected } account) return null;
        var (fit, policy, words) = (await Fit.For(Network(account.Network), account.Id, ct), await policies.Read(ct), draft.Text.Trim());
        var parts = fit.Parts(words, null, draft.AsThread) ?? [words];
        return new(words, fit.Measure(words))
        {
            Parts = [.. parts.Select(part => new PreviewPart(part, fit.Measure(part), fit.Marks(part)))], Rules = fit.Rules, PolicyVersion = policy.Version, Account = account.Name,
            WaitsFor = words.Length == 0 || !draft.IsToBeReviewed ? [] : ReviewRules.Why(policy.Approvals, words, await SentBy(draft.Author.Id, policy, ct)),
        };
    }

    /// <inheritdoc cref="Post(PostDraft, CancellationToken)"/>
    public Task<Publication> Post(ChannelAccountId account, string text, LinkCard? card, Actor author, CancellationToken ct) => Post(new PostDraft(account, text, author, card), ct);

    /// <summary>How a reply would stand and how long it would be.</summary>
    public Task<Preview> PreviewReply(ReplyTarget to, string text, Actor author, CancellationToken ct) => PreviewReply(new ReplyDraft(to, text, author), ct);

    /// <inheritdoc cref="PreviewReply(ReplyTarget, string, Actor, CancellationToken)"/>
    public async Task<Preview> PreviewReply(ReplyDraft draft, CancellationToken ct)
    {
        var (account, policy) = (await Speaker(draft.To, ct), await policies.Read(ct));
        var signature = Disclosure.Signature(policy, draft.Author, draft.To.Network, account);
        var fit = await Fit.For(account is null ? null : Network(account.Network), account?.Id, ct);
        var words = fit.Address(WithEvidence(draft.Text.Trim(), draft.Correction), draft.To.Handle);
        var signed = Disclosure.Sign(words, signature);
        var parts = fit.Parts(words, signature, asThread: true) ?? [words];
        return new(signed, fit.Measure(signed))
        {
            Parts = [.. parts.Select((part, n) => Show(n == parts.Count - 1 ? Disclosure.Sign(part, signature) : part))], Rules = fit.Rules, Signature = signature, PolicyVersion = policy.Version, Account = account?.Name,
            WaitsFor = words.Length == 0 ? [] : ReviewRules.Why(policy.Approvals, words, await SentBy(draft.Author.Id, policy, ct)),
        };

        PreviewPart Show(string text) => new(text, fit.Measure(text), fit.Marks(text));
    }

    /// <summary>What a person's text for a message that is there already would be, and whether it fits.</summary>
    internal async Task<(string Words, TextLength Length)> Refit(Message message, string text, CancellationToken ct)
    {
        var fit = await Fit.For(message.Account is null ? null : Network(message.Network), message.Account, ct);
        var words = message is { Kind: MessageKind.Reply, Part: 1 } ? fit.Address(text.Trim(), message.ParentHandle) : text.Trim();
        return (words, fit.Measure(message.TextOf(words)));
    }

    /// <summary>Why a text of an author must wait for somebody else now.</summary>
    internal async Task<(IReadOnlyList<string> Why, int PolicyVersion)> Review(UserId author, string words, CancellationToken ct)
    {
        var policy = await policies.Read(ct);
        return (ReviewRules.Why(policy.Approvals, words, await SentBy(author, policy, ct)), policy.Version);
    }

    internal IOutgoingNetwork Network(string name) => networks.Single(n => n.Name == name);

    private sealed record Plan(string Text, string? Signature, ChannelAccountView? Account, string Network, SpeakingPolicy Policy, MessageKind Kind, Actor Author, string? About, MessageId? Id)
    {
        public ReplyTarget? To { get; init; }

        public LinkCard? Card { get; init; }

        public DateTimeOffset? At { get; init; }

        public string? Language { get; init; }

        public IReadOnlyList<PictureId> Pictures { get; init; } = [];

        public bool AsThread { get; init; }

        public bool IsToBeReviewed { get; init; }

        public FactualCorrection? Correction { get; init; }

        public CertificateId? Certificate { get; init; }
    }

    private async Task<Publication> Queue(Plan plan, CancellationToken ct)
    {
        if (plan.Text.Trim().Length == 0) return new Publication.Empty();
        var fit = await Fit.For(plan.Account is null ? null : Network(plan.Account.Network), plan.Account?.Id, ct);
        var words = plan.To is { } to ? fit.Address(plan.Text.Trim(), to.Handle) : plan.Text.Trim();
        if (fit.Parts(words, plan.Signature, plan.AsThread) is not { } parts)
        {
            var length = fit.Measure(Disclosure.Sign(words, plan.Signature));
            return new Publication.TooLong(length.Length, length.Limit, length.Unit);
        }

        var (shown, wrong) = await pictures.Check(plan.Pictures, fit.Rules, plan.Author, ct);
        if (wrong is not null) return new Publication.Invalid(wrong.Field, wrong.Reason);
        IReadOnlyList<string> why = plan.IsToBeReviewed ? ReviewRules.Why(plan.Policy.Approvals, words, await SentBy(plan.Author.Id, plan.Policy, ct)) : [];

        var now = clock.Now();
        var status = why.Count > 0 ? MessageStatus.Held : plan.Account is null ? MessageStatus.ByHand : plan.At is null ? MessageStatus.Queued : MessageStatus.Scheduled;
        var messages = new List<Message>();
        for (var n = 1; n <= parts.Count; n++) messages.Add(Part(plan, parts, n, messages.FirstOrDefault()?.Id, status, why, now));
        db.AddRange(messages);
        foreach (var (row, place) in shown.Select((r, i) => (r, i))) (row.MessageId, row.Position) = (messages[0].Id, place);
        var first = messages[0];
        var text = Disclosure.Sign(words, plan.Signature);
        if (status == MessageStatus.Held) return new Publication.Held(first.Id, text, why);
        if (status == MessageStatus.ByHand) return new Publication.ByHand(first.Id, text);
        db.Enqueue(new DeliverMessage(first.Id), plan.At ?? now);
        return plan.At is { } at ? new Publication.Scheduled(first.Id, text, at) : new Publication.Queued(first.Id, text);
    }

    private Message Part(Plan plan, IReadOnlyList<string> parts, int number, MessageId? first, MessageStatus status, IReadOnlyList<string> why, DateTimeOffset now)
    {
        var (to, card, leads) = (number == 1 ? plan.To : null, number == 1 ? plan.Card : null, number == 1);
        return new()
        {
            Id = leads && plan.Id is { } id ? id : MessageId.New(), Kind = plan.Kind, Status = status, Network = plan.Network, Account = plan.Account?.Id, About = plan.About,
            Words = parts[number - 1], Signature = plan.Signature, Author = plan.Author.Id, AuthorName = plan.Author.Name, AuthorInitials = plan.Author.Initials,
            ParentUri = to?.ParentUri, ParentCid = to?.ParentCid, RootUri = to?.RootUri, RootCid = to?.RootCid, ParentId = to?.ParentId, ParentHandle = to?.Handle,
            CardUrl = card?.Url, CardTitle = card?.Title, CardDescription = card?.Description, CardImage = card?.Image?.Bytes, CardImageType = card?.Image?.MediaType,
            Language = plan.Language, ThreadOf = first, Part = number, Parts = parts.Count, PolicyVersion = plan.Policy.Version,
            CorrectedClaim = leads ? plan.Correction?.Claim?.Trim() : null, Evidence = leads ? plan.Correction?.Evidence?.Trim() : null, Certificate = leads ? plan.Certificate?.Value : null,
            HeldFor = why.Count > 0 && leads ? string.Join('\n', why) : null,
            Key = plan.Account is null ? null : Network(plan.Account.Network).NewKey(now), QueuedAt = now, DueAt = plan.At,
            SameWords = leads && plan.Kind == MessageKind.Post ? SameWords.Of(plan.Text) : null,
        };
    }

    // A correction says what is wrong and shows why, in the name of somebody whom the council trusts with it. The page and the API come through here alike.
    private async Task<(string Words, Publication? Refused, CertificateId? Certificate)> Corrected(ReplyDraft draft, CancellationToken ct)
    {
        if (draft.Correction is not { } correction) return (draft.Text, null, null);
        if (correction.Claim?.Trim() is not { Length: > 0 and <= MaxClaim }) return ("", new Publication.Invalid("correction.claim", $"must say in 1 to {MaxClaim:N0} characters what is wrong"), null);
        if (!Uri.TryCreate(correction.Evidence?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return ("", new Publication.Invalid("correction.evidence", "must be a link to where it can be read"), null);
        if (!Enum.IsDefined(correction.Of)) return ("", new Publication.Invalid("correction.of", "must be product, company or safety"), null);
        if (await certifications.Of(draft.Author.Id, correction.Of, ct) is not { } certificate) return ("", new Publication.NotCertified(correction.Of), null);
        return (WithEvidence(draft.Text, correction), null, certificate);
    }

    private static string WithEvidence(string text, FactualCorrection? correction) => correction?.Evidence?.Trim() is { Length: > 0 } evidence && text.Trim().Length > 0 && !text.Contains(evidence, StringComparison.Ordinal)
        ? text.Trim() + "\n" + evidence : text;

    private Task<int> SentBy(UserId author, SpeakingPolicy policy, CancellationToken ct) => policy.Approvals.NewAgentUntil == 0 ? Task.FromResult(0)
        : db.Set<Message>().Where(m => m.Author == author && m.Status == MessageStatus.Sent && m.Part == 1).Take(policy.Approvals.NewAgentUntil).CountAsync(ct);

    // Nobody to speak as, or nothing that could be answered: by hand.
    private async Task<ChannelAccountView?> Speaker(ReplyTarget to, CancellationToken ct)
    {
        if (to.ParentUri is null || networks.All(n => n.Name != to.Network)) return null;
        if (to.Account is { } chosen && await accounts.Find(chosen, ct) is { State: not ChannelState.Disconnected } account && account.Network == to.Network) return account;
        return await accounts.Default(to.Network, ct);
    }

    private async Task<Publication?> Earlier(MessageId? id, CancellationToken ct)
    {
        if (id is not { } given || await db.Set<Message>().FindAsync([given], ct) is not { } message) return null;
        if (message is { Status: MessageStatus.Scheduled, DueAt: { } due }) return new Publication.Scheduled(message.Id, message.Text, due);
        return message.Status == MessageStatus.Held ? new Publication.Held(message.Id, message.Text, Lines(message.HeldFor))
            : message.Account is null ? new Publication.ByHand(message.Id, message.Text) : new Publication.Queued(message.Id, message.Text);
    }

    internal static IReadOnlyList<string> Lines(string? kept) => kept?.Split('\n') ?? [];
}
