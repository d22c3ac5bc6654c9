using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Ideas;

namespace Hearth.App.Demo;

/// <summary>The idea board fills.</summary>
internal sealed class LoadIdeas(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private readonly Actor[] _people = [.. story.Ideas.People.Select(p => new Actor(UserId.New(), p.Name, p.Name[..1], null, Role.Community))];
    private readonly IdeaId[] _ideas = [.. DemoIdeaList.All.Select(_ => IdeaId.New())];

    public async Task Run(CancellationToken ct)
    {
        await house.In(story.Now.AddDays(-DemoPosts.Days), async s =>
        {
            var shelves = s.GetRequiredService<IdeaCategories>();
            foreach (var (shelf, place) in DemoBrand.IdeaShelves.Select((shelf, place) => (shelf, place))) await shelves.Put(shelf.Slug, shelf.Name, place, ct);
            return true;
        });
        var board = story.Ideas;
        await house.Play(
        [
            .. DemoIdeaList.All.Select((idea, i) => new DemoAct(board.PostedAt(idea), s => Post(s, idea, i, ct))),
            .. board.Votes.Select(v => new DemoAct(v.At, s => s.GetRequiredService<CastVote>().For(_people[v.Voter], _ideas[v.Idea], v.Stance, ct))),
            .. board.Comments.Select(c => new DemoAct(c.At, s => s.GetRequiredService<CommentOnIdea>().By(
                c.Staff is { } initials ? staff[initials] : _people[c.Voter], _ideas[c.Idea], IdeaCommentId.New(), c.Text, ct))),
            .. DemoIdeaList.All.SelectMany((idea, i) => Moves(idea, i, ct)),
        ], ct);
        await new LoadIdeaTalk(house, story, staff, _people, Posted).Run(ct);
        await new LoadDippers(house, story, _people, _ideas).Run(ct);
        await new LoadIdeaLife(house, story, staff, _people, Posted("Stove that simmers")).Run(ct);
    }

    private IdeaId Posted(string title) => _ideas[Array.FindIndex(DemoIdeaList.All, i => i.Title == title)];

    private async Task Post(IServiceProvider s, DemoIdea idea, int i, CancellationToken ct)
    {
        var posted = await s.GetRequiredService<PostIdea>().By(_people[story.Ideas.Authors[i]], _ideas[i], DemoIdeaWords.Draft(idea, Posted, await s.GetRequiredService<Products>().All(retired: false, ct)), ct);
        if (posted is not PostedIdea.Stands) throw new DemoException($"The idea {idea.Title} was refused: {posted}.");
    }

    private IEnumerable<DemoAct> Moves(DemoIdea idea, int i, CancellationToken ct)
    {
        var from = IdeaStatus.Submitted;
        foreach (var (at, move) in story.Ideas.MovesOf(idea))
        {
            var was = from;
            from = move.To;
            yield return new(at, s => Move(s, i, was, move, ct));
        }
    }

    private async Task Move(IServiceProvider s, int i, IdeaStatus was, DemoMove move, CancellationToken ct)
    {
        var moved = await s.GetRequiredService<MoveIdea>().To(staff[move.By], _ideas[i], was, move.To, move.Reason, ct,
            details: new(move.Place, move.DueInDays is { } days ? DateOnly.FromDateTime(s.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).AddDays(days) : null));
        if (moved is not MovedIdea.Stands) throw new DemoException($"The idea {DemoIdeaList.All[i].Title} could not be moved to {move.To}: {moved}.");
    }
}
