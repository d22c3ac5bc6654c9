using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Ideas;
using Hearth.Ideas.Storms;
using Hearth.Platform;

namespace Hearth.App.Public.Ideas.Storms;

/// <summary>Sends the tally of an open storm whenever it changes, as server-sent events, until the storm closes.</summary>
internal static class StormLive
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    // Something is sent at least so often, so that a proxy does not take the line for dead.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    public static void MapStormLive(this IEndpointRouteBuilder app) => app.MapGet("/ideas/storms/{storm:guid}/live",
        async Task<IResult> (Guid storm, StormTallies tallies, TimeProvider clock, CancellationToken ct) =>
            await tallies.Of(new StormId(storm), ct) is null ? Results.NotFound() : TypedResults.ServerSentEvents(Follow(new(storm), tallies, clock, ct)))
        .AllowAnonymous().ExcludeFromDescription();

    private static async IAsyncEnumerable<SseItem<string>> Follow(StormId storm, StormTallies tallies, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        StormTally? last = null;
        var sent = DateTimeOffset.MinValue;
        while (await tallies.Of(storm, ct) is { } now)
        {
            if (last is null || clock.GetUtcNow() - sent > Silence || !Same(last, now))
            {
                yield return new(JsonSerializer.Serialize(now, Json.Options), "tally");
                (last, sent) = (now, clock.GetUtcNow());
            }

            if (!now.IsOpen) yield break;
            await Task.Delay(Every, clock, ct);
        }
    }

    private static bool Same(StormTally a, StormTally b) => a with { At = b.At, Leading = b.Leading } == b && a.Leading.SequenceEqual(b.Leading);
}
