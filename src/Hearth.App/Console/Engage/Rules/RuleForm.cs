using System.Globalization;
using Hearth.App.Shared;
using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Conversations.ServiceLevels;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Platform;

namespace Hearth.App.Desk.Engage;

/// <summary>A rule as its form holds it: every value is text, by the name of its field.</summary>
public sealed class RuleForm
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Text of a field; empty when it has none.</summary>
    public string this[string field] => _values.GetValueOrDefault(field) is [var first, ..] ? first : "";

    /// <summary>What is ticked in a group.</summary>
    public IReadOnlyList<string> All(string field) => _values.GetValueOrDefault(field) ?? [];

    public static RuleForm Read(IFormCollection form)
    {
        var read = new RuleForm();
        foreach (var (name, values) in form) read._values[name] = [.. values.OfType<string>().Where(v => v.Length > 0)];
        return read;
    }

    public static RuleForm Of(string name, RuleBody body)
    {
        var (form, asked, then) = (new RuleForm(), body.If, body.Then);
        form.Put("name", name);
        form.Put("moment", Say(body.When.Moment));
        form.Put("changes", body.When.Changes?.Select(Say));
        form.Put("minutes", Text(body.When.Minutes));
        form.Put("whenHours", body.When.Calendar?.Value.ToString());
        form.Put("query", asked.Query);
        form.Put("networks", Commas(asked.Networks));
        form.Put("sources", asked.Sources?.Select(s => s.Value.ToString()));
        form.Put("languages", Commas(asked.Languages));
        form.Put("sentiments", asked.Sentiments?.Select(Say));
        form.Put("intents", asked.Intents?.Select(Say));
        form.Put("topics", asked.Topics);
        form.Put("products", asked.Products?.Select(p => p.Value.ToString()));
        form.Put("minFollowers", Text(asked.MinFollowers));
        form.Put("minValue", asked.MinValue is { } value ? (value / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null);
        form.Put("first", Say(asked.First));
        form.Put("labels", Commas(asked.Labels));
        form.Put("withoutLabels", Commas(asked.WithoutLabels));
        form.Put("priorities", asked.Priorities?.Select(Say));
        form.Put("departments", asked.Departments?.Select(Say));
        form.Put("routed", Say(asked.Routed));
        form.Put("assigned", Say(asked.Assigned));
        form.Put("statuses", asked.Statuses?.Select(Say));
        form.Put("waitingMinutes", Text(asked.WaitingMinutes));
        form.Put("hours", asked.Calendar?.Value.ToString());
        form.Put("open", Say(asked.Open));
        form.Put("department", then.Department is { } d ? Say(d) : null);
        form.Put("who", then.Inside ? "inside" : then.Person?.Value.ToString());
        form.Put("skills", Commas(then.Skills));
        form.Put("priority", then.Priority is { } p ? Say(p) : null);
        form.Put("addLabels", Commas(then.Labels));
        form.Put("savedReply", then.SavedReply?.Value.ToString());
        form.Put("policy", then.Policy?.Value.ToString());
        form.Put("notify", then.Notify?.Select(n => n.Value.ToString()));
        form.Put("snoozeMinutes", Text(then.SnoozeMinutes));
        form.Put("spam", then.Spam ? "true" : null);
        form.Put("stop", then.Stop ? "true" : null);
        return form;
    }

    /// <summary>What it asks for; what cannot be read is added to <paramref name="errors"/>.</summary>
    public RuleDraft Draft(FormErrors errors)
    {
        var who = this["who"];
        return new(
            this["name"],
            One<RuleMoment>("moment") is { } moment ? new(moment, Some<RuleChange>("changes"), Number("minutes", errors), Id("whenHours") is { } hours ? CalendarId.From(hours) : null) : null,
            new(NotEmpty(this["query"]), Parts("networks"), Ids("sources", SourceId.From), Parts("languages"), Some<Sentiment>("sentiments"), Some<Intent>("intents"), NotEmpty(All("topics")),
                Ids("products", ProductId.From), Number("minFollowers", errors), Money("minValue", errors), Yes("first"), Parts("labels"), Parts("withoutLabels"), Some<ConversationPriority>("priorities"),
                Some<Department>("departments"), Yes("routed"), Yes("assigned"), Some<ConversationStatus>("statuses"), Number("waitingMinutes", errors), Id("hours") is { } within ? CalendarId.From(within) : null, Yes("open")),
            new(One<Department>("department"), who == "inside", Parts("skills"), Guid.TryParse(who, out var person) ? UserId.From(person) : null, One<ConversationPriority>("priority"), Parts("addLabels"),
                Id("savedReply") is { } reply ? SavedReplyId.From(reply) : null, Id("policy") is { } policy ? SlaPolicyId.From(policy) : null, Ids("notify", UserId.From), Number("snoozeMinutes", errors), this["spam"] == "true", this["stop"] == "true"));
    }

    /// <summary>A word of an enum as a form holds it.</summary>
    public static string Say<T>(T word) where T : struct, Enum => new Word<T>(word).ToString();

    private static string? Say(bool? yes) => yes switch { true => "yes", false => "no", _ => null };

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Commas(IReadOnlyList<string>? parts) => parts is null ? null : string.Join(", ", parts);

    private void Put(string field, string? value) => Put(field, value is { Length: > 0 } ? [value] : null);

    private void Put(string field, IEnumerable<string>? values)
    {
        if (values is not null) _values[field] = [.. values];
    }

    private static string? NotEmpty(string text) => text.Trim() is { Length: > 0 } some ? some : null;

    private static IReadOnlyList<string>? NotEmpty(IReadOnlyList<string> some) => some.Count > 0 ? some : null;

    private IReadOnlyList<string>? Parts(string field) => NotEmpty(this[field].Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private T? One<T>(string field) where T : struct, Enum => Word<T>.TryParse(this[field], out var word) ? word.Value : null;

    private IReadOnlyList<T>? Some<T>(string field) where T : struct, Enum => All(field).Select(v => Word<T>.TryParse(v, out var word) ? word.Value : (T?)null).OfType<T>().ToList() is { Count: > 0 } some ? some : null;

    private Guid? Id(string field) => Guid.TryParse(this[field], out var id) ? id : null;

    private IReadOnlyList<T>? Ids<T>(string field, Func<Guid, T> of) => All(field).Select(v => Guid.TryParse(v, out var id) ? id : (Guid?)null).OfType<Guid>().Select(of).ToList() is { Count: > 0 } some ? some : null;

    private bool? Yes(string field) => this[field] switch { "yes" => true, "no" => false, _ => null };

    private int? Number(string field, FormErrors errors)
    {
        if (NotEmpty(this[field]) is not { } text) return null;
        if (int.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        errors.Add(field, "must be a whole number");
        return null;
    }

    private long? Money(string field, FormErrors errors)
    {
        if (NotEmpty(this[field]) is not { } text) return null;
        if (decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1_000_000_000m) return (long)(amount * 100);
        errors.Add(field, "must be an amount like 500 or 99.50");
        return null;
    }
}
