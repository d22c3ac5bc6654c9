using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>Tells everybody whom an idea concerns: author, voters, commenters and followers, without those who wanted out, each once.</summary>
/// <remarks>
/// Adds the news and the job that spreads it to the caller's unit of work and saves nothing. On the site and by mail they read <c>text</c>; on the network they came from they get
/// words that somebody with the right approves first.
/// </remarks>
public sealed class TellFollowers(Database db, TimeProvider clock)
{
    /// <param name="idea">What it is about.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="text">What they read; public.</param>
    /// <param name="key">Names it: told twice under one key is told once.</param>
    /// <param name="by">Who did it; null when it happened by itself.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <param name="audience">Everybody, or the authors alone.</param>
    public Task Of(IdeaId idea, IdeaNewsKind kind, string text, string key, Actor? by, CancellationToken ct, Audience audience = Audience.Everybody) =>
        Of(idea, kind, text, key, by, audience, null, null, ct);

    /// <summary>That an idea moved; each move is news of its own.</summary>
    internal Task OfMove(IdeaId idea, IdeaStatus to, string reason, Actor by, Guid? change, CancellationToken ct) =>
        Of(idea, IdeaNewsKind.Moved, $"{to.Words()}: {reason}", "move:" + IdeaNewsId.New().Value.ToString("N"), by, Audience.Everybody, to, change, ct);

    private async Task Of(IdeaId idea, IdeaNewsKind kind, string text, string key, Actor? by, Audience audience, IdeaStatus? status, Guid? change, CancellationToken ct)
    {
        if (await db.IdeaNews.AnyAsync(n => n.Key == key, ct)) return;
        var title = await db.Ideas.Where(i => i.Id == idea).Select(i => i.Title).SingleOrDefaultAsync(ct);
        if (title is null) return;
        var news = new IdeaNews
        {
            Id = IdeaNewsId.New(), Idea = idea, Key = key, Kind = kind, Audience = audience, Title = title, Text = TellAccount.Clip(text), Status = status, By = by?.Id, ByName = by?.Name,
            Change = change, At = clock.Now(),
        };
        db.Add(news);
        db.Enqueue(new SpreadIdeaNews(news.Id), news.At);
    }
}
