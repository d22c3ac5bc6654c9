using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

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

/// <summary>Adds, changes, pauses, removes and lists sources. Every change takes the lease from whoever reads the source, so that it holds at once.</summary>
public sealed class Sources(Database db, IEnumerable<IMentionSource> kinds, WebhookSecrets secrets, TimeProvider clock)
{
    public const string File = "file";
    public const string Webhook = "webhook";

    /// <summary>The kinds a person can add: webhook and every <see cref="IMentionSource"/>.</summary>
    public IReadOnlyList<string> Kinds { get; } = [.. kinds.Select(k => k.Kind).Order(StringComparer.Ordinal), Webhook];

    /// <summary>The same with what each needs, by title.</summary>
    public IReadOnlyList<SourceKind> KindsWithFields { get; } = [.. kinds.Select(SourceKind.Of).Append(SourceKind.OfWebhook).OrderBy(k => k.Title, StringComparer.Ordinal)];

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
        if (reader is not null) errors.AddRange(Check(reader, new(id, name, settings)));
        if (errors.Count > 0) return new KeptSource.Invalid(errors);
        var secret = kind == Webhook || reader?.TakesWebhook == true ? Channels.Webhooks.StandardWebhook.NewSecret() : null;
        db.Add(new SourceRow
        {
            Id = id, Kind = kind, Network = reader?.Network ?? Webhook, Name = name, Settings = JsonSerializer.Serialize(Hide(reader, settings), Json.Options), CreatedAt = clock.Now(),
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

    /// <summary>Changes what is given and leaves the rest. A resumed source is read at once, a paused one not any more.</summary>
    public async Task<KeptSource> Change(SourceId id, bool? engage, SourceState? state, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } source) return new KeptSource.Unknown();
        source.Engage = engage ?? source.Engage;
        if (state is not null) (source.State, source.LeaseOwner, source.LeaseUntil) = (state.Value, null, null);
        if (state == SourceState.Active && source.NextTry is not null) source.NextTry = clock.Now();
        await db.SaveChangesAsync(ct);
        return new KeptSource.Done(id, null);
    }

    /// <summary>Replaces settings by name; the others stay. The source is read with them at once.</summary>
    public async Task<KeptSource> Set(SourceId id, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } source) return new KeptSource.Unknown();
        var all = new Dictionary<string, string>(Values(source), StringComparer.Ordinal);
        foreach (var (name, value) in Hide(kinds.SingleOrDefault(k => k.Kind == source.Kind), settings)) all[name] = value;
        var errors = kinds.SingleOrDefault(k => k.Kind == source.Kind) is { } kind ? Check(kind, new(id, source.Name, all)).ToList() : [];
        if (errors.Count > 0) return new KeptSource.Invalid(errors);
        source.Settings = JsonSerializer.Serialize(all, Json.Options);
        Restart(source);
        await db.SaveChangesAsync(ct);
        return new KeptSource.Done(id, null);
    }

    /// <summary>Gives a source that takes webhooks a new secret; the old one is worth nothing from then on.</summary>
    /// <returns>The secret, shown this once; null when there is no such source, or it takes none.</returns>
    public async Task<string?> NewSecret(SourceId id, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id && s.State != SourceState.Removed, ct) is not { } source) return null;
        if (source.Kind != Webhook && kinds.SingleOrDefault(k => k.Kind == source.Kind)?.TakesWebhook != true) return null;
        var secret = Channels.Webhooks.StandardWebhook.NewSecret();
        source.Secret = secrets.Protect(secret);
        await db.SaveChangesAsync(ct);
        return secret;
    }

    /// <summary>Reads a source from a moment on once more. What is there already stays as it is; what was missed comes in.</summary>
    public async Task<KeptSource> Replay(SourceId id, DateTimeOffset from, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } source) return new KeptSource.Unknown();
        if (from > clock.Now()) return new KeptSource.Invalid([new("from", "must be in the past")]);
        var cursor = kinds.SingleOrDefault(k => k.Kind == source.Kind)?.CursorAt(new(id, source.Name, Values(source)), from);
        if (cursor is null) return new KeptSource.Invalid([new("from", "a source of this kind cannot be read from a time on")]);
        source.Cursor = cursor;
        Restart(source);
        await db.SaveChangesAsync(ct);
        return new KeptSource.Done(id, null);
    }

    /// <summary>Takes a source away with its settings, secret and cursor. What was heard from it stays, and so does its name on it.</summary>
    public async Task<KeptSource> Remove(SourceId id, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } source) return new KeptSource.Unknown();
        if (source.Kind == File) return new KeptSource.Invalid([new("id", "belongs to an import; it cannot be removed")]);
        if (await db.Set<MentionRow>().AnyAsync(m => m.Source == id, ct))
        {
            // The name becomes free for another source.
            (source.State, source.Settings, source.Secret, source.Cursor, source.NextTry, source.LeaseOwner, source.LeaseUntil, source.LastError) = (SourceState.Removed, "{}", null, null, null, null, null, null);
            var name = source.Name.Length > 60 ? source.Name[..60] : source.Name;
            source.Name = $"{name} (removed {clock.Now().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)})";
        }
        else
        {
            db.Remove(source);
        }

        await db.SaveChangesAsync(ct);
        return new KeptSource.Done(id, null);
    }

    /// <summary>All but removed ones, by name.</summary>
    public async Task<IReadOnlyList<SourceView>> All(CancellationToken ct) => await Views(db.Set<SourceRow>().AsNoTracking().Where(s => s.State != SourceState.Removed).OrderBy(s => s.Name), ct);

    /// <summary>One source; null when it is unknown or removed.</summary>
    public async Task<SourceView?> Find(SourceId id, CancellationToken ct) => (await Views(db.Set<SourceRow>().AsNoTracking().Where(s => s.Id == id && s.State != SourceState.Removed), ct)).SingleOrDefault();

    /// <summary>Ids and names alone, for choosing one.</summary>
    public async Task<IReadOnlyList<SourceName>> Names(CancellationToken ct) => await db.Set<SourceRow>().OrderBy(s => s.Name).Select(s => new SourceName(s.Id, s.Name)).ToListAsync(ct);

    /// <summary>True when every post of a source is kept; false when only those that somebody asked for are.</summary>
    internal static bool KeepsAll(IMentionSource kind, SourceSettings settings) => settings[SourceSettings.Keep] is { } keep ? keep == "all" : kind.KeepsAllByDefault;

    private async Task<List<SourceView>> Views(IQueryable<SourceRow> sources, CancellationToken ct)
    {
        var rows = await sources.ToListAsync(ct);
        var counts = await new CountMentions(db).PerSource(ct);
        var now = clock.Now();
        return rows.ConvertAll(s => SourceView.Of(s, kinds.SingleOrDefault(k => k.Kind == s.Kind), counts.GetValueOrDefault(s.Id).Total, now));
    }

    // A secret is protected before it is kept; an empty one is as if it had not been given.
    internal Dictionary<string, string> Hide(IMentionSource? kind, IReadOnlyDictionary<string, string> settings)
    {
        var hidden = (kind?.Fields ?? []).Where(f => f.Kind == SourceFieldKind.Secret).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return settings.Where(s => !hidden.Contains(s.Key) || !string.IsNullOrWhiteSpace(s.Value))
            .ToDictionary(s => s.Key, s => hidden.Contains(s.Key) ? secrets.Protect(s.Value.Trim()) : s.Value, StringComparer.Ordinal);
    }

    private void Restart(SourceRow source)
    {
        if (source.NextTry is null) return;
        (source.NextTry, source.LeaseOwner, source.LeaseUntil) = (clock.Now(), null, null);
    }

    internal static IEnumerable<FieldError> Check(IMentionSource kind, SourceSettings settings)
    {
        foreach (var field in kind.Fields.Where(f => f.IsRequired && settings[f.Name] is null)) yield return new(field.Name, "is needed");
        foreach (var (name, value) in settings.Values)
        {
            if (value.Length > 10_000) yield return new(name, "must have at most 10,000 characters");
        }

        if (settings[SourceSettings.Keep] is not (null or "all" or "matched")) yield return new(SourceSettings.Keep, "must be all or matched");
        foreach (var error in kind.Check(settings).Where(e => kind.Fields.All(f => f.Name != e.Field || !f.IsRequired || settings[f.Name] is not null))) yield return error;
    }

    internal static IReadOnlyDictionary<string, string> Values(SourceRow source) => JsonSerializer.Deserialize<Dictionary<string, string>>(source.Settings, Json.Options) ?? [];
}
