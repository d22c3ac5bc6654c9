using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Understanding.Models;

/// <summary>Learns anew from what the brand's own people said, once enough of it is new. Run by one node; killed at any moment, nothing of it is kept.</summary>
public sealed record LearnFromPeople : IJob
{
    /// <summary>Labels that people must have given before a model is worth it.</summary>
    public const int Least = 100;
}

/// <summary>
/// What people corrected or confirmed counts fully; a mention whose conversation was handled without a correction counts a third; and up to 1,000 others, as the lexicon reads them, count a twentieth,
/// so that a model of few labels stays near what ships. Only what people said by themselves is measured on.
/// </summary>
internal sealed class LearnFromPeopleRun(Database db, ReadingModels models, TimeProvider clock) : IRun<LearnFromPeople>
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>New ones since the last model, as a share of those it had learned from.</summary>
    private const double More = 0.1;

    private const float Handled = 0.33f;
    private const float Lexicon = 0.05f;
    private const int Others = 1_000;
    private const int Most = 50_000;
    private const int AtOnce = 1_000;

    public async Task Run(LearnFromPeople job, CancellationToken ct)
    {
        foreach (var (task, said) in await models.Said(ct))
        {
            if (said < LearnFromPeople.Least || said < await Known(task, ct) * (1 + More)) continue;
            var posts = await Posts(task, ct);
            try
            {
                await models.Learn(task, posts, ModelMetric.MacroF1, (ulong)said, What(said), ct);
            }
            catch (TooFewLabelsException)
            {
                // everybody said the same: nothing to tell apart yet
            }
        }
    }

    /// <summary>What there is to learn from, labels by people first.</summary>
    internal async Task<List<LabelledPost>> Posts(ModelTask task, CancellationToken ct)
    {
        var flag = task switch { ModelTask.Sentiment => Corrected.Sentiment, ModelTask.Intent => Corrected.Intents, _ => Corrected.Topics };
        var mentions = db.Set<MentionRow>().AsNoTracking().Where(m => m.RemovedAt == null && !m.IsOwn && m.Text != "");
        var corrected = await mentions.Where(m => (m.Corrected & flag) != Corrected.None).OrderByDescending(m => m.Number).Take(Most).ToListAsync(ct);
        var confirmed = await mentions.Where(m => (m.Corrected & flag) == Corrected.None)
            .Join(db.Set<ConfirmedRow>(), m => m.Id, c => c.Mention, (m, c) => new { m, IsSaid = (c.Said & flag) != Corrected.None }).OrderByDescending(x => x.m.Number).Take(Most).ToListAsync(ct);
        var since = clock.Now().AddDays(-90);
        var others = await mentions.Where(m => m.Corrected == Corrected.None && m.At > since && !db.Set<ConfirmedRow>().Any(c => c.Mention == m.Id)).OrderByDescending(m => m.Number).Take(Others)
            .Select(m => new { m.Text, m.Language }).ToListAsync(ct);
        var fell = task == ModelTask.Mismatches ? await Fell(corrected.Concat(confirmed.Select(c => c.m)), ct) : null;
        return
        [
            .. corrected.Select(m => Post(task, m, 1, fell)),
            .. confirmed.Select(x => Post(task, x.m, x.IsSaid ? 1 : Handled, fell)),
            .. others.Select(m => new LabelledPost(m.Text, EvaluateModel.Labels(task, Understand.Read(m.Text, m.Language)), Trust: Lexicon, Language: m.Language)),
        ];
    }

    private static LabelledPost Post(ModelTask task, MentionRow mention, float trust, ILookup<MentionId, string>? fell) => new(mention.Text,
        task switch
        {
            ModelTask.Sentiment => [mention.Sentiment.ToString().ToLowerInvariant()],
            ModelTask.Intent => [.. IntentBits.Intents(mention.Intents).Select(i => i.ToString().ToLowerInvariant())],
            _ => [.. fell![mention.Id].DefaultIfEmpty(LabelledPost.None).Order(StringComparer.Ordinal)],
        },
        mention.At, Trust: trust, Language: mention.Language);

    private async Task<ILookup<MentionId, string>> Fell(IEnumerable<MentionRow> mentions, CancellationToken ct)
    {
        var fell = new List<(MentionId Mention, string Topic)>();
        foreach (var some in mentions.Select(m => m.Id).Chunk(AtOnce))
        {
            var rows = await db.Set<MismatchRow>().AsNoTracking().Where(m => some.Contains(m.Mention)).Select(m => new { m.Mention, m.Attribute }).ToListAsync(ct);
            fell.AddRange(rows.Select(r => (r.Mention, r.Attribute)));
        }

        return fell.ToLookup(f => f.Mention, f => f.Topic);
    }

    private async Task<int> Known(ModelTask task, CancellationToken ct)
    {
        var by = await db.Set<ModelRow>().Where(m => m.Task == task && m.By.StartsWith(Name)).OrderByDescending(m => m.Version).Select(m => m.By).FirstOrDefaultAsync(ct);
        return by is null ? 0 : int.Parse(by[Name.Length..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private const string Name = "the team, by ";

    private static string What(int said) => FormattableString.Invariant($"{Name}{said} labels");
}
