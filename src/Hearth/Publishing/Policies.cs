namespace Hearth.Publishing;

/// <summary>How the brand speaks: who signs how, and what somebody else looks at first. Each change makes another version; the earlier ones stay.</summary>
/// <param name="Brand">The brand's name as people know it; null takes the account's name.</param>
/// <param name="Format">The line under each reply: {initials} or {name}, {department}, {brand}.</param>
/// <param name="Voices">Where it is said otherwise; the most particular one that fits is taken.</param>
/// <param name="Approvals">What waits for somebody else.</param>
public sealed record SpeakingPolicy(string? Brand, string Format, IReadOnlyList<NetworkVoice> Voices, ApprovalRules Approvals)
{
    /// <summary>From 1; 0 as installed.</summary>
    public int Version { get; init; }

    /// <summary>For how many days the same words are not posted again on one account, from 0 (they may) to 365.</summary>
    public int RepeatDays { get; init; } = 30;
}

/// <summary>How replies are signed on one network, in one country, or both.</summary>
/// <param name="Network">"bluesky" ...; null for all.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of the market that an account serves ("DE"); null for all.</param>
/// <param name="Format">The line under each reply, as in <see cref="SpeakingPolicy"/>; null takes the policy's.</param>
/// <param name="Affiliation">A line that says for whom one speaks, where the law or the network asks for more ("Acme GmbH, Berlin: acme.example/imprint"); null for none.</param>
public sealed record NetworkVoice(string? Network, string? Country, string? Format, string? Affiliation);

/// <summary>What waits until somebody else has looked at it.</summary>
/// <param name="LegalWords">Words and phrases of the law ("liable", "refund policy"); "su*" is a beginning.</param>
/// <param name="ApologyWords">Phrases that admit or promise ("our fault", "compensat*").</param>
/// <param name="Crisis">True while every reply is looked at.</param>
/// <param name="NewAgentUntil">How many messages of somebody are looked at before theirs go by themselves; 0 for none.</param>
/// <param name="AmountFrom">The smallest sum of money that is looked at when it is named, in whole units of any currency; null for none.</param>
public sealed record ApprovalRules(IReadOnlyList<string> LegalWords, IReadOnlyList<string> ApologyWords, bool Crisis, int NewAgentUntil, long? AmountFrom)
{
    /// <summary>Nothing waits.</summary>
    public static ApprovalRules None { get; } = new([], [], false, 0, null);
}
