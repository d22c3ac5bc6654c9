namespace Hearth.App.Desk.Engage;

/// <summary>A key and what it does.</summary>
/// <param name="Keys">As shown on the key.</param>
/// <param name="Does">In a few words.</param>
public sealed record KeyHelp(string Keys, string Does);

/// <summary>The keys of Engage. <c>wwwroot/keys.js</c> acts on them; a test holds the two together.</summary>
public static class EngageKeys
{
    public static readonly IReadOnlyList<KeyHelp> Moving =
    [
        new("j", "next conversation"), new("k", "the one before"), new("Enter", "open it"), new("u", "back to the list"), new("/", "search"), new("n", "take the next that waits"),
    ];

    /// <summary>On the list those that name a step choose it for the ticked rows, or for the row that is looked at; Enter does it.</summary>
    public static readonly IReadOnlyList<KeyHelp> Acting =
    [
        new("r", "answer"), new("t", "take it"), new("a", "give it to somebody"), new("l", "label"), new("s", "snooze"), new("p", "priority"), new("m", "write a note"), new("e", "close"), new("x", "tick the row"), new("z", "undo"),
    ];

    public static readonly IReadOnlyList<KeyHelp> Everywhere = [new("Ctrl+Enter", "send the answer"), new("Ctrl+K", "every command and place"), new("?", "these keys"), new("Esc", "leave a field or a window")];
}
