using Hearth.Governance;

namespace Hearth.Conversations.Rules;

/// <summary>Something that happened in a conversation.</summary>
/// <param name="At">When.</param>
/// <param name="Moment">What it is to rules; null when only the conversation changed by it.</param>
/// <param name="Change">What was changed.</param>
/// <param name="Scene">What of it does not depend on what rules did: the post, working hours.</param>
/// <param name="Do">What became of the conversation by it.</param>
internal sealed record Happening(DateTimeOffset At, RuleMoment? Moment, RuleChange? Change, RuleScene Scene, Func<RuleScene, RuleScene> Do);

/// <summary>A stretch of a conversation's life.</summary>
/// <param name="Conversation">As it stands now.</param>
/// <param name="Labels">It bears now.</param>
/// <param name="Begin">As it stood when the stretch began.</param>
/// <param name="Happenings">In order of time.</param>
internal sealed record PastLife(Conversation Conversation, IReadOnlyCollection<string> Labels, RuleScene Begin, IReadOnlyList<Happening> Happenings);

/// <summary>Lives a conversation's past through again with other rules. Pure.</summary>
internal static class LiveThrough
{
    /// <summary>What happened, with the rules that would have acted on it; what no rule answers is left out.</summary>
    public static IEnumerable<(Happening What, IReadOnlyList<ActingRule> Acting)> Of(PastLife life, IReadOnlyList<ActingRule> rules)
    {
        var state = life.Begin;
        foreach (var happening in life.Happenings)
        {
            state = happening.Do(state);
            if (happening.Moment is not { } moment) continue;
            var seen = happening.Scene with { Status = state.Status, Department = state.Department, Assigned = state.Assigned, Priority = state.Priority, Labels = state.Labels };
            var (acting, after) = Decide.Run(rules, seen, moment, happening.Change, moment == RuleMoment.TimePasses ? happening.Scene.Only : null);
            var given = acting.Any(r => r.Body.Then is { Inside: true } or { Person: not null });
            state = state with { Department = after.Department, Assigned = after.Assigned || given, Priority = after.Priority, Labels = after.Labels };
            if (acting.Count > 0) yield return (happening, acting);
            if (acting.Any(r => r.Body.Then.Spam)) yield break;
        }
    }

    /// <summary>What a person did, as the timeline tells it; null for what rules do not look at.</summary>
    public static (RuleChange Change, Func<RuleScene, RuleScene> Do)? Told(string? what, string? text) => what switch
    {
        "assigned" => (RuleChange.Owner, s => s with { Assigned = true }),
        "unassigned" => (RuleChange.Owner, s => s with { Assigned = false }),
        "routed" => (RuleChange.Owner, s => s with { Department = Enum.GetValues<Department>().Cast<Department?>().FirstOrDefault(d => d!.Value.Title() == text) }),
        "prioritised" => (RuleChange.Priority, s => s with { Priority = Enum.TryParse<ConversationPriority>(text, true, out var p) ? p : ConversationPriority.None }),
        "labelled" when text is not null => (RuleChange.Label, s => s with { Labels = s.Labels.Add(text) }),
        "unlabelled" when text is not null => (RuleChange.Label, s => s with { Labels = s.Labels.Remove(text) }),
        "closed" => (RuleChange.Status, s => s with { Status = ConversationStatus.Closed }),
        "waiting" => (RuleChange.Status, s => s with { Status = ConversationStatus.Waiting }),
        "reopened" => (RuleChange.Status, s => s with { Status = ConversationStatus.Open }),
        _ => null,
    };
}
