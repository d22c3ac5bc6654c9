using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>Something Emberly sells.</summary>
/// <param name="Sku">The shop's number.</param>
/// <param name="Name">As the shop names it.</param>
/// <param name="Kind">What people call it when they do not name it: "flask".</param>
/// <param name="Price">List price in cents of EUR.</param>
/// <param name="Words">How people name it in a post.</param>
internal sealed record DemoProduct(string Sku, string Name, string Kind, long Price, params string[] Words)
{
    public Money ListPrice => new(Price, DemoBrand.Currency);
}

/// <summary>Somebody of Emberly's staff.</summary>
internal sealed record DemoPerson(string Name, string Initials, string Email, Department Department, Role Role);

/// <summary>What Emberly promised. <paramref name="Key"/> is how the story refers to it.</summary>
internal sealed record DemoPromise(string Key, string Text, PromisePlace Place, string Address, string? Sku, string Attribute);

/// <summary>
/// Emberly: a maker of stoves, kettles, lanterns, power banks and packs for people who sleep outside. It does not exist; neither do its people, and every
/// address is in the top-level domain "example" (RFC 2606), so nothing in the demo can reach anybody.
/// </summary>
internal static class DemoBrand
{
    public const string Name = "Emberly";
    public const string Currency = "EUR";

    public const string Flask = "EMB-FLS-075";
    public const string Lantern = "EMB-LAN-020";
    public const string BigPack = "EMB-PAK-045";

    public static readonly DemoProduct[] Products =
    [
        new("EMB-STV-010", "Trailfire stove", "stove", 8_900, "Trailfire"),
        new("EMB-STV-020", "Basecamp Duo stove", "two-burner stove", 14_900, "Basecamp Duo", "Basecamp stove"),
        new("EMB-KET-009", "Whistle kettle", "kettle", 3_900, "Whistle kettle"),
        new("EMB-KET-012", "Pour-over kettle", "gooseneck kettle", 5_400, "Pour-over kettle", "Pourover kettle"),
        new(Flask, "Hush flask 0.75", "flask", 3_400, "Hush flask", "Hush bottle"),
        new(Lantern, "Glowjar lantern", "lantern", 4_500, "Glowjar"),
        new("EMB-LAN-040", "Beacon 400 lantern", "big lantern", 6_900, "Beacon 400", "Beacon lantern"),
        new("EMB-PWR-010", "Reserve 10k power bank", "power bank", 4_900, "Reserve 10k"),
        new("EMB-PWR-020", "Reserve 20k power bank", "power bank", 7_900, "Reserve 20k"),
        new("EMB-PAK-028", "Ridge 28 backpack", "daypack", 11_900, "Ridge 28"),
        new(BigPack, "Ridge 45 backpack", "backpack", 16_900, "Ridge 45"),
        new("EMB-HMK-001", "Drift hammock", "hammock", 7_900, "Drift hammock"),
    ];

    public static readonly DemoPerson[] Staff =
    [
        new("Mara Lindqvist", "ML", "mara@emberly.example", Department.Marketing, Role.Owner),
        new("Devon Okafor", "DO", "devon@emberly.example", Department.Care, Role.Lead),
        new("Ines Caldeira", "IC", "ines@emberly.example", Department.Care, Role.Agent),
        new("Tom Hartwell", "TH", "tom@emberly.example", Department.Care, Role.Agent),
        new("Priya Raman", "PR", "priya@emberly.example", Department.Product, Role.Lead),
        new("Jonas Weiler", "JW", "jonas@emberly.example", Department.Operations, Role.Lead),
        new("Sofia Marchetti", "SM", "sofia@emberly.example", Department.Sales, Role.Agent),
        new("Aoife Brennan", "AB", "aoife@emberly.example", Department.PublicRelations, Role.Agent),
        new("Ken Watanabe-Ruiz", "KW", "ken@emberly.example", Department.Legal, Role.Viewer),
        new("Lena Novak", "LN", "lena@emberly.example", Department.It, Role.Agent),
    ];

    public static readonly DemoPromise[] Promises =
    [
        new("delivery", "Ordered by noon, at your door in two working days.", PromisePlace.Policy, "https://emberly.example/delivery", null, "delivery-time"),
        new("lid", "A lid that outlives the flask: guaranteed for ten years.", PromisePlace.ProductPage, "https://emberly.example/hush-flask", Flask, "quality"),
        new("glow", "Twenty hours of warm light on one charge.", PromisePlace.Advertisement, "https://emberly.example/glowjar", Lantern, "battery"),
        new("answer", "A person answers you within two hours, every day.", PromisePlace.ServiceLevel, "https://emberly.example/help", null, "support-wait"),
        new("strap", "Carries eighteen kilos as if they were ten.", PromisePlace.ProductPage, "https://emberly.example/ridge-45", BigPack, "size"),
        new("checkout", "Pay as you like: card, bank or wallet.", PromisePlace.Policy, "https://emberly.example/payment", null, "website"),
    ];

    public static readonly (string Slug, string Name)[] IdeaShelves =
    [
        ("stoves", "Stoves and kettles"), ("light", "Light and power"), ("packs", "Packs and hammocks"), ("repair", "Repair and parts"), ("shop", "Shop and delivery"),
    ];

    public static DemoProduct Product(string sku) => Products.First(p => p.Sku == sku);

    public static DemoPerson Person(string initials) => Staff.First(p => p.Initials == initials);
}
