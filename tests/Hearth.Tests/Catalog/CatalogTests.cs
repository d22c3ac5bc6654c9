using Hearth.Catalog;
using Hearth.Platform;

namespace Hearth.Tests.Catalog;

public class CatalogTests
{
    [Theory, EveryDatabase]
    public async Task A_sku_names_one_product_however_many_add_it_at_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            Task.Run(() => house.With<Products, (CatalogOutcome Outcome, ProductId Id)>(p => p.Add(new("X-1", "Model X " + i), default)))));

        Assert.Single(added, a => a.Outcome == CatalogOutcome.Saved);
        Assert.Single(added.Select(a => a.Id).Distinct());
        var other = await house.With<Products, (CatalogOutcome Outcome, ProductId Id)>(p => p.Add(new(null, "Model Y"), default));
        Assert.Equal(CatalogOutcome.Taken, await house.With<Products, CatalogOutcome>(p => p.Change(other.Id, new("X-1", "Model Y"), default)));
        Assert.Equal(CatalogOutcome.Saved, await house.With<Products, CatalogOutcome>(p => p.Change(other.Id, new(" ", "Model Y", ["y", " why ", "Y"]), default)));
        Assert.Equal(["y", "why"], (await house.With<Products, ProductView?>(p => p.Of(other.Id, default)))!.Words);
    }

    [Theory, EveryDatabase]
    public async Task The_starting_attributes_are_there_and_stay_as_people_changed_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Equal(StartingAttributes.All.Count, (await house.With<Attributes, IReadOnlyList<AttributeView>>(a => a.All(false, default))).Count);

        await house.With<Attributes>(a => a.Save(new("battery", "Battery life", Retired: true), default));
        await house.With<Attributes>(a => a.Save(new("taste", "Taste"), default));
        await house.With<Database>(db => db.Migrate(house.Location, default));

        var all = await house.With<Attributes, IReadOnlyList<AttributeView>>(a => a.All(true, default));
        Assert.Contains(new("battery", "Battery life", true), all);
        Assert.Contains(new("taste", "Taste"), all);
        Assert.All(all, a => Assert.Empty(Attributes.Check(a)));
    }

    [Theory, EveryDatabase]
    public async Task A_promise_is_about_what_the_catalogue_knows(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, product) = await house.With<Products, (CatalogOutcome, ProductId Id)>(p => p.Add(new("X-1", "Model X"), default));
        var id = PromiseId.New();
        var draft = new PromiseDraft("Delivered within two days", PromisePlace.Advertisement, "https://brand.example/fast", product, "delivery-time");

        Assert.Equal(CatalogOutcome.Unknown, await house.With<Promises, CatalogOutcome>(p => p.Save(id, draft with { Attribute = "nonsense" }, default)));
        Assert.Equal(CatalogOutcome.Saved, await house.With<Promises, CatalogOutcome>(p => p.Save(id, draft, default)));
        Assert.Equal(id, Assert.Single(await house.With<Promises, IReadOnlyList<PromiseView>>(p => p.All(product, "delivery-time", default))).Id);
        Assert.Empty(await house.With<Promises, IReadOnlyList<PromiseView>>(p => p.All(ProductId.New(), null, default)));
    }

    [Fact]
    public void What_a_mention_can_be_about_is_an_attribute() =>
        Assert.Empty(Hearth.Listening.Understanding.Topics.All.Select(t => (t.Key, t.Name)).Except(StartingAttributes.All.Select(a => (a.Key, a.Name))));

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/policy", false)]
    [InlineData("https://brand.example/policy", true)]
    [InlineData("", true)]
    public void Only_web_addresses_become_links(string address, bool ok) => Assert.Equal(ok, Promises.IsWebAddress(address));

    [Fact]
    public void A_key_is_made_of_the_words_of_a_name() => Assert.Equal("heat-and-noise-2", Attributes.KeyFrom("Heat, and noise (2)"));
}
