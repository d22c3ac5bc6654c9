using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hearth.Tests.Governance;

/// <summary>What an authenticator app does.</summary>
internal static class Totp
{
    // RFC 6238 with the parameters every authenticator app takes when none are said: SHA-1, 30 seconds, 6 digits.
    public static string Code(string base32, DateTimeOffset at)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // the RFC's own
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return $"{number % 1_000_000:D6}";
    }
}
