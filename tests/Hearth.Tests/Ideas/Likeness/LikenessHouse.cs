using Hearth.Ideas;
using Hearth.Ideas.Likeness;

namespace Hearth.Tests.Ideas.Likeness;

internal static class LikenessHouse
{
    public static Task<IReadOnlyList<LikeIdea>> Like(this TestHouse house, string text, bool isBegun = false, int most = 5, IdeaId? except = null) =>
        house.With<FindLikeIdeas, IReadOnlyList<LikeIdea>>(f => f.To(text, isBegun, most, except, default));
}
