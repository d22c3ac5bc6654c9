using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A place that posts come from, as shown on the Sources page.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">Unique.</param>
/// <param name="Kind">"file", "webhook", "feed", "bluesky" ...</param>
/// <param name="Network">Where its posts are found.</param>
/// <param name="Settings">What a person set; holds no secret.</param>
/// <param name="State">Paused sources are not asked, and a paused webhook refuses.</param>
/// <param name="Engage">True when its posts open conversations.</param>
/// <param name="Mentions">How many are stored.</param>
/// <param name="LastReadAt">When it was last asked, or last told us something.</param>
/// <param name="LastItemAt">When its newest post was written.</param>
/// <param name="LastError">Why the last try failed; null when it went well.</param>
/// <param name="Failures">Tries that failed one after the other.</param>
/// <param name="NextTry">When it will be asked; null when it is not polled.</param>
public sealed record SourceView(
    SourceId Id, string Name, string Kind, string Network, IReadOnlyDictionary<string, string> Settings, SourceState State, bool Engage, long Mentions,
    DateTimeOffset? LastReadAt, DateTimeOffset? LastItemAt, string? LastError, int Failures, DateTimeOffset? NextTry);

public sealed record SourceName(SourceId Id, string Name);

/// <summary>What became of a new or changed source.</summary>
public abstract record KeptSource
{
    private KeptSource() { }

    /// <summary>It is there.</summary>
    /// <param name="Source">Its id.</param>
    /// <param name="Secret">A webhook's secret, shown this once; null for others.</param>
    public sealed record Done(SourceId Source, string? Secret) : KeptSource;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptSource;

    public sealed record Unknown : KeptSource;
}

/// <summary>Adds, changes, pauses and lists sources.</summary>
public sealed class Sources(Database db, IEnumerable<IMentionSource> kinds, WebhookSecrets secrets, TimeProvider clock)
{
    public const string File = "file";
    public const string Webhook = "webhook";

    /// <summary>The kinds a person can add: webhook and every <see cref="IMentionSource"/>.</summary>
    public IReadOnlyList<string> Kinds { get; } = [.. kinds.Select(k => k.Kind).Order(StringComparer.Ordinal), Webhook];

    /// <summary>Adds a source; it is asked for the first time at once.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="name">1 to 100 characters, unique.</param>
    /// <param name="settings">What the kind needs ("url" of a feed).</param>
    /// <param name="engage">Null for the kind's own default.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<KeptSource> Add(string kind, string name, IReadOnlyDictionary<string, string> settings, bool? engage, CancellationToken ct)
    {
        var reader = kinds.SingleOrDefault(k => k.Kind == kind);
        if (reader is null && kind is not Webhook) return new KeptSource.Invalid([new("kind", $"must be one of {string.Join(", ", Kinds)}")]);
        name = name.Trim();
        var id = SourceId.New();
        var errors = new List<FieldError>();
        if (name.Length is 0 or > 100) errors.Add(new("name", "must have 1 to 100 characters"));
        else if (await db.Set<SourceRow>().AnyAsync(s => s.Name == name, ct)) errors.Add(new("name", "is taken by another source"));
        if (reader is not null) errors.AddRange(reader.Check(new(id, name, settings)));
        if (errors.Count > 0) return new KeptSource.Invalid(errors);
        var secret = kind == Webhook ? Channels.Webhooks.StandardWebhook.NewSecret() : null;
        db.Add(new SourceRow
        {
            Id = id, Kind = kind, Network = reader?.Network ?? Webhook, Name = name, Settings = JsonSerializer.Serialize(settings, Json.Options), CreatedAt = clock.Now(),
            Engage = engage ?? reader?.EngageByDefault ?? true, Secret = secret is null ? null : secrets.Protect(secret), NextTry = reader is null ? null : clock.Now(),
        });
        await db.SaveChangesAsync(ct);
        return new KeptSource.Done(id, secret);
    }

    /// <summary>The source that imports under this name belong to, made when it is new. Two imports at once find the same.</summary>
    /// <exception cref="InvalidOperationException">The name belongs to a source of another kind.</exception>
    public async Task<SourceId> ForFile(string name, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Name == name, ct) is { } there)
            {
                return there.Kind == File ? there.Id : throw new InvalidOperationException($"The source '{name}' is a {there.Kind}; choose another name.");
            }

            var id = SourceId.New();
            db.Add(new SourceRow { Id = id, Kind = File, Network = File, Name = name, Settings = "{}", Engage = false, CreatedAt = clock.Now() });
            try
            {
                await db.SaveChangesAsync(ct);
                return id;
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && attempt < 5)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Changes what is given and leaves the rest. A resumed source is asked at once.</summary>
    public async Task<KeptSource> Change(SourceId id, bool? engage, SourceState? state, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } source) return new KeptSource.Unknown();
        source.Engage = engage ?? source.Engage;
        source.State = state ?? source.State;
        if (state == SourceState.Active && source.NextTry is not null) (source.NextTry, source.Failures) = (clock.Now(), 0);
        await db.SaveChangesAsync(ct);
        return new KeptSource.Done(id, null);
    }

    /// <summary>Replaces settings by name; the others stay. The source is asked at once.</summary>
    public async Task<KeptSource> Set(SourceId id, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } source) return new KeptSource.Unknown();
        var all = new Dictionary<string, string>(Values(source), StringComparer.Ordinal);
        foreach (var (name, value) in settings) all[name] = value;
        var errors = kinds.SingleOrDefault(k => k.Kind == source.Kind)?.Check(new(id, source.Name, all)).ToList() ?? [];
        if (errors.Count > 0) return new KeptSource.Invalid(errors);
        source.Settings = JsonSerializer.Serialize(all, Json.Options);
        if (source.NextTry is not null) source.NextTry = clock.Now();
        await db.SaveChangesAsync(ct);
        return new KeptSource.Done(id, null);
    }

    public async Task<IReadOnlyList<SourceView>> All(CancellationToken ct)
    {
        var rows = await db.Set<SourceRow>().AsNoTracking().OrderBy(s => s.Name).ToListAsync(ct);
        var counts = await db.Set<MentionRow>().GroupBy(m => m.Source).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return rows.ConvertAll(s => new SourceView(s.Id, s.Name, s.Kind, s.Network, Values(s), s.State, s.Engage, counts.GetValueOrDefault(s.Id), s.LastReadAt, s.LastItemAt, s.LastError, s.Failures, s.NextTry));
    }

    /// <summary>Ids and names alone, for choosing one.</summary>
    public async Task<IReadOnlyList<SourceName>> Names(CancellationToken ct) => await db.Set<SourceRow>().OrderBy(s => s.Name).Select(s => new SourceName(s.Id, s.Name)).ToListAsync(ct);

    internal static IReadOnlyDictionary<string, string> Values(SourceRow source) => JsonSerializer.Deserialize<Dictionary<string, string>>(source.Settings, Json.Options) ?? [];
}
