using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Platform;

namespace Hearth.Channels.Bluesky;

/// <summary>
/// Reads the events of Jetstream v1 (github.com/bluesky-social/jetstream): one JSON text per event, decoded straight from the frame. An event that is not about a post
/// costs a scan of its bytes and no allocation.
/// </summary>
public sealed class Jetstream : IRepoDecoder
{
    public int MaxFrame => 1 << 20;

    /// <summary>The address to connect to.</summary>
    /// <param name="service">wss://host/subscribe, or wss://host.</param>
    /// <param name="cursor">Unix microseconds of the last event had; the server begins with that very event. Null for what happens from now on.</param>
    /// <param name="dids">Only these accounts; empty for all, at most 10,000.</param>
    public Uri Address(Uri service, long? cursor, IReadOnlyCollection<string> dids)
    {
        var path = service.AbsolutePath.TrimEnd('/');
        var query = new StringBuilder("?wantedCollections=").Append(BlueskyAddress.Posts).Append(CultureInfo.InvariantCulture, $"&maxMessageSizeBytes={MaxFrame}");
        foreach (var did in dids) query.Append("&wantedDids=").Append(Uri.EscapeDataString(did));
        if (cursor is { } at) query.Append(CultureInfo.InvariantCulture, $"&cursor={at}");
        return new UriBuilder(service) { Path = path.EndsWith("/subscribe", StringComparison.Ordinal) ? path : path + "/subscribe", Query = query.ToString() }.Uri;
    }

    public void Read(ReadOnlySpan<byte> frame, RepoBatch batch)
    {
        try
        {
            if (!Event(frame, batch)) batch.Skip();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            batch.Skip();
        }
    }

    private enum Operation
    {
        Other,
        Create,
        Update,
        Delete,
    }

    private static bool Event(ReadOnlySpan<byte> frame, RepoBatch batch)
    {
        ReadOnlySpan<byte> did = default, commit = default, identity = default, account = default;
        long time = 0;
        var reader = new Utf8JsonReader(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("did"u8)) did = Text(ref reader);
            else if (reader.ValueTextEquals("time_us"u8)) time = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var us) ? us : 0;
            else if (reader.ValueTextEquals("commit"u8)) commit = Part(ref reader, frame);
            else if (reader.ValueTextEquals("identity"u8)) identity = Part(ref reader, frame);
            else if (reader.ValueTextEquals("account"u8)) account = Part(ref reader, frame);
            else reader.Skip();
        }

        if (did.IsEmpty || time is <= 0 or > 253_402_300_799_000_000) return false;
        var at = Time.FromUnixMicroseconds(time);
        if (!commit.IsEmpty && !Commit(commit, did, at, batch)) return false;
        if (!identity.IsEmpty) Identity(identity, did, batch);
        if (!account.IsEmpty) Account(account, did, batch);
        batch.Came(time, at);
        return true;
    }

    private static bool Commit(ReadOnlySpan<byte> commit, ReadOnlySpan<byte> did, DateTimeOffset at, RepoBatch batch)
    {
        var operation = Operation.Other;
        ReadOnlySpan<byte> key = default, record = default, cid = default;
        var isPost = false;
        var reader = new Utf8JsonReader(commit);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("operation"u8))
            {
                reader.Read();
                operation = reader.ValueTextEquals("create"u8) ? Operation.Create : reader.ValueTextEquals("update"u8) ? Operation.Update : reader.ValueTextEquals("delete"u8) ? Operation.Delete : Operation.Other;
            }
            else if (reader.ValueTextEquals("collection"u8))
            {
                reader.Read();
                isPost = reader.ValueTextEquals("app.bsky.feed.post"u8);
                if (!isPost) return true;
            }
            else if (reader.ValueTextEquals("rkey"u8)) key = Text(ref reader);
            else if (reader.ValueTextEquals("cid"u8)) cid = Text(ref reader);
            else if (reader.ValueTextEquals("record"u8)) record = Part(ref reader, commit);
            else reader.Skip();
        }

        if (!isPost || operation == Operation.Other) return true;
        if (key.IsEmpty || key.Length > 512 || did.Length > 512) return false;
        var (who, name) = (Encoding.UTF8.GetString(did), Encoding.UTF8.GetString(key));
        if (operation == Operation.Delete)
        {
            batch.Remove(BlueskyAddress.Of(who, name));
            return true;
        }

        if (PostRecord.Read(record, who, name, cid.IsEmpty ? null : Encoding.UTF8.GetString(cid), at, operation == Operation.Update) is not { } post) return false;
        batch.Add(post);
        return true;
    }

    private static void Identity(ReadOnlySpan<byte> identity, ReadOnlySpan<byte> did, RepoBatch batch)
    {
        var reader = new Utf8JsonReader(identity);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("handle"u8) && Text(ref reader) is { IsEmpty: false, Length: <= 253 } handle) batch.Named(Encoding.UTF8.GetString(did), Encoding.UTF8.GetString(handle));
            else reader.Skip();
        }
    }

    // A deactivated or suspended account may come back; a deleted or taken down one has no words any more.
    private static void Account(ReadOnlySpan<byte> account, ReadOnlySpan<byte> did, RepoBatch batch)
    {
        var reader = new Utf8JsonReader(account);
        reader.Read();
        var (active, gone) = (true, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("active"u8)) active = reader.Read() && reader.TokenType != JsonTokenType.False;
            else if (reader.ValueTextEquals("status"u8)) gone = reader.Read() && reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals("deleted"u8) || reader.ValueTextEquals("takendown"u8));
            else reader.Skip();
        }

        if (!active && gone) batch.Gone(Encoding.UTF8.GetString(did));
    }

    // DIDs, keys and hashes are ASCII without anything that JSON escapes; what is escaped nevertheless is no such name.
    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped) return reader.ValueSpan;
        reader.Skip();
        return default;
    }

    private static ReadOnlySpan<byte> Part(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> whole)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return whole[start..(int)reader.BytesConsumed];
    }
}
