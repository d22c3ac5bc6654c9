using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Desk;
using Hearth.Ideas.Talk;

namespace Hearth.App.Demo;

/// <summary>People answer each other below the ideas, and the brand keeps its desk: partners, estimates, an agenda.</summary>
internal sealed class LoadIdeaTalk(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff, IReadOnlyList<Actor> people, Func<string, IdeaId> posted)
{
    private static readonly (string Category, string[] Partners)[] Partners =
        [("stoves", ["PR"]), ("light", ["PR", "TH"]), ("packs", ["PR"]), ("repair", ["DO", "JW"]), ("shop", ["SM", "JW", "LN"])];

    private static readonly (string Idea, string Staff, string Asked, string Answered)[] Talks =
    [
        ("A steel hinge for the Hush flask", "PR", "Does it fit the lids we already have?", "It does, @{0}: same bore. Ask for the lid and we send it with the pin in."),
        ("Weekend support, even if it is only Saturday", "DO", "Would chat do, or does it have to be the phone?", "Chat first, @{0}. It is where most of you write on Fridays."),
        ("Smaller Glowjar for bikepacking", "PR", "How small is small?", "The print on my desk is 84 mm high, @{0}. It fits a bottle cage."),
        ("Solar lid for the power bank", "PR", "And with two panels?", "Five and a half days, @{0}, and twice the weight. We keep measuring."),
        ("Trade in old gear", "SM", "Do you take stoves without a burner?", "We do, @{0}; it goes to the workshop for parts."),
    ];

    private static readonly (string Idea, int Effort, int Impact, string Note)[] Estimates =
    [
        ("Weekend support, even if it is only Saturday", 3, 5, "Two volunteers so far; four would carry it."), ("Smaller Glowjar for bikepacking", 4, 4, "New mould. The battery is the question."),
        ("Rent a kit for a weekend", 4, 3, "Cleaning costs more than the kit."), ("Wider straps on the Ridge 45", 2, 4, "Old pattern still on the shelf."), ("App that works offline", 2, 3, "Manuals first."),
        ("Tell me when something is back in stock", 1, 4, "The shop system can do it."), ("Recycle gas cartridges in shops", 3, 3, "Permits differ by city."), ("Replaceable battery in the Glowjar", 3, 5, "Also what the repair shop asks for."),
        ("A hammock for two", 2, 1, ""), ("Pot stand for uneven ground", 1, 3, "Three feet and a thread."), ("Trade in old gear", 3, 4, "The trial ends this month."), ("Colours beyond grey", 2, 2, "Minimum run 600."),
    ];

    private static readonly (string Idea, string By, string Question)[] Agenda =
    [
        ("Weekend support, even if it is only Saturday", "DO", "Do we open Saturdays from May?"), ("Tell me when something is back in stock", "SM", "Do we switch it on for all articles?"),
        ("Replaceable battery in the Glowjar", "PR", "Does the next lantern get four screws?"), ("Wider straps on the Ridge 45", "PR", "Back to the old pattern?"),
    ];

    public Task Run(CancellationToken ct) => house.In(story.Now.AddHours(-20), async s =>
    {
        foreach (var (category, partners) in Partners) await s.GetRequiredService<IdeaPartners>().Put(category, [.. partners.Select(p => staff[p].Id)], ct);
        foreach (var (talk, i) in Talks.Select((talk, i) => (talk, i))) await Answer(s, talk, people[3 * i + 1], ct);
        foreach (var (idea, effort, impact, note) in Estimates) await s.GetRequiredService<EstimateIdea>().Put(staff["PR"], posted(idea), effort, impact, note, ct);
        foreach (var (idea, by, question) in Agenda) await s.GetRequiredService<CouncilAgenda>().Put(staff[by], posted(idea), question, ct);
        await s.GetRequiredService<AgeIdeas>().Run(ct);
        return true;
    });

    // Somebody asks below the brand's first comment, the brand answers by name, and the answer goes on top; the question is worded better afterwards.
    private async Task Answer(IServiceProvider s, (string Idea, string Staff, string Asked, string Answered) talk, Actor asks, CancellationToken ct)
    {
        var (idea, comment) = (posted(talk.Idea), s.GetRequiredService<CommentOnIdea>());
        var threads = (await s.GetRequiredService<ReadThreads>().Of(idea, null, 100, ct))!.Items;
        var first = threads.FirstOrDefault(t => t.Comment.FromBrand)?.Comment.Id;
        var (asked, answered) = (IdeaCommentId.New(), IdeaCommentId.New());
        await comment.By(asks, idea, asked, talk.Asked.TrimEnd('?'), first, ct);
        await s.GetRequiredService<ChangeComment>().To(asks, idea, asked, talk.Asked, ct);
        await comment.By(staff[talk.Staff], idea, answered, string.Format(System.Globalization.CultureInfo.InvariantCulture, talk.Answered, asks.Name), asked, ct);
        await s.GetRequiredService<PinAnswer>().On(staff[talk.Staff], idea, answered, ct);
    }
}
