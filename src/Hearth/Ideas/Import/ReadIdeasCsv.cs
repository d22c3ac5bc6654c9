using Hearth.Channels.Files;
using Hearth.Platform;

namespace Hearth.Ideas.Import;

/// <summary>Reads rows of ideas: our own CSV, Fider's export of posts and Canny's. What a column is called differs; what it holds does not.</summary>
internal static class ReadIdeasCsv
{
    public static async Task<OtherBoard> From(FileStart file, BoardFormat format, CancellationToken ct)
    {
        var board = new OtherBoard();
        var first = true;
        await foreach (var row in RowReader.Read(file, [], ct))
        {
            if (first && row.Error is null && !row.Columns.Any(c => c.Trim().ToLowerInvariant() is "title" or "post title"))
                throw new UnreadableFileException($"Column 'title' is not in the file. It has: {string.Join(", ", row.Columns)}.");
            first = false;
            if (row.Error is { } error) board.Refuse(row.Line, error);
            else Add(board, row, format);
        }

        return board;
    }

    private static void Add(OtherBoard board, Row row, BoardFormat format)
    {
        var title = row.Any("title", "post title");
        var created = row.Any("created_at", "posted_at", "created", "created at", "post created", "date");
        var said = row.Any("status", "post status");
        var count = row.Any("promotions", "votes_count", "votes", "score", "vote count", "post score");
        if (title is null) { board.Refuse(row.Line, "no value for 'title'"); return; }
        if (Reading.Time(created) is not { } at) { board.Refuse(row.Line, created is null ? "no value for 'created_at'" : $"'{created}' in 'created_at' is no time"); return; }
        if (StatusOf(said, format) is not { } status) { board.Refuse(row.Line, $"'{said}' is no status that is known"); return; }
        if (Reading.Count(count) is not { } promotions || Reading.Count(row["demotions"]) is not { } demotions) { board.Refuse(row.Line, "the votes are no whole number"); return; }

        var author = row.Any("created_by", "author", "author name", "author_name", "post author") ?? "Somebody";
        var answer = row.Any("response", "answer", "reason");
        if (row["original_number"] is { } original) answer = $"Duplicate of #{original}{(row["original_title"] is { } of ? $" “{of}”" : "")}. {answer}".Trim();
        board.Ideas.Add(new(row.Line, row.Any("id", "number", "post id", "url", "post url") ?? $"{title}\n{at:O}", title, row.Any("description", "body", "details", "post details") ?? "",
            row.Any("category", "board", "board name"), new(row.Any("author_id", "author id", "author email") ?? author, author), at, status, answer, row.Any("responded_by", "answered_by"),
            Reading.Time(row.Any("responded_at", "answered_at", "status changed")), promotions, demotions));
    }

    internal static IdeaStatus? StatusOf(string? said, BoardFormat format)
    {
        if (said is null) return IdeaStatus.Submitted;
        var word = new string([.. said.ToLowerInvariant().Where(char.IsLetter)]);
        return format switch
        {
            BoardFormat.Fider => word switch
            {
                "open" => IdeaStatus.Submitted, "planned" or "started" => IdeaStatus.Planned, "completed" => IdeaStatus.Implemented, "declined" => IdeaStatus.NotPlanned, "duplicate" => IdeaStatus.Archived, _ => null,
            },
            BoardFormat.Canny => word switch
            {
                "open" => IdeaStatus.Submitted, "underreview" => IdeaStatus.UnderReview, "planned" or "inprogress" => IdeaStatus.Planned, "complete" => IdeaStatus.Implemented, "closed" => IdeaStatus.NotPlanned, _ => null,
            },
            _ => Word<IdeaStatus>.TryParse(word, out var own) ? own.Value : null,
        };
    }
}
