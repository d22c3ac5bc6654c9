using Hearth.Ideas.Likeness.Ranking;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Suggested;

/// <summary>One of two ideas that may be the same.</summary>
/// <param name="Id">The idea.</param>
/// <param name="Number">Its number on the board.</param>
/// <param name="Title">One line.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Points">10 for each promotion, minus 10 for each demotion.</param>
/// <param name="At">When it was posted.</param>
public sealed record SuggestedIdea(IdeaId Id, long Number, string Title, IdeaStatus Status, int Points, DateTimeOffset At);

/// <summary>Two ideas that may be the same: a person decides.</summary>
/// <param name="Idea">The one with fewer points, or among equals the later one: it would go.</param>
/// <param name="Into">The other: it would stay.</param>
/// <param name="Alike">Which part of one's words the other holds, the smaller of the two ways. 0.6 to 1.</param>
public sealed record SuggestedPair(SuggestedIdea Idea, SuggestedIdea Into, double Alike);

/// <summary>The merges that suggest themselves, over the whole board.</summary>
public sealed class ReadSuggested(Database db)
{
    /// <summary>One page, the most alike first. Pairs that were merged or refused, or of which one is off the board, are left out.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in this list.</returns>
    public async Task<Page<SuggestedPair>?> Of(string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var said = db.SaidAlike.Where(s => !s.IsSame);
        var pairs = db.SuggestedMerges.Where(p => !said.Any(s => (s.Idea == p.Idea && s.Other == p.Other) || (s.Idea == p.Other && s.Other == p.Idea)));
        if (place is not null) pairs = pairs.Where(p => p.Alike <= place.Alike && (p.Alike < place.Alike || p.Number < place.Number));
        var rows = await pairs.Join(db.ShownIdeas, p => p.Idea, i => i.Id, (p, i) => new { Pair = p, One = i }).Join(db.ShownIdeas, x => x.Pair.Other, i => i.Id, (x, i) => new { x.Pair, x.One, Other = i })
            .OrderByDescending(x => x.Pair.Alike).ThenByDescending(x => x.Pair.Number).AsNoTracking().Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, x => new Place(x.Pair.Alike, x.Pair.Number)).Select(x => x.One.Points > x.Other.Points
            ? new SuggestedPair(Shown(x.Other), Shown(x.One), x.Pair.Alike / 1_000.0) : new SuggestedPair(Shown(x.One), Shown(x.Other), x.Pair.Alike / 1_000.0));
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapGet("/like/suggested",
        async Task<Results<Ok<Page<SuggestedPair>>, ProblemHttpResult>> (string? after, int? size, ReadSuggested read, CancellationToken ct) =>
            await read.Of(after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
        .RequireAuthorization("read").WithName("listSuggestedMerges").WithSummary("Pairs of ideas that may be the same, over the whole board, the most alike first").ProducesProblem(400);

    private static SuggestedIdea Shown(Idea i) => new(i.Id, i.Number, i.Title, i.Status, i.Points, i.At);

    private sealed record Place(int Alike, long Number);
}
