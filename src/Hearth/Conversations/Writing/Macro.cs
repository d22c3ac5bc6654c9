using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Conversations.Writing;

/// <summary>What a macro can do.</summary>
public enum MacroAct
{
    /// <summary>Puts a label on; the value is the label.</summary>
    Label,

    /// <summary>Takes a label off; the value is the label.</summary>
    Unlabel,

    /// <summary>Gives it to whoever runs the macro.</summary>
    AssignMe,

    /// <summary>Gives it to a person; the value is their id.</summary>
    Assign,

    /// <summary>Gives it back to everybody.</summary>
    Unassign,

    /// <summary>Gives it to a department; the value is its name.</summary>
    Department,

    /// <summary>Says how pressing it is; the value is none, watch or urgent.</summary>
    Priority,

    /// <summary>Lays a saved reply ready as the draft of whoever runs the macro; the value is its id.</summary>
    SavedReply,

    /// <summary>Writes a note; the value is the text.</summary>
    Note,

    /// <summary>Puts it out of sight; the value is hours, or nothing for until they speak.</summary>
    Snooze,

    /// <summary>Closes it.</summary>
    Close,

    /// <summary>Lets it wait for the person.</summary>
    Wait,

    /// <summary>Opens it again.</summary>
    Open,
}

/// <summary>One thing that a macro does.</summary>
/// <param name="Act">What.</param>
/// <param name="Value">With what; null where nothing is needed.</param>
public sealed record MacroStep(MacroAct Act, string? Value = null);

/// <summary>Several things to be done with a conversation, under one name.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">By which people find it.</param>
/// <param name="Steps">In the order in which they are done.</param>
/// <param name="By">Who last changed it.</param>
/// <param name="At">When it was last changed.</param>
public sealed record MacroView(MacroId Id, string Name, IReadOnlyList<MacroStep> Steps, string By, DateTimeOffset At);

/// <summary>A macro as given.</summary>
/// <param name="Name">1 to 80 characters, no other macro's.</param>
/// <param name="Steps">1 to 20, done in this order.</param>
public sealed record MacroDraft(string? Name, IReadOnlyList<MacroStep>? Steps);

/// <summary>What became of a macro: exactly one of the nested cases.</summary>
public abstract record KeptMacro
{
    private KeptMacro() { }

    public sealed record Done(MacroView Macro) : KeptMacro;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptMacro;

    public sealed record Unknown : KeptMacro;
}

/// <summary>What one step came to.</summary>
/// <param name="Act">What it should do.</param>
/// <param name="Done">False when it could not be done; the others were all the same.</param>
/// <param name="Said">A few words for people.</param>
public sealed record MacroStepOutcome(MacroAct Act, bool Done, string Said);

/// <summary>What running a macro on a conversation came to.</summary>
public abstract record MacroRun
{
    private MacroRun() { }

    /// <summary>Each step with its outcome, in order; kept in one transaction.</summary>
    public sealed record Ran(IReadOnlyList<MacroStepOutcome> Steps) : MacroRun;

    public sealed record UnknownMacro : MacroRun;

    public sealed record UnknownConversation : MacroRun;
}
