using Hearth.Catalog;
using Hearth.Channels;
using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>One mention with everything known about it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="SourceName">The source's name.</param>
/// <param name="Network">"bluesky", "web", "webhook" or "file".</param>
/// <param name="ExternalId">What names it at its source.</param>
/// <param name="Text">As written; empty once it was removed at its source.</param>
/// <param name="At">When it was written.</param>
/// <param name="HeardAt">When it came in.</param>
/// <param name="Author">Who wrote it, as the source said; null when it did not.</param>
/// <param name="Person">The author among our people.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="Refs">What the network needs to answer it; null when it cannot be answered there.</param>
/// <param name="ThreadKey">The same for all posts of one thread.</param>
/// <param name="ParentId">External id of the post it answers.</param>
/// <param name="IsOwn">The brand's own post.</param>
/// <param name="IsRemoved">Deleted at its source.</param>
/// <param name="Language">ISO 639-1 or "und".</param>
/// <param name="Sentiment">As read, or as a person corrected it.</param>
/// <param name="Strength">-1 to 1.</param>
/// <param name="Intents">At least one.</param>
/// <param name="Topics">Keys of topics ("delivery-time").</param>
/// <param name="Queries">Saved queries it matched.</param>
/// <param name="Account">The brand's account that heard it, and should answer it; null when none did.</param>
public sealed record MentionView(
    MentionId Id, SourceId Source, string SourceName, string Network, string ExternalId, string Text, DateTimeOffset At, DateTimeOffset HeardAt, IncomingAuthor? Author,
    PersonId? Person, string? Url, NetworkRefs? Refs, string ThreadKey, string? ParentId, bool IsOwn, bool IsRemoved, string Language, Sentiment Sentiment, double Strength,
    IReadOnlyList<Intent> Intents, IReadOnlyList<string> Topics, IReadOnlyList<MatchedQuery> Queries, ChannelAccountId? Account = null)
{
    /// <summary>What it is in its thread.</summary>
    public PostKind Kind { get; init; }

    /// <summary>What it carries: none, or link, image, video.</summary>
    public Media Has { get; init; }

    /// <summary>Its pictures, videos and sounds, with what they show.</summary>
    public IReadOnlyList<CarriedMedia> Carries { get; init; } = [];

    /// <summary>How many followed its author when it was heard; null when the source did not say.</summary>
    public long? Followers { get; init; }

    /// <summary>Where it points, each address once: those in the text, then those beside it (a card, the target of a shortened link).</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The feeling that speaks loudest.</summary>
    public Emotion Emotion { get; init; }

    /// <summary>How soon an answer is needed, 0 (whenever) to 1 (now).</summary>
    public double Urgency { get; init; }

    /// <summary>What it judges, each attribute with a polarity, as read or corrected.</summary>
    public IReadOnlyList<MentionAspect> Aspects { get; init; } = [];

    /// <summary>The products of the catalogue that it names.</summary>
    public IReadOnlyList<MentionedProduct> Products { get; init; } = [];

    /// <summary>Where what was experienced fell short of what was expected, the surest first. Places are those of its text.</summary>
    public IReadOnlyList<Mismatch> Mismatches { get; init; } = [];

    /// <summary>True while only sources that do not engage have brought it: it is talk about somebody, maybe not about the brand.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>When its author last changed the text; null when that never happened.</summary>
    public DateTimeOffset? EditedAt { get; init; }
}

/// <summary>What a mention judges, and how.</summary>
/// <param name="Attribute">Key of a topic ("delivery-time").</param>
/// <param name="Polarity">As read, or as a person corrected it.</param>
public sealed record MentionAspect(string Attribute, Sentiment Polarity);

/// <summary>A product that a mention names, and how it is spoken of.</summary>
/// <param name="Product">The product of the catalogue.</param>
/// <param name="Polarity">As the aspects that are about it, else as the mention as a whole.</param>
public sealed record MentionedProduct(ProductId Product, Sentiment Polarity);

public sealed record MatchedQuery(QueryId Id, string Name);

/// <summary>Reads mentions by id.</summary>
public sealed class ReadMention(Database db)
{
    /// <summary>One mention.</summary>
    /// <returns>Null when there is no such mention.</returns>
    public async Task<MentionView?> Of(MentionId id, CancellationToken ct) => (await Of([id], ct)).SingleOrDefault();

    /// <summary>Several at once, in no order; ids that are unknown are left out.</summary>
    public async Task<IReadOnlyList<MentionView>> Of(IReadOnlyCollection<MentionId> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var rows = await db.Set<MentionRow>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(ct);
        return await Views(rows, ct);
    }

    /// <summary>All that was heard of one thread, oldest first, at most 500.</summary>
    public async Task<IReadOnlyList<MentionView>> Thread(string threadKey, CancellationToken ct)
    {
        var rows = await db.Set<MentionRow>().AsNoTracking().Where(m => m.ThreadKey == threadKey).OrderBy(m => m.At).ThenBy(m => m.Id).Take(500).ToListAsync(ct);
        return await Views(rows, ct);
    }

    internal async Task<IReadOnlyList<MentionView>> Views(List<MentionRow> rows, CancellationToken ct)
    {
        var ids = rows.ConvertAll(r => r.Id);
        var sources = rows.Select(r => r.Source).Concat(rows.Select(r => r.EngagedBy).OfType<SourceId>()).Distinct().ToArray();
        var from = await db.Set<SourceRow>().AsNoTracking().Where(s => sources.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var topics = (await db.Set<MentionTopic>().AsNoTracking().Where(t => ids.Contains(t.Mention)).ToListAsync(ct)).ToLookup(t => t.Mention, t => new MentionAspect(t.Topic, t.Polarity));
        var products = (await db.Set<MentionProduct>().AsNoTracking().Where(p => ids.Contains(p.Mention)).ToListAsync(ct)).ToLookup(p => p.Mention, p => new MentionedProduct(p.Product, p.Polarity));
        var fell = (await db.Set<MismatchRow>().AsNoTracking().Where(m => ids.Contains(m.Mention)).ToListAsync(ct)).ToLookup(m => m.Mention);
        var queries = (await db.Set<MentionQuery>().Where(q => ids.Contains(q.Mention))
            .Join(db.Set<QueryRow>(), q => q.Query, q => q.Id, (m, q) => new { m.Mention, q.Id, q.Name }).ToListAsync(ct)).ToLookup(q => q.Mention, q => new MatchedQuery(q.Id, q.Name));
        return rows.ConvertAll(m => new MentionView(
            m.Id, m.Source, from.GetValueOrDefault(m.Source)?.Name ?? "?", m.Network, m.ExternalId, m.Text, m.At, m.HeardAt,
            m.AuthorId is null ? null : new(m.AuthorId, m.AuthorHandle, m.AuthorName, m.AuthorAvatar, m.AuthorUrl), m.Person, m.Url,
            m.Uri is null ? null : new(m.Uri, m.Cid, m.RootUri, m.RootCid), m.ThreadKey, m.ParentId, m.IsOwn, m.RemovedAt is not null, m.Language, m.Sentiment, m.Strength,
            IntentBits.Intents(m.Intents), [.. topics[m.Id].Select(t => t.Attribute).Order(StringComparer.Ordinal)], [.. queries[m.Id].OrderBy(q => q.Name, StringComparer.Ordinal)],
            from.TryGetValue(m.EngagedBy ?? m.Source, out var source) ? BlueskySource.AccountOf(source) : null)
        {
            Kind = m.Kind, Has = m.Has, Carries = MentionMedia.Read(m.Carries), Followers = m.Followers, Links = [.. MentionSearch.LinksOf(m.Text, m.Links)], EditedAt = m.EditedAt, IsQuiet = m.IsQuiet,
            Emotion = m.Emotion, Urgency = m.Urgency, Aspects = [.. topics[m.Id].OrderBy(t => t.Attribute, StringComparer.Ordinal)], Products = [.. products[m.Id]],
            Mismatches = [.. fell[m.Id].OrderByDescending(f => f.Sure).ThenBy(f => f.AboutStart).Select(f => f.Mismatch())],
        });
    }
}
