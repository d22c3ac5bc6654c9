using Hearth.Publishing;

namespace Hearth.App.Desk.Council;

/// <summary>Voices as a person types them: "network | country | line | affiliation", one a line.</summary>
internal static class VoiceLines
{
    public static string Write(IReadOnlyList<NetworkVoice> voices) => string.Join('\n', voices.Select(v => string.Join(" | ", (string?[])[v.Network, v.Country, v.Format, v.Affiliation])));

    /// <summary>Null when a line has less than two parts, or more than four.</summary>
    public static IReadOnlyList<NetworkVoice>? Read(string? lines)
    {
        var voices = new List<NetworkVoice>();
        foreach (var line in (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            if (parts.Length is < 2 or > 4) return null;
            voices.Add(new(Part(0), Part(1), Part(2), Part(3)));

            string? Part(int n) => n < parts.Length && parts[n].Length > 0 ? parts[n] : null;
        }

        return voices;
    }
}
