using Hearth.Channels.Bluesky;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.Options;

namespace Hearth.Listening;

/// <summary>The firehose of a PDS or a relay, <c>com.atproto.sync.subscribeRepos</c>. The cursor is a sequence number of that server.</summary>
public sealed class FirehoseSource(RepoReader reader, IOptions<SafeHttpOptions> allowed) : RepoSource(reader, allowed)
{
    /// <summary>The setting that says where a new source begins: "now", or "oldest" for all that the server still keeps.</summary>
    public const string Start = "start";

    public override string Kind => "firehose";

    public override string Title => "Bluesky, one server or all of it (firehose)";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new(Address, "Address of the server", SourceFieldKind.Address, IsRequired: true, Hint: "A relay carries the whole network, a PDS its own accounts.", Default: "wss://bsky.network"),
        new(Start, "Begin with", SourceFieldKind.Choice, Default: "now", Options: [new("now", "what happens from now on"), new("oldest", "the oldest that the server still keeps")]),
    ];

    public override IEnumerable<FieldError> Check(SourceSettings settings)
    {
        foreach (var error in base.Check(settings)) yield return error;
        if (settings[Start] is not (null or "now" or "oldest")) yield return new(Start, "must be now or oldest");
    }

    protected override (Uri Address, IRepoDecoder Decoder) Open(SourceSettings settings, Uri service, long? cursor)
    {
        var firehose = new Firehose();
        return (firehose.Address(service, cursor ?? (settings[Start] == "oldest" ? 0 : null)), firehose);
    }
}
