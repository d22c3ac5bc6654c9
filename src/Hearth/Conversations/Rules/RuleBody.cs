using Hearth.Catalog;
using Hearth.Conversations.ServiceLevels;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;

namespace Hearth.Conversations.Rules;

/// <summary>What sets a rule off.</summary>
public enum RuleMoment
{
    /// <summary>A person speaks: a post of theirs opens a conversation or continues it.</summary>
    Arrives,

    /// <summary>Somebody of ours, a policy or another rule does something with it.</summary>
    Changes,

    /// <summary>A person has waited so long for an answer.</summary>
    TimePasses,
}

/// <summary>What can be done with a conversation.</summary>
public enum RuleChange
{
    /// <summary>It has another person or department.</summary>
    Owner,
    Priority,

    /// <summary>A label was put on or taken off.</summary>
    Label,

    /// <summary>It was moved to open, waiting or closed.</summary>
    Status,

    /// <summary>It was answered.</summary>
    Reply,
}

/// <summary>When a rule is asked.</summary>
/// <param name="Moment">What sets it off.</param>
/// <param name="Changes">changes: only these; any when none is named.</param>
/// <param name="Minutes">timePasses: how long the person has waited, 1 to 129,600 (90 days).</param>
/// <param name="Calendar">timePasses: counts only the time these working hours are open; null counts all time.</param>
public sealed record RuleWhen(RuleMoment Moment, IReadOnlyList<RuleChange>? Changes = null, int? Minutes = null, CalendarId? Calendar = null);

/// <summary>What must hold of the person's latest post and of the conversation. Each part that is given must hold; a list holds when one of its items does; an unknown thing passes no test.</summary>
/// <param name="Query">In the query language, asked of the post.</param>
/// <param name="Networks">"bluesky", "mastodon", "email", "web" ...</param>
/// <param name="Sources">Ids of the sources that brought it.</param>
/// <param name="Languages">ISO 639-1 of the post, as read; "und" for unknown.</param>
/// <param name="Sentiments">Of the post, as read or corrected.</param>
/// <param name="Intents">The post has one of them.</param>
/// <param name="Topics">Keys of topics that the post is about.</param>
/// <param name="Products">Ids of products that the post names.</param>
/// <param name="MinFollowers">The author has at least so many.</param>
/// <param name="MinValue">The person's orders are worth at least so much, in minor units of the brand's currency.</param>
/// <param name="First">True: the post opened the conversation; false: it continued it.</param>
/// <param name="Labels">It bears one of them.</param>
/// <param name="WithoutLabels">It bears none of them.</param>
/// <param name="Priorities">How pressing it is.</param>
/// <param name="Departments">Whose department's it is.</param>
/// <param name="Routed">True: it has a department; false: it has none.</param>
/// <param name="Assigned">True: it is somebody's; false: it is nobody's.</param>
/// <param name="Statuses">Where it stands.</param>
/// <param name="WaitingMinutes">The person has waited for an answer at least so long.</param>
/// <param name="Calendar">Working hours for <paramref name="Open"/>.</param>
/// <param name="Open">True: it happens within the working hours; false: outside of them.</param>
public sealed record RuleIf(
    string? Query = null, IReadOnlyList<string>? Networks = null, IReadOnlyList<SourceId>? Sources = null, IReadOnlyList<string>? Languages = null, IReadOnlyList<Sentiment>? Sentiments = null,
    IReadOnlyList<Intent>? Intents = null, IReadOnlyList<string>? Topics = null, IReadOnlyList<ProductId>? Products = null, long? MinFollowers = null, long? MinValue = null, bool? First = null,
    IReadOnlyList<string>? Labels = null, IReadOnlyList<string>? WithoutLabels = null, IReadOnlyList<ConversationPriority>? Priorities = null, IReadOnlyList<Department>? Departments = null,
    bool? Routed = null, bool? Assigned = null, IReadOnlyList<ConversationStatus>? Statuses = null, int? WaitingMinutes = null, CalendarId? Calendar = null, bool? Open = null);

/// <summary>What a rule does, in this order.</summary>
/// <param name="Department">Gives it to this department.</param>
/// <param name="Inside">True: hands it to somebody of its department, by the department's way, as soon as one who fits has room.</param>
/// <param name="Skills">Who is handed it must have all of these.</param>
/// <param name="Person">Gives it to this person.</param>
/// <param name="Priority">How pressing it is from now on.</param>
/// <param name="Labels">Puts these on.</param>
/// <param name="SavedReply">Lays this saved reply ready as a draft for whoever answers.</param>
/// <param name="Policy">Promises this service level from now on.</param>
/// <param name="Notify">Tells these people.</param>
/// <param name="SnoozeMinutes">Puts it out of sight for so long, or until the person speaks; 1 to 129,600.</param>
/// <param name="Spam">True: it is spam; no rule after this one is asked.</param>
/// <param name="Stop">True: no rule after this one is asked.</param>
public sealed record RuleThen(
    Department? Department = null, bool Inside = false, IReadOnlyList<string>? Skills = null, UserId? Person = null, ConversationPriority? Priority = null, IReadOnlyList<string>? Labels = null,
    SavedReplyId? SavedReply = null, SlaPolicyId? Policy = null, IReadOnlyList<UserId>? Notify = null, int? SnoozeMinutes = null, bool Spam = false, bool Stop = false)
{
    /// <summary>True when it does nothing at all.</summary>
    internal bool IsEmpty => Department is null && !Inside && Person is null && Priority is null && Labels is not { Count: > 0 } && SavedReply is null && Policy is null
        && Notify is not { Count: > 0 } && SnoozeMinutes is null && !Spam && !Stop;
}

/// <summary>A rule's content: what a version of it keeps.</summary>
/// <param name="When">What sets it off.</param>
/// <param name="If">What must hold.</param>
/// <param name="Then">What it does.</param>
public sealed record RuleBody(RuleWhen When, RuleIf If, RuleThen Then);

/// <summary>A rule to keep.</summary>
/// <param name="Name">1 to 100 characters, what people call it.</param>
/// <param name="When">What sets it off.</param>
/// <param name="If">What must hold; left out, it always does.</param>
/// <param name="Then">What it does: at least one thing.</param>
public sealed record RuleDraft(string? Name, RuleWhen? When, RuleIf? If = null, RuleThen? Then = null);
