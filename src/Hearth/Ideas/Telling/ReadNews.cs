using Hearth.Channels;
using Hearth.Governance;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>A piece of an idea's news, and how far telling people has come.</summary>
/// <param name="Id">The news.</param>
/// <param name="Kind">moved, merged ...</param>
/// <param name="Text">What people read on the site and by mail.</param>
/// <param name="By">Who made it; null when it happened by itself.</param>
/// <param name="At">When.</param>
/// <param name="Accounts">How many accounts have it in their notices; rises until everybody is written down.</param>
/// <param name="Spread">True when everybody is.</param>
/// <param name="Mailed">How many of them have it in a mail.</param>
/// <param name="ByState">Of those who came from a network: how many stand where.</param>
/// <param name="ByReason">Why some are not told there.</param>
/// <param name="Words">What is said on networks: written or a draft.</param>
/// <param name="ApprovedBy">Who approved the words, in whose name they are said; null until somebody has.</param>
/// <param name="ApprovedAt">When.</param>
public sealed record IdeaNewsView(IdeaNewsId Id, IdeaNewsKind Kind, string Text, string? By, DateTimeOffset At, int Accounts, bool Spread, int Mailed, IReadOnlyDictionary<ToldState, int> ByState,
    IReadOnlyDictionary<NotTold, int> ByReason, string Words, string? ApprovedBy, DateTimeOffset? ApprovedAt);

/// <summary>Somebody who is told where they spoke.</summary>
/// <param name="Person">Who.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Because">author, voter, commenter or follower.</param>
/// <param name="Network">Where they spoke.</param>
/// <param name="Conversation">The conversation; null when there is none.</param>
/// <param name="State">waiting, sending, byHand, told, failed or skipped.</param>
/// <param name="Why">Why not, for a person.</param>
/// <param name="At">When it came to this.</param>
/// <param name="Text">What they were told, with signature.</param>
/// <param name="Url">Where it stands.</param>
public sealed record ToldOfIdea(PersonId Person, string Name, Because Because, string Network, Guid? Conversation, ToldState State, string? Why, DateTimeOffset At, string? Text, string? Url);

/// <summary>Reads what an idea's followers were told, and who was told where.</summary>
public sealed class ReadNews(Database db, ReadPeople people, ReadMessages messages)
{
    private sealed record Place(long Number);

    /// <summary>The news of an idea, the latest first, at most 50.</summary>
    public async Task<IReadOnlyList<IdeaNewsView>> Of(IdeaId idea, CancellationToken ct)
    {
        var rows = await db.IdeaNews.AsNoTracking().Where(n => n.Idea == idea).OrderByDescending(n => n.Number).Take(50).ToListAsync(ct);
        var ids = rows.ConvertAll(r => (IdeaNewsId?)r.Id);
        var groups = await db.IdeaNotices.Where(n => ids.Contains(n.News)).GroupBy(n => new { n.News, n.State, n.Why, Mailed = n.Digest != null })
            .Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return rows.ConvertAll(n =>
        {
            var mine = groups.Where(g => g.Key.News == n.Id).ToList();
            var told = mine.Where(g => g.Key.State is not null).ToList();
            return new IdeaNewsView(n.Id, n.Kind, n.Text, n.ByName, n.At, mine.Sum(g => g.Count), n.SpreadAt is not null, mine.Where(g => g.Key.Mailed).Sum(g => g.Count),
                told.GroupBy(g => g.Key.State!.Value).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
                told.Where(g => g.Key.Why is not null).GroupBy(g => g.Key.Why!.Value).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)), NewsWords.Text(n), n.ApprovedByName, n.ApprovedAt);
        });
    }

    /// <summary>Those who are told a piece of news where they spoke, in the order they are.</summary>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<ToldOfIdea>?> People(IdeaNewsId news, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var from = place?.Number ?? 0;
        var page = Keyset.Cut(await db.IdeaNotices.AsNoTracking().Where(n => n.News == news && n.State != null && n.Number > from).OrderBy(n => n.Number).Take(size + 1).ToListAsync(ct), size, n => new Place(n.Number));
        var cards = await people.Of([.. page.Items.Select(n => n.Person!.Value)], ct);
        var said = (await messages.Of([.. page.Items.Select(n => n.Message!.Value)], ct)).ToDictionary(m => m.Id);
        var approved = await db.IdeaNews.Where(n => n.Id == news).Select(n => n.ApprovedBy != null).SingleOrDefaultAsync(ct);
        return page.Select(n =>
        {
            var message = said.GetValueOrDefault(n.Message!.Value);
            return new ToldOfIdea(n.Person!.Value, cards.GetValueOrDefault(n.Person.Value)?.Name ?? "Somebody", n.Because, n.Network!, n.Conversation?.Value, n.State!.Value, n.State switch
            {
                ToldState.Skipped => n.Why!.Value.Title(),
                ToldState.Failed => message?.Reason,
                ToldState.ByHand => "nothing can send it there: a person posts it from the outbox",
                ToldState.Waiting => approved ? "their turn comes" : "the words are not approved yet",
                _ => null,
            }, n.StateAt ?? n.At, message?.Text, message?.Url);
        });
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/{idea:guid}/news", async Task<Ok<IReadOnlyList<IdeaNewsView>>> (Guid idea, ReadNews read, CancellationToken ct) => TypedResults.Ok(await read.Of(new(idea), ct)))
            .WithName("listIdeaNews").WithSummary("What an idea's followers were told, and how far telling has come").RequireAuthorization("read");
        ideas.MapGet("/news/{news:guid}/people", async Task<Results<Ok<Page<ToldOfIdea>>, ProblemHttpResult>> (Guid news, ReadNews read, CancellationToken ct, string? after = null, int? size = null) =>
                await read.People(IdeaNewsId.From(news), after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listToldOfIdea").WithSummary("Who is told a piece of an idea's news on their network, who is not, and why").RequireAuthorization("read").ProducesProblem(400);
    }
}
