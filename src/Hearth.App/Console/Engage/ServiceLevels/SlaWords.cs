using System.Globalization;
using Hearth.App.Shared;
using Hearth.Conversations;
using Hearth.Conversations.ServiceLevels;

namespace Hearth.App.Desk.Engage.ServiceLevels;

/// <summary>How promises and times are said.</summary>
internal static class SlaWords
{
    /// <summary>Where people speak to a brand.</summary>
    public static readonly string[] Channels = ["bluesky", "mastodon", "activitypub", "email", "web", "webhook", "discourse"];

    public static string For(SlaPolicyDraft p)
    {
        var parts = new List<string>();
        if (p.Priority is { } priority) parts.Add(priority == ConversationPriority.None ? "no priority" : priority.ToString().ToLowerInvariant());
        if (p.Network is { } network) parts.Add(Hearth.Channels.Networks.Title(network));
        if (p.Department is { } department) parts.Add(Words.Of(department));
        return parts.Count == 0 ? "everybody" : string.Join(", ", parts);
    }

    public static string Minutes(int? minutes) => minutes is { } m ? Span(m * 60d) : "—";

    /// <summary>"2 d 3 h", "4 h 20 min", "45 s".</summary>
    public static string Span(double? seconds)
    {
        if (seconds is not { } given) return "—";
        var all = (long)Math.Round(given);
        if (all < 60) return $"{all} s";
        var (d, h, m) = (all / 86400, all / 3600 % 24, all / 60 % 60);
        if (d >= 2) return h == 0 ? $"{d} d" : $"{d} d {h} h";
        h += d * 24;
        return h == 0 ? $"{m} min" : m == 0 ? $"{h} h" : $"{h} h {m} min";
    }

    public static string Of(Escalation step)
    {
        var when = step.At switch { < 100 => $"at {step.At} % of it", 100 => "when it has run out", _ => $"at {step.At} % of it" };
        var clock = step.Clock switch { ClockKind.FirstResponse => " (first answer)", ClockKind.NextResponse => " (later answers)", ClockKind.Resolution => " (closing)", _ => "" };
        var what = new List<string>();
        if (step.Tell != Told.Nobody) what.Add(step.Tell switch { Told.Assignee => "tell whose it is", Told.Leads => "tell the leads", _ => "tell the owners" });
        if (step.Priority is { } p) what.Add($"make it {p.ToString().ToLowerInvariant()}");
        if (step.ToLead) what.Add("give it to a lead");
        return $"{when}{clock}: {(what.Count == 0 ? "note it" : string.Join(", ", what))}";
    }

    public static string Week(WeekHours h)
    {
        (string Day, string? Hours)[] days = [("Mon", h.Monday), ("Tue", h.Tuesday), ("Wed", h.Wednesday), ("Thu", h.Thursday), ("Fri", h.Friday), ("Sat", h.Saturday), ("Sun", h.Sunday)];
        var parts = new List<string>();
        for (var i = 0; i < days.Length;)
        {
            var j = i;
            while (j + 1 < days.Length && days[j + 1].Hours == days[i].Hours) j++;
            if (!string.IsNullOrWhiteSpace(days[i].Hours)) parts.Add($"{(i == j ? days[i].Day : $"{days[i].Day}–{days[j].Day}")} {days[i].Hours}");
            i = j + 1;
        }

        return string.Join("; ", parts);
    }

    public static string Name(ClockKind kind) => kind switch { ClockKind.FirstResponse => "First answer", ClockKind.NextResponse => "Next answer", _ => "Closed" };

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
