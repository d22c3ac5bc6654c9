using Hearth.Conversations.ServiceLevels;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening.Understanding;

namespace Hearth.Conversations.Rules;

/// <summary>Names of what a rule points at.</summary>
internal sealed record RuleNames(
    IReadOnlyDictionary<Guid, string> Sources, IReadOnlyDictionary<Guid, string> Products, IReadOnlyDictionary<UserId, string> People, IReadOnlyDictionary<CalendarId, string> Calendars,
    IReadOnlyDictionary<SavedReplyId, string> Replies, IReadOnlyDictionary<SlaPolicyId, string> Policies);

/// <summary>Says a rule in words, for lists, timelines and the record of what it did.</summary>
internal static class RuleWords
{
    public static string When(RuleWhen when, RuleNames names) => when.Moment switch
    {
        RuleMoment.Arrives => "a person speaks",
        RuleMoment.Changes when when.Changes is { Count: > 0 } only => "somebody changes " + Or(only.Select(Of)),
        RuleMoment.Changes => "somebody changes anything",
        _ => $"a person has waited {Span(when.Minutes ?? 0)}{(when.Calendar is { } calendar ? $" of “{names.Calendars.GetValueOrDefault(calendar, "?")}”" : "")}",
    };

    public static IReadOnlyList<string> If(RuleIf asked, RuleNames names)
    {
        var parts = new List<string>();
        if (asked.Query is { } query) parts.Add($"the post matches {query}");
        List("network is", asked.Networks);
        List("source is", asked.Sources?.Select(s => names.Sources.GetValueOrDefault(s.Value, "?")));
        List("language is", asked.Languages);
        List("sentiment is", asked.Sentiments?.Select(s => s.ToString().ToLowerInvariant()));
        List("intent is", asked.Intents?.Select(i => i.ToString().ToLowerInvariant()));
        List("topic is", asked.Topics?.Select(Topics.Name));
        List("product is", asked.Products?.Select(p => names.Products.GetValueOrDefault(p.Value, "?")));
        if (asked.MinFollowers is { } followers) parts.Add($"the author has at least {followers:N0} followers");
        if (asked.MinValue is { } value) parts.Add($"the person's orders are worth at least {value / 100m:N2}");
        if (asked.First is { } first) parts.Add(first ? "it is the first post" : "it is not the first post");
        List("label is", asked.Labels);
        List("label is not", asked.WithoutLabels);
        List("priority is", asked.Priorities?.Select(p => p.ToString().ToLowerInvariant()));
        List("department is", asked.Departments?.Select(d => d.Title()));
        if (asked.Routed is { } routed) parts.Add(routed ? "it has a department" : "it has no department");
        if (asked.Assigned is { } assigned) parts.Add(assigned ? "it is somebody's" : "it is nobody's");
        List("status is", asked.Statuses?.Select(s => s.ToString().ToLowerInvariant()));
        if (asked.WaitingMinutes is { } minutes) parts.Add($"the person has waited {Span(minutes)}");
        if (asked is { Calendar: { } calendar, Open: { } open }) parts.Add($"it happens {(open ? "within" : "outside of")} “{names.Calendars.GetValueOrDefault(calendar, "?")}”");
        return parts;

        void List(string what, IEnumerable<string>? values)
        {
            if (values?.ToList() is { Count: > 0 } all) parts.Add($"{what} {Or(all)}");
        }
    }

    public static IReadOnlyList<string> Then(RuleThen then, RuleNames names)
    {
        var parts = new List<string>();
        if (then.Department is { } department) parts.Add($"to {department.Title()}");
        if (then.Inside) parts.Add("to somebody of the department" + (then.Skills is { Count: > 0 } skills ? $" with {And(skills)}" : ""));
        if (then.Person is { } person) parts.Add($"to {names.People.GetValueOrDefault(person, "?")}");
        if (then.Priority is { } priority) parts.Add(priority == ConversationPriority.None ? "no priority" : priority.ToString().ToLowerInvariant());
        if (then.Labels is { Count: > 0 } labels) parts.Add($"label {And(labels)}");
        if (then.SavedReply is { } reply) parts.Add($"draft “{names.Replies.GetValueOrDefault(reply, "?")}”");
        if (then.Policy is { } policy) parts.Add($"promise “{names.Policies.GetValueOrDefault(policy, "?")}”");
        if (then.Notify is { Count: > 0 } notify) parts.Add($"tell {And(notify.Select(n => names.People.GetValueOrDefault(n, "?")))}");
        if (then.SnoozeMinutes is { } minutes) parts.Add($"snooze for {Span(minutes)}");
        if (then.Spam) parts.Add("spam");
        if (then.Stop) parts.Add("ask no rule after it");
        return parts;
    }

    /// <summary>"90 minutes", "2 hours", "3 days".</summary>
    public static string Span(int minutes) => minutes switch
    {
        _ when minutes % 1440 == 0 => Count(minutes / 1440, "day"),
        _ when minutes % 60 == 0 => Count(minutes / 60, "hour"),
        _ => Count(minutes, "minute"),
    };

    private static string Of(RuleChange change) => change switch
    {
        RuleChange.Owner => "whose it is",
        RuleChange.Priority => "the priority",
        RuleChange.Label => "a label",
        RuleChange.Status => "the status",
        _ => "it by an answer",
    };

    private static string Count(int n, string what) => $"{n:N0} {what}{(n == 1 ? "" : "s")}";

    private static string Or(IEnumerable<string> of) => Join([.. of], " or ");

    private static string And(IEnumerable<string> of) => Join([.. of], " and ");

    private static string Join(List<string> of, string last) => of.Count < 2 ? string.Concat(of) : string.Join(", ", of.SkipLast(1)) + last + of[^1];
}
