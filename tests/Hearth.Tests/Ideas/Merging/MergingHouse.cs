using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Merging;

internal static class MergingHouse
{
    public static Task<MergedIdeas> Merge(this TestHouse house, IdeaId idea, IdeaId into, string reason = "Both ask for the same lid.", Actor? by = null) =>
        house.With<MergeIdeas, MergedIdeas>(m => m.Into(by ?? IdeasHouse.Staff(), idea, into, reason, default));

    public static Task<MergedIdeas> Unmerge(this TestHouse house, IdeaId idea, string reason = "It asks for something else after all.") =>
        house.With<MergeIdeas, MergedIdeas>(m => m.Undo(IdeasHouse.Staff("Otto Lind"), idea, reason, default));

    public static async Task<IReadOnlyList<IdeaCommentView>> CommentsOf(this TestHouse house, IdeaId idea) =>
        (await house.With<ReadIdea, Page<IdeaCommentView>?>(r => r.Comments(idea, null, 500, default)))!.Items;

    public static async Task<IdeaCommentId> Say(this TestHouse house, IdeaId idea, string body = "Yes please.", Actor? by = null)
    {
        var id = IdeaCommentId.New();
        Assert.IsType<Commented.Stands>(await house.With<CommentOnIdea, Commented>(c => c.By(by ?? IdeasHouse.Somebody(), idea, id, body, default)));
        return id;
    }
}
