namespace Hearth.Conversations.Rules;

/// <summary>Which rules act on an event, and in what order. Pure: what is tried and what acts is decided here alike.</summary>
internal static class Decide
{
    /// <summary>
    /// 1. Ask the rules of this moment in their order; each that holds acts, and those after it see what it did. 2. What rules changed is a change for the rules that wait
    /// for changes: ask those again, each acting at most once for the event, until nothing changes any more. A rule that stops ends both.
    /// </summary>
    /// <param name="rules">In their order.</param>
    /// <param name="scene">What they see.</param>
    /// <param name="moment">What happened.</param>
    /// <param name="change">Of a change: what was changed.</param>
    /// <param name="only">Of time that passes: the rule whose time it is.</param>
    public static (IReadOnlyList<ActingRule> Acting, RuleScene After) Run(IReadOnlyList<ActingRule> rules, RuleScene scene, RuleMoment moment, RuleChange? change = null, long? only = null)
    {
        var acting = new List<ActingRule>();
        var changed = new HashSet<RuleChange>();
        foreach (var rule in rules)
        {
            if (rule.Body.When.Moment != moment || (only is { } number && rule.Number != number) || (change is { } what && !Waits(rule, what)) || !Holds(rule.Body.If, scene)) continue;
            if (Act(rule)) return (acting, scene);
        }

        for (var again = changed.Count > 0; again;)
        {
            again = false;
            foreach (var rule in rules)
            {
                if (rule.Body.When.Moment != RuleMoment.Changes || acting.Contains(rule) || !changed.Any(c => Waits(rule, c)) || !Holds(rule.Body.If, scene)) continue;
                var before = scene;
                if (Act(rule)) return (acting, scene);
                again |= scene != before;
            }
        }

        return (acting, scene);

        bool Act(ActingRule rule)
        {
            acting.Add(rule);
            scene = scene.After(rule.Body.Then, changed);
            return rule.Body.Then.Stop || rule.Body.Then.Spam;
        }
    }

    private static bool Waits(ActingRule rule, RuleChange change) => rule.Body.When.Changes is not { Count: > 0 } only || only.Contains(change);

    /// <summary>Whether all that is asked holds.</summary>
    public static bool Holds(RuleIf asked, RuleScene scene)
    {
        var post = scene.Mention;
        return (asked.Query is not { Length: > 0 } query || scene.Queries.Contains(query))
            && Any(asked.Networks, n => n.Equals(scene.Network, StringComparison.OrdinalIgnoreCase))
            && Any(asked.Sources, s => post?.Source == s)
            && Any(asked.Languages, l => l.Equals(post?.Language, StringComparison.OrdinalIgnoreCase))
            && Any(asked.Sentiments, s => post?.Sentiment == s)
            && Any(asked.Intents, i => post?.Intents.Contains(i) == true)
            && Any(asked.Topics, t => post?.Topics.Contains(t) == true)
            && Any(asked.Products, p => post?.Products.Any(m => m.Product == p) == true)
            && (asked.MinFollowers is not { } followers || post?.Followers >= followers)
            && (asked.MinValue is not { } value || scene.Value >= value)
            && (asked.First is not { } first || scene.First == first)
            && Any(asked.Labels, scene.Labels.Contains)
            && asked.WithoutLabels?.Any(scene.Labels.Contains) != true
            && Any(asked.Priorities, p => scene.Priority == p)
            && Any(asked.Departments, d => scene.Department == d)
            && (asked.Routed is not { } routed || scene.Department is not null == routed)
            && (asked.Assigned is not { } assigned || scene.Assigned == assigned)
            && Any(asked.Statuses, s => scene.Status == s)
            && (asked.WaitingMinutes is not { } minutes || scene.Waited >= TimeSpan.FromMinutes(minutes))
            && (asked is not { Calendar: { } calendar, Open: { } open } || (scene.Calendars.Contains(calendar) && scene.Open.Contains(calendar) == open));
    }

    private static bool Any<T>(IReadOnlyList<T>? asked, Func<T, bool> holds) => asked is not { Count: > 0 } || asked.Any(holds);
}
