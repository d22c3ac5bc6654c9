using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Conversations.Live;

/// <summary>What becomes different, as server-sent events: <c>change</c> with a <see cref="LiveChange"/>, and <c>still-here</c> when nothing does.</summary>
public sealed class LiveEvents(LiveFeed feed, IServiceProvider services, TimeProvider clock)
{
    // Something is sent at least so often, so that a proxy does not take the line for dead.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <param name="conversation">Only of this one; null for all.</param>
    /// <param name="ct">Ends it.</param>
    public async IAsyncEnumerable<SseItem<string>> Of(ConversationId? conversation, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return new("{}", "still-here"); // the listener knows that it listens
        var lines = Channel.CreateUnbounded<SseItem<string>>();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var changes = Pump(conversation, lines.Writer, ends.Token);
        // A house that is closing ends the line instead of waiting for whoever listens.
        using var closing = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(() => lines.Writer.TryComplete());
        using var timer = clock.CreateTimer(_ => lines.Writer.TryWrite(new("{}", "still-here")), null, Silence, Silence);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(ct)) yield return line;
        }
        finally
        {
            await ends.CancelAsync();
            await changes;
        }
    }

    private async Task Pump(ConversationId? conversation, ChannelWriter<SseItem<string>> lines, CancellationToken ct)
    {
        try
        {
            await foreach (var change in feed.Follow(ct))
            {
                if (conversation is null || change.Conversation == conversation) lines.TryWrite(new(JsonSerializer.Serialize(change, Json.Options), "change"));
            }
        }
        catch (OperationCanceledException)
        {
            // the listener has gone
        }
    }

    internal static void Map(IEndpointRouteBuilder conversations) => conversations.MapGet("/events",
            ServerSentEventsResult<string> (LiveEvents events, CancellationToken ct, Guid? conversation = null) => TypedResults.ServerSentEvents(events.Of(conversation is { } id ? ConversationId.From(id) : null, ct)))
        .WithName("followConversations").WithSummary("What becomes different in the inbox, as server-sent events while you listen").RequireAuthorization("read");
}
