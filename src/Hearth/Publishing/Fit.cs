using Hearth.Channels;

namespace Hearth.Publishing;

/// <summary>What a network, and the account's own server, make of a text.</summary>
internal sealed class Fit
{
    private readonly IOutgoingNetwork? _network;

    private Fit(IOutgoingNetwork? network, NetworkRules rules) => (_network, Rules) = (network, rules);

    public NetworkRules Rules { get; }

    /// <param name="network">Null when a person posts it by hand.</param>
    /// <param name="account">Whose server is asked for its rules.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Fit> For(IOutgoingNetwork? network, ChannelAccountId? account, CancellationToken ct) =>
        network is null || account is not { } speaks ? new(null, NetworkRules.WordsOnly(new(0, Publish.MaxByHand, "characters"))) : new(network, await network.Rules(speaks, ct));

    public TextLength Measure(string text) => _network?.Measure(text, Rules) ?? new(text.Length, Publish.MaxByHand, "characters");

    public string Address(string words, string? handle) => words.Length == 0 ? words : _network?.Address(words, handle) ?? words;

    public IReadOnlyList<TextMark> Marks(string text) => _network?.Marks(text) ?? [];

    /// <summary>The text as posts, without signature, which the last one gets.</summary>
    /// <returns>Null when it does not fit.</returns>
    public IReadOnlyList<string>? Parts(string words, string? signature, bool asThread) => Measure(Disclosure.Sign(words, signature)).Fits ? [words]
        : asThread && _network is not null ? ThreadParts.Split(words, part => Measure(Disclosure.Sign(part, signature)).Fits) : null;
}
