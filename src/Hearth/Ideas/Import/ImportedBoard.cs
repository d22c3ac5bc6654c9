using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearth.Channels.Files;

namespace Hearth.Ideas.Import;

/// <summary>Where a file of ideas comes from.</summary>
public enum BoardFormat
{
    /// <summary>Rows of ours: docs/ideas.md names the columns.</summary>
    Csv,

    /// <summary>Fider: the CSV of "Export", or the ZIP of "Backup".</summary>
    Fider,

    /// <summary>Canny: a CSV of posts, or JSON with what its API lists as posts, votes and comments.</summary>
    Canny,
}

/// <summary>Somebody of another board.</summary>
/// <param name="Key">What the other board knows them by; their name when it tells no more.</param>
/// <param name="Name">As shown.</param>
internal sealed record OtherPerson(string Key, string Name);

internal sealed record OtherVote(OtherPerson By, DateTimeOffset At, Stance Stance = Stance.Promote);

internal sealed record OtherComment(string Key, OtherPerson By, string Body, DateTimeOffset At, bool FromBrand);

/// <summary>An idea of another board.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Key">What the other board knows it by.</param>
/// <param name="Promotions">How many promote it, <see cref="Votes"/> included; those without a name are kept as such.</param>
/// <param name="Demotions">How many demote it, likewise.</param>
/// <param name="Answer">What the other brand said when it last moved it.</param>
internal sealed record OtherIdea(
    long Line, string Key, string Title, string Body, string? Category, OtherPerson By, DateTimeOffset At, IdeaStatus Status, string? Answer, string? AnswerBy, DateTimeOffset? AnsweredAt,
    int Promotions, int Demotions)
{
    public List<OtherVote> Votes { get; } = [];

    public List<OtherComment> Comments { get; } = [];
}

/// <summary>What a file held: ideas, and the rows that cannot be used.</summary>
internal sealed class OtherBoard
{
    public List<OtherIdea> Ideas { get; } = [];

    public List<RowError> Errors { get; } = [];

    public void Refuse(long line, string reason) => Errors.Add(new(line, reason));
}

/// <summary>A row that was refused.</summary>
/// <param name="Line">The line it starts on; in JSON, its place among its like, from 1.</param>
/// <param name="Reason">As a person would say it.</param>
public sealed record RowError(long Line, string Reason);

internal static class Reading
{
    /// <summary>Reads a time; one without a zone is UTC.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is > 1990 and < 3000 ? at : null;

    /// <summary>Reads a count; nothing is none.</summary>
    /// <returns>Null when it is no whole number from zero to a million.</returns>
    public static int? Count(string? text) => text is null ? 0 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 1_000_000 ? n : null;

    /// <summary>The first of the columns that has a value.</summary>
    public static string? Any(this Row row, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (row[column] is { } value) return value;
        }

        return null;
    }

    /// <summary>An id that importing the same thing again makes again: UUIDv8 (RFC 9562, section 5.8) of a hash of where it comes from.</summary>
    public static Guid IdOf(string source, string kind, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"hearth-import\0{source}\0{kind}\0{key}"))[..16];
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(hash, bigEndian: true);
    }
}
