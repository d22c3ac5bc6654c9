using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>What is kept of a mention beside itself: the attributes and products it judges, and what fell short. Joins the caller's unit of work.</summary>
internal sealed class MentionJudgement(Database db)
{
    /// <summary>Replaces what is kept by what a reading says. What a person said of its aspects stays: only what fell short by their word falls short.</summary>
    /// <returns>The topics that it has now.</returns>
    public async Task<IReadOnlyList<string>> Renew(MentionRow mention, Reading reading, CancellationToken ct)
    {
        var had = await db.Set<MentionTopic>().Where(t => t.Mention == mention.Id).ToListAsync(ct);
        var isCorrected = mention.Corrected.HasFlag(Corrected.Topics);
        if (!isCorrected) Set(mention, had, [.. reading.Aspects.Select(a => new MentionAspect(a.Attribute, a.Polarity)).DistinctBy(a => a.Attribute)]);
        var products = await db.Set<MentionProduct>().Where(p => p.Mention == mention.Id).ToListAsync(ct);
        db.RemoveRange(products.Where(p => !reading.Products.Any(n => n.Product == p.Product)));
        foreach (var named in reading.Products)
        {
            if (products.Find(p => p.Product == named.Product) is { } known) known.Polarity = named.Polarity;
            else db.Add(new MentionProduct { Mention = mention.Id, Product = named.Product, Polarity = named.Polarity, At = mention.At });
        }

        var bad = had.Where(h => h.Polarity == Sentiment.Negative).Select(h => h.Topic).ToHashSet(StringComparer.Ordinal);
        await Fall(mention, [.. reading.Mismatches.Where(m => !isCorrected || bad.Contains(m.Attribute))], isCorrected ? bad : [], ct);
        return isCorrected ? [.. had.Select(h => h.Topic)] : [.. reading.Topics];
    }

    /// <summary>Makes a person's word for the aspects what is kept. What they call bad fell short, whether or not the reader saw it; nothing else did.</summary>
    public async Task Correct(MentionRow mention, List<MentionTopic> had, IReadOnlyList<MentionAspect> aspects, CancellationToken ct)
    {
        Set(mention, had, aspects);
        var bad = aspects.Where(a => a.Polarity == Sentiment.Negative).Select(a => a.Attribute).ToHashSet(StringComparer.Ordinal);
        var read = await db.Set<MismatchRow>().Where(m => m.Mention == mention.Id).ToListAsync(ct);
        await Fall(mention, [.. read.Where(r => bad.Contains(r.Attribute)).Select(r => r.Mismatch() with { Sure = 1 })], bad, ct);
    }

    private void Set(MentionRow mention, List<MentionTopic> had, IReadOnlyList<MentionAspect> aspects)
    {
        db.RemoveRange(had.Where(h => !aspects.Any(a => a.Attribute == h.Topic)));
        foreach (var aspect in aspects)
        {
            if (had.Find(h => h.Topic == aspect.Attribute) is { } known) known.Polarity = aspect.Polarity;
            else db.Add(new MentionTopic { Mention = mention.Id, Topic = aspect.Attribute, Polarity = aspect.Polarity, At = mention.At });
        }
    }

    private async Task Fall(MentionRow mention, List<Mismatch> now, IReadOnlySet<string> asSaid, CancellationToken ct)
    {
        foreach (var attribute in asSaid.Where(a => !now.Exists(m => m.Attribute == a)).Order(StringComparer.Ordinal)) now.Add(new(attribute, null, null, null, null, 1, default));
        var had = await db.Set<MismatchRow>().Where(m => m.Mention == mention.Id).ToListAsync(ct);
        db.RemoveRange(had.Where(h => !now.Exists(m => m.Attribute == h.Attribute)));
        foreach (var mismatch in now)
        {
            var row = MismatchRow.Of(mention.Id, mention.At, mismatch);
            if (had.Find(h => h.Attribute == mismatch.Attribute) is { } known) db.Entry(known).CurrentValues.SetValues(row);
            else db.Add(row);
        }
    }
}
