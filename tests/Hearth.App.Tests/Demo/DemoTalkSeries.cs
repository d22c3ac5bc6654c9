using Hearth.App.Demo;
using Hearth.Listening.Understanding;

namespace Hearth.App.Tests.Demo;

/// <summary>The demo's posts as the house would count them: read by the real reader, day by day, without a database.</summary>
internal sealed class DemoTalkSeries
{
    private readonly DateOnly _first;
    private readonly List<(int Day, HashSet<string> Topics, bool IsCritical, string Text, string? Cause)> _posts;

    public DemoTalkSeries(DateTimeOffset now, int seed)
    {
        (_first, Days) = (DateOnly.FromDateTime(now.UtcDateTime).AddDays(-DemoPosts.Days), DemoPosts.Days);
        _posts = [.. new DemoPosts(now, seed).History().Select(p => (Post: p, Read: Understand.Read(p.Text, p.Author.Language))).Select(p => (
            DateOnly.FromDateTime(p.Post.At.UtcDateTime).DayNumber - _first.DayNumber, p.Read.Topics.ToHashSet(StringComparer.Ordinal), p.Read.Sentiment != Sentiment.Positive, p.Post.Text, p.Post.Cause))];
    }

    public int Days { get; }

    public DateOnly First => _first;

    /// <summary>Critical posts about a cause's attribute (and product), and those about every other attribute, up to a day.</summary>
    public (IReadOnlyList<int> Critical, IReadOnlyDictionary<string, IReadOnlyList<int>> Others) Of(DemoCause cause, int days)
    {
        var names = cause.Sku is { } sku ? DemoBrand.Product(sku).Words.Append(DemoBrand.Product(sku).Name).ToArray() : null;
        var (mine, mentions, all) = (new int[days], new int[days], new int[days]);
        var others = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var (day, topics, isCritical, text, _) in _posts.Where(p => p.Day >= 0 && p.Day < days))
        {
            all[day]++;
            var speaks = topics.Contains(cause.Attribute) && (names is null || names.Any(n => text.Contains(n, StringComparison.OrdinalIgnoreCase)));
            if (speaks) mentions[day]++;
            if (!isCritical) continue;
            if (speaks) mine[day]++;
            else foreach (var topic in topics.Where(t => names is not null || t != cause.Attribute)) (others.TryGetValue(topic, out var line) ? line : others[topic] = new int[days])[day]++;
        }

        var found = others.ToDictionary(o => o.Key, o => (IReadOnlyList<int>)o.Value, StringComparer.Ordinal);
        found["all other talk"] = [.. all.Zip(mentions, (a, m) => a - m)];
        return (mine, found);
    }

    /// <summary>Of the posts that a cause brought forth, how many are counted as critical of its attribute.</summary>
    public (int Counted, int Of) Recall(DemoCause cause) =>
        (_posts.Count(p => p.Cause == cause.Id && p.IsCritical && p.Topics.Contains(cause.Attribute)), _posts.Count(p => p.Cause == cause.Id));
}
