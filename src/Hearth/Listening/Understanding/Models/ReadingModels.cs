using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Understanding.Models;

/// <summary>A model of the house.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Task">What it tells.</param>
/// <param name="State">Whether it reads what comes in.</param>
/// <param name="At">When it was learned.</param>
/// <param name="By">Who had it learned.</param>
/// <param name="Trained">Posts learned from.</param>
/// <param name="Measured">How it read a fifth that was held out.</param>
/// <param name="Before">How what was in use then read the same fifth.</param>
public sealed record ModelView(int Version, ModelTask Task, ModelState State, DateTimeOffset At, string By, int Trained, ModelAccuracy Measured, ModelAccuracy Before);

/// <summary>What came of learning.</summary>
/// <param name="Version">Of the model.</param>
/// <param name="Used">True when it is in use from now on.</param>
/// <param name="Trained">Posts learned from.</param>
/// <param name="MacroF1">On the held-out fifth.</param>
/// <param name="Before">Of what was in use, on the same.</param>
/// <param name="Sentence">For a person.</param>
public sealed record Learned(int Version, bool Used, int Trained, double MacroF1, double Before, string Sentence);

/// <summary>A reading model was put to use, or given up for the lexicon.</summary>
/// <param name="Task">What it tells.</param>
/// <param name="Version">The model; null for what ships.</param>
/// <param name="Was">What was in use before.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When.</param>
public sealed record ReadingChanged(ModelTask Task, int? Version, int? Was, string By, DateTimeOffset At) : IFact
{
    public string Subject => "reading:" + Task;
}

/// <summary>The models of the house: learns them, keeps every version, and puts one to use. A new one replaces the old one only if it reads a held-out fifth better.</summary>
public sealed class ReadingModels(Database db, Readers readers, TimeProvider clock)
{
    private const double HeldOut = 0.2;

    /// <summary>All versions, the latest first.</summary>
    public async Task<IReadOnlyList<ModelView>> All(CancellationToken ct) => [.. (await db.Set<ModelRow>().AsNoTracking().OrderByDescending(m => m.Version)
        .Select(m => new { m.Version, m.Task, m.State, m.At, m.By, m.Trained, m.Measured, m.Before }).ToListAsync(ct))
        .Select(m => new ModelView(m.Version, m.Task, m.State, m.At, m.By, m.Trained, Read(m.Measured), Read(m.Before)))];

    /// <summary>How many mentions people gave a label by themselves, by task.</summary>
    public async Task<IReadOnlyDictionary<ModelTask, int>> Said(CancellationToken ct)
    {
        var mentions = db.Set<MentionRow>().Where(m => m.RemovedAt == null && !m.IsOwn);
        var confirmed = db.Set<ConfirmedRow>();
        return new Dictionary<ModelTask, int>
        {
            [ModelTask.Sentiment] = await mentions.CountAsync(m => (m.Corrected & Corrected.Sentiment) != Corrected.None || confirmed.Any(c => c.Mention == m.Id && (c.Said & Corrected.Sentiment) != Corrected.None), ct),
            [ModelTask.Intent] = await mentions.CountAsync(m => (m.Corrected & Corrected.Intents) != Corrected.None || confirmed.Any(c => c.Mention == m.Id && (c.Said & Corrected.Intents) != Corrected.None), ct),
            [ModelTask.Mismatches] = await mentions.CountAsync(m => (m.Corrected & Corrected.Topics) != Corrected.None || confirmed.Any(c => c.Mention == m.Id && (c.Said & Corrected.Topics) != Corrected.None), ct),
        };
    }

    /// <summary>Learns from four fifths; compares with what is in use on the last; keeps a model learned from all, and uses it if it was better.</summary>
    /// <param name="task">Sentiment, intent or mismatches: what the house reads by model.</param>
    /// <param name="posts">With their labels.</param>
    /// <param name="metric">What is compared, and tuned for.</param>
    /// <param name="seed">Decides what is held out.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="ct">Stops it; nothing is kept then.</param>
    /// <exception cref="TooFewLabelsException">The posts do not do, or the task is none of the house's.</exception>
    public async Task<Learned> Learn(ModelTask task, IReadOnlyList<LabelledPost> posts, ModelMetric metric, ulong seed, string by, CancellationToken ct)
    {
        if (task == ModelTask.Aspects) throw new TooFewLabelsException("The house reads aspects by its lexicon; train them into a file with --out.");
        if (task == ModelTask.Mismatches && posts.SelectMany(p => p.Labels).FirstOrDefault(l => l != LabelledPost.None && !Topics.Exists(l)) is { } unknown) throw new TooFewLabelsException($"There is no topic '{unknown}'; what fell short is told by the key of a topic, or none.");
        var split = SplitPosts.Random([.. posts.Where(p => p.Trust > LabelledPost.Guess)], HeldOut, seed);
        if (split.Test.Count > 0) split = split with { Train = [.. split.Train, .. posts.Where(p => p.Trust <= LabelledPost.Guess)] };
        else throw new TooFewLabelsException($"{posts.Count} labelled posts are too few to hold some out.");
        var current = await readers.Current(db, ct);
        var before = EvaluateModel.Compare([.. split.Test.Select(p => new EvaluateModel.Answered(p, EvaluateModel.Labels(task, current.Read(p.Text, p.Language)), "", null))], null);
        var measured = EvaluateModel.Model(TrainModel.Run(task, split.Train, metric, seed, ct), split.Test);
        using var bytes = new MemoryStream();
        ModelFile.Save(TrainModel.Run(task, posts, metric, seed, ct), bytes);
        var isBetter = measured.Of(metric) > before.Of(metric);
        var version = await Keep(task, isBetter, by, posts.Count, measured, before, bytes.ToArray(), ct);
        var figures = FormattableString.Invariant($"macro-F1 {measured.MacroF1:0.000} on a held-out fifth, what was in use {before.MacroF1:0.000}");
        return new(version, isBetter, posts.Count, measured.MacroF1, before.MacroF1, isBetter ? $"Model {version} learned from {posts.Count:N0} posts and is in use: {figures}." : $"Model {version} is kept but not used: {figures}.");
    }

    /// <summary>Uses a version from now on; null for what ships.</summary>
    /// <returns>False when there is no such version of the task, or it reads by other rules than this Hearth.</returns>
    public Task<bool> Use(ModelTask task, int? version, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (version is { } wanted && !await db.Set<ModelRow>().AnyAsync(m => m.Version == wanted && m.Task == task, ct)) return false;
        await Switch(task, version, by.Name, ct);
        return true;
    }, ct);

    private Task<int> Keep(ModelTask task, bool isBetter, string by, int trained, ModelAccuracy measured, ModelAccuracy before, byte[] data, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlRawAsync("LOCK TABLE listening_models IN SHARE ROW EXCLUSIVE MODE", ct); // the next version is one more than the last
        var version = (await db.Set<ModelRow>().MaxAsync(m => (int?)m.Version, ct) ?? 0) + 1;
        db.Add(new ModelRow
        {
            Version = version, Task = task, State = isBetter ? ModelState.Former : ModelState.Refused, At = clock.Now(), By = by, Trained = trained,
            Measured = JsonSerializer.Serialize(measured, Json.Options), Before = JsonSerializer.Serialize(before, Json.Options), Data = data,
        });
        await db.SaveChangesAsync(ct);
        if (isBetter) await Switch(task, version, by, ct);
        db.Forget();
        return version;
    }, ct);

    // Joins the caller's transaction.
    private async Task Switch(ModelTask task, int? version, string by, CancellationToken ct)
    {
        var was = await db.Set<ModelRow>().Where(m => m.Task == task && m.State == ModelState.Current).Select(m => (int?)m.Version).SingleOrDefaultAsync(ct);
        if (was == version) return;
        await db.Set<ModelRow>().Where(m => m.Task == task && m.State == ModelState.Current).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, ModelState.Former), ct);
        await db.Set<ModelRow>().Where(m => m.Task == task && m.Version == version).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, ModelState.Current), ct);
        db.Record(new ReadingChanged(task, version, was, by, clock.Now()));
        await db.SaveChangesAsync(ct);
    }

    private static ModelAccuracy Read(string json) => JsonSerializer.Deserialize<ModelAccuracy>(json, Json.Options)!;
}
