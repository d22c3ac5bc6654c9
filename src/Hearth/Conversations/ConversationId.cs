using Hearth.Platform;

namespace Hearth.Conversations;

public readonly record struct ConversationId(Guid Value) : IId<ConversationId>
{
    public static ConversationId New() => new(Ids.New());

    public static ConversationId From(Guid value) => new(value);
}
