using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Listening;

/// <summary>A post at its place in its thread.</summary>
/// <param name="Mention">The post.</param>
/// <param name="Depth">0 for the first post, or one whose parent was never heard; one more than its parent's else.</param>
public sealed record ThreadPost(MentionView Mention, int Depth);

/// <summary>Puts the posts of a thread in the order in which people read them: each below the one it answers, answers of one post by time.</summary>
public static class MentionThread
{
    public static IReadOnlyList<ThreadPost> Order(IReadOnlyCollection<MentionView> posts)
    {
        var known = posts.Select(p => p.ExternalId).ToHashSet(StringComparer.Ordinal);
        var answers = posts.Where(p => p.ParentId is { } parent && parent != p.ExternalId && known.Contains(parent)).ToLookup(p => p.ParentId!, StringComparer.Ordinal);
        var ordered = new List<ThreadPost>(posts.Count);
        var placed = new HashSet<MentionId>();
        Put(posts.Where(p => p.ParentId is null || p.ParentId == p.ExternalId || !known.Contains(p.ParentId)), 0);
        Put(posts, 0); // posts that answer each other in a circle, which no network makes and any file may
        return ordered;

        void Put(IEnumerable<MentionView> some, int depth)
        {
            // A stack, not a call for each level: a thread of a thousand answers is a thousand deep.
            var next = new Stack<ThreadPost>(Latest(some, depth));
            while (next.TryPop(out var post))
            {
                if (!placed.Add(post.Mention.Id)) continue;
                ordered.Add(post);
                foreach (var answer in Latest(answers[post.Mention.ExternalId], post.Depth + 1)) next.Push(answer);
            }
        }

        static IEnumerable<ThreadPost> Latest(IEnumerable<MentionView> some, int depth) => some.OrderByDescending(p => p.At).ThenByDescending(p => p.Id.Value).Select(p => new ThreadPost(p, depth));
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGet("/mentions/{id:guid}/thread",
            async Task<Results<Ok<IReadOnlyList<ThreadPost>>, ProblemHttpResult>> (Guid id, ReadMention read, CancellationToken ct) =>
                await read.Of(MentionId.From(id), ct) is { } mention ? TypedResults.Ok(Order(await read.Thread(mention.ThreadKey, ct))) : Problems.Unknown("mention"))
        .WithTags("Listening").WithName("getThread").WithSummary("What was heard of a mention's thread, each post below the one it answers").RequireAuthorization("read");
}
