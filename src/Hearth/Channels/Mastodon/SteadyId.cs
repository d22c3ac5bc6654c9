namespace Hearth.Channels.Mastodon;

/// <summary>
/// The id of a status as it stays. snac2 writes the second of a status's last change before the MD5 of its address, so that one status has another id each time it is changed or answered; of an id
/// that it is asked for it reads the hash alone. There the second is written as zeros: the same status is one post here, whatever became of it.
/// </summary>
internal static class SteadyId
{
    private const int Second = 10;
    private const int Hash = 32;
    private static readonly string Zeros = new('0', Second);

    /// <summary>The id to keep and to ask by. Ids of other servers (numbers, ULIDs, flakes) are shorter, and stay as they are.</summary>
    public static string Of(string id) => id.Length == Second + Hash && id[..Second].All(char.IsAsciiDigit) && id[Second..].All(char.IsAsciiHexDigitLower) ? Zeros + id[Second..] : id;

    /// <inheritdoc cref="Of(string)"/>
    public static string? OfAny(string? id) => id is null ? null : Of(id);
}
