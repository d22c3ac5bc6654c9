using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Conversations.Writing;

public readonly record struct SavedReplyId(Guid Value) : IId<SavedReplyId>
{
    public static SavedReplyId New() => new(Ids.New());

    public static SavedReplyId From(Guid value) => new(value);
}

public readonly record struct MacroId(Guid Value) : IId<MacroId>
{
    public static MacroId New() => new(Ids.New());

    public static MacroId From(Guid value) => new(value);
}

internal sealed class SavedReplyRow
{
    public required SavedReplyId Id { get; init; }

    public required string Title { get; set; }

    /// <summary>The title in lower case: two that differ only so would be one for people.</summary>
    public required string TitleKey { get; set; }

    public required string DefaultLanguage { get; set; }

    /// <summary>JSON: language to text.</summary>
    public required string Texts { get; set; }

    public required string ByName { get; set; }

    public required DateTimeOffset At { get; set; }
}

/// <summary>An answer that is not sent yet. One for each writer in each conversation, and one that a rule or a macro prepared for whoever answers.</summary>
internal sealed class DraftRow
{
    public required ConversationId ConversationId { get; init; }

    /// <summary>Whose it is; all zeros for whoever answers.</summary>
    public required UserId UserId { get; init; }

    public required string UserName { get; set; }

    public required string Text { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Who prepared it ("Rule 4, version 2"); null once a person has typed in it.</summary>
    public string? Origin { get; set; }
}

internal sealed class MacroRow
{
    public required MacroId Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The name in lower case, as <see cref="SavedReplyRow.TitleKey"/>.</summary>
    public required string NameKey { get; set; }

    /// <summary>JSON: the steps in order.</summary>
    public required string Steps { get; set; }

    public required string ByName { get; set; }

    public required DateTimeOffset At { get; set; }
}
