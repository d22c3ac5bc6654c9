using System.Globalization;
using Hearth.Channels.Bluesky;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.Options;

namespace Hearth.Listening;

/// <summary>Jetstream v1: every public post of Bluesky as JSON. The cursor is the time of an event in microseconds.</summary>
public sealed class JetstreamSource(RepoReader reader, IOptions<SafeHttpOptions> allowed, TimeProvider clock) : RepoSource(reader, allowed)
{
    /// <summary>The setting with DIDs of accounts, one a line: only these are read.</summary>
    public const string Accounts = "accounts";

    /// <summary>The server orders events by its own clock, of which there may be several behind one address: go on from this much earlier. What came already is a repeat.</summary>
    private const long Overlap = 1_000_000;

    private const int MostAccounts = 1_000;
    private readonly Jetstream _jetstream = new();

    public override string Kind => "jetstream";

    public override string Title => "Bluesky, all of it (Jetstream)";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new(Address, "Address of the Jetstream server", SourceFieldKind.Address, IsRequired: true, Default: "wss://jetstream2.us-east.bsky.network/subscribe"),
        new(Accounts, "Only these accounts", SourceFieldKind.Lines, Hint: "Their DIDs, one a line. Empty for everybody."),
    ];

    public override IEnumerable<FieldError> Check(SourceSettings settings)
    {
        foreach (var error in base.Check(settings)) yield return error;
        var accounts = Dids(settings);
        if (accounts.Count > MostAccounts) yield return new(Accounts, $"must be at most {MostAccounts:N0} lines");
        if (accounts.Any(a => !a.StartsWith("did:", StringComparison.Ordinal) || a.Length > 512)) yield return new(Accounts, "each line must be a DID (did:plc:...)");
    }

    public override string? CursorAt(SourceSettings settings, DateTimeOffset at) => at.ToUnixMicroseconds().ToString(CultureInfo.InvariantCulture);

    protected override long? Begin() => clock.GetUtcNow().ToUnixMicroseconds();

    protected override (Uri Address, IRepoDecoder Decoder) Open(SourceSettings settings, Uri service, long? cursor) =>
        (_jetstream.Address(service, cursor is { } at ? Math.Max(0, at - Overlap) : null, Dids(settings)), _jetstream);

    private static IReadOnlyCollection<string> Dids(SourceSettings settings) =>
        [.. (settings[Accounts] ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}
