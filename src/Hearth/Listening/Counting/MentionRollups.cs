using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Counting;

/// <summary>
/// Gathers what a unit of work changes in the counts, and writes it in the same transaction. Whoever stores, corrects, removes or matches mentions takes
/// out what was counted and puts in what now is.
/// </summary>
internal sealed class MentionRollups
{
    private const long HourMicroseconds = 3_600_000_000;

    private readonly Dictionary<(Dimension Dimension, string Key, CountLevel Level, int Bucket), long[]> _changes = [];
    private readonly HashSet<MentionId> _takenOut = [];
    private readonly Dictionary<MentionId, (IReadOnlyList<string> Topics, IReadOnlyList<QueryId> Queries)> _putBack = [];

    /// <summary>Counts a mention with all that it is counted by.</summary>
    /// <param name="sign">1 puts it in, -1 takes it out as it was when it was put in.</param>
    /// <param name="mention">The mention; a removed one is not counted, so take it out before its removal is set.</param>
    /// <param name="topics">Its topics.</param>
    /// <param name="queries">The saved queries it matches.</param>
    public void Count(int sign, MentionRow mention, IEnumerable<string> topics, IEnumerable<QueryId> queries)
    {
        if (mention.RemovedAt is not null) return;
        var (at, sentiment) = (mention.At.ToUnixMicroseconds(), mention.Sentiment);
        Add(sign, Dimension.All, "", at, sentiment);
        Add(sign, Dimension.Source, Key(mention.Source.Value), at, sentiment);
        Add(sign, Dimension.Language, mention.Language, at, sentiment);
        Add(sign, Dimension.Kind, mention.Kind.ToString(), at, sentiment);
        foreach (var intent in IntentBits.Intents(mention.Intents)) Add(sign, Dimension.Intent, intent.ToString(), at, sentiment);
        foreach (var query in queries) Add(sign, Dimension.Query, Key(query.Value), at, sentiment);
        var isComplaint = (mention.Intents & 1 << (int)Intent.Complaint) != 0;
        foreach (var topic in topics)
        {
            Add(sign, Dimension.Topic, topic, at, sentiment);
            if (isComplaint) Add(sign, Dimension.Complaint, topic, at, sentiment);
        }
    }

    /// <summary>Takes stored mentions out with all that they are counted by; call it before they change. Those that are still to be counted are left for then.</summary>
    public async Task TakeOut(Database db, IReadOnlyCollection<MentionRow> mentions, CancellationToken ct)
    {
        if (mentions.Count == 0) return;
        var counted = await CountState.ForChange(db, ct);
        var ids = mentions.Select(m => m.Id).ToArray();
        var topics = (await db.Set<MentionTopic>().AsNoTracking().Where(t => ids.Contains(t.Mention)).ToListAsync(ct)).ToLookup(t => t.Mention, t => t.Topic);
        var queries = (await db.Set<MentionQuery>().AsNoTracking().Where(q => ids.Contains(q.Mention)).ToListAsync(ct)).ToLookup(q => q.Mention, q => q.Query);
        foreach (var mention in mentions.Where(m => counted.Holds(m.Number)))
        {
            // What this unit of work put back itself is not in the database yet.
            var (hadTopics, hadQueries) = _putBack.TryGetValue(mention.Id, out var had) ? had : ([.. topics[mention.Id]], [.. queries[mention.Id]]);
            Count(-1, mention, hadTopics, hadQueries);
            _takenOut.Add(mention.Id);
        }
    }

    /// <summary>Counts a mention as it now is, if it was taken out.</summary>
    public void PutBack(MentionRow mention, IReadOnlyList<string> topics, IReadOnlyList<QueryId> queries)
    {
        if (!_takenOut.Remove(mention.Id)) return;
        Count(1, mention, topics, queries);
        _putBack[mention.Id] = (topics, queries);
    }

    /// <summary>Counts that a stored mention matches a query now, or no longer does.</summary>
    public void Count(int sign, QueryId query, DateTimeOffset at, Sentiment sentiment) => Add(sign, Dimension.Query, Key(query.Value), at.ToUnixMicroseconds(), sentiment);

    /// <summary>Writes the changes; call it inside the transaction that makes them, before facts are saved.</summary>
    public async Task Write(Database db, CancellationToken ct)
    {
        var changes = _changes.Where(c => c.Value.AsSpan().ContainsAnyExcept(0)).ToList();
        if (changes.Count == 0) return;
        var series = await Series(db, [.. changes.Select(c => (c.Key.Dimension, c.Key.Key)).Distinct()], ct);
        await db.InsertAll(changes.ConvertAll(c => new CountRow
        {
            Series = series[(c.Key.Dimension, c.Key.Key)], Level = c.Key.Level, Bucket = c.Key.Bucket, Negative = c.Value[0], Neutral = c.Value[1], Positive = c.Value[2],
        }), ct);
        _changes.Clear();
    }

    /// <summary>Drops the counts of a query that is removed.</summary>
    public static async Task Forget(Database db, QueryId query, CancellationToken ct)
    {
        var key = Key(query.Value);
        await db.Set<CountRow>().Where(c => db.Set<SeriesRow>().Any(s => s.Id == c.Series && s.Dimension == Dimension.Query && s.Key == key)).ExecuteDeleteAsync(ct);
    }

    /// <summary>The key of a source or a query.</summary>
    public static string Key(Guid id) => id.ToString();

    private void Add(int sign, Dimension dimension, string key, long at, Sentiment sentiment)
    {
        var hour = (int)Math.Floor((double)at / HourMicroseconds);
        Add(sign, (dimension, key, CountLevel.Hour, hour), sentiment);
        Add(sign, (dimension, key, CountLevel.Day, (int)Math.Floor(hour / 24.0)), sentiment);
        Add(sign, (dimension, key, CountLevel.Ever, 0), sentiment);
    }

    private void Add(int sign, (Dimension, string, CountLevel, int) place, Sentiment sentiment)
    {
        if (!_changes.TryGetValue(place, out var counts)) _changes[place] = counts = new long[3];
        counts[(int)sentiment + 1] += sign;
    }

    private static async Task<Dictionary<(Dimension, string), int>> Series(Database db, List<(Dimension Dimension, string Key)> wanted, CancellationToken ct)
    {
        var known = await Known();
        var missing = wanted.Where(w => !known.ContainsKey(w)).Order().ToList();
        foreach (var chunk in missing.Chunk(200))
        {
            // In order, so that two who add the same series wait for each other and not in a circle.
            var values = string.Join(", ", chunk.Select((c, n) => $"({(int)c.Dimension}, {{{n}}})"));
            var statement = $"INSERT INTO listening_series (dimension, key) VALUES {values} ON CONFLICT DO NOTHING"; // numbers and placeholders alone
            await db.Database.ExecuteSqlRawAsync(statement, chunk.Select(c => (object)c.Key), ct);
        }

        return missing.Count == 0 ? known : await Known();

        async Task<Dictionary<(Dimension, string), int>> Known()
        {
            var keys = wanted.Select(w => w.Key).Distinct().ToArray();
            return await db.Set<SeriesRow>().AsNoTracking().Where(s => keys.Contains(s.Key)).ToDictionaryAsync(s => (s.Dimension, s.Key), s => s.Id, ct);
        }
    }
}
