using Hearth.Catalog;
using Hearth.Ideas;
using Hearth.Ideas.Words;

namespace Hearth.App.Demo;

/// <summary>What the ideas of the story say besides their text: for whom, why, about which product, and on which idea they build.</summary>
internal static class DemoIdeaWords
{
    private static readonly Dictionary<string, (string ForWhom, string Why)> Answers = new(StringComparer.Ordinal)
    {
        ["A steel hinge for the Hush flask"] = ("Everybody whose flask falls now and then. So: everybody.", "Mine broke on day two of nine. The flask was fine, my sleeping bag was not."),
        ["Sixteen honest hours"] = ("People who plan a night by the number on the box.", "I carried no spare because the box said twenty."),
        ["Smaller Glowjar for bikepacking"] = ("Riders, and everybody who counts grams.", "The big one needs a pannier of its own."),
        ["Stove that simmers"] = ("Cooks. Parents. People with *one* pot.", "Burnt oats, four trips in a row."),
        ["Wider straps on the Ridge 45"] = ("Whoever carries more than twelve kilos.", "Two numb fingers after an hour; the old ones never did that."),
        ["Pot stand for uneven ground"] = ("People who cook where there is no table.", "My dinner rolled down a hill. It was a good dinner."),
        ["Replaceable battery in the Glowjar"] = ("Owners of lanterns older than three years.", "Nothing else on it is worn."),
        ["Left-handed gooseneck"] = ("Every tenth customer.", "I pour over my own hand."),
        ["Tell me when something is back in stock"] = ("Whoever came a day too late.", "I look every evening, and I would rather not."),
        ["A kids' size of the Ridge"] = ("Children from six, and the parents who carry for them.", "Ours carries her own bear, in a bag with one strap."),
        ["Boil times for altitude"] = ("People who cook above a thousand metres.", "Pasta at 2,400 m is a matter of belief."),
    };

    private static readonly Dictionary<string, string> On = new(StringComparer.Ordinal)
    {
        ["Spare strap set in the parcel"] = "Sell lids as spare parts",
        ["Replaceable battery in the Glowjar"] = "Smaller Glowjar for bikepacking",
        ["Postcards from the workshop"] = "A repair bus that comes to towns",
        ["Boil times for altitude"] = "Stove that simmers",
        ["Show the true stock in the shop"] = "Tell us which depot a parcel comes from",
    };

    /// <summary>The idea as its author types it.</summary>
    /// <param name="idea">Of the story.</param>
    /// <param name="posted">The story's ideas by title.</param>
    /// <param name="products">The catalogue.</param>
    public static IdeaDraft Draft(DemoIdea idea, Func<string, IdeaId> posted, IReadOnlyList<ProductView> products)
    {
        var about = products.Where(p => idea.Title.Contains(p.Name.Split(' ')[0], StringComparison.OrdinalIgnoreCase) || idea.Body.Contains(p.Name, StringComparison.OrdinalIgnoreCase)).Take(2).Select(p => p.Id).ToList();
        var template = Answers.TryGetValue(idea.Title, out var answers) ? new IdeaTemplate(idea.Body, answers.ForWhom, answers.Why) : null;
        return new(idea.Title, idea.Body, idea.Category, template, about, BuildsOn: On.TryGetValue(idea.Title, out var on) ? posted(on) : null);
    }
}
