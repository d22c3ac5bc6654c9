namespace Hearth.App.Demo;

/// <summary>What people say of the two other makers in Emberly's market, neither of which exists. Nobody at Emberly answers it; it is there to be compared with.</summary>
internal static class RivalPosts
{
    /// <summary>A rival: how people name it, and how many posts a day it brings forth at first and at last.</summary>
    public static readonly (string Name, string Tag, double First, double Last)[] Rivals = [("Norrpine", "norrpine", 3.6, 2.4), ("Kestrel Camp", "kestrelcamp", 1.2, 2.8)];

    public static readonly Dictionary<string, string[]> Lexicon = new(StringComparer.Ordinal)
    {
        ["en"] =
        [
            "{rival} {thing} {glad}. {tag}", "Anybody else with a {rival} {thing}? {sigh}", "My {rival} {thing} {broke} after {time}. {sigh}", "Back from {city} with the {rival} {thing}: {glad}.",
            "{rival} {thing} or the one by Emberly? {unsure}", "Ordered a {rival} {thing}, {time} and no parcel. {sigh}", "Review of the {rival} {thing} is up: https://{site}.example/reviews/{slug}", "{rival} support answered within the hour, {glad}.",
            "Changed from {rival} to Emberly {time} ago, no regrets.", "Seen on the trail near {city}: three {rival} {thing}s. {tag}",
        ],
        ["de"] =
        [
            "Mein {rival} {thing}: {froh}. {tag}", "{rival} {thing} nach {zeit} kaputt. Sehr ärgerlich.", "Kennt jemand den {thing} von {rival}? Lohnt sich der?", "Bei {rival} bestellt, seit {zeit} kein Paket. Schlechter Service.",
        ],
        ["thing"] = ["stove", "tent", "lantern", "kettle", "backpack", "power bank", "hammock"],
        ["glad"] = ["works like a charm", "is lovely", "is the best I have had", "did a great job", "is worth every cent", "exceeded what I hoped for"],
        ["froh"] = ["einfach super", "klasse Qualität", "ich bin begeistert", "sehr zufrieden"],
        ["broke"] = ["broke", "stopped working", "fell apart", "leaks"],
        ["sigh"] = ["So disappointed.", "Never again.", "What a waste of money.", "Terrible.", "Not good enough at that price."],
        ["unsure"] = ["I cannot decide.", "Which one would you take?", "What do you think?"],
        ["time"] = ["two weeks", "a month", "three trips", "half a year", "nine days"],
        ["zeit"] = ["zwei Wochen", "einem Monat", "drei Touren"],
        ["tag"] = ["{hash}", "", "", "#camping"],
        ["site"] = ["trailtests", "gearmarks", "outdoordesk"],
        ["slug"] = ["first-look", "long-term-test", "compared"],
    };
}
