using Hearth.Catalog;
using Hearth.Conversations.ServiceLevels;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.Listening.Understanding;
using Hearth.Platform;

namespace Hearth.Conversations.Rules;

/// <summary>Says what is wrong with a rule before it is kept or tried, and puts it into the form in which it is kept.</summary>
internal sealed class CheckRule(Staff staff, Sources sources, Products products, BusinessCalendars calendars, SavedReplies replies, SlaPolicies policies)
{
    public const int MaxName = 100;
    public const int MaxMinutes = 90 * 24 * 60;
    public const int MaxOf = 50;

    /// <summary>Null when something is wrong; <paramref name="errors"/> then says what.</summary>
    public async Task<(string Name, RuleBody Body)?> Read(RuleDraft draft, List<FieldError> errors, CancellationToken ct)
    {
        var name = draft.Name?.Trim() ?? "";
        if (name.Length is 0 or > MaxName) errors.Add(new("name", $"must have 1 to {MaxName} characters"));
        var hours = (await calendars.All(ct)).Select(c => c.Id).ToHashSet();
        var when = When(draft.When, hours, errors);
        var asked = await If(draft.If ?? new(), hours, errors, ct);
        var then = await Then(draft.Then ?? new(), errors, ct);
        if (draft.Then is null || then.IsEmpty) errors.Add(new("then", "must do something: a department, a person, a priority, a label, a snooze ..."));
        return errors.Count > 0 ? null : (name, new(when!, asked, then));
    }

    private static RuleWhen? When(RuleWhen? given, HashSet<CalendarId> hours, List<FieldError> errors)
    {
        if (given is null || !Enum.IsDefined(given.Moment))
        {
            errors.Add(new("when", "must be arrives, changes or timePasses"));
            return null;
        }

        if (given.Moment != RuleMoment.TimePasses) return new(given.Moment, given.Moment == RuleMoment.Changes ? Distinct(given.Changes) : null);
        if (given.Minutes is not (>= 1 and <= MaxMinutes)) errors.Add(new("when.minutes", $"must be between 1 and {MaxMinutes:N0}"));
        if (given.Calendar is { } calendar && !hours.Contains(calendar)) errors.Add(new("when.calendar", "must be one of the working hours"));
        return new(given.Moment, null, given.Minutes, given.Calendar);
    }

    private async Task<RuleIf> If(RuleIf given, HashSet<CalendarId> hours, List<FieldError> errors, CancellationToken ct)
    {
        string? query = null;
        if (!string.IsNullOrWhiteSpace(given.Query))
        {
            if (ParseQuery.Read(given.Query) is Parsed.Ok ok) query = ok.Query.ToString();
            else if (ParseQuery.Read(given.Query) is Parsed.Wrong wrong) errors.Add(new("if.query", wrong.Sentence));
        }

        if (given.Topics?.Select(t => t ?? "").FirstOrDefault(t => !Topics.Exists(t)) is { } unknown) errors.Add(new("if.topics", $"'{unknown}' is no topic"));
        if (given.Sources is { Count: > 0 } from && (await sources.Names(ct)).Select(s => s.Id).ToHashSet() is var known && from.Any(s => !known.Contains(s))) errors.Add(new("if.sources", "must be sources that exist"));
        if (given.Products is { Count: > 0 } named && (await products.All(retired: true, ct)).Select(p => p.Id).ToHashSet() is var sold && named.Any(p => !sold.Contains(p))) errors.Add(new("if.products", "must be products of the catalogue"));
        if (given.MinFollowers < 0) errors.Add(new("if.minFollowers", "must not be negative"));
        if (given.MinValue < 0) errors.Add(new("if.minValue", "must not be negative"));
        if (given.WaitingMinutes is not (null or (>= 1 and <= MaxMinutes))) errors.Add(new("if.waitingMinutes", $"must be between 1 and {MaxMinutes:N0}"));
        if (given.Open is not null && given.Calendar is null) errors.Add(new("if.calendar", "is missing: which working hours?"));
        if (given.Calendar is not null && given.Open is null) errors.Add(new("if.open", "is missing: within or outside of the working hours?"));
        if (given.Calendar is { } calendar && !hours.Contains(calendar)) errors.Add(new("if.calendar", "must be one of the working hours"));
        return given with
        {
            Query = query, Networks = Words("if.networks", given.Networks, 40, errors), Languages = Words("if.languages", given.Languages, 8, errors), Sentiments = Distinct(given.Sentiments), Intents = Distinct(given.Intents),
            Topics = Distinct(given.Topics), Sources = Distinct(given.Sources), Products = Distinct(given.Products), Labels = Labels("if.labels", given.Labels, errors),
            WithoutLabels = Labels("if.withoutLabels", given.WithoutLabels, errors), Priorities = Distinct(given.Priorities), Departments = Distinct(given.Departments), Statuses = Distinct(given.Statuses),
        };
    }

    private async Task<RuleThen> Then(RuleThen given, List<FieldError> errors, CancellationToken ct)
    {
        var people = given.Person is null && given.Notify is not { Count: > 0 } ? [] : (await staff.All(ct)).ToDictionary(s => s.Id);
        if (given.Person is { } person && !(people.TryGetValue(person, out var member) && member.Role >= Role.Agent)) errors.Add(new("then.person", "must be somebody who can answer"));
        if (given.Notify?.Any(n => !people.ContainsKey(n)) == true) errors.Add(new("then.notify", "must be people who can sign in"));
        if (given.Person is not null && given.Inside) errors.Add(new("then.person", "is either named or chosen by the department's way, not both"));
        if (given.SavedReply is { } reply && await replies.Of(reply, ct) is null) errors.Add(new("then.savedReply", "must be one of the saved replies"));
        if (given.Policy is { } policy && await policies.Find(policy, ct) is null) errors.Add(new("then.policy", "must be one of the service levels"));
        if (given.SnoozeMinutes is not (null or (>= 1 and <= MaxMinutes))) errors.Add(new("then.snoozeMinutes", $"must be between 1 and {MaxMinutes:N0}"));
        if (given.Skills is { Count: > 0 } && !given.Inside) errors.Add(new("then.skills", "are asked of whoever is chosen inside the department; choose that as well"));
        return given with { Skills = Skill.List("then.skills", given.Skills, errors), Labels = Labels("then.labels", given.Labels, errors), Notify = Distinct(given.Notify) };
    }

    private static List<T>? Distinct<T>(IReadOnlyList<T>? given) => given is { Count: > 0 } ? [.. given.Distinct()] : null;

    private static List<string>? Words(string field, IReadOnlyList<string>? given, int longest, List<FieldError> errors)
    {
        var words = (given ?? []).Select(w => (w ?? "").Trim().ToLowerInvariant()).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (words.Count > MaxOf) errors.Add(new(field, $"must be at most {MaxOf}"));
        if (words.Exists(w => w.Length > longest)) errors.Add(new(field, $"must have at most {longest} characters each"));
        return words.Count == 0 ? null : words;
    }

    private static List<string>? Labels(string field, IReadOnlyList<string>? given, List<FieldError> errors)
    {
        var labels = (given ?? []).Where(l => !string.IsNullOrWhiteSpace(l)).Select(ConversationSteps.Label).Distinct(StringComparer.Ordinal).ToList();
        if (labels.Contains(null)) errors.Add(new(field, $"must have 1 to {ConversationSteps.MaxLabel} characters each"));
        if (labels.Count > MaxOf) errors.Add(new(field, $"must be at most {MaxOf}"));
        return labels.Count == 0 ? null : [.. labels.OfType<string>()];
    }
}
