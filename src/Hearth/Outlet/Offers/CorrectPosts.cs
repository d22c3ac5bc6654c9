using System.Globalization;
using Hearth.Channels;
using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What a post of an offer says of it beside its own words. Kept while it says so.</summary>
internal sealed class PostCorrection
{
    public required MessageId Message { get; init; }

    public required OfferId Offer { get; init; }

    /// <summary>The answer beneath it; null while the post itself was changed.</summary>
    public MessageId? Answer { get; set; }

    /// <summary>The words before it was changed.</summary>
    public required string Before { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Makes every post of an offer say that it is sold out, and say so no more when units come back. Where readers see changes of a post, the post is changed; elsewhere, and where the change is
/// refused or does not fit, it is answered. What is done is kept with what is queued, so nothing is said twice.
/// </summary>
internal sealed class CorrectPosts(Database db, ReadMessages messages, Publish publish, ChangeMessage change, TimeProvider clock)
{
    public async Task All(CancellationToken ct)
    {
        var now = clock.Now();
        var gone = await db.Set<Offer>().AsNoTracking().Where(o => o.Stage == OfferStage.Published && o.Left == 0 && o.Opens <= now && o.Closes > now).OrderBy(o => o.Id).ToListAsync(ct);
        if (gone.Count > 0) await SoldOut(gone, ct);
        var back = await db.Set<PostCorrection>().AsNoTracking().Where(c => db.Set<Offer>().Any(o => o.Id == c.Offer && o.Stage == OfferStage.Published && o.PausedAt == null && o.Left > 0 && o.Closes > now))
            .OrderBy(c => c.Message).ToListAsync(ct);
        foreach (var row in back) await db.InTransaction(() => Undo(row, ct), ct);
    }

    private async Task SoldOut(List<Offer> offers, CancellationToken ct)
    {
        var known = offers.ToDictionary(o => o.Reference, StringComparer.Ordinal);
        var posts = await messages.Standing(known.Keys, ct);
        var ids = posts.Select(p => p.Id).ToList();
        var said = await db.Set<PostCorrection>().AsNoTracking().Where(c => ids.Contains(c.Message)).ToDictionaryAsync(c => c.Message, ct);
        foreach (var post in posts.Where(p => !p.IsEditing))
        {
            if (said.TryGetValue(post.Id, out var row) && (row.Answer is not null || post.Words != row.Before)) continue;
            var words = await Words(known[post.About], post, ct);
            await publish.PreviewReply(new(post.Place, words, post.Author), ct); // the account's server is asked for its rules now, not while the transaction is open
            await db.InTransaction(() => Say(known[post.About], post, words, mayChange: row is null, ct), ct);
        }
    }

    private async Task Say(Offer offer, StandingPost post, string words, bool mayChange, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        // Bluesky's readers are shown the words that stood first, whatever the record says later.
        var changed = mayChange && post.Place.Network != Networks.Bluesky && await change.Edit(post.Id, words + "\n\n" + post.Words, post.Author, ct) is MessageChange.Done;
        MessageId? answer = null;
        if (!changed)
        {
            answer = MessageId.New();
            if (await publish.Reply(new(post.Place, words, post.Author, offer.Reference, answer), ct) is Publication.TooLong)
            {
                await publish.Reply(new(post.Place, "Sold out. What there is: " + Shelf(post), post.Author, offer.Reference, answer), ct);
            }
        }

        await db.Set<PostCorrection>().Where(c => c.Message == post.Id).ExecuteDeleteAsync(ct);
        db.Add(new PostCorrection { Message = post.Id, Offer = offer.Id, Answer = answer, Before = post.Words, At = clock.Now() });
        await db.SaveChangesAsync(ct);
    }

    private async Task Undo(PostCorrection row, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (row.Answer is { } answer)
        {
            if (await change.Delete(answer, ct) is MessageChange.NotNow { Status: MessageStatus.Sending }) return; // on its way: taken away once it stands
            await change.GiveUp(answer, ct);
        }
        else if (await messages.Find(row.Message, ct) is { Status: MessageStatus.Sent or MessageStatus.Editing } post)
        {
            if (post.Status == MessageStatus.Editing) return;
            if (post.Words != row.Before && await change.Edit(row.Message, row.Before, new(post.Author, post.AuthorName, post.AuthorInitials, null, Governance.Role.Agent), ct) is not MessageChange.Done) return;
        }

        await db.Set<PostCorrection>().Where(c => c.Message == row.Message).ExecuteDeleteAsync(ct);
    }

    private async Task<string> Words(Offer offer, StandingPost post, CancellationToken ct)
    {
        var now = clock.Now();
        var others = db.Set<Offer>().AsNoTracking().Where(o => o.Id != offer.Id && o.Stage == OfferStage.Published && o.PausedAt == null && o.Left > 0 && o.Opens <= now && o.Closes > now && (o.Audience == Audience.Everyone || o.PublicFrom <= now));
        var more = await others.CountAsync(ct);
        if (more == 0) return $"Sold out: {offer.Title}. What comes next will stand here: {Shelf(post)}";
        var next = await others.OrderByDescending(o => o.Condition == offer.Condition).ThenBy(o => o.Closes).ThenBy(o => o.Id).FirstAsync(ct);
        return string.Create(CultureInfo.InvariantCulture, $"Sold out: {offer.Title}. Still here: {next.Title} for {next.Price}{(more > 1 ? $" and {more - 1:N0} more" : "")}, {Shelf(post)}");
    }

    // The post's card carries our address as people reach it.
    private static string Shelf(StandingPost post) => post.CardUrl is { } card && Uri.TryCreate(card, UriKind.Absolute, out var link) ? new Uri(link, "/outlet").AbsoluteUri : "see our outlet";
}
