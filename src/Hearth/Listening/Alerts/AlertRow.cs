using Hearth.Governance;

namespace Hearth.Listening.Alerts;

public enum AlertKind
{
    /// <summary>Each new mention of a query, as soon as it is heard; what is heard within the same second is told together.</summary>
    AtOnce,

    /// <summary>What was heard in an hour, told at its end.</summary>
    Hourly,

    /// <summary>What was heard in a day, told at an hour of the day.</summary>
    Daily,

    /// <summary>More mentions of a query within some minutes than a threshold; told once, and again only after the number had fallen below it.</summary>
    Volume,

    /// <summary>A source fails, or works again.</summary>
    SourceTrouble,

    /// <summary>Far more mentions of a query than is usual for it, found without a threshold that somebody sets; told once for a wave.</summary>
    Spike,
}

/// <summary>What somebody wants to be told of, and how.</summary>
internal sealed class AlertRow
{
    public required AlertId Id { get; init; }

    public required string Name { get; set; }

    public required AlertKind Kind { get; set; }

    /// <summary>Null for <see cref="AlertKind.SourceTrouble"/> alone.</summary>
    public QueryId? Query { get; set; }

    public bool NegativeOnly { get; set; }

    /// <summary>Of <see cref="AlertKind.Volume"/>: mentions.</summary>
    public int? Threshold { get; set; }

    /// <summary>Of <see cref="AlertKind.Volume"/>: minutes.</summary>
    public int? Window { get; set; }

    /// <summary>Of <see cref="AlertKind.Daily"/>: hour of the day in <see cref="TimeZone"/>.</summary>
    public int? Hour { get; set; }

    public required int MostPerDay { get; set; }

    /// <summary>Minutes after midnight; null for no quiet hours.</summary>
    public int? QuietFrom { get; set; }

    public int? QuietTo { get; set; }

    /// <summary>True when quiet hours do not hold it back.</summary>
    public bool Urgent { get; set; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    /// <summary>A line each.</summary>
    public required string Emails { get; set; }

    public string? Webhook { get; set; }

    /// <summary>Signs what is sent to <see cref="Webhook"/>; encrypted.</summary>
    public string? Secret { get; set; }

    public bool Paused { get; set; }

    /// <summary>Where links lead when the operator has not said (<c>--public-url</c>): the address the alert was kept under.</summary>
    public string? Home { get; set; }

    public required UserId By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of <see cref="AlertKind.Volume"/>: true from its notice on until the number has fallen below the threshold.</summary>
    public bool Disarmed { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    /// <summary>The day, in <see cref="TimeZone"/>, that <see cref="ToldOnDay"/> counts; days since 1970.</summary>
    public int Day { get; set; }

    public int ToldOnDay { get; set; }

    /// <summary>Rises with every notice: of two nodes that would tell the same, one comes too late.</summary>
    public int Round { get; set; }
}

/// <summary>Something an alert is about, waiting to be told or told by <see cref="Notice"/>.</summary>
internal sealed class AlertHit
{
    public long Number { get; private set; }

    public required AlertId Alert { get; init; }

    public MentionId? Mention { get; init; }

    public SourceId? Source { get; init; }

    /// <summary>What happened to the source; a mention's own words are read from the mention, so that nothing is kept of a post that was deleted.</summary>
    public string? Text { get; init; }

    public required DateTimeOffset At { get; init; }

    public NoticeId? Notice { get; set; }
}
