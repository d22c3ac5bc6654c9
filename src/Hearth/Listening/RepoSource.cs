using System.Globalization;
using System.Runtime.CompilerServices;
using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.Options;

namespace Hearth.Listening;

/// <summary>What the two readers of Bluesky's whole stream share. All posts of the network pass; kept is what somebody asked for, unless "keep" says all.</summary>
public abstract class RepoSource(RepoReader reader, IOptions<SafeHttpOptions> allowed) : IMentionSource
{
    /// <summary>The setting with the server's address.</summary>
    public const string Address = "address";

    public abstract string Kind { get; }

    public abstract string Title { get; }

    public string Network => Networks.Bluesky;

    public bool EngageByDefault => false;

    public bool KeepsAllByDefault => false;

    public bool IsStream => true;

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public abstract IReadOnlyList<SourceField> Fields { get; }

    public virtual IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Uri.TryCreate(settings[Address], UriKind.Absolute, out var address) || address.Scheme is not ("ws" or "wss") || address.Host.Length == 0 || address.UserInfo.Length > 0 || address.Query.Length > 0)
        {
            yield return new(Address, "must be an address like wss://host");
        }
        else if (address.Scheme == "ws" && !allowed.Value.AllowPrivate.Contains(address.Host) && !allowed.Value.AllowPrivate.Contains(address.Authority))
        {
            yield return new(Address, "must begin with wss://; ws only for servers that the operator allowed with --allow-private");
        }
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var from = cursor is null ? Begin() : long.Parse(cursor, CultureInfo.InvariantCulture);
        var (address, decoder) = Open(settings, new Uri(settings[Address]!), from);
        await foreach (var batch in reader.Read(address, decoder, ct))
        {
            // A stream that was read again from a little earlier must not take the cursor back.
            var upTo = batch.Cursor is { } seen && (from is null || seen > from) ? seen : (long?)null;
            from = upTo ?? from;
            // Where it began is kept at once: what comes while this process is dead must not be missed.
            if (cursor is null && upTo is null) upTo = from;
            cursor = "";
            yield return new(
                [.. batch.Posts.Where(p => p.Text.Length > 0).Select(Incoming)], upTo?.ToString(CultureInfo.InvariantCulture), [.. batch.Removed], batch.SeenUpTo, [.. batch.GoneAccounts], batch.Skipped)
            {
                Renamed = batch.Handles,
            };
        }

        throw new HttpRequestException("The server closed the stream.");
    }

    public virtual string? CursorAt(SourceSettings settings, DateTimeOffset at) => null;

    /// <summary>The cursor of this moment, for a source that has none yet; null where only the server knows it.</summary>
    protected virtual long? Begin() => null;

    /// <summary>Where to connect to go on after the cursor, and what reads the frames.</summary>
    protected abstract (Uri Address, IRepoDecoder Decoder) Open(SourceSettings settings, Uri service, long? cursor);

    /// <summary>A record of the network as a post of ours.</summary>
    internal static IncomingPost Incoming(StreamedPost post)
    {
        var root = post.Reply is { } reply ? reply.Root ?? reply.Parent : post.Ref;
        var has = (post.HasImage ? Media.Image : Media.None) | (post.HasVideo ? Media.Video : Media.None);
        return new(post.Ref.Uri, post.Text, post.At, new(post.Did, Url: "https://bsky.app/profile/" + post.Did), BlueskyAddress.Web(post.Did, BlueskyAddress.Key(post.Ref.Uri)), post.Language,
            post.Reply?.Parent.Uri, post.Reply is null ? null : root.Uri, false, new(post.Ref.Uri, post.Ref.Cid, root.Uri, root.Cid), post.IsUpdate, Links: post.Links, Has: has)
        {
            EditedAt = post.IsUpdate ? post.SeenAt : null, SpeaksTo = post.SpeaksTo, Carries = post.Carries,
        };
    }
}
