using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Archive;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Moderation;

namespace Hearth.App.Demo;

/// <summary>What happens to ideas beside their status: one is merged, one archived and posted anew, one about to be, and something is taken down.</summary>
/// <param name="house">The house.</param>
/// <param name="story">The story.</param>
/// <param name="staff">By initials.</param>
/// <param name="people">Members of the public.</param>
/// <param name="simmer">The idea that another one asks for in other words.</param>
internal sealed class LoadIdeaLife(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff, Actor[] people, IdeaId simmer)
{
    private readonly IdeaId _handle = IdeaId.New();
    private readonly IdeaId _patch = IdeaId.New();
    private readonly IdeaId _valve = IdeaId.New();
    private readonly IdeaId _anew = IdeaId.New();
    private readonly IdeaId _spam = IdeaId.New();
    private readonly IdeaCommentId _rude = IdeaCommentId.New();
    private readonly IdeaCommentId _plug = IdeaCommentId.New();

    public Task Run(CancellationToken ct) => house.Play(
    [
        Post(-268, _handle, 3, "A wooden handle for the kettle", "Metal gets hot. **Wood** does not, and it looks like home.", "stoves"),
        .. Votes(-266, _handle, 11),
        Post(-196, _patch, 14, "Sell patches for the old Ridge", "The fabric is fine, the corners are not. A patch and glue would save mine.", "packs"),
        .. Votes(-195, _patch, 7),
        Act(-72, s => s.GetRequiredService<ArchiveIdeas>().Run(ct)),
        Act(-57, s => s.GetRequiredService<ArchiveIdeas>().Run(ct)),
        Post(-33, _anew, 40, "A handle that stays cool", "The kettle's handle still burns. Wood, cork, a sleeve: anything.", "stoves", _handle),
        .. Votes(-32, _anew, 23),
        Post(-101, _valve, 21, "A finer valve for the Trailfire", "I want to melt butter without setting it on fire.", "stoves"),
        .. Votes(-100, _valve, 16),
        Act(-96, s => s.GetRequiredService<MergeIdeas>().Into(staff["PR"], _valve, simmer, "Both ask for a small flame that stays small. One list of votes says it louder.", ct)),
        Post(-41, _spam, 55, "Best prices for stoves, click here", "Best prices for stoves of all brands, 80 % off, only today, click my profile.", "shop"),
        Act(-40.9, s => s.GetRequiredService<TakeDown>().Idea(staff["PR"], _spam, RemovalReason.Spam, "Advertising for another shop has no place on this board.", ct)),
        Say(-20, _anew, 77, _rude, "Only an idiot burns a hand on a kettle."),
        Act(-19.8, s => s.GetRequiredService<ReportIdea>().By(people[3], _anew, _rude, RemovalReason.Insult, "That is me he means.", ct)),
        Act(-19.5, s => s.GetRequiredService<TakeDown>().Comment(staff["PR"], _anew, _rude, RemovalReason.Insult, "Say what you think of the kettle, not of people.", ct)),
        Say(-2, _anew, 55, _plug, "My cousin sells handles, write to me."),
        Act(-1, s => s.GetRequiredService<ReportIdea>().By(people[8], _anew, _plug, RemovalReason.Spam, null, ct)),
        Act(-5, s => s.GetRequiredService<ArchiveIdeas>().Run(ct)),
    ], ct);

    private DemoAct Act(double days, Func<IServiceProvider, Task> act) => new(story.Now.AddDays(days), act);

    private DemoAct Post(double days, IdeaId id, int person, string title, string body, string category, IdeaId? anewOf = null) => Act(days, async s =>
    {
        var posted = await s.GetRequiredService<PostIdea>().By(people[person], id, new(title, body, category, AnewOf: anewOf), default);
        if (posted is not PostedIdea.Stands) throw new DemoException($"The idea {title} was refused: {posted}.");
    });

    private DemoAct Say(double days, IdeaId idea, int person, IdeaCommentId id, string text) => Act(days, s => s.GetRequiredService<CommentOnIdea>().By(people[person], idea, id, text, default));

    private IEnumerable<DemoAct> Votes(double days, IdeaId idea, int count) => Enumerable.Range(0, count).Select(i =>
        Act(days + (i / 10.0), s => s.GetRequiredService<CastVote>().For(people[60 + (7 * i)], idea, i % 6 == 5 ? Stance.Demote : Stance.Promote, default)));
}
