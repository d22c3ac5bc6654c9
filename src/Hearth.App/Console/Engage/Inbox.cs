using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening.Understanding;

namespace Hearth.App.Desk.Engage;

/// <summary>The inbox's address: its filters as query parameters, the same on the list and beside a conversation.</summary>
public sealed record InboxAddress(InboxView View, Department? Department, string? Label, string? Search, bool OldestFirst)
{
    public ConversationPriority? Priority { get; init; }

    public string? Network { get; init; }

    public UserId? Assignee { get; init; }

    public bool PressingFirst { get; init; }

    /// <summary>What the address says; anything it does not know counts as left out.</summary>
    public static InboxAddress Read(IQueryCollection query) => new(
        Known<InboxView>(query["view"]) ?? InboxView.WaitingForUs, Known<Department>(query["department"]), Text(query["label"]), Text(query["search"]), query["order"] == "oldest")
    {
        Priority = Known<ConversationPriority>(query["priority"]), Network = Text(query["network"]), Assignee = Guid.TryParse(query["assignee"], out var id) ? UserId.From(id) : null,
        PressingFirst = query["order"] == "pressing",
    };

    public InboxFilter Filter(Actor me) => new InboxFilter(View, null, Department, Label, Search, null, OldestFirst)
    {
        Priority = Priority, Network = Network, Assignee = Assignee, PressingFirst = PressingFirst,
    }.By(me);

    public string List => "/engage" + Query;

    public string Conversation(ConversationId id) => $"/engage/{id.Value}{Query}";

    /// <summary>The same filters in another view.</summary>
    public string In(InboxView view) => (this with { View = view }).List;

    /// <summary>True when more than the view narrows it.</summary>
    public bool IsNarrowed => this with { View = default, OldestFirst = false, PressingFirst = false } != new InboxAddress(default, null, null, null, false);

    public static string Title(InboxView view) => view switch
    {
        InboxView.WaitingForUs => "Waiting for us",
        InboxView.WaitingForThem => "Waiting for them",
        InboxView.Department => "My department",
        InboxView.MentionedMe => "Mentioned me",
        var v => v.ToString(),
    };

    public string Query
    {
        get
        {
            var parts = new List<string> { "view=" + Word(View) };
            if (Department is { } department) parts.Add("department=" + Word(department));
            if (Label is { } label) parts.Add("label=" + Uri.EscapeDataString(label));
            if (Search is { } search) parts.Add("search=" + Uri.EscapeDataString(search));
            if (Priority is { } priority) parts.Add("priority=" + Word(priority));
            if (Network is { } network) parts.Add("network=" + Uri.EscapeDataString(network));
            if (Assignee is { } assignee) parts.Add("assignee=" + assignee.Value);
            if (OldestFirst) parts.Add("order=oldest");
            if (PressingFirst) parts.Add("order=pressing");
            return "?" + string.Join('&', parts);
        }
    }

    /// <summary>True where not every row has the same status anyway.</summary>
    public bool ShowsStatus => View is not (InboxView.WaitingForUs or InboxView.WaitingForThem or InboxView.Closed or InboxView.Spam);

    internal static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static T? Known<T>(string? text) where T : struct, Enum => Hearth.Platform.Word<T>.TryParse(text, out var word) ? word.Value : null;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>How the desk says what rooms name.</summary>
internal static class Say
{
    public static string Initials(string name)
    {
        var words = name.Split([' ', '.', '_', '-', '@'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "?" : string.Concat(words.Take(2).Select(w => new System.Text.Rune(w[0] is var c && char.IsSurrogate(c) ? '?' : char.ToUpperInvariant(c))));
    }

    /// <summary>"file:0198..." is a source of its own on the network "file".</summary>
    public static string Network(string network) => Channels.Networks.Title(network.Split(':')[0]);

    /// <summary>The network when it has a name of its own, else the source that brought the posts ("Trailtalk forum").</summary>
    public static string Network(string network, string? source) => network.Split(':')[0] is "webhook" or "file" or "web" && source is not null ? source : Network(network);

    public static string Status(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "Waiting for us",
        ConversationStatus.Waiting => "Waiting for them",
        _ => "Closed",
    };

    public static string Tone(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "accent",
        ConversationStatus.Waiting => "info",
        _ => "neutral",
    };

    public static string Tone(Sentiment sentiment) => sentiment switch { Sentiment.Negative => "bad", Sentiment.Positive => "good", _ => "neutral" };

    /// <summary>What an event on the timeline says after its doer's name.</summary>
    public static string Event(string what, string? text, string? by) => what switch
    {
        "assigned" when text == by => "took it",
        "opened" => "opened this conversation",
        "assigned" => $"gave it to {text}",
        "unassigned" => "gave it back to everybody",
        "routed" => text is null ? "took it from its department" : $"routed it to {text}",
        "labelled" => $"labelled it “{text}”",
        "unlabelled" => $"took off the label “{text}”",
        "rule" => "acted:",
        "closed" => "closed it",
        "waiting" => "set it to wait for the person",
        "reopened" => text is null ? "opened it again" : $"opened it again: {text}",
        "macro-run" => $"ran the macro “{text}”",
        "prioritised" => text switch { "urgent" => "marked it urgent", "watch" => "wants an eye kept on it", _ => "marked it as not pressing" },
        "snoozed" => text is null ? "snoozed it until they speak" : $"snoozed it until {text}",
        "woken" => text is null ? "brought it back" : $"brought it back: {text}",
        "marked-spam" => "put it aside as spam",
        "not-spam" => "said it is no spam",
        "merged" => "merged another conversation into this one:",
        "merged-into" => "merged this one into another:",
        "parted" => "took the merger back:",
        "split-off" => "split a part off into another conversation:",
        "split-from" => "split this off from another conversation:",
        "joined-again" => "took the split back:",
        "held" => "wrote an answer that waits for approval",
        "approved" => "approved the answer",
        "approved-changed" => "approved the answer with another text",
        "rejected" => $"rejected the answer: {text}",
        "sla-breached" => $"ran out: {text}",
        "sla-warned" => $"told of the time: {text}",
        "promised" => $"chose what is promised: {text}",
        "rated" => $"rated it {text}",
        "unowned" => $"found no owner: {text}",
        "gap-raised" => "raised a gap:",
        "gap-attached" => "attached it to a gap:",
        "idea-raised" => "made an idea of it:",
        "idea-voted" => "counted it as a vote for:",
        "idea-answered" => "answered below the idea:",
        "gap-detached" => "took it off a gap:",
        _ => what.Replace('-', ' ') + (text is null ? "" : ": " + text),
    };

    public static string EventIcon(string? what) => what switch
    {
        "opened" => "message-plus",
        "assigned" or "unassigned" => "user-check",
        "routed" or "rule" => "arrow-guide",
        "labelled" or "unlabelled" => "tag",
        "held" => "hand-stop",
        "approved" or "approved-changed" => "checks",
        "rejected" => "x",
        "closed" => "circle-check",
        "reopened" => "rotate",
        "waiting" => "hourglass",
        "macro-run" => "player-play",
        "prioritised" => "flag",
        "snoozed" or "woken" => "bell-z",
        "marked-spam" or "not-spam" => "ban",
        "merged" or "merged-into" or "joined-again" => "arrow-merge",
        "split-off" or "split-from" or "parted" => "arrows-split",
        "sla-breached" or "sla-warned" or "promised" => "clock-hour-4",
        "rated" => "star",
        "unowned" => "user-question",
        "idea-raised" or "idea-voted" or "idea-answered" => "bulb",
        _ => "tool",
    };
}
