using System.Runtime.CompilerServices;
using Hearth.Channels.Bluesky;
using Hearth.Channels.Files;
using Hearth.Channels.Mastodon;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>One row or item of a file: a post, a deletion, an error, or none of them (something that is no post, like a follow).</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Post">A post to take in.</param>
/// <param name="Removed">External id of a post that was deleted.</param>
/// <param name="Error">Why it cannot be used.</param>
internal readonly record struct FilePost(long Line, IncomingPost? Post = null, string? Removed = null, string? Error = null);

/// <summary>Reads the posts of a file in any format.</summary>
internal static class FilePosts
{
    /// <summary>Reads until the end of the file.</summary>
    /// <param name="file">Gzipped or not; read once, forward only.</param>
    /// <param name="format">Null to tell it by the file's beginning.</param>
    /// <param name="columns">Which column of a row holds what.</param>
    /// <param name="ct">Stops between two.</param>
    public static async IAsyncEnumerable<FilePost> Read(Stream file, PostFormat? format, PostColumns columns, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var start = await FileStart.Of(file, ct);
        var kind = format ?? start.Guess();
        if (kind == PostFormat.Rows)
        {
            await foreach (var row in RowReader.Read(start, columns.Required, ct))
            {
                var post = default(IncomingPost);
                var wrong = row.Error ?? Post(row, columns, out post);
                yield return new(row.Line, post, Error: wrong);
            }

            yield break;
        }

        using var text = start.Text();
        foreach (var item in kind == PostFormat.Mastodon ? Mastodon(text) : Jetstream(text))
        {
            ct.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    private static IEnumerable<FilePost> Mastodon(TextReader text) => ReadArchive.From(text).Select(item => item.Status is not { } status ? new FilePost(item.Line, Error: item.Error)
        : new(item.Line, MastodonPosts.Incoming(status, id => item.IsActivity ? id : "mastodon:" + id, null, null, Host(status), DateTimeOffset.MaxValue)));

    // "ann" of an API status lives where its profile does.
    private static string Host(MastodonStatus status) => Uri.TryCreate(status.Author.Url, UriKind.Absolute, out var profile) ? profile.Authority : "?";

    // An event is decoded by the reader of the stream itself; a like or a follow is no post.
    private static IEnumerable<FilePost> Jetstream(TextReader text)
    {
        var decoder = new Jetstream();
        foreach (var item in new JsonItems(text).Read())
        {
            var batch = new RepoBatch();
            if (item.Json is { } json) decoder.Read(System.Text.Encoding.UTF8.GetBytes(json), batch);
            var error = item.Error ?? (batch.Skipped > 0 ? "no event of a Jetstream" : null);
            var post = batch.Posts is [{ Text.Length: > 0 } one] ? RepoSource.Incoming(one) : null;
            yield return new(item.Line, post, batch.Removed.FirstOrDefault(), error);
        }
    }

    private static string? Post(Row row, PostColumns columns, out IncomingPost? post)
    {
        post = null;
        if (row[columns.Text] is not { } text) return $"no text in column '{columns.Text}'";
        if (row[columns.At] is not { } when) return $"no date in column '{columns.At}'";
        if (!PostDates.TryParse(when, out var at)) return $"'{(when.Length > 40 ? when[..40] + "…" : when)}' in column '{columns.At}' is no date that can be read; ISO 8601 is best";
        var author = Value(columns.Author)?.TrimStart('@');
        if (columns.Id is not null && row[columns.Id] is null) return $"no id in column '{columns.Id}'";
        var id = Value(columns.Id) ?? Hash(author, at, text);
        post = new(id, text, at, author is { Length: > 0 } ? new(author.ToLowerInvariant(), author) : null, Value(columns.Url), Value(columns.Language), Value(columns.ParentId), Value(columns.RootId));
        return null;

        string? Value(string? column) => column is null ? null : row[column]?.Trim();
    }

    private static string Hash(string? author, DateTimeOffset at, string text) => "sha256:" + Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{author}\n{at.ToUnixMicroseconds()}\n{text}")));
}
