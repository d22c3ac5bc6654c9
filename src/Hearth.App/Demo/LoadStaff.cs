using System.Security.Cryptography;
using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Publishing;

namespace Hearth.App.Demo;

/// <summary>Emberly's people and catalogue.</summary>
internal static class LoadStaff
{
    /// <summary>Opens the accounts as people would: the first owner's link, then invitations. Answers who they are, by initials.</summary>
    /// <remarks>Each gets a password that nobody knows: the demo is entered by one-time links.</remarks>
    public static async Task<Dictionary<string, Actor>> Accounts(DemoHouse house, DateTimeOffset at, IEnumerable<DemoPerson> people, Actor? owner, CancellationToken ct)
    {
        var actors = new Dictionary<string, Actor>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            var by = owner;
            actors[person.Initials] = await house.In(at, async s =>
            {
                var link = by is null ? await s.GetRequiredService<SignInLinks>().ForFirstOwner(ct)
                    : await s.GetRequiredService<ManageStaff>().Invite(by, person.Name, person.Email, person.Department, person.Role, ct) is StaffOutcome.Invited invited ? invited.Link
                    : throw new DemoException($"{person.Name} could not be invited.");
                var secret = link!.Split('/')[^1];
                var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
                return await s.GetRequiredService<Welcome>().Accept(secret, new(person.Name, person.Initials, person.Email, password), ct) is WelcomeOutcome.Opened opened
                    ? opened.Actor : throw new DemoException($"The account of {person.Name} could not be opened.");
            });
            owner ??= actors[person.Initials];
            if (by is null) await Move(house, at, owner, person, ct);
        }

        return actors;
    }

    /// <summary>Names the brand, so that replies are signed for Emberly.</summary>
    public static Task Brand(DemoHouse house, DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        var wrong = await s.GetRequiredService<DisclosurePolicy>().Set(DemoBrand.Name, null, ct);
        return wrong.Count == 0 ? true : throw new DemoException($"The brand's name was refused: {wrong[0].Reason}.");
    });

    /// <summary>Products, and what was promised of them.</summary>
    public static Task<DemoCatalog> Catalog(DemoHouse house, DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        var (products, promises) = (s.GetRequiredService<Products>(), s.GetRequiredService<Promises>());
        var catalog = new DemoCatalog([], []);
        foreach (var product in DemoBrand.Products) catalog.Products[product.Sku] = (await products.Add(new(product.Sku, product.Name, product.Words), ct)).Id;
        foreach (var promise in DemoBrand.Promises)
        {
            var id = catalog.Promises[promise.Key] = PromiseId.New();
            ProductId? product = promise.Sku is { } sku ? catalog.Products[sku] : null;
            var saved = await promises.Save(id, new(promise.Text, promise.Place, promise.Address, product, promise.Attribute, at.AddDays(-200)), ct);
            if (saved != CatalogOutcome.Saved) throw new DemoException($"The promise {promise.Key} was refused: {saved}.");
        }

        return catalog;
    });

    // The first owner is taken for somebody of IT; Emberly's is of marketing.
    private static Task Move(DemoHouse house, DateTimeOffset at, Actor owner, DemoPerson person, CancellationToken ct) => house.In(at, s =>
        s.GetRequiredService<ManageStaff>().ChangeDuties(owner, owner.Id, person.Department, person.Role, ct));
}

/// <summary>What the catalogue called things.</summary>
internal sealed record DemoCatalog(Dictionary<string, ProductId> Products, Dictionary<string, PromiseId> Promises);

/// <summary>The demo could not be told; the message says why.</summary>
public sealed class DemoException(string message) : Exception(message);
