using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Platform.Toys;

/// <summary>A fact, three subscribers and a job that exist only to be interrupted. Each effect is one row of <c>toy_effects</c>.</summary>
public sealed record ToyMoved(string Toy, int Step) : IFact
{
    public string Subject => "toy:" + Toy;
}

public sealed record ToyStopped(string Toy) : IFact
{
    public string Subject => "toy:" + Toy;
}

public sealed record PaintToy(int Number) : IJob;

/// <summary>What the effects do besides writing their row; replaced by the tests.</summary>
public sealed class ToyTrouble
{
    public Action<string, int> On { get; init; } = (_, _) => { };
}

public sealed class RecordAs(Database db, ToyTrouble trouble, string subscriber) : IHandle<ToyMoved>, IHandle<ToyStopped>
{
    public async Task Handle(ToyMoved fact, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO toy_effects (subscriber, subject, step) VALUES ({subscriber}, {fact.Toy}, {fact.Step})", ct);
        trouble.On(subscriber, fact.Step);
    }

    public Task Handle(ToyStopped fact, CancellationToken ct) => Handle(new ToyMoved(fact.Toy, int.MaxValue), ct);
}

public sealed class Paint(Database db, ToyTrouble trouble) : IRun<PaintToy>
{
    public async Task Run(PaintToy job, CancellationToken ct)
    {
        trouble.On("before", job.Number);
        await db.Database.ExecuteSqlAsync($"INSERT INTO toy_effects (subscriber, subject, step) VALUES ('paint', 'paint', {job.Number}) ON CONFLICT DO NOTHING", ct);
        trouble.On("after", job.Number);
    }
}

public static class Toys
{
    public static readonly string[] Subscribers = ["toy.one", "toy.two", "toy.three"];

    public static IServiceCollection AddToys(this IServiceCollection services, ToyTrouble trouble)
    {
        services.AddSingleton(trouble).AddJob<PaintToy, Paint>();
        foreach (var name in Subscribers)
        {
            services.AddSingleton(new FactHandler(name, FactRow.TypeName(typeof(ToyMoved)), (s, body, ct) =>
                new RecordAs(s.GetRequiredService<Database>(), trouble, name).Handle(System.Text.Json.JsonSerializer.Deserialize<ToyMoved>(body, Json.Options)!, ct)));
        }

        return services;
    }

    public static Task MakeTable(Database db) => db.Database.ExecuteSqlRawAsync(db.Kind == DatabaseKind.Sqlite
        ? "CREATE TABLE toy_effects (id INTEGER PRIMARY KEY AUTOINCREMENT, subscriber TEXT NOT NULL, subject TEXT NOT NULL, step INTEGER NOT NULL, UNIQUE (subscriber, subject, step))"
        : "CREATE TABLE toy_effects (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subscriber text NOT NULL, subject text NOT NULL, step integer NOT NULL, UNIQUE (subscriber, subject, step))");

    public static async Task<List<(string Subscriber, string Subject, int Step)>> Effects(Database db) =>
        [.. (await db.Database.SqlQueryRaw<Effect>("SELECT subscriber AS \"Subscriber\", subject AS \"Subject\", step AS \"Step\" FROM toy_effects ORDER BY id").ToListAsync())
            .Select(e => (e.Subscriber, e.Subject, e.Step))];

    private sealed record Effect(string Subscriber, string Subject, int Step);
}
