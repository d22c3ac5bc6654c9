using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations;

/// <summary>A step of a gap's way. <paramref name="From"/> is null for its raising.</summary>
public sealed record GapStep(GapStage? From, GapStage To, string? Why, UserId By, string ByName, DateTimeOffset At);

/// <summary>Somebody who spoke of a gap, with all their conversations about it.</summary>
/// <param name="Person">Who; null stands for those whom the source did not name.</param>
/// <param name="Conversations">Latest first.</param>
public sealed record GapVoice(PersonCard? Person, IReadOnlyList<ConversationLine> Conversations);

/// <summary>A gap with everything known about it.</summary>
/// <param name="Line">Its line on the board.</param>
/// <param name="ProductName">Of which product.</param>
/// <param name="AttributeName">What fell short.</param>
/// <param name="Expected">What people expected.</param>
/// <param name="Experienced">What they got.</param>
/// <param name="Promise">The promise of the catalogue that it breaks.</param>
/// <param name="PromisedWhere">Where it was promised, when the catalogue does not say.</param>
/// <param name="PromisedAddress">Where to read that.</param>
/// <param name="Reason">Why it was declined; may be said in public.</param>
/// <param name="RaisedByName">Who raised it.</param>
/// <param name="Ways">Where it may go from here.</param>
/// <param name="History">Oldest first.</param>
/// <param name="Voices">Everybody who spoke, each once, latest first; at most 500 conversations.</param>
public sealed record GapView(GapLine Line, string? ProductName, string AttributeName, string Expected, string Experienced, PromiseView? Promise, string? PromisedWhere,
    string? PromisedAddress, string? Reason, string RaisedByName, IReadOnlyList<GapStage> Ways, IReadOnlyList<GapStep> History, IReadOnlyList<GapVoice> Voices);

/// <summary>Reads gaps.</summary>
public sealed class ReadGap(Database db, Products products, Attributes attributes, Promises promises, ReadPeople people, ReadConversation conversations, TimeProvider clock)
{
    private const int MostVoices = 500;

    /// <returns>Null when there is no such gap.</returns>
    public async Task<GapView?> Of(GapId id, CancellationToken ct)
    {
        if (await db.Set<Gap>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct) is not { } gap) return null;
        var history = await db.Set<GapMove>().AsNoTracking().Where(m => m.GapId == id).OrderBy(m => m.Position)
            .Select(m => new GapStep(m.From, m.To, m.Why, m.By, m.ByName, m.At)).ToListAsync(ct);
        var attribute = (await attributes.All(true, ct)).FirstOrDefault(a => a.Key == gap.AttributeKey)?.Name ?? gap.AttributeKey;
        return new(ListGaps.Line(gap, clock.Now()), gap.ProductId is { } product ? (await products.Of(product, ct))?.Name : null, attribute, gap.Expected, gap.Experienced,
            gap.PromiseId is { } promise ? await promises.Of(promise, ct) : null, gap.PromisedWhere, gap.PromisedAddress, gap.Reason, gap.RaisedByName,
            GapStages.From(gap.Stage), history, await Voices(id, ct));
    }

    private async Task<IReadOnlyList<GapVoice>> Voices(GapId id, CancellationToken ct)
    {
        var ids = await db.Set<GapConversation>().Where(c => c.GapId == id).OrderByDescending(c => c.At).ThenByDescending(c => c.ConversationId).Select(c => c.ConversationId).Take(MostVoices).ToListAsync(ct);
        var lines = await conversations.Lines(ids, ct);
        var cards = await people.Of([.. lines.Select(l => l.Person).OfType<PersonId>()], ct);
        return [.. lines.GroupBy(l => l.Person)
            .Select(g => new GapVoice(g.Key is { } person ? cards.GetValueOrDefault(person) : null, [.. g.OrderByDescending(l => l.LastAt)]))
            .OrderByDescending(v => v.Conversations[0].LastAt)];
    }

    internal static void Map(IEndpointRouteBuilder gaps) => gaps.MapGet("/{id:guid}",
            async Task<Results<Ok<GapView>, ProblemHttpResult>> (Guid id, ReadGap read, CancellationToken ct) =>
                await read.Of(GapId.From(id), ct) is { } gap ? TypedResults.Ok(gap) : Problems.Unknown("gap"))
        .WithName("getGap").WithSummary("A gap, its way, and everybody who spoke of it").RequireAuthorization("read");
}
