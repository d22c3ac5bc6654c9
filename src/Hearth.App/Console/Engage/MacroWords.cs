using Hearth.App.Shared;
using Hearth.Conversations.Writing;
using Hearth.Governance;

namespace Hearth.App.Desk.Engage;

/// <summary>How people say what a macro does.</summary>
internal static class MacroWords
{
    public static readonly (string Value, string Text)[] Acts =
    [
        ("", "Nothing"), .. Enum.GetValues<MacroAct>().Select(a => (a.ToString(), a switch
        {
            MacroAct.Label => "Label it",
            MacroAct.Unlabel => "Take a label off",
            MacroAct.AssignMe => "Give it to me",
            MacroAct.Assign => "Give it to somebody",
            MacroAct.Unassign => "Give it back to everybody",
            MacroAct.Department => "Route it to a department",
            MacroAct.Priority => "Set the priority",
            MacroAct.SavedReply => "Prepare a saved reply",
            MacroAct.Note => "Write a note",
            MacroAct.Snooze => "Snooze it",
            MacroAct.Close => "Close it",
            MacroAct.Wait => "Wait for them",
            _ => "Open it again",
        })),
    ];

    /// <summary>What stands behind the ids that steps name.</summary>
    public static IReadOnlyDictionary<string, string> Names(IEnumerable<SavedReplyView> replies, IEnumerable<StaffMember> staff) =>
        replies.Select(r => (Id: r.Id.Value, Name: r.Title)).Concat(staff.Select(s => (Id: s.Id.Value, s.Name))).ToDictionary(n => n.Id.ToString(), n => n.Name);

    public static string Of(MacroStep step, IReadOnlyDictionary<string, string> names)
    {
        var named = step.Value is { } id ? names.GetValueOrDefault(id.ToLowerInvariant()) : null;
        return step.Act switch
        {
            MacroAct.Label => $"label it “{step.Value}”",
            MacroAct.Unlabel => $"take off the label “{step.Value}”",
            MacroAct.AssignMe => "give it to whoever runs this",
            MacroAct.Assign => $"give it to {named ?? "somebody who has left"}",
            MacroAct.Unassign => "give it back to everybody",
            MacroAct.Department => $"route it to {(Enum.TryParse<Department>(step.Value, out var d) ? Words.Of(d) : step.Value)}",
            MacroAct.Priority => $"set the priority to {step.Value?.ToLowerInvariant()}",
            MacroAct.SavedReply => named is null ? "prepare a saved reply that was thrown away" : $"prepare the answer “{named}”",
            MacroAct.Note => $"note: {step.Value}",
            MacroAct.Snooze => step.Value is null ? "snooze it until they speak" : $"snooze it for {step.Value} h",
            MacroAct.Close => "close it",
            MacroAct.Wait => "wait for them",
            _ => "open it again",
        };
    }
}
