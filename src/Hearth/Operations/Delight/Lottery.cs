using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearth.People;

namespace Hearth.Operations.Delight;

/// <summary>Chance that anybody can recompute: the first eight bytes of SHA-256 of "seed:person" (both in lower case), big-endian, against the share. It knows nothing else of the person.</summary>
public static class Lottery
{
    /// <summary>True when the person is left out.</summary>
    /// <param name="seed">16 hexadecimal digits.</param>
    /// <param name="person">Who.</param>
    /// <param name="percent">0 to 100.</param>
    public static bool IsHeldOut(string seed, PersonId person, int percent)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{person.Value:D}"));
        return BinaryPrimitives.ReadUInt64BigEndian(hash) < (UInt128)ulong.MaxValue * (uint)percent / 100;
    }

    internal static string NewSeed() => BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(8)).ToString("x16", CultureInfo.InvariantCulture);
}
