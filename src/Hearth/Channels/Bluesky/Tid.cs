using System.Security.Cryptography;

namespace Hearth.Channels.Bluesky;

/// <summary>
/// Record keys by time (atproto.com/specs/tid): a 64-bit number, its top bit 0, then 53 bits of microseconds since 1970 and a clock id of 10 bits, written as
/// 13 characters that sort as the number does.
/// </summary>
public static class Tid
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private static readonly int ClockId = RandomNumberGenerator.GetInt32(1024);
    private static long _last;

    /// <summary>A key later than every one this process made before, even when the clock stands or goes back.</summary>
    public static string New(DateTimeOffset now)
    {
        var micros = Platform.Time.ToUnixMicroseconds(now);
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(micros, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return Write(next, ClockId);
        }
    }

    /// <summary>The key of an instant and a clock.</summary>
    /// <param name="micros">Microseconds since 1970, 0 to 2^53 − 1.</param>
    /// <param name="clockId">0 to 1023.</param>
    public static string Write(long micros, int clockId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(micros);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(micros, (1L << 53) - 1);
        ArgumentOutOfRangeException.ThrowIfNegative(clockId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clockId, 1023);
        return string.Create(13, micros << 10 | (uint)clockId, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
        });
    }

    /// <summary>True for the 13 characters of a key; the first is one of 234567abcdefghij, since the top bit is 0.</summary>
    public static bool TryRead(string text, out long micros, out int clockId)
    {
        (micros, clockId) = (0, 0);
        if (text.Length != 13 || Alphabet.IndexOf(text[0], StringComparison.Ordinal) is < 0 or > 15) return false;
        var value = 0L;
        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            value = value << 5 | (uint)digit;
        }

        (micros, clockId) = (value >> 10, (int)(value & 1023));
        return true;
    }
}
