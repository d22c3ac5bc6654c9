using System.Text.Json;
using Hearth.Channels;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>What a mention carries, as one column keeps it.</summary>
internal static class MentionMedia
{
    public static string? Write(IReadOnlyList<CarriedMedia>? media) => media is { Count: > 0 } ? KeptText.Of(JsonSerializer.Serialize(media, Json.Options)) : null;

    public static IReadOnlyList<CarriedMedia> Read(string? kept) => kept is null ? [] : JsonSerializer.Deserialize<List<CarriedMedia>>(kept, Json.Options)!;
}
