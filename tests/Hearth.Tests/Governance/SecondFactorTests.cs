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

        var code = Totp.Code(before.Key, TimeProvider.System.GetUtcNow()); // Identity reads the system's clock here
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
}
