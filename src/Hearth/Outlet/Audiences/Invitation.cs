using System.Security.Cryptography;
using System.Text;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Audiences;

/// <summary>
/// What a link in somebody's letter says of an offer that is not everybody's: for whom it is, signed with the secret of their subscription (HMAC, RFC 2104, with SHA-256, cut to 128 bits), so that it
/// needs no row, cannot be made by others, opens no other offer, ends no subscription, and is over when that ends.
/// </summary>
internal static class Invitation
{
    /// <summary>The key of it in an address.</summary>
    public const string Key = "for";

    private const int Half = 32;

    /// <summary>One that opens nothing, for a letter that is only looked at.</summary>
    public static readonly string Nobodys = new('0', 2 * Half);

    /// <summary>64 hexadecimal digits.</summary>
    public static string To(OfferId offer, DigestSubscriber subscriber) => subscriber.Id.ToString("N") + Signed(offer, subscriber.EndToken);

    /// <summary>True for what may be one, by its form alone.</summary>
    public static bool IsWellFormed(string? token) => token is { Length: 2 * Half } && token.All(char.IsAsciiHexDigitLower);

    /// <summary>The address that the letter went to; null when it is no invitation to this offer, or the subscription has ended.</summary>
    public static async Task<string?> Contact(Database db, OfferId offer, string? token, CancellationToken ct)
    {
        if (!IsWellFormed(token)) return null;
        var id = Guid.ParseExact(token.AsSpan(0, Half), "N");
        if (await db.Set<DigestSubscriber>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.EndedAt == null, ct) is not { } subscriber) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signed(offer, subscriber.EndToken)), Encoding.ASCII.GetBytes(token![Half..])) ? subscriber.Contact : null;
    }

    private static string Signed(OfferId offer, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes("outlet invitation " + offer.Value.ToString("N"))).AsSpan(0, Half / 2));
}

/// <summary>Whether somebody may claim an offer that is not everybody's.</summary>
public sealed class Invitations(Database db)
{
    /// <summary>The address that an invitation went to; null when it does not open this offer.</summary>
    public Task<string?> Contact(OfferId offer, string? token, CancellationToken ct) => Invitation.Contact(db, offer, token, ct);
}
