using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening.Understanding;

namespace Hearth.App.Desk.Engage;

/// <summary>The inbox's address: its filters as query parameters, the same on the list and beside a conversation.</summary>
public sealed record InboxAddress(InboxView View, Department? Department, string? Label, string? Search, bool OldestFirst)
{
    /// <summary>What the address says; anything it does not know counts as left out.</summary>
    public static InboxAddress Read(string? view, string? department, string? label, string? search, string? order) => new(
        Enum.TryParse<InboxView>(view, true, out var v) ? v : InboxView.WaitingForUs,
        Enum.TryParse<Department>(department, true, out var d) ? d : null,
        string.IsNullOrWhiteSpace(label) ? null : label, string.IsNullOrWhiteSpace(search) ? null : search.Trim(), order == "oldest");

    public InboxFilter Filter(UserId me) => new(View, me, Department, Label, Search, null, OldestFirst);

    public string List => "/engage" + Query;

    public string Conversation(ConversationId id) => $"/engage/{id.Value}{Query}";

    /// <summary>The same filters in another view.</summary>
    public string In(InboxView view) => (this with { View = view }).List;

    public static string Title(InboxView view) => view switch
    {
        InboxView.WaitingForUs => "Waiting for us",
        InboxView.WaitingForThem => "Waiting for them",
        var v => v.ToString(),
    };

    private string Query
    {
        get
        {
            var parts = new List<string> { "view=" + Word(View) };
            if (Department is { } department) parts.Add("department=" + Word(department));
            if (Label is { } label) parts.Add("label=" + Uri.EscapeDataString(label));
            if (Search is { } search) parts.Add("search=" + Uri.EscapeDataString(search));
            if (OldestFirst) parts.Add("order=oldest");
            return "?" + string.Join('&', parts);
        }
    }

    /// <summary>True where not every row has the same status anyway.</summary>
    public bool ShowsStatus => View is InboxView.Mine or InboxView.Unassigned or InboxView.All;

    internal static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
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
        "closed" => "closed it",
        "waiting" => "set it to wait for the person",
        "reopened" => text is null ? "opened it again" : $"opened it again: {text}",
        "gap-raised" => "raised a gap:",
        "gap-attached" => "attached it to a gap:",
        "gap-detached" => "took it off a gap:",
        _ => what.Replace('-', ' ') + (text is null ? "" : ": " + text),
    };

    public static string EventIcon(string? what) => what switch
    {
        "opened" => "message-plus",
        "assigned" or "unassigned" => "user-check",
        "routed" => "arrow-guide",
        "labelled" or "unlabelled" => "tag",
        "closed" => "circle-check",
        "reopened" => "rotate",
        "waiting" => "hourglass",
        _ => "tool",
    };
}
