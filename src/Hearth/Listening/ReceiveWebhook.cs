using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Channels;
using Hearth.Channels.Webhooks;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>What became of a webhook's message.</summary>
public abstract record WebhookOutcome
{
    private WebhookOutcome() { }

    public sealed record Taken(Received Received) : WebhookOutcome;

    /// <summary>The signature, or what belongs to it, does not fit.</summary>
    public sealed record NotTrusted(string Reason) : WebhookOutcome;

    public sealed record Invalid(FieldError Error) : WebhookOutcome;

    public sealed record Unknown : WebhookOutcome;

    public sealed record Paused : WebhookOutcome;
}

/// <summary>
/// Takes posts from a signed webhook. The signature is looked at before the body is read as JSON. The same message again adds nothing: a post without
/// an id of its own is named after the message.
/// </summary>
public sealed class ReceiveWebhook(Database db, ReceiveMentions receive, WebhookSecrets secrets, TimeProvider clock)
{
    /// <summary>Largest body, in bytes.</summary>
    public const int MaxBody = 1 << 20;

    internal const int MostRead = 32 << 20;

    /// <summary>Most posts in one message.</summary>
    public const int MaxPosts = 1_000;

    public async Task<WebhookOutcome> Run(SourceId id, string? messageId, string? timestamp, string? signature, byte[] body, CancellationToken ct)
    {
        var source = await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == Sources.Webhook, ct);
        if (source?.Secret is null) return new WebhookOutcome.Unknown();
        if (StandardWebhook.Refuse(secrets.Reveal(source.Secret), messageId, timestamp, signature, body, clock.Now()) is { } reason) return new WebhookOutcome.NotTrusted(reason);
        if (source.State == SourceState.Paused) return new WebhookOutcome.Paused();
        if (Read(body, messageId!, out var posts, out var removed) is { } error) return new WebhookOutcome.Invalid(error);
        return new WebhookOutcome.Taken(await receive.Run(id, posts, new Receiving(Removed: removed), ct));
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/sources/{id:guid}/webhook",
            async Task<Results<Ok<Received>, ProblemHttpResult>> (Guid id, HttpRequest request, ReceiveWebhook webhook, ReceiveDiscourse discourse, CancellationToken ct) =>
            {
                if (await Body(request, ct) is not { } body) return Problems.Refused("too-large", $"The body may have at most {MaxBody:N0} bytes.", StatusCodes.Status413PayloadTooLarge);
                var outcome = request.Headers[ReceiveDiscourse.Event] is [{ Length: > 0 } happened] ? await discourse.Run(SourceId.From(id), happened, request.Headers["X-Discourse-Event-Signature"], body, ct)
                    : await webhook.Run(SourceId.From(id), request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], body, ct);
                return outcome switch
                {
                    WebhookOutcome.Taken taken => TypedResults.Ok(taken.Received),
                    WebhookOutcome.NotTrusted refused => Problems.Refused("bad-signature", $"The message is not trusted: {refused.Reason}.", StatusCodes.Status401Unauthorized),
                    WebhookOutcome.Invalid invalid => Problems.Invalid(invalid.Error),
                    WebhookOutcome.Paused => Problems.Refused("paused", "This source is paused; send again later.", StatusCodes.Status503ServiceUnavailable),
                    _ => Problems.Unknown("webhook"),
                };
            })
        .WithTags("Listening").WithName("receiveWebhook").WithSummary("Bring posts by a signed webhook (Standard Webhooks, or Discourse's own)")
        .WithDescription("The body is one post or {\"posts\": [...]}: id, text, at (RFC 3339), author {id, handle, name, url}, url, language, parentId, rootId, media [{kind, alt, url}]. \"edited\" (RFC 3339) makes it the new text of a post that came before; \"deleted\": true, with its id, takes the text away. Signed with the source's secret; 401 when the signature does not fit, 413 over 1 MiB. A message with the header X-Discourse-Event is read as Discourse sends it, for a source of that kind.")
        .Accepts<WebhookPost>(isOptional: true, "application/json", "*/*").AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostRead));

    /// <summary>A post in a webhook's message.</summary>
    /// <param name="Text">As written; required.</param>
    /// <param name="Id">What names it at its source; the message's own id when it has none.</param>
    /// <param name="At">When it was written, RFC 3339; the time of arrival when left out.</param>
    /// <param name="Author">Who wrote it.</param>
    /// <param name="Url">Where people read it.</param>
    /// <param name="Language">BCP 47.</param>
    /// <param name="ParentId">The id of the post it answers.</param>
    /// <param name="RootId">The id of its thread's first post.</param>
    /// <param name="Edited">When the post was changed, RFC 3339: this text replaces an older one. Needs the post's own id.</param>
    /// <param name="Deleted">True when the post is gone at its source: its text goes here too. Needs the post's own id, and nothing else.</param>
    /// <param name="Media">Its pictures, videos and sounds, at most 20, with what they show.</param>
    internal sealed record WebhookPost(string? Text, string? Id, string? At, WebhookAuthor? Author, string? Url, string? Language, string? ParentId, string? RootId, string? Edited, bool? Deleted, IReadOnlyList<WebhookMedia?>? Media = null);

    /// <summary>A picture, video or sound of a post.</summary>
    /// <param name="Kind">image, video or audio.</param>
    /// <param name="Alt">What it shows, for those who do not see it.</param>
    /// <param name="Url">Where it can be seen by itself.</param>
    internal sealed record WebhookMedia(string? Kind, string? Alt, string? Url);

    internal sealed record WebhookAuthor(string? Id, string? Handle, string? Name, string? Url);

    internal sealed record WebhookBody(IReadOnlyList<WebhookPost>? Posts);

    // What is too large is read to its end and thrown away: a sender that is cut off in the middle sees a broken connection and never the answer.
    internal static async Task<byte[]?> Body(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var size = 0L;
        try
        {
            for (int n; (n = await request.Body.ReadAsync(buffer, ct)) > 0;)
            {
                size += n;
                if (size <= MaxBody) body.Write(buffer, 0, n);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return size > MaxBody ? null : body.ToArray();
    }

    private static List<CarriedMedia> Carried(WebhookPost post) => [.. (post.Media ?? []).OfType<WebhookMedia>().Take(CarriedMedia.Most)
        .Select(m => CarriedMedia.Of(m.Kind is "video" or "audio" ? m.Kind : "image", m.Alt, m.Url))];

    private FieldError? Read(byte[] body, string messageId, out List<IncomingPost> posts, out List<string> removed)
    {
        (posts, removed) = ([], []);
        List<WebhookPost?> given;
        var isBatch = false;
        string At(int n) => isBatch ? $"posts[{n}]." : "";
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return new("$", "must be a JSON object");
            isBatch = json.RootElement.TryGetProperty("posts", out _);
            given = isBatch
                ? [.. json.RootElement.Deserialize<WebhookBody>(Json.Options)?.Posts ?? []]
                : [json.RootElement.Deserialize<WebhookPost>(Json.Options)];
        }
        catch (JsonException e)
        {
            return new(string.IsNullOrEmpty(e.Path) ? "$" : e.Path.TrimStart('$', '.'), e.Path is null or "" or "$" ? "is not JSON" : "has the wrong type");
        }
        catch (InvalidOperationException)
        {
            return new("$", "is not JSON: a string holds half a surrogate pair");
        }

        if (given.Count is 0 or > MaxPosts) return new("posts", $"must hold 1 to {MaxPosts:N0} posts");
        for (var n = 0; n < given.Count; n++)
        {
            if (given[n] is not { } post) return new(At(n).TrimEnd('.'), "must be an object");
            if (post.Id is null && (post.Deleted == true || post.Edited is not null)) return new(At(n) + "id", "is needed to tell which post was " + (post.Deleted == true ? "deleted" : "changed"));
            if (post.Deleted == true)
            {
                removed.Add(post.Id!);
                continue;
            }

            if (string.IsNullOrWhiteSpace(post.Text)) return new(At(n) + "text", "is missing");
            var at = clock.Now();
            if (post.At is not null && !PostDates.TryParse(post.At, out at)) return new(At(n) + "at", "must be a time like 2026-03-31T12:00:00Z");
            var edited = default(DateTimeOffset);
            if (post.Edited is not null && !PostDates.TryParse(post.Edited, out edited)) return new(At(n) + "edited", "must be a time like 2026-03-31T12:00:00Z");
            var author = (post.Author?.Id ?? post.Author?.Handle ?? post.Author?.Name) is { Length: > 0 } name
                ? new IncomingAuthor(name, post.Author!.Handle?.TrimStart('@'), post.Author.Name, null, post.Author.Url) : null;
            posts.Add(new(post.Id ?? (!isBatch ? messageId : $"{messageId}#{n}"), post.Text, at, author, post.Url, post.Language, post.ParentId, post.RootId,
                IsEdit: post.Edited is not null, Has: Carried(post).Aggregate(Media.None, (all, one) => all | one.Kind switch { "image" => Media.Image, "video" => Media.Video, _ => Media.None }))
            {
                EditedAt = post.Edited is null ? null : edited, Carries = Carried(post),
            });
        }

        return null;
    }
}
