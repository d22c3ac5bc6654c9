using System.IO.Compression;
using System.Text.Json;
using Hearth.Channels.Files;

namespace Hearth.Ideas.Import;

/// <summary>
/// Reads Fider's backup (a ZIP with a JSON array for each of its tables: github.com/getfider/fider, app/pkg/backup) and what Canny's API lists
/// (developers.canny.io/api-reference: posts, votes and comments, in one object).
/// </summary>
internal static class ReadBoardJson
{
    /// <summary>Largest file in a backup that is read, in bytes unpacked: 512 MiB.</summary>
    private const long Largest = 512L << 20;

    public static async Task<OtherBoard> FromFider(Stream zip, CancellationToken ct)
    {
        await using var archive = await ZipArchive.CreateAsync(zip, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
        var users = (await Table(archive, "users", ct)).ToDictionary(u => Text(u, "id")!, u => (Name: Text(u, "name") ?? "Somebody", Brand: Number(u, "role") >= 2), StringComparer.Ordinal);
        var board = new OtherBoard();
        var ideas = new Dictionary<string, OtherIdea>(StringComparer.Ordinal);
        foreach (var (n, post) in (await Table(archive, "posts", ct)).Index())
        {
            if (Number(post, "status") == 6) continue; // deleted
            if (Text(post, "title") is not { } title || Reading.Time(Text(post, "created_at")) is not { } at) { board.Refuse(n + 1, "posts.json: no title or no time"); continue; }
            IdeaStatus? status = Number(post, "status") switch { 0 => IdeaStatus.Submitted, 1 or 4 => IdeaStatus.Planned, 2 => IdeaStatus.Implemented, 3 => IdeaStatus.NotPlanned, 5 => IdeaStatus.Archived, _ => null };
            if (status is null) { board.Refuse(n + 1, $"posts.json: {Text(post, "status")} is no status that is known"); continue; }
            var answered = Text(post, "response_user_id") is { } by ? users.GetValueOrDefault(by).Name : null;
            var idea = new OtherIdea(n + 1, Text(post, "number") ?? Text(post, "id")!, title, Text(post, "description") ?? "", null, Person(Text(post, "user_id")), at, status.Value,
                Text(post, "response"), answered, Reading.Time(Text(post, "response_date")), 0, 0);
            ideas[Text(post, "id")!] = idea;
            board.Ideas.Add(idea);
        }

        foreach (var vote in await Table(archive, "post_votes", ct))
        {
            if (ideas.GetValueOrDefault(Text(vote, "post_id") ?? "") is { } idea) idea.Votes.Add(new(Person(Text(vote, "user_id")), Reading.Time(Text(vote, "created_at")) ?? idea.At));
        }

        foreach (var comment in await Table(archive, "comments", ct))
        {
            if (ideas.GetValueOrDefault(Text(comment, "post_id") ?? "") is not { } idea || Text(comment, "deleted_at") is not null || Text(comment, "content") is not { } body) continue;
            idea.Comments.Add(new(Text(comment, "id")!, Person(Text(comment, "user_id")), body, Reading.Time(Text(comment, "created_at")) ?? idea.At, users.GetValueOrDefault(Text(comment, "user_id") ?? "").Brand));
        }

        return board;

        OtherPerson Person(string? id) => new(id ?? "nobody", users.GetValueOrDefault(id ?? "").Name ?? "Somebody");
    }

    public static async Task<OtherBoard> FromCanny(Stream json, CancellationToken ct)
    {
        using var document = await Parse(json, "the file", ct);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("posts", out var posts) || posts.ValueKind != JsonValueKind.Array)
            throw new UnreadableFileException("The file holds no array 'posts'. Put what the API lists as posts, votes and comments into one object.");
        var board = new OtherBoard();
        var ideas = new Dictionary<string, OtherIdea>(StringComparer.Ordinal);
        foreach (var (n, post) in posts.EnumerateArray().Index())
        {
            var status = ReadIdeasCsv.StatusOf(Text(post, "status"), BoardFormat.Canny);
            if (Text(post, "id") is not { } id || Text(post, "title") is not { } title || Reading.Time(Text(post, "created")) is not { } at) { board.Refuse(n + 1, "posts: no id, title or time"); continue; }
            if (status is null) { board.Refuse(n + 1, $"posts: '{Text(post, "status")}' is no status that is known"); continue; }
            var idea = new OtherIdea(n + 1, id, title, Text(post, "details") ?? "", Name(post, "category") ?? Name(post, "board"), Person(post, "author"), at, status.Value,
                null, null, Reading.Time(Text(post, "statusChangedAt")), Math.Max(0, Number(post, "score") ?? 0), 0);
            ideas[id] = idea;
            board.Ideas.Add(idea);
        }

        foreach (var vote in Array(root, "votes"))
        {
            if (Of(vote) is { } idea) idea.Votes.Add(new(Person(vote, "voter"), Reading.Time(Text(vote, "created")) ?? idea.At));
        }

        foreach (var comment in Array(root, "comments"))
        {
            if (Of(comment) is not { } idea || Text(comment, "value") is not { Length: > 0 } body) continue;
            var brand = comment.TryGetProperty("author", out var by) && by.ValueKind == JsonValueKind.Object && by.TryGetProperty("isAdmin", out var admin) && admin.ValueKind == JsonValueKind.True;
            idea.Comments.Add(new(Text(comment, "id") ?? $"{idea.Comments.Count}", Person(comment, "author"), body, Reading.Time(Text(comment, "created")) ?? idea.At, brand));
        }

        return board;

        OtherIdea? Of(JsonElement element) => element.TryGetProperty("post", out var post) ? ideas.GetValueOrDefault(Text(post, "id") ?? "") : null;
    }

    private static IEnumerable<JsonElement> Array(JsonElement root, string name) => root.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    private static OtherPerson Person(JsonElement element, string name) => element.TryGetProperty(name, out var person) && person.ValueKind == JsonValueKind.Object
        ? new(Text(person, "id") ?? Text(person, "name") ?? "nobody", Text(person, "name") ?? "Somebody") : new("nobody", "Somebody");

    private static string? Name(JsonElement element, string name) => element.TryGetProperty(name, out var of) && of.ValueKind == JsonValueKind.Object ? Text(of, "name") : null;

    // Fider writes text that looks like a number as one.
    private static string? Text(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static int? Number(JsonElement element, string name) => Reading.Count(Text(element, name) ?? "x");

    private static async Task<IReadOnlyList<JsonElement>> Table(ZipArchive archive, string name, CancellationToken ct)
    {
        var entry = archive.GetEntry(name + ".json") ?? throw new UnreadableFileException($"{name}.json is not in the backup.");
        if (entry.Length > Largest) throw new UnreadableFileException($"{name}.json is larger than {Largest >> 20} MiB.");
        await using var stream = await entry.OpenAsync(ct);
        using var document = await Parse(stream, name + ".json", ct);
        return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(e => e.Clone())]
            : document.RootElement.ValueKind == JsonValueKind.Null ? [] : throw new UnreadableFileException($"{name}.json is no array.");
    }

    private static async Task<JsonDocument> Parse(Stream json, string what, CancellationToken ct)
    {
        try
        {
            return await JsonDocument.ParseAsync(json, new JsonDocumentOptions { MaxDepth = 64 }, ct);
        }
        catch (JsonException e)
        {
            throw new UnreadableFileException($"{what} is not JSON at line {(e.LineNumber ?? 0) + 1}.");
        }
    }
}
