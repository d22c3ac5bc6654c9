using System.Text;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Governance;

public sealed class KeysTests
{
    [Theory, EveryDatabase]
    public async Task A_key_is_shown_once_and_its_secret_is_not_kept(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ada = await PeopleOfTheBrandTests.FirstOwner(house);
        var made = Assert.IsType<KeyOutcome.Made>(await house.With<Keys, KeyOutcome>(k => k.Make(ada, " Shop ", ["orders", "read"], default)));

        var shown = Assert.Single(await house.With<Keys, IReadOnlyList<KeyView>>(k => k.All(default)));
        Assert.Equal(("Shop", made.Secret[..12], "Ada Lovelace"), (shown.Name, shown.Prefix, shown.Owner));
        Assert.Equal(["read", "orders"], shown.Scopes);
        var row = await house.With<Database, ApiKey>(db => db.Set<ApiKey>().SingleAsync());
        Assert.Equal(Hearth.Governance.Secret.Hash(made.Secret), row.Hash);
        Assert.DoesNotContain(made.Secret[12..], Encoding.UTF8.GetString(row.Hash) + row.Prefix + row.Name, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_key_is_revoked_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ada = await PeopleOfTheBrandTests.FirstOwner(house);
        var made = Assert.IsType<KeyOutcome.Made>(await house.With<Keys, KeyOutcome>(k => k.Make(ada, "shop", ["orders"], default)));
        Assert.True(await house.With<Keys, bool>(k => k.Revoke(ada, made.Key, default)));
        Assert.False(await house.With<Keys, bool>(k => k.Revoke(ada, made.Key, default)));
        Assert.NotNull(Assert.Single(await house.With<Keys, IReadOnlyList<KeyView>>(k => k.All(default))).Revoked);
    }

    [Theory, EveryDatabase]
    public async Task A_key_needs_a_name_and_scopes_that_exist(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ada = await PeopleOfTheBrandTests.FirstOwner(house);
        async Task<IEnumerable<string>> Wrong(string name, params string[] scopes) =>
            Assert.IsType<KeyOutcome.Invalid>(await house.With<Keys, KeyOutcome>(k => k.Make(ada, name, scopes, default))).Errors.Select(e => e.Field);
        Assert.Equal(["name", "scopes"], await Wrong(" "));
        Assert.Equal(["scopes"], await Wrong("shop", "read", "everything"));
        Assert.Equal(["name"], await Wrong(new string('x', 101), "read"));
    }

    [Theory, EveryDatabase]
    public async Task What_one_node_protects_another_reads(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await using var other = new ServiceCollection().AddLogging().AddHearth(house.Location).BuildServiceProvider();
        var kept = house.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("a secret");
        Assert.Equal("a secret", other.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(kept));
    }
}
