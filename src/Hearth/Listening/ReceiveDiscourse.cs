using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Channels.Discourse;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// Takes what a Discourse forum tells by its webhook. The signature is looked at before the body is read. The same message again changes nothing, and what the webhook
/// loses the look at the forum's pages finds.
/// </summary>
public sealed class ReceiveDiscourse(Database db, ReceiveMentions receive, WebhookSecrets secrets, TimeProvider clock)
{
    /// <summary>The header that names the event; a message with it comes from Discourse.</summary>
    public const string Event = "X-Discourse-Event";

    /// <summary>Takes one message.</summary>
    /// <param name="id">The source.</param>
    /// <param name="happened">Header <see cref="Event"/>: "post_created", "post_edited", "post_destroyed", "post_recovered", "topic_destroyed" ... Others are taken and change nothing.</param>
    /// <param name="signature">Header X-Discourse-Event-Signature.</param>
    /// <param name="body">As it came, to the byte.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<WebhookOutcome> Run(SourceId id, string happened, string? signature, byte[] body, CancellationToken ct)
    {
        var source = await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == "discourse" && s.State != SourceState.Removed, ct);
        if (source?.Secret is null) return new WebhookOutcome.Unknown();
        if (DiscourseHook.Refuse(secrets.Reveal(source.Secret), signature, body) is { } reason) return new WebhookOutcome.NotTrusted(reason);
        if (source.State == SourceState.Paused) return new WebhookOutcome.Paused();
        JsonObject message;
        try
        {
            message = JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return new WebhookOutcome.Invalid(new("$", "is not JSON"));
        }

        var settings = new SourceSettings(source.Id, source.Name, Sources.Values(source));
        var forum = DiscourseSource.AddressOf(settings);
        return new WebhookOutcome.Taken(happened switch
        {
            "post_created" or "post_edited" or "post_recovered" when DiscoursePost.Read(message["post"]) is { IsGone: false } post =>
                await receive.Run(id, post.Text.Length > 0 || post.Number == 1 ? [DiscoursePosts.Incoming(post, forum, await Parent(id, forum, post, ct), DiscourseSource.OwnOf(settings), clock.Now())] : [], new Receiving(), ct),
            "post_created" or "post_edited" or "post_destroyed" when message["post"] is JsonObject post && DiscoursePost.Whole(post, "id") is { } gone && (happened == "post_destroyed" || DiscoursePost.Read(post) is { IsGone: true }) =>
                await receive.Run(id, [], new Receiving(Removed: [DiscoursePosts.ExternalId(forum, gone)]), ct),
            "topic_destroyed" when message["topic"] is JsonObject topic && DiscoursePost.Whole(topic, "id") is { } gone =>
                await receive.Run(id, [], new Receiving(Removed: await OfTopic(id, forum, gone, ct)), ct),
            _ => new Received(0, 0, []),
        });
    }

    private Task<List<string>> OfTopic(SourceId id, string forum, long topic, CancellationToken ct)
    {
        var key = $"{Channels.Networks.Discourse}:{DiscoursePosts.Topic(forum, topic)}";
        return db.Set<MentionRow>().Where(m => m.Source == id && m.ThreadKey == key && m.RemovedAt == null).Select(m => m.ExternalId).ToListAsync(ct);
    }

    // The message tells the place of the answered post, and a heard post's address ends with its place.
    private async Task<long?> Parent(SourceId id, string forum, DiscoursePost post, CancellationToken ct)
    {
        if (post.ReplyTo is not { } place) return null;
        var key = $"{Channels.Networks.Discourse}:{DiscoursePosts.Topic(forum, post.Topic)}";
        var end = $"/{post.Topic}/{place}";
        var parent = await db.Set<MentionRow>().Where(m => m.Source == id && m.ThreadKey == key && m.Url!.EndsWith(end)).Select(m => m.ExternalId).FirstOrDefaultAsync(ct);
        return parent is null ? null : long.Parse(parent.AsSpan(forum.Length + "/posts/".Length)[..^".json".Length], System.Globalization.CultureInfo.InvariantCulture);
    }
}
