namespace Hearth.Ideas.Simulation;

/// <summary>What one idea is about: the same subject said in other words is a duplicate.</summary>
internal readonly record struct StormSubject(int Product, int Wish);

/// <summary>Ideas and comments as people write them, from a small grammar. No text in it is anybody's.</summary>
internal static class StormText
{
    private static readonly (string Name, string Shelf)[] Products =
    [
        ("laptop", "laptops"), ("notebook", "laptops"), ("ultralight", "laptops"), ("desktop", "desktops"), ("tower", "desktops"), ("mini computer", "desktops"), ("server", "servers"),
        ("rack server", "servers"), ("monitor", "screens"), ("curved screen", "screens"), ("printer", "printers"), ("ink cartridge", "printers"), ("keyboard", "accessories"),
        ("mouse", "accessories"), ("docking station", "accessories"), ("power supply", "accessories"), ("headset", "accessories"), ("tablet", "tablets"), ("phone", "tablets"), ("stylus", "tablets"),
        ("support line", "service"), ("warranty", "service"), ("repair service", "service"), ("order page", "shop"), ("configurator", "shop"), ("newsletter", "shop"), ("packaging", "shop"),
        ("recovery disc", "software"), ("preinstalled software", "software"), ("driver page", "software"),
    ];

    private static readonly (string Noun, string Verb, string Why)[] Wishes =
    [
        ("a choice of Linux", "come with Linux as a choice", "I wipe the disc on the first evening anyway and would rather pay for what I use"),
        ("no trial programs", "ship without trial programs", "it takes me an hour to remove them, and my parents never manage to"),
        ("a backlit keyboard", "light its keys", "I write at night and my wife wants to sleep"),
        ("a matt surface", "have a matt surface instead of a mirror", "I see more of my window than of my work"),
        ("longer battery life", "last a whole working day", "the train has no sockets and my day has ten hours"),
        ("quieter fans", "run its fans more quietly", "in a small room it is the loudest thing"),
        ("spare parts to buy", "be sold in parts", "a hinge costs cents, a new one costs a month's rent"),
        ("a repair manual for everybody", "have its repair manual in the open", "I can hold a screwdriver and so can most of us"),
        ("less packing material", "come in less packing", "the box was four times as big as the thing"),
        ("recycled material", "be made of recycled plastic", "we have enough of it already"),
        ("support in plain words", "be explained by people who know it", "I was asked three times whether it was plugged in"),
        ("a call-back", "call me back instead of letting me wait", "forty minutes of music are no help"),
        ("weekend hours", "be there on Saturdays", "things break when I have time to use them"),
        ("honest delivery dates", "name a delivery date and keep it", "mine moved four times in two weeks"),
        ("a student price", "cost less for students", "we stay with what we learned on"),
        ("a second drive bay", "take a second drive", "a fast one for work and a big one for pictures"),
        ("more memory slots", "take more memory", "the slots are soldered and my pictures grow"),
        ("standard screws", "use one kind of screw", "I own five screwdrivers because of it"),
        ("one power plug for all", "charge with the plug everything else uses", "my bag holds more chargers than books"),
        ("a left-handed version", "work for left-handed people", "one in ten of us turns it around every day"),
        ("bigger keys", "have bigger keys", "my father is eighty and writes letters again"),
        ("a better camera", "see in the evening", "my mother knows me as a shadow"),
        ("a physical switch for the camera", "cover its camera with a switch", "tape leaves marks"),
        ("a colour that is not black", "come in colours", "there are nine of them on one table here"),
        ("a trade-in", "take the old one back", "four of them live in my cellar"),
        ("an online history of repairs", "show what was repaired and when", "I tell the same story at each call"),
        ("clearer names", "be named so that one can tell them apart", "numbers and letters say nothing to me"),
        ("a weight in the table", "tell its weight with the charger", "the charger is a brick"),
        ("drivers in one place", "put all drivers in one place", "I found three pages and none had mine"),
        ("updates without restarts", "update without a restart", "it always asks in the middle of a talk"),
        ("a quiet key", "click less", "my colleagues have asked twice"),
        ("a stand that turns", "turn upright", "texts are tall"),
        ("a two-year guarantee", "be covered for two years everywhere", "it should not depend on where I live"),
        ("test results in the open", "publish what tests found", "I believe numbers that others can repeat"),
        ("a size for small hands", "fit small hands", "my daughter uses two fingers"),
    ];

    private static readonly string[] Titles =
    [
        "{Noun} for the {product}", "The {product} should {verb}", "Please let the {product} {verb}", "Why can the {product} not {verb}?", "{Noun}, please ({product})", "{product}: {noun}",
        "Give us {noun} with every {product}", "Make the {product} {verb}", "I want a {product} with {noun}", "Offer {noun} on the {product}",
    ];

    private static readonly string[] Bodies =
    [
        "{Why}. The {product} should {verb}.\n\nIt need not be free.", "I have had my {product} for {years} years and like it. What is missing is {noun}: {why}.", "**What:** {noun}\n\n**For whom:** everybody with a {product}\n\n**Why:** {why}.",
        "We are a {trade} with {count} of them. If the {product} would {verb}, we would order again. {Why}.", "Others can do it. {Why}. So please: {noun} for the {product}.", "Short: the {product} should {verb}. Long: {why}, and I am not the only one here.",
    ];

    private static readonly string[] Trades = ["school", "small office", "workshop", "library", "practice", "newspaper", "bakery", "choir", "town hall", "lab"];

    private static readonly string[] Comments =
    [
        "Yes, please. {Why}.", "Promoted. My {product} needs {noun} too.", "I would pay for {noun}, up to a point.", "Same here, with {count} of them.", "Not for me: it makes the {product} dearer.",
        "Is that not there already? Look at the second page of the options.", "+1 from a {trade}.", "I tried to build it myself. It works, badly.", "A year later and nothing.", "This. {Why}.",
        "Could it be a choice instead of a rule?", "Has somebody measured what it would weigh?", "I asked the support line; they sent me here.", "If it comes, tell me where to order.", "Who needs that? Repair what is there first.",
    ];

    public static IReadOnlyList<string> Shelves { get; } = [.. Products.Select(p => p.Shelf).Distinct()];

    /// <summary>What can be wished of a service, a shop or software.</summary>
    private static readonly int[] OfServices = [.. Enumerable.Range(0, Wishes.Length).Where(w => Wishes[w].Noun is "support in plain words" or "a call-back" or "weekend hours" or "honest delivery dates"
        or "a student price" or "a trade-in" or "an online history of repairs" or "clearer names" or "drivers in one place" or "a two-year guarantee" or "test results in the open" or "spare parts to buy")];

    public static StormSubject Subject(Random random)
    {
        var product = random.Ranked(Products.Length, 12);
        return new(product, Products[product].Shelf is "service" or "shop" or "software" ? OfServices[random.Ranked(OfServices.Length, 6)] : random.Ranked(Wishes.Length, 12));
    }

    public static string Shelf(StormSubject of) => Products[of.Product].Shelf;

    public static string Title(StormSubject of, Random random) => Fill(random.Of(Titles), of, random);

    public static string Body(StormSubject of, Random random) => Fill(random.Of(Bodies), of, random);

    public static string Comment(StormSubject of, Random random) => Fill(random.Of(Comments), of, random);

    private static string Fill(string template, StormSubject of, Random random)
    {
        var (noun, verb, why) = Wishes[of.Wish];
        var text = template.Replace("{product}", Products[of.Product].Name, StringComparison.Ordinal).Replace("{noun}", noun, StringComparison.Ordinal).Replace("{Noun}", Upper(noun), StringComparison.Ordinal)
            .Replace("{verb}", verb, StringComparison.Ordinal).Replace("{why}", why, StringComparison.Ordinal).Replace("{Why}", Upper(why), StringComparison.Ordinal)
            .Replace("{trade}", random.Of(Trades), StringComparison.Ordinal).Replace("{years}", $"{random.Next(2, 9)}", StringComparison.Ordinal).Replace("{count}", $"{random.Next(3, 60)}", StringComparison.Ordinal);
        return Upper(text);
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
