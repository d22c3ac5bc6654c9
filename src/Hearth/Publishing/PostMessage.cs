using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

/// <summary>Posts in the brand's name by itself, for callers that have nothing else to keep with it.</summary>
public sealed class PostMessage(Database db, Publish publish)
{
    /// <summary>Queues and keeps the post.</summary>
    public Task<Publication> Run(PostDraft draft, CancellationToken ct) => db.InTransaction(async () =>
    {
        var made = await publish.Post(draft, ct);
        await db.SaveChangesAsync(ct);
        return made;
    }, ct);

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/messages",
        async Task<Results<Accepted<PostAccepted>, ProblemHttpResult>> (PostBody body, PostMessage post, HttpContext http, CancellationToken ct) =>
        {
            if (Wrong(body) is { } wrong) return Problems.Invalid(wrong);
            var card = body.Card is { } c ? new LinkCard(c.Url!, c.Title!, c.Description ?? "") : null;
            var draft = new PostDraft(new(body.Account), body.Text!, http.Actor(), card, null, body.Id is { } id ? new MessageId(id) : null)
            {
                Language = string.IsNullOrWhiteSpace(body.Language) ? null : body.Language.Trim(), Pictures = [.. (body.Pictures ?? []).Select(p => new PictureId(p))], AsThread = body.AsThread, IsToBeReviewed = true, At = body.At, InQueue = body.InQueue,
            };
            return await post.Run(draft, ct) switch
            {
                Publication.Queued q => Accepted($"/api/v1/messages/{q.Message.Value}", new PostAccepted(q.Message, q.Text, [])),
                Publication.Scheduled s => Accepted($"/api/v1/messages/{s.Message.Value}", new PostAccepted(s.Message, s.Text, [])),
                Publication.Held h => Accepted($"/api/v1/messages/{h.Message.Value}", new PostAccepted(h.Message, h.Text, h.Why)),
                Publication.Invalid i => Problems.Invalid(i.Field, i.Reason),
                Publication.TooLong t => Problems.Invalid("text", $"has {t.Length} {t.Unit}; the network takes {t.Limit}"),
                Publication.Empty => Problems.Invalid("text", "must not be empty"),
                _ => Problems.Refused("not-connected", "There is no such account, or it is disconnected."),
            };
        }).RequireAuthorization("write").WithTags("Publishing").WithSummary("Queues or schedules a post in the brand's name");

    /// <summary>A post.</summary>
    /// <param name="Account">The account that speaks.</param>
    /// <param name="Text">As it will stand.</param>
    /// <param name="Card">A link shown as a card beneath it.</param>
    /// <param name="Id">A UUID of your own: the same one again changes nothing.</param>
    /// <param name="Language">BCP 47 ("de").</param>
    /// <param name="Pictures">Ids of pictures that you brought.</param>
    /// <param name="AsThread">Whether a text that is too long is parted into a thread.</param>
    /// <param name="At">When it is to be sent: in the future, at most a year ahead; null for at once.</param>
    /// <param name="InQueue">True for the next free slot of the account.</param>
    internal sealed record PostBody(Guid Account, string? Text, CardBody? Card, Guid? Id, string? Language = null, IReadOnlyList<Guid>? Pictures = null, bool AsThread = false, DateTimeOffset? At = null, bool InQueue = false);

    /// <summary>A link shown as a card.</summary>
    /// <param name="Url">http or https.</param>
    /// <param name="Title">1 to 300 characters.</param>
    /// <param name="Description">Up to 1,000 characters.</param>
    internal sealed record CardBody(string? Url, string? Title, string? Description);

    /// <summary>The post is kept and will be sent.</summary>
    /// <param name="Id">Ask /messages/{id} what became of it.</param>
    /// <param name="Text">As it will stand.</param>
    /// <param name="WaitsFor">The rules that hold it until somebody else approves it; empty when it is on its way.</param>
    internal sealed record PostAccepted(MessageId Id, string Text, IReadOnlyList<string> WaitsFor);

    private static FieldError? Wrong(PostBody body)
    {
        if (string.IsNullOrWhiteSpace(body.Text)) return new("text", "must not be empty");
        if (body.Language?.Length > 35) return new("language", "must be a language tag like de or pt-BR");
        if (body is { InQueue: true, At: not null }) return new("at", "must be left out for a post in the queue");
        if (body.Card is not { } card) return null;
        if (!Uri.TryCreate(card.Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return new("card.url", "must be a web address");
        if (card.Title is not { Length: > 0 and <= 300 }) return new("card.title", "must have 1 to 300 characters");
        return card.Description?.Length > 1000 ? new("card.description", "must be at most 1,000 characters") : null;
    }
}
