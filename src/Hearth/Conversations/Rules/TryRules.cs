using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>What a rule would have done.</summary>
/// <param name="Since">From when on it was looked.</param>
/// <param name="Conversations">In how many conversations something happened since.</param>
/// <param name="IsAll">False when only the latest of them were looked at.</param>
/// <param name="Fired">How often it would have acted.</param>
/// <param name="Hit">On how many conversations.</param>
/// <param name="Rows">On which, the latest first; at most 200.</param>
public sealed record TriedRule(DateTimeOffset Since, int Conversations, bool IsAll, int Fired, int Hit, IReadOnlyList<TriedFiring> Rows);

/// <summary>One thing a rule would have done.</summary>
/// <param name="Conversation">On which conversation.</param>
/// <param name="Number">What people call it by.</param>
/// <param name="Text">The person's post that was looked at, at most 240 characters; empty when it was removed.</param>
/// <param name="At">When it would have been.</param>
/// <param name="Did">What it would have done, in words.</param>
/// <param name="With">Other rules that would have acted on the same, in order.</param>
/// <param name="Now">How the conversation stands today: "Care, Ada Brandt, urgent".</param>
public sealed record TriedFiring(ConversationId Conversation, long Number, string Text, DateTimeOffset At, string Did, IReadOnlyList<long> With, string Now);

/// <summary>
/// Tries a rule on what has been, among the rules that are live, and changes nothing. Each conversation's last seven days are lived through again: posts, answers and what people did as they were, what rules
/// did as the rules of today would. A conversation that is older begins as it stands now.
/// </summary>
public sealed class TryRules
{
    /// <summary>How far back it looks.</summary>
    public static readonly TimeSpan Back = TimeSpan.FromDays(7);

    /// <summary>Most conversations it looks at, the latest.</summary>
    public const int AtMost = 5_000;

    private const int Shown = 200;

    private readonly Database _db;
    private readonly CheckRule _check;
    private readonly ReadPast _past;
    private readonly RuleNaming _naming;
    private readonly TimeProvider _clock;

    internal TryRules(Database db, CheckRule check, ReadPast past, RuleNaming naming, TimeProvider clock) => (_db, _check, _past, _naming, _clock) = (db, check, past, naming, clock);

    /// <summary>Tries what is not kept yet.</summary>
    /// <param name="draft">The rule.</param>
    /// <param name="number">In place of this one; null for a new one, which comes last.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>What it would have done, or what is wrong with it.</returns>
    public async Task<(TriedRule? Tried, IReadOnlyList<FieldError> Errors)> Draft(RuleDraft draft, long? number, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        return await _check.Read(draft, errors, ct) is { } rule ? (await Run(new(number ?? 0, 0, rule.Name, default, rule.Body), ct), []) : (null, errors);
    }

    /// <summary>Tries a rule's latest version, which can go live from then on; null when there is no such rule.</summary>
    public async Task<TriedRule?> Kept(long number, CancellationToken ct)
    {
        if (await _db.Set<RuleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Number == number && r.RemovedAt == null, ct) is not { } rule) return null;
        var version = await _db.Set<RuleVersionRow>().AsNoTracking().SingleAsync(v => v.Rule == number && v.Version == rule.Version, ct);
        var tried = await Run(new(number, rule.Version, version.Name, default, version.Read()), ct);
        var now = _clock.Now();
        await _db.Set<RuleRow>().Where(r => r.Number == number && r.Version == rule.Version).ExecuteUpdateAsync(set => set.SetProperty(r => r.TriedVersion, rule.Version).SetProperty(r => r.TriedAt, now), ct);
        return tried;
    }

    private async Task<TriedRule> Run(ActingRule rule, CancellationToken ct)
    {
        var now = _clock.Now();
        var since = now - Back;
        var rules = await Among(rule, ct);
        var (lives, isAll) = await _past.Of(since, now, AtMost, rules, rule, ct);
        var words = string.Join(", ", RuleWords.Then(rule.Body.Then, await _naming.All(ct)));
        var found = new List<TriedFiring>();
        foreach (var life in lives)
        {
            foreach (var (happening, acting) in LiveThrough.Of(life, rules))
            {
                if (!acting.Contains(rule)) continue;
                var text = happening.Scene.Mention is { } post ? Threads.Preview(post.Text) : "";
                found.Add(new(life.Conversation.Id, life.Conversation.Number, text, happening.At, words, [.. acting.Where(r => r != rule).Select(r => r.Number)], Standing(life.Conversation, life.Labels)));
            }
        }

        return new(since, lives.Count, isAll, found.Count, found.Select(f => f.Conversation).Distinct().Count(), [.. found.OrderByDescending(f => f.At).ThenByDescending(f => f.Number).Take(Shown)]);
    }

    // The live rules with this one where it stands, or last.
    private async Task<IReadOnlyList<ActingRule>> Among(ActingRule rule, CancellationToken ct)
    {
        var places = await _db.Set<RuleRow>().Where(r => r.RemovedAt == null).Select(r => new { r.Number, r.Place }).ToDictionaryAsync(r => r.Number, r => r.Place, ct);
        var live = await RunRules.Live(_db, ct);
        return [.. live.Where(r => r.Number != rule.Number).Append(rule).OrderBy(r => places.GetValueOrDefault(r.Number, int.MaxValue)).ThenBy(r => r.Number)];
    }

    private static string Standing(Conversation c, IReadOnlyCollection<string> labels)
    {
        var parts = new List<string>();
        if (c.Department is { } department) parts.Add(Governance.Departments.Title(department));
        if (c.AssigneeName is { } name) parts.Add(name);
        if (c.Priority != ConversationPriority.None) parts.Add(c.Priority.ToString().ToLowerInvariant());
        parts.AddRange(labels.Order(StringComparer.Ordinal));
        if (c.Status == ConversationStatus.Closed) parts.Add("closed");
        return string.Join(", ", parts);
    }
}
