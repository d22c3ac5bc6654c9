using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Platform;

/// <summary>One subscriber and the fact types it handles. Its name is its memory in the database: keep it when the class is renamed.</summary>
internal sealed record Subscription(string Name, IReadOnlyDictionary<string, FactHandler> Handlers);

public sealed record FactHandler(string Subscriber, string FactType, Func<IServiceProvider, string, CancellationToken, Task> Handle)
{
    /// <summary>Reads the fact's body.</summary>
    internal Func<string, IFact>? Read { get; init; }

    /// <summary>The handler, when it takes several facts at once; facts with the same one, one after the other, go to it together.</summary>
    internal Type? Together { get; init; }
}

public static class FactServices
{
    /// <summary>Subscribes <typeparamref name="THandler"/> to a fact. Handlers under one <paramref name="subscriber"/> name share one order of events.</summary>
    public static IServiceCollection AddSubscriber<TFact, THandler>(this IServiceCollection services, string subscriber)
        where TFact : IFact where THandler : class, IHandle<TFact>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new FactHandler(subscriber, FactRow.TypeName(typeof(TFact)), (scope, body, ct) =>
            scope.GetRequiredService<THandler>().Handle(JsonSerializer.Deserialize<TFact>(body, Json.Options)!, ct))
        {
            Read = body => JsonSerializer.Deserialize<TFact>(body, Json.Options)!, Together = typeof(THandler).IsAssignableTo(typeof(IHandleTogether)) ? typeof(THandler) : null,
        });
    }

    internal static IReadOnlyList<Subscription> Subscriptions(this IEnumerable<FactHandler> handlers) =>
        [.. handlers.GroupBy(h => h.Subscriber, StringComparer.Ordinal)
            .Select(g => new Subscription(g.Key, g.ToDictionary(h => h.FactType, StringComparer.Ordinal)))];
}
