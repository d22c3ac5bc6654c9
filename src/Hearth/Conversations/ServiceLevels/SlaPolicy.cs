using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Conversations.ServiceLevels;

public readonly record struct SlaPolicyId(Guid Value) : IId<SlaPolicyId>
{
    public static SlaPolicyId New() => new(Ids.New());

    public static SlaPolicyId From(Guid value) => new(value);
}

/// <summary>What a clock measures.</summary>
public enum ClockKind
{
    /// <summary>From the opening until the brand first speaks.</summary>
    FirstResponse,

    /// <summary>From the person's first post that stands unanswered, after the first answer, until the brand speaks again.</summary>
    NextResponse,

    /// <summary>From the opening until it is closed.</summary>
    Resolution,
}

/// <summary>Who is told when a clock runs out.</summary>
public enum Told
{
    /// <summary>Nobody.</summary>
    Nobody,

    /// <summary>Whose it is; the leads when it is nobody's.</summary>
    Assignee,

    /// <summary>The leads of its department; the owners when there are none.</summary>
    Leads,

    /// <summary>The owners.</summary>
    Owners,
}

/// <summary>What happens when so much of a promised time has passed.</summary>
/// <param name="At">Percent of the promised time, 1 to 1,000: 80 is before the breach, 100 at it, 150 after it.</param>
/// <param name="Tell">Who is told on their page of notices.</param>
/// <param name="Priority">What the priority is raised to; null leaves it. It is never lowered.</param>
/// <param name="ToLead">True to give it to a lead of its department.</param>
/// <param name="Clock">Only of this clock; null for all.</param>
public sealed record Escalation(int At, Told Tell = Told.Nobody, ConversationPriority? Priority = null, bool ToLead = false, ClockKind? Clock = null);

internal sealed class SlaPolicyRow
{
    public required SlaPolicyId Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The first policy that fits is the one.</summary>
    public required int Position { get; set; }

    public bool Enabled { get; set; } = true;

    public ConversationPriority? Priority { get; set; }

    public string? Network { get; set; }

    public Department? Department { get; set; }

    /// <summary>Promised minutes; null when nothing is promised.</summary>
    public int? FirstResponse { get; set; }

    public int? NextResponse { get; set; }

    public int? Resolution { get; set; }

    public CalendarId? Calendar { get; set; }

    /// <summary>A list of <see cref="Escalation"/> as JSON.</summary>
    public required string Escalations { get; set; }

    public int? Target(ClockKind kind) => kind switch
    {
        ClockKind.FirstResponse => FirstResponse,
        ClockKind.NextResponse => NextResponse,
        _ => Resolution,
    };

    public IReadOnlyList<Escalation> Steps => System.Text.Json.JsonSerializer.Deserialize<List<Escalation>>(Escalations, Json.Options)!;
}

/// <summary>What is promised to whom, as it is asked for.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Priority">Only conversations that are exactly so pressing; null for all.</param>
/// <param name="Network">Only on this network ("bluesky"); null for all.</param>
/// <param name="Department">Only what this department takes care of; null for all.</param>
/// <param name="FirstResponse">Minutes until the first answer, 1 to 525,600; null promises nothing.</param>
/// <param name="NextResponse">Minutes until each later answer.</param>
/// <param name="Resolution">Minutes until it is closed, without the time in which it waits for the person or is snoozed.</param>
/// <param name="Calendar">Working hours that the minutes are counted in; null for around the clock.</param>
/// <param name="Escalations">At most 12.</param>
/// <param name="Enabled">False to promise nothing for now; true when left out.</param>
public sealed record SlaPolicyDraft(string? Name, ConversationPriority? Priority = null, string? Network = null, Department? Department = null, int? FirstResponse = null, int? NextResponse = null,
    int? Resolution = null, CalendarId? Calendar = null, IReadOnlyList<Escalation>? Escalations = null, bool Enabled = true);

/// <summary>What is promised to whom.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Position">From 1; the first policy that fits a conversation is its own.</param>
/// <param name="Promise">As it was asked for.</param>
public sealed record SlaPolicyView(SlaPolicyId Id, int Position, SlaPolicyDraft Promise);
