using System.Text.Json;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;

namespace Hearth.Conversations.Rules;

/// <summary>A rule: its place in the order, and which of its versions acts.</summary>
internal sealed class RuleRow
{
    /// <summary>What people call it by; never given again.</summary>
    public long Number { get; init; }

    public required string Name { get; set; }

    /// <summary>Smaller comes first.</summary>
    public required int Place { get; set; }

    /// <summary>The latest.</summary>
    public required int Version { get; set; }

    /// <summary>The version that acts; null when none does.</summary>
    public int? LiveVersion { get; set; }

    /// <summary>It acts on what happens from then on.</summary>
    public DateTimeOffset? LiveSince { get; set; }

    /// <summary>The latest version that was tried on what has been.</summary>
    public int? TriedVersion { get; set; }

    public DateTimeOffset? TriedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it did is still told by it.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

internal sealed class RuleVersionRow
{
    public required long Rule { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>A <see cref="RuleBody"/> as JSON.</summary>
    public required string Body { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    public RuleBody Read() => JsonSerializer.Deserialize<RuleBody>(Body, Json.Options)!;
}

/// <summary>That a rule acted.</summary>
internal sealed class RuleFiring
{
    public long Position { get; init; }

    public required long Rule { get; init; }

    public required int Version { get; init; }

    public required ConversationId Conversation { get; init; }

    public MentionId? Mention { get; init; }

    public required RuleMoment Moment { get; init; }

    /// <summary>The post, or the wait, it answers: once for each. Null for changes, which have no name.</summary>
    public string? Occasion { get; init; }

    /// <summary>What it did, for people ("to Legal, urgent").</summary>
    public required string Did { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A wait that a rule of <see cref="RuleMoment.TimePasses"/> watches.</summary>
internal sealed class RuleWait
{
    public required long Rule { get; init; }

    public required ConversationId Conversation { get; init; }

    /// <summary>Since when the person waits. When they do not wait since then any more, it is over.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is long enough; null once that was looked at.</summary>
    public DateTimeOffset? Due { get; set; }
}
