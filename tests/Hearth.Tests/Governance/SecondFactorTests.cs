using System.Buffers.Binary;
using System.Security.Cryptography;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Tests.Governance;

public sealed class SecondFactorTests
{
    [Theory, EveryDatabase]
    public async Task It_is_on_once_the_app_has_proved_that_it_knows_the_key(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ada = await PeopleOfTheBrandTests.FirstOwner(house);
        var before = await house.With<SecondFactor, SecondFactorView>(f => f.Read(ada));
        Assert.False(before.On);
        Assert.Contains($"secret={before.Key}", before.Uri, StringComparison.Ordinal);

        var code = Code(before.Key, TimeProvider.System.GetUtcNow()); // Identity reads the system's clock here
        var wrong = (int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) + 500_000) % 1_000_000;
        Assert.Null(await house.With<SecondFactor, IReadOnlyList<string>?>(f => f.SwitchOn(ada, $"{wrong:D6}", default)));
        var codes = await house.With<SecondFactor, IReadOnlyList<string>?>(f => f.SwitchOn(ada, code[..3] + " " + code[3..], default));

        Assert.Equal(10, codes!.Distinct(StringComparer.Ordinal).Count());
        var after = await house.With<SecondFactor, SecondFactorView>(f => f.Read(ada));
        Assert.True(after is { On: true, Key: "", CodesLeft: 10 });
        Assert.False(await house.With<SecondFactor, bool>(f => f.SwitchOff(ada, "not the password", default)));
        Assert.True(await house.With<SecondFactor, bool>(f => f.SwitchOff(ada, "analytical engine", default)));
        Assert.NotEqual(before.Key, (await house.With<SecondFactor, SecondFactorView>(f => f.Read(ada))).Key);
    }

    // RFC 6238 with the parameters every authenticator app takes when none are said: SHA-1, 30 seconds, 6 digits.
    internal static string Code(string base32, DateTimeOffset at)
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
