using System.Security.Cryptography;

namespace Hearth.Platform;

/// <summary>Unguessable short names for tracked links and codes.</summary>
public static class Slug
{
    /// <summary>Letters and digits without look-alikes (no 0 O o, 1 I l, U): what a person can read aloud and type.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTVWXYZ";

    private const string Mixed = "23456789ABCDEFGHJKLMNPQRSTVWXYZabcdefghijkmnpqrstuvwxyz";

    /// <summary>A random slug of <paramref name="length"/> characters, 5.78 bits each (8 characters: 46 bits).</summary>
    public static string New(int length = 8) => RandomNumberGenerator.GetString(Mixed, length);

    /// <summary>A random code of <paramref name="length"/> capital letters and digits, 4.95 bits each.</summary>
    public static string Code(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
