using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Demo;

internal enum DemoFate
{
    /// <summary>Published; ended or open by its window.</summary>
    Runs,

    /// <summary>Open, and every unit is claimed.</summary>
    SellsOut,

    /// <summary>Still being written.</summary>
    Draft,
}

/// <summary>An offer of the story.</summary>
/// <param name="Key">How the story refers to it; also how its codes begin.</param>
/// <param name="Sku">What it sells.</param>
/// <param name="Title">What people read first.</param>
/// <param name="Text">What they should know.</param>
/// <param name="PercentOff">Below the list price.</param>
/// <param name="Units">Units set aside.</param>
/// <param name="Opens">Days before now; negative for later.</param>
/// <param name="Days">How long it runs.</param>
/// <param name="Visitors">People who follow its link.</param>
/// <param name="Claiming">The share of them who take a code, 0 to 1.</param>
/// <param name="Fate">What becomes of it.</param>
internal sealed record DemoOffer(
    string Key, string Sku, string Title, string Text, int PercentOff, int Units, double Opens, double Days, int Visitors, double Claiming, DemoFate Fate = DemoFate.Runs)
{
    public Money Price => new(DemoBrand.Product(Sku).Price * (100 - PercentOff) / 100, DemoBrand.Currency);

    public DateTimeOffset OpensAt(DateTimeOffset now) => now.AddDays(-Opens);

    public DateTimeOffset ClosesAt(DateTimeOffset now) => now.AddDays(Days - Opens);

    public bool Sells => Fate != DemoFate.Draft && Opens > 0;
}

/// <summary>Emberly's outlet: sixteen offers in four months.</summary>
internal static class DemoOffers
{
    public static readonly DemoOffer[] All =
    [
        new("FLASK", DemoBrand.Flask, "Hush flask with a scratch", "A mark on the base, nothing on the inside. Keeps tea hot until tomorrow.", 35, 40, 113, 6, 110, 0.3),
        new("GLOW", DemoBrand.Lantern, "Returned Glowjars, checked", "Each one burned for a night on our bench. New box, new cable.", 30, 45, 104, 7, 120, 0.3),
        new("DUO", "EMB-STV-020", "Basecamp Duo, last year's colour", "Two burners, sand instead of grey.", 25, 25, 95, 7, 90, 0.22),
        new("RIDGE", "EMB-PAK-028", "Ridge 28 from the photo shoot", "Worn for an afternoon, by people who smile a lot.", 30, 18, 86, 5, 85, 0.2),
        new("BANK", "EMB-PWR-010", "Reserve 10k, open box", "Somebody changed their mind. The cells are untouched.", 28, 50, 78, 6, 105, 0.32),
        new("DRIFT", "EMB-HMK-001", "Drift hammock, odd ropes", "One rope is green, one is blue. It swings the same.", 40, 22, 67, 6, 95, 0.22),
        new("KETTLE", "EMB-KET-009", "Whistle kettle with a dent", "A small dent where nobody looks. Whistles in tune.", 30, 35, 58, 7, 100, 0.28),
        new("BEACON", "EMB-LAN-040", "Beacon 400, overstock", "We made too many. That is all that is wrong with them.", 25, 40, 46, 7, 95, 0.26),
        new("TRAIL", "EMB-STV-010", "Trailfire, repaired", "Came back with a stuck valve; the valve is new.", 38, 30, 37, 6, 100, 0.26),
        new("POUR", "EMB-KET-012", "Pour-over kettle, second choice", "The brushing runs the other way round.", 30, 28, 27, 6, 85, 0.26),
        new("POWER", "EMB-PWR-020", "Reserve 20k, open box", "Opened, measured, closed again.", 27, 30, 17, 6, 90, 0.26),
        new("AUTUMN", "EMB-PAK-028", "Ridge 28 in moss", "The autumn colour, a little early.", 20, 26, 6, 13, 80, 0.2),
        new("NIGHT", DemoBrand.Lantern, "Glowjar 1.3, returned", "With the new firmware: sixteen hours on the middle level, measured.", 30, 14, 2.5, 6, 75, 0.5, DemoFate.SellsOut),
        new("SWING", "EMB-HMK-001", "Drift hammock, sun-faded", "Hung in our window all summer.", 35, 20, 1.2, 9, 45, 0.22),
        new("STEEL", DemoBrand.Flask, "Hush flask, steel hinge, small marks", "The new lid with the steel pin on bottles with small marks.", 30, 40, -2, 7, 0, 0, DemoFate.Draft),
        new("CARRY", "EMB-PAK-045", "Ridge 45, last season", "The green one, with the old buckle.", 25, 12, -3, 6, 0, 0, DemoFate.Draft), // the fire guard stops it: its straps cut in
    ];

    /// <summary>Why each article is in the outlet.</summary>
    public static Condition ConditionOf(string sku) => sku switch
    {
        DemoBrand.Lantern => Condition.Returned,
        "EMB-STV-010" => Condition.Refurbished,
        "EMB-LAN-040" or "EMB-STV-020" => Condition.Overstock,
        "EMB-PWR-010" or "EMB-PWR-020" => Condition.Returned,
        "EMB-PAK-045" => Condition.New,
        _ => Condition.ScratchAndDent,
    };
}
