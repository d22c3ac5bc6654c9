using System.Collections.Immutable;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Listening;

namespace Hearth.Conversations.Rules;

/// <summary>A rule that acts, or is tried.</summary>
/// <param name="Number">What people call it by.</param>
/// <param name="Version">Which of its versions.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Since">It acts on what happens from then on.</param>
/// <param name="Body">Its content.</param>
internal sealed record ActingRule(long Number, int Version, string Name, DateTimeOffset Since, RuleBody Body)
{
    public Doer Doer => new(null, $"Rule {Number}, version {Version}", Doer.Rules + Number);
}

/// <summary>All that rules see of one conversation at one moment. What they do changes it for those that come after.</summary>
internal sealed record RuleScene
{
    /// <summary>The person's latest post; null when it was removed.</summary>
    public MentionView? Mention { get; init; }

    /// <summary>Expressions of the query language that hold for it.</summary>
    public IReadOnlySet<string> Queries { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>True when the post opened the conversation.</summary>
    public bool First { get; init; }

    /// <summary>What the person's orders are worth; null when nobody knows.</summary>
    public long? Value { get; init; }

    /// <summary>How long they have waited for an answer; zero when they do not wait.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Working hours that are open at this moment.</summary>
    public IReadOnlySet<CalendarId> Open { get; init; } = ImmutableHashSet<CalendarId>.Empty;

    /// <summary>Those that exist: what is closed for good is neither open nor closed.</summary>
    public IReadOnlySet<CalendarId> Calendars { get; init; } = ImmutableHashSet<CalendarId>.Empty;

    /// <summary>Of time that passes in a past that is lived through again: the rule whose time it is.</summary>
    public long? Only { get; init; }

    public required string Network { get; init; }

    public ConversationStatus Status { get; init; }

    public Department? Department { get; init; }

    public bool Assigned { get; init; }

    public ConversationPriority Priority { get; init; }

    public ImmutableHashSet<string> Labels { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What the conversation is after a rule has acted, and what of it changed.</summary>
    public RuleScene After(RuleThen then, ISet<RuleChange> changed)
    {
        var after = this;
        if (then.Department is { } department && department != Department)
        {
            after = after with { Department = department };
            changed.Add(RuleChange.Owner);
        }

        if (then.Person is not null && !Assigned)
        {
            after = after with { Assigned = true };
            changed.Add(RuleChange.Owner);
        }

        if (then.Priority is { } priority && priority != Priority)
        {
            after = after with { Priority = priority };
            changed.Add(RuleChange.Priority);
        }

        if (then.Labels is { Count: > 0 } labels && Labels.Union(labels) is var all && all.Count > Labels.Count)
        {
            after = after with { Labels = all };
            changed.Add(RuleChange.Label);
        }

        return after;
    }
}
