using System.Text.Json.Serialization;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A post as a source would bring it; it was not stored.</summary>
/// <param name="ExternalId">What names it at its source.</param>
/// <param name="Text">As written.</param>
/// <param name="At">When it was written.</param>
/// <param name="Author">Who wrote it; null when the source does not say.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="Language">As the source claims.</param>
/// <param name="Kind">What it is in its thread.</param>
/// <param name="Has">What it carries, as far as the source says.</param>
public sealed record TriedPost(string ExternalId, string Text, DateTimeOffset At, IncomingAuthor? Author, string? Url, string? Language, PostKind Kind, Media Has)
{
    internal static TriedPost Of(IncomingPost post) => new(post.ExternalId, post.Text, post.At, post.Author, post.Url, post.Language, post.Kind ?? (post.ParentId is null ? PostKind.Original : PostKind.Reply), post.Has);
}

/// <summary>What came of reading one item.</summary>
[JsonDerivedType(typeof(Read), "read"), JsonDerivedType(typeof(Nothing), "nothing"), JsonDerivedType(typeof(Failed), "failed")]
public abstract record Tried
{
    private Tried() { }

    /// <summary>It works, and this is the newest item it gave.</summary>
    public sealed record Read(TriedPost Post) : Tried;

    /// <summary>It answers, but gave no post in the time there was.</summary>
    public sealed record Nothing : Tried;

    /// <summary>It does not work; the reason is what the page of the source would show.</summary>
    public sealed record Failed(string Reason) : Tried;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Tried;

    public sealed record Unknown : Tried;
}

/// <summary>Reads one item of a source now, to see that it works and how its posts look. Nothing is stored, and the source's own reading is not touched.</summary>
public sealed class TrySource(Database db, Sources sources, IEnumerable<IMentionSource> kinds, TimeProvider clock)
{
    /// <summary>The longest wait for an item.</summary>
    public static readonly TimeSpan AtMost = TimeSpan.FromSeconds(8);

    /// <summary>Tries a source that is there.</summary>
    public async Task<Tried> Run(SourceId id, CancellationToken ct)
    {
        if (await db.Set<SourceRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.State != SourceState.Removed, ct) is not { } source) return new Tried.Unknown();
        return kinds.SingleOrDefault(k => k.Kind == source.Kind) is { } kind ? await Read(kind, new(id, source.Name, Sources.Values(source)), ct)
            : new Tried.Invalid([new("id", "is of a kind that is told of posts; there is nothing to ask")]);
    }

    /// <summary>Tries settings before they are a source.</summary>
    public async Task<Tried> Run(string kind, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        if (kinds.SingleOrDefault(k => k.Kind == kind) is not { } reader) return new Tried.Invalid([new("kind", $"must be one of {string.Join(", ", sources.Kinds.Where(k => k != Sources.Webhook))}")]);
        var given = new SourceSettings(SourceId.New(), "test", settings);
        return Sources.Check(reader, given).ToList() is { Count: > 0 } errors ? new Tried.Invalid(errors) : await Read(reader, given with { Values = sources.Hide(reader, settings) }, ct);
    }

    private async Task<Tried> Read(IMentionSource kind, SourceSettings settings, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(AtMost, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            // A stream that can is read from a little earlier, where surely something was said.
            var cursor = kind.IsStream ? kind.CursorAt(settings, clock.Now().AddMinutes(-5)) : null;
            await foreach (var batch in kind.Read(settings, cursor, both.Token))
            {
                if (batch.Posts.Where(p => p.Text.Length > 0).MaxBy(p => p.At) is { } newest) return new Tried.Read(TriedPost.Of(newest));
            }

            return new Tried.Nothing();
        }
        catch (Exception) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new Tried.Nothing();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return new Tried.Failed(e is OperationCanceledException ? "The server did not answer in time." : e.Message);
        }
    }
}
