using Hearth.Governance;
using Hearth.Listening;

namespace Hearth.Conversations.Rules;

/// <summary>A rule as the list shows it.</summary>
/// <param name="Number">What people call it by, from 1.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Place">Its place in the order, from 1.</param>
/// <param name="Version">Its latest version.</param>
/// <param name="LiveVersion">The version that acts; null when none does.</param>
/// <param name="LiveSince">It acts on what happens from then on.</param>
/// <param name="TriedVersion">The latest version that was tried on what has been; only such a version can go live.</param>
/// <param name="TriedAt">When it was tried.</param>
/// <param name="When">What sets it off, in words.</param>
/// <param name="If">What must hold, in words; empty when it always does.</param>
/// <param name="Then">What it does, in words.</param>
/// <param name="LastWeek">How often it acted in the last seven days.</param>
/// <param name="LastAt">When it last acted.</param>
public sealed record RuleLine(
    long Number, string Name, int Place, int Version, int? LiveVersion, DateTimeOffset? LiveSince, int? TriedVersion, DateTimeOffset? TriedAt, string When, IReadOnlyList<string> If,
    IReadOnlyList<string> Then, int LastWeek, DateTimeOffset? LastAt);

/// <summary>One version of a rule.</summary>
/// <param name="Version">Which, from 1.</param>
/// <param name="Name">What it was called.</param>
/// <param name="Body">Its content.</param>
/// <param name="When">What sets it off, in words.</param>
/// <param name="If">What must hold, in words.</param>
/// <param name="Then">What it does, in words.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
public sealed record RuleVersionView(
    int Version, string Name, RuleBody Body, string When, IReadOnlyList<string> If, IReadOnlyList<string> Then, UserId By, string ByName, DateTimeOffset At);

/// <summary>A rule with all its versions.</summary>
/// <param name="Line">As the list shows it.</param>
/// <param name="Removed">True when it was removed; it does not act, and stays readable for what it did.</param>
/// <param name="Versions">Every version, the latest first.</param>
public sealed record RuleView(RuleLine Line, bool Removed, IReadOnlyList<RuleVersionView> Versions)
{
    /// <summary>Its latest version.</summary>
    public RuleVersionView Latest => Versions[0];
}

/// <summary>That a rule acted.</summary>
/// <param name="Position">Rises.</param>
/// <param name="Rule">What people call the rule by.</param>
/// <param name="RuleName">What it is called now.</param>
/// <param name="Version">Which of its versions acted.</param>
/// <param name="Conversation">On which conversation.</param>
/// <param name="Number">What people call the conversation by.</param>
/// <param name="Preview">The latest words of the conversation; empty when they were removed.</param>
/// <param name="Mention">The post that set it off; null when no post did.</param>
/// <param name="Moment">What set it off.</param>
/// <param name="Did">What it did, in words.</param>
/// <param name="At">When.</param>
public sealed record FiringView(
    long Position, long Rule, string RuleName, int Version, ConversationId Conversation, long Number, string Preview, MentionId? Mention, RuleMoment Moment, string Did, DateTimeOffset At);
