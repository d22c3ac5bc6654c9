using Hearth.Platform;

namespace Hearth.Publishing;

/// <summary>Tidies a policy, and says what is wrong with it.</summary>
internal static class PolicyCheck
{
    public const int MaxVoices = 100;
    public const int MaxLine = 120;

    /// <summary>What was left out is what Hearth comes with; blanks and repetitions are gone.</summary>
    public static SpeakingPolicy Clean(SpeakingPolicy policy)
    {
        var approvals = policy.Approvals ?? ApprovalRules.None;
        return policy with
        {
            Brand = Blank(policy.Brand), Format = Blank(policy.Format) ?? Disclosure.DefaultFormat,
            Voices = [.. (policy.Voices ?? []).OfType<NetworkVoice>().Select(v => new NetworkVoice(Blank(v.Network)?.ToLowerInvariant(), Blank(v.Country)?.ToUpperInvariant(), Blank(v.Format), Blank(v.Affiliation))).Where(v => v.Format is not null || v.Affiliation is not null)],
            Approvals = approvals with { LegalWords = Words(approvals.LegalWords), ApologyWords = Words(approvals.ApologyWords) },
        };
    }

    public static IReadOnlyList<FieldError> Errors(SpeakingPolicy policy)
    {
        var errors = new List<FieldError>();
        if (policy.Brand?.Length > 60) errors.Add(new("brand", "must be at most 60 characters"));
        Line("format", policy.Format);
        if (policy.Voices.Count > MaxVoices) errors.Add(new("voices", $"must be at most {MaxVoices}"));
        foreach (var voice in policy.Voices)
        {
            if (voice.Format is not null) Line("voices.format", voice.Format);
            if (voice.Country is { } country && (country.Length != 2 || !country.All(char.IsAsciiLetter))) errors.Add(new("voices.country", $"must be two letters like DE, not “{country}”"));
            if (voice.Affiliation?.Length > MaxLine) errors.Add(new("voices.affiliation", $"must be at most {MaxLine} characters"));
            if (voice.Affiliation?.Contains('\n', StringComparison.Ordinal) == true) errors.Add(new("voices.affiliation", "must be one line"));
        }

        if (policy.Voices.GroupBy(v => (v.Network, v.Country)).Any(g => g.Count() > 1)) errors.Add(new("voices", "must not name the same network and country twice"));
        if (policy.Approvals.LegalWords.Count > SpeakingPolicies.MaxWords) errors.Add(new("approvals.legalWords", $"must be at most {SpeakingPolicies.MaxWords}"));
        if (policy.Approvals.ApologyWords.Count > SpeakingPolicies.MaxWords) errors.Add(new("approvals.apologyWords", $"must be at most {SpeakingPolicies.MaxWords}"));
        if (policy.Approvals.NewAgentUntil is < 0 or > 1000) errors.Add(new("approvals.newAgentUntil", "must be from 0 to 1,000"));
        if (policy.RepeatDays is < 0 or > 365) errors.Add(new("repeatDays", "must be from 0 to 365"));
        if (policy.Approvals.AmountFrom is < 0) errors.Add(new("approvals.amountFrom", "must not be below zero"));
        return errors;

        void Line(string field, string line)
        {
            if (line.Length > MaxLine) errors.Add(new(field, $"must be at most {MaxLine} characters"));
            if (line.Contains('\n', StringComparison.Ordinal)) errors.Add(new(field, "must be one line"));
            if (!line.Contains("{initials}", StringComparison.Ordinal) && !line.Contains("{name}", StringComparison.Ordinal)) errors.Add(new(field, "must name the author: {initials} or {name}"));
            if (!line.Contains("{brand}", StringComparison.Ordinal)) errors.Add(new(field, "must say whom the author speaks for: {brand}"));
        }
    }

    private static string[] Words(IReadOnlyList<string>? words) => [.. (words ?? []).OfType<string>().Select(w => w.Trim()).Where(w => w.Length is > 0 and <= 100).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
