using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Conversations.Rules;

/// <summary>How a department gives its conversations to its people.</summary>
public enum DeskWay
{
    /// <summary>To whoever has waited longest for one.</summary>
    RoundRobin,

    /// <summary>To whoever has most room left, as a part of what they can take.</summary>
    LeastLoaded,
}

/// <summary>What somebody of the brand can take. Who has no row takes <see cref="Standard"/>.</summary>
internal sealed class Agent
{
    /// <summary>Conversations that wait for us, for whoever said nothing.</summary>
    public const int Standard = 20;

    public required UserId User { get; init; }

    /// <summary>A line each, folded.</summary>
    public string Skills { get; set; } = "";

    /// <summary>ISO 639-1, a line each; empty for any.</summary>
    public string Languages { get; set; } = "";

    public int Capacity { get; set; } = Standard;

    public DateTimeOffset? AwayUntil { get; set; }

    /// <summary>The desk's count when they were last given one; 0 for never.</summary>
    public long Turn { get; set; }
}

/// <summary>A department that gives conversations to its people. Whoever gives one out holds this row.</summary>
internal sealed class DeskRow
{
    public required Department Department { get; init; }

    public DeskWay Way { get; set; }

    /// <summary>How many were given out.</summary>
    public long Turn { get; set; }
}

/// <summary>A conversation that waits for somebody of its department to have room.</summary>
internal sealed class Queued
{
    public required ConversationId Conversation { get; init; }

    public required Department Department { get; init; }

    /// <summary>A line each.</summary>
    public required string Skills { get; init; }

    /// <summary>Of the person's latest post; "und" when nobody can tell.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset Since { get; init; }

    public UserId? By { get; init; }

    public required string ByName { get; init; }

    public string? Why { get; init; }
}

/// <summary>What somebody is good at, as rules ask for it and people state it.</summary>
public static class Skill
{
    public const int MaxLength = 40;
    public const int AtMost = 30;

    /// <summary>As it is kept: lower case, single spaces, 1 to 40 characters; null when it is none.</summary>
    public static string? Of(string? given) => ConversationSteps.Label(given);

    /// <summary>Skills as they are kept; null for none. What is wrong is added to <paramref name="errors"/>.</summary>
    internal static IReadOnlyList<string>? List(string field, IReadOnlyList<string>? given, ICollection<FieldError> errors)
    {
        var skills = (given ?? []).Where(s => !string.IsNullOrWhiteSpace(s)).Select(Of).Distinct(StringComparer.Ordinal).ToList();
        if (skills.Contains(null)) errors.Add(new(field, $"must have 1 to {MaxLength} characters each"));
        if (skills.Count > AtMost) errors.Add(new(field, $"must be at most {AtMost}"));
        return skills.Count == 0 ? null : [.. skills.OfType<string>()];
    }

    internal static string Lines(IReadOnlyList<string>? skills) => string.Join('\n', skills ?? []);

    internal static IReadOnlyList<string> Read(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
