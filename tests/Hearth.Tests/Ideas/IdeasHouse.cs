using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;

namespace Hearth.Tests.Ideas;

/// <summary>A board to test on.</summary>
internal static class IdeasHouse
{
    public static Actor Somebody(string name = "Ana Fox") => new(UserId.New(), name, "AF", null, Role.Community);

    public static Actor Staff(string name = "Priya Nair") => new(UserId.New(), name, "PN", Department.Product, Role.Agent);

    public static async Task<IdeaId> Post(this TestHouse house, string title = "A lid that locks", string body = "So that nothing spills in the pack.", Actor? by = null)
    {
        var id = IdeaId.New();
        Assert.IsType<PostedIdea.Stands>(await house.With<PostIdea, PostedIdea>(p => p.By(by ?? Somebody(), id, new(title, body, "general"), default)));
        return id;
    }

    public static async Task<IdeaCommentId> Said(this TestHouse house, IdeaId idea, Actor by, string body, IdeaCommentId? replyTo = null) =>
        Assert.IsType<Commented.Stands>(await house.With<CommentOnIdea, Commented>(c => c.By(by, idea, IdeaCommentId.New(), body, replyTo, default))).Comment;

    public static Task<VoteCast> Vote(this TestHouse house, IdeaId idea, Stance stance = Stance.Promote, Actor? by = null) =>
        house.With<CastVote, VoteCast>(v => v.For(by ?? Somebody(), idea, stance, default));

    public static Task<MovedIdea> Move(this TestHouse house, IdeaId idea, IdeaStatus from, IdeaStatus to, string reason = "We looked into it.") =>
        house.With<MoveIdea, MovedIdea>(m => m.To(Staff(), idea, from, to, reason, default));

    public static async Task<IReadOnlyList<IdeaLine>> List(this TestHouse house, IdeaFilter filter, int size = 50, UserId? reader = null)
    {
        var all = new List<IdeaLine>();
        string? after = null;
        do
        {
            var page = await house.With<ListIdeas, Page<IdeaLine>?>(l => l.Of(filter, reader, after, size, default));
            all.AddRange(page!.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    public static async Task<IdeaLine> Read(this TestHouse house, IdeaId idea) =>
        (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!.Line;
}
