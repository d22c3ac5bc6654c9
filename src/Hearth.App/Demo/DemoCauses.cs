namespace Hearth.App.Demo;

/// <summary>The causes planted into Emberly's four months, one for each way such a story can go.</summary>
internal static class DemoCauses
{
    public static readonly DemoCause[] All =
    [
        new("hinge", "Lid hinge of the Hush flask cracks", "quality", DemoBrand.Flask, "lid", "The hinge cracks within weeks; the flask leaks into the pack.",
            StartDay: 74, PerDay: 4.5, FixedDay: 24, LagDays: 4, DemoStage.Verified, Severity: 4),
        new("depot", "Parcels from the northern depot arrive late", "delivery-time", null, "delivery", "Six to nine days, and tracking that stands still.",
            StartDay: 47, PerDay: 3.5, FixedDay: null, LagDays: 5, DemoStage.Planned, Severity: 3),
        new("wait", "Nobody answers at weekends", "support-wait", null, "answer", "No answer from Friday evening to Monday noon.",
            StartDay: 78, PerDay: 2.5, FixedDay: 36, LagDays: 5, DemoStage.Reopened, Severity: 3, Works: false),
        new("glow", "The Glowjar is dark after eleven hours", "battery", DemoBrand.Lantern, "glow", "Ten to twelve hours instead of twenty.",
            StartDay: 104, PerDay: 1.5, FixedDay: 11, LagDays: 6, DemoStage.Verifying, Severity: 2),
        new("strap", "Shoulder straps of the Ridge 45 cut in", "size", DemoBrand.BigPack, "strap", "Sore shoulders from twelve kilos on.",
            StartDay: 20, PerDay: 1.2, FixedDay: null, LagDays: 5, DemoStage.Proposed, Severity: 2),
        new("checkout", "Wallet payment fails at checkout", "website", null, "checkout", "An error after the last step, sometimes charged twice.",
            StartDay: 98, PerDay: 5, FixedDay: 66, LagDays: 0.7, DemoStage.Verified, Severity: 4),
    ];

    public static DemoCause Of(string id) => All.First(c => c.Id == id);
}
