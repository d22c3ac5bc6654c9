using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Hearth.Channels.Feeds;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// Keeps feeds subscribed at their hubs (WebSub, w3.org/TR/websub) and takes in what the hubs send. Only where this server's public address is known: a hub must be able to reach it. A
/// subscription is asked for again in the last tenth of its lease, and asked for anew an hour after a hub said nothing.
/// </summary>
public sealed class FeedHubs(Database db, WebSub webSub, ReceiveMentions receive, WebhookSecrets secrets, TimeProvider clock, PublicAddress? address = null)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    /// <summary>What is kept of a subscription, protected, in the place of a source's secret.</summary>
    private sealed record Subscription(string Hub, string Topic, string Secret, DateTimeOffset AskedAt, DateTimeOffset? Until, double? LeaseSeconds);

    /// <summary>Renews what is subscribed when its time has come, for a feed that has not changed.</summary>
    /// <inheritdoc cref="Keep"/>
    internal async Task<bool> Renew(SourceId id, CancellationToken ct) => await Of(id, ct) is { } has && await Keep(id, has.Hub, has.Topic, ct);

    /// <summary>Subscribes when the feed offers a hub and there is no subscription that lasts. A hub that does not answer is no failure of the feed.</summary>
    /// <returns>True when the hub tells of changes now.</returns>
    internal async Task<bool> Keep(SourceId id, string? hub, string topic, CancellationToken ct)
    {
        if (hub is null || address?.Given is not { } ours) return false;
        var (now, has) = (clock.Now(), await Of(id, ct));
        var isSame = has?.Hub == hub && has.Topic == topic;
        var lasts = isSame && has!.Until is { } until && until - now > TimeSpan.FromSeconds((has.LeaseSeconds ?? 0) / 10);
        if (lasts || isSame && now - has!.AskedAt < AskAgain) return isSame && has!.Until > now;
        var asks = new Subscription(hub, topic, isSame ? has!.Secret : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), now, isSame ? has!.Until : null, isSame ? has!.LeaseSeconds : null);
        await Put(id, asks, ct); // before it is sent: the hub may ask back at once
        try
        {
            await webSub.Subscribe(hub, topic, $"{ours.TrimEnd('/')}/api/v1/sources/{id.Value}/websub", asks.Secret, ct);
        }
        catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false; // it is polled as before, and the hub asked again later
        }

        return (await Of(id, ct))?.Until > clock.GetUtcNow();
    }

    /// <summary>Answers a hub that asks whether a subscription was wanted (section 5.3).</summary>
    /// <returns>What to answer; null when it was not.</returns>
    public async Task<string?> Verify(SourceId id, string? mode, string? topic, string? challenge, string? lease, CancellationToken ct)
    {
        if (await Of(id, ct) is not { } has || has.Topic != topic) return null;
        if (mode == "denied")
        {
            await Put(id, has with { Until = null }, ct);
            return "";
        }

        if (mode != "subscribe" || challenge is not { Length: > 0 and <= 2_000 }) return null;
        var seconds = double.TryParse(lease, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0 ? Math.Min(given, TimeSpan.FromDays(365).TotalSeconds) : WebSub.Lease.TotalSeconds;
        await Put(id, has with { Until = clock.Now() + TimeSpan.FromSeconds(seconds), LeaseSeconds = seconds }, ct);
        return challenge;
    }

    /// <summary>Takes in what a hub sends. What is not signed with the secret is passed over in silence, as the specification says (section 7.1).</summary>
    /// <returns>Null when no such subscription is known.</returns>
    public async Task<Received?> Take(SourceId id, string? signature, byte[] body, CancellationToken ct)
    {
        if (await Of(id, ct) is not { } has) return null;
        if (!WebSub.IsTrue(has.Secret, signature, body)) return new(0, 0, []);
        Feed feed;
        try
        {
            feed = ReadFeed.From(body, new Uri(has.Topic));
        }
        catch (NoFeedException)
        {
            return new(0, 0, []); // the next look at the feed itself finds what this should have told
        }

        var now = clock.Now();
        return await receive.Run(id, [.. feed.Items.Reverse().Select(i => FeedPosts.Incoming(i, feed.Language, now, null))], new Receiving(Removed: [.. feed.Removed.Select(FeedPosts.ExternalId)]), ct);
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sources/{id:guid}/websub", async Task<Results<ContentHttpResult, ProblemHttpResult>> (Guid id, HttpRequest request, FeedHubs hubs, CancellationToken ct) =>
                await hubs.Verify(SourceId.From(id), request.Query["hub.mode"], request.Query["hub.topic"], request.Query["hub.challenge"], request.Query["hub.lease_seconds"], ct) is { } answer
                    ? TypedResults.Text(answer, "text/plain") : Problems.Unknown("subscription"))
            .WithTags("Listening").WithName("verifySubscription").WithSummary("A hub asks whether a feed's subscription was wanted (WebSub)").AllowAnonymous();
        api.MapPost("/sources/{id:guid}/websub", async Task<Results<Accepted, ProblemHttpResult>> (Guid id, HttpRequest request, FeedHubs hubs, CancellationToken ct) =>
            {
                if (await ReceiveWebhook.Body(request, ct) is not { } body) return Problems.Refused("too-large", $"The body may have at most {ReceiveWebhook.MaxBody:N0} bytes.", StatusCodes.Status413PayloadTooLarge);
                return await hubs.Take(SourceId.From(id), request.Headers["X-Hub-Signature"], body, ct) is null ? Problems.Unknown("subscription") : TypedResults.Accepted((string?)null);
            })
            .WithTags("Listening").WithName("receiveFromHub").WithSummary("A hub brings a feed's new entries (WebSub)").WithDescription("The body is the feed. Signed by X-Hub-Signature; what is not is passed over in silence.")
            .AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(ReceiveWebhook.MostRead));
    }

    private async Task<Subscription?> Of(SourceId id, CancellationToken ct)
    {
        var kept = await db.Set<SourceRow>().Where(s => s.Id == id && s.Kind == "feed" && s.State == SourceState.Active).Select(s => s.Secret).SingleOrDefaultAsync(ct);
        return kept is null ? null : JsonSerializer.Deserialize<Subscription>(secrets.Reveal(kept), Json.Options);
    }

    private async Task Put(SourceId id, Subscription subscription, CancellationToken ct)
    {
        var kept = secrets.Protect(JsonSerializer.Serialize(subscription, Json.Options));
        await db.Set<SourceRow>().Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Secret, kept), ct);
    }
}
