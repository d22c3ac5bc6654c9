using Hearth.Ideas;
using Hearth.Ideas.Talk;

namespace Hearth.App.Public.Ideas;

/// <summary>Puts the answers of a thread below what they answer.</summary>
internal static class CommentTree
{
    /// <summary>Deeper answers stand as deep as this: a phone has no room for more.</summary>
    private const int Deepest = 3;

    /// <summary>The answers in reading order, each with its depth (1 to 3) and, where the place does not say it, whom it answers.</summary>
    public static IEnumerable<(IdeaCommentView Comment, int Depth, string? To)> Of(CommentThread thread)
    {
        var known = thread.Replies.ToDictionary(r => r.Id);
        var below = thread.Replies.ToLookup(r => r.ReplyTo is { } to && known.ContainsKey(to) ? to : thread.Comment.Id);
        return Walk(thread.Comment.Id, 1);

        IEnumerable<(IdeaCommentView, int, string?)> Walk(IdeaCommentId parent, int depth)
        {
            foreach (var reply in below[parent])
            {
                yield return (reply, Math.Min(depth, Deepest), depth > Deepest ? known[reply.ReplyTo!.Value].By : null);
                foreach (var deeper in Walk(reply.Id, depth + 1)) yield return deeper;
            }
        }
    }
}
