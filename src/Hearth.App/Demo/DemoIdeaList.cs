using static Hearth.Ideas.IdeaStatus;

namespace Hearth.App.Demo;

/// <summary>The ideas on Emberly's board.</summary>
internal static class DemoIdeaList
{
    public static readonly DemoIdea[] All =
    [
        new("A steel hinge for the Hush flask", "repair", "The plastic pin is the weak spot. A **2 mm steel pin** would cost cents and outlive the flask.\n\nHappy to send you my broken one.", 68, 130, 0.02,
            new(1.2, Acknowledged, "DO", "Read and passed on. We see the cracked hinges too."), new(6, UnderReview, "PR", "The product team cut ten lids open. Your idea is on the bench."),
            new(17, Planned, "PR", "The steel pin goes into every lid from week 41 on."), new(47, Implemented, "PR", "Every Hush flask sold since three weeks ago has the steel hinge; older lids are exchanged for free.")),
        new("Sell lids as spare parts", "repair", "I lost mine in a river. The flask is fine. *Please* let me buy a lid alone.", 112, 96, 0.01,
            new(2, Acknowledged, "IC", "Thank you. We asked the workshop."), new(9, Planned, "JW", "We set up a shelf for spare lids, straps and burners."), new(33, Implemented, "JW", "Lids, straps, burners and gaskets are in the shop under Repair, from three euro.")),
        new("Sixteen honest hours", "light", "Nobody needs the twenty hours on the box. Print the *real* number and I trust everything else you print.", 88, 104, 0.04,
            new(3, Acknowledged, "AB", "Fair, and a little painful. We are on it."), new(12, UnderReview, "PR", "We measure every level again, in the cold too."), new(70, PartiallyImplemented, "PR", "Version 1.3 brings sixteen hours on the middle level. New boxes with a table of all levels follow.")),
        new("A repair bus that comes to towns", "repair", "Once a year, on a market place: bring your stove, have it checked, drink tea.\n\n- burners cleaned\n- straps sewn\n- stories told", 57, 141, 0.03,
            new(4, Acknowledged, "ML", "What a picture. We talk about it on Thursday."), new(15, UnderReview, "ML", "We work out what one summer with a van would cost."), new(44, Planned, "ML", "Five towns in spring. Which ones? Tell us below.")),
        new("Weekend support, even if it is only Saturday", "shop", "Trips start on Friday evening. So do the questions.", 26, 74, 0.01, new(2, Acknowledged, "DO", "You are right, and it hurts us too."), new(9, UnderReview, "DO", "We ask for volunteers for Saturday shifts.")),
        new("Smaller Glowjar for bikepacking", "light", "Half the size, half the battery, fits a bottle cage.", 97, 83, 0.06, new(5, Acknowledged, "PR", "Noted. We like small things."), new(24, UnderReview, "PR", "A first print stands on my desk.")),
        new("Rent a kit for a weekend", "shop", "Stove, lantern, pack: try before you buy. A deposit is fine.", 51, 66, 0.09, new DemoMove(3, Acknowledged, "SM", "We looked at rentals two years ago and look again.")),
        new("Stove that simmers", "stoves", "The Trailfire has two states: off and volcano. Some of us want to keep **soup** warm.", 109, 92, 0.03,
            new(6, Acknowledged, "PR", "Volcano is fair."), new(20, UnderReview, "PR", "A finer valve is being tested at the lab."), new(61, Planned, "PR", "The next Trailfire has a three-turn valve. Spring.", DueInDays: 160)),
        new("Tell us which depot a parcel comes from", "shop", "Then I know before I order whether it arrives in time for the weekend.", 39, 58, 0.02, new(1, Acknowledged, "JW", "Good thought; the data is there."), new(13, Planned, "JW", "The shop will show depot and honest date per article.")),
        new("Wider straps on the Ridge 45", "packs", "They cut in from twelve kilos on. The old Ridge had them 15 mm wider.", 17, 61, 0.02, new DemoMove(2, Acknowledged, "PR", "We compare old and new this week.")),
        new("Trade in old gear", "shop", "Bring an old stove, get ten per cent. You repair and sell it in the outlet.", 77, 70, 0.07, new(8, Acknowledged, "SM", "The outlet team likes this."), new(30, UnderReview, "SM", "Two shops try it until the end of the month.")),
        new("Lantern that dims to candle", "light", "One more level *below* the lowest. For stories.", 63, 47, 0.02, new DemoMove(4, AlreadyOffered, "TH", "Hold the button for three seconds: the night-light level. We should have printed it on the box.", "https://emberly.example/help/night-light")),
        new("USB-C on every device", "light", "One cable for lantern, power bank and phone.", 118, 88, 0.01, new(1, Acknowledged, "PR", "Agreed: one cable is enough for anybody."), new(10, Planned, "PR", "All new runs from summer on."), new(70, Implemented, "PR", "Glowjar, Beacon and both Reserves ship with USB-C since last month.")),
        new("A hammock for two", "packs", "The Drift is lovely and lonely.", 45, 39, 0.12, new DemoMove(6, Acknowledged, "PR", "Noted, with a smile.")),
        new("Kettle with a lid that stays on when pouring", "stoves", "Burnt my thumb twice. A little *notch* would do.", 93, 55, 0.02, new(5, UnderReview, "PR", "We cut three lids with three notches."), new(35, Implemented, "PR", "The notch is in every Whistle kettle since spring; exchange lids are free.")),
        new("App that works offline", "shop", "Manuals and boil times without signal, please.", 71, 44, 0.05, new DemoMove(7, Acknowledged, "LN", "Manuals are easy; I look at the rest.")),
        new("An Emberly coffee", "shop", "You make kettles. Why not the coffee?", 84, 22, 0.55, new DemoMove(10, NotPlanned, "ML", "We would be bad at it, and there are good roasters. We stay with fire and light.")),
        new("Solar lid for the power bank", "light", "A panel on top. Slow is fine.", 66, 51, 0.31, new(9, UnderReview, "PR", "We measure what a panel of that size really brings."), new(28, NotPlanned, "PR", "It takes eleven sunny days for one charge. That would be a promise we cannot keep.")),
        new("Gift cards", "shop", "For everybody's uncle.", 101, 35, 0.03, new(2, Acknowledged, "SM", "Good thought. We look for somebody who runs them for us."), new(21, Implemented, "SM", "In the shop and at every counter.")),
        new("Colours beyond grey", "packs", "Forest green, please. And *ember red*, obviously.", 54, 77, 0.08, new DemoMove(3, Acknowledged, "ML", "Which two? Vote with a comment.")),
        new("Flask with a cup in the lid", "stoves", "So that one thing less rattles in the bag.", 34, 41, 0.05),
        new("Show the weight in big letters", "shop", "On the product page, first line, with and without the bag it comes in.", 79, 49, 0.0, new(2, Acknowledged, "LN", "Simple enough."), new(5, Implemented, "LN", "Done this morning, for all articles.")),
        new("Spare strap set in the parcel", "packs", "They cost you cents and save trips.", 29, 27, 0.14),
        new("Pot stand for uneven ground", "stoves", "Three legs that adjust by a turn. My dinner rolled down a hill.", 23, 53, 0.02, new DemoMove(4, Acknowledged, "PR", "Condolences to the dinner. Looking into it.")),
        new("Recycle gas cartridges in shops", "repair", "Nobody knows where to bring them.", 42, 64, 0.01, new DemoMove(6, UnderReview, "JW", "We talk to two cities about the permits.")),
        new("Warmer light from the Beacon", "light", "It is a lighthouse. A warm filter to clip on?", 14, 33, 0.04),
        new("Left-handed gooseneck", "stoves", "The handle of the Pour-over kettle is for right hands only.", 11, 29, 0.03),
        new("Tell me when something is back in stock", "shop", "A button, a mail, done.", 8, 46, 0.0, new DemoMove(1, Acknowledged, "SM", "That should exist. Thank you.")),
        new("Family packs in the outlet", "shop", "Four mugs with a scratch each are still four mugs.", 6, 31, 0.02),
        new("Map of tested camp spots by the community", "shop", "With what gear people used there.", 20, 36, 0.26),
        new("A louder whistle", "stoves", "The Whistle kettle whispers.", 105, 18, 0.4, new DemoMove(15, NotPlanned, "PR", "We measured: 78 dB at one metre. Louder would wake the next tent.")),
        new("Rain cover in the bottom pocket", "packs", "The Ridge 28 has the pocket but no cover.", 4.5, 38, 0.0),
        new("Replaceable battery in the Glowjar", "repair", "Standard 18650, four screws. A lantern should live longer than a cell.", 9, 69, 0.01, new DemoMove(2, Acknowledged, "PR", "We would like that too.")),
        new("Night trains with gear to borrow", "shop", "A shelf in the sleeper: lantern, kettle, hammock.", 3, 21, 0.18),
        new("Show the true stock in the shop", "shop", "'Only 2 left' for six weeks. I no longer believe it.", 2.2, 26, 0.0),
        new("A kids' size of the Ridge", "packs", "With a whistle and a name tag.", 1.6, 24, 0.0),
        new("Boil times for altitude", "stoves", "A small table on the lid: sea level, 1,000 m, 2,000 m.", 1.1, 17, 0.05),
        new("Lantern holder for tent poles", "light", "A clip, nothing more.", 0.7, 12, 0.0),
        new("Lend your stove to a neighbour through the app", "shop", "With a rating for how clean it came back.", 0.4, 8, 0.5),
        new("Postcards from the workshop", "repair", "A photo of who repaired my thing. I would frame it.", 0.2, 6, 0.0),
    ];
}
