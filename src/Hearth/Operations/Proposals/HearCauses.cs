using Hearth.Listening;
using Hearth.Platform;

namespace Hearth.Operations.Proposals;

/// <summary>Groups mentions as they come in, and again when they change.</summary>
internal sealed class HearCauses(GroupMentions group) : IHandle<MentionHeard>, IHandle<MentionEdited>, IHandle<MentionCorrected>, IHandle<MentionRemoved>
{
    public Task Handle(MentionHeard fact, CancellationToken ct) => group.Take([fact.Mention], ct);

    public Task Handle(MentionEdited fact, CancellationToken ct) => group.Take([fact.Mention], ct);

    public Task Handle(MentionCorrected fact, CancellationToken ct) => group.Take([fact.Mention], ct);

    public Task Handle(MentionRemoved fact, CancellationToken ct) => group.Take([fact.Mention], ct);
}
