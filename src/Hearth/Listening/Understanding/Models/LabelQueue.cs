using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Understanding.Models;

/// <summary>A mention that is worth a person's look.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Text">As written.</param>
/// <param name="SourceName">Where it was read.</param>
/// <param name="At">When it was written.</param>
/// <param name="Language">ISO 639-1, or "und".</param>
/// <param name="Sentiment">As read.</param>
/// <param name="Doubt">0 (sure) to 1 (as good as a guess).</param>
/// <param name="Why">For a person.</param>
public sealed record WorthLabelling(MentionId Mention, string Text, string SourceName, DateTimeOffset At, string Language, Sentiment Sentiment, double Doubt, string Why);

/// <summary>
/// Finds the mentions whose label would teach most: those the reader is least sure of among the latest that nobody looked at, no two alike (uncertainty sampling; Lewis and Gale, SIGIR 1994).
/// </summary>
public sealed class LabelQueue(Database db, Readers readers)
{
    private const int LookedAt = 1_000;
    private const double Alike = 0.5;

    /// <summary>The most doubtful, most doubtful first.</summary>
    /// <param name="most">1 to 100.</param>
    public async Task<IReadOnlyList<WorthLabelling>> Top(int most, CancellationToken ct)
    {
        var reader = await readers.Current(db, ct);
        var latest = await db.Set<MentionRow>().AsNoTracking()
            .Where(m => (m.Corrected & Corrected.Sentiment) == Corrected.None && m.RemovedAt == null && !m.IsOwn && !db.Set<ConfirmedRow>().Any(c => c.Mention == m.Id && (c.Said & Corrected.Sentiment) != Corrected.None))
            .OrderByDescending(m => m.Number).Take(LookedAt).Join(db.Set<SourceRow>(), m => m.Source, s => s.Id, (m, s) => new { m.Id, m.Text, m.At, m.Language, s.Name }).ToListAsync(ct);
        var doubtful = new List<(WorthLabelling Post, HashSet<string> Words)>();
        foreach (var m in latest)
        {
            var tokens = Listening.Text.Tokens.Of(m.Text);
            if (tokens.Count < 3) continue;
            var reading = reader.Read(m.Text, tokens, m.Language, out var sure);
            var (doubt, why) = Doubt(reading, sure);
            doubtful.Add((new(m.Id, m.Text, m.Name, m.At, m.Language, reading.Sentiment, doubt, why), [.. tokens.Select(t => t.Folded)]));
        }

        var chosen = new List<(WorthLabelling Post, HashSet<string> Words)>();
        foreach (var post in doubtful.OrderByDescending(d => d.Post.Doubt).ThenByDescending(d => d.Post.At).ThenBy(d => d.Post.Mention.Value))
        {
            if (chosen.Count == most) break;
            if (!chosen.Exists(c => c.Words.Count(post.Words.Contains) > Alike * Math.Max(c.Words.Count, post.Words.Count))) chosen.Add(post);
        }

        return chosen.ConvertAll(c => c.Post);
    }

    // Of a model, how far its best guess is from certain, where a guess among three is no knowledge at all. Of the lexicon, what makes it err: words on both sides, or none at all.
    private static (double Doubt, string Why) Doubt(Reading reading, float? sure)
    {
        if (sure is { } p) return (Math.Round(Math.Clamp((1 - p) * 1.5, 0, 1), 3), FormattableString.Invariant($"{p * 100:0} % sure"));
        var (plus, minus) = (0.0, 0.0);
        foreach (var reason in reading.Reasons)
        {
            if (reason.Says != "sentiment") continue;
            if (reason.Weight > 0) plus += reason.Weight;
            else minus -= reason.Weight;
        }

        if (plus + minus == 0) return (0.4, "no word tells");
        return plus > 0 && minus > 0 ? (Math.Round(0.5 + 0.5 * Math.Min(plus, minus) / Math.Max(plus, minus), 3), "words for and against") : (Math.Round(0.4 / (1 + plus + minus), 3), "one side only");
    }
}
