using Hearth.Channels.Files;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>Which column holds what; <see cref="Text"/> and <see cref="At"/> must be there.</summary>
/// <param name="Text">The post itself.</param>
/// <param name="At">When it was written.</param>
/// <param name="Id">What names it; without one the same author, time and text are the same post.</param>
/// <param name="Author">Its author's handle.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="ParentId">Id of the post it answers.</param>
/// <param name="RootId">Id of its thread's first post.</param>
public sealed record PostColumns(
    string Text = "text", string At = "at", string? Id = null, string? Author = null, string? Language = null, string? Url = null, string? ParentId = null, string? RootId = null)
{
    /// <summary>Reads "text=body,author=name,at=created,id=nr,lang=..,url=..,parent=..,root=..".</summary>
    /// <exception cref="FormatException">A pair cannot be read; the message names it.</exception>
    public static PostColumns Parse(string? map)
    {
        var columns = new PostColumns();
        foreach (var pair in (map ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var field, { Length: > 0 } column]) throw new FormatException($"--map: '{pair}' is not FIELD=COLUMN.");
            columns = field switch
            {
                "text" => columns with { Text = column },
                "at" => columns with { At = column },
                "id" => columns with { Id = column },
                "author" => columns with { Author = column },
                "lang" => columns with { Language = column },
                "url" => columns with { Url = column },
                "parent" => columns with { ParentId = column },
                "root" => columns with { RootId = column },
                _ => throw new FormatException($"--map: there is no field '{field}'; there are text, at, id, author, lang, url, parent, root."),
            };
        }

        return columns;
    }

    internal IReadOnlyCollection<string> Required => [.. new[] { Text, At, Id, Author, Language, Url, ParentId, RootId }.OfType<string>()];
}

/// <summary>What an import did. <c>read = kept + repeated + rejected</c>.</summary>
/// <param name="Read">Rows in the file.</param>
/// <param name="Kept">New mentions.</param>
/// <param name="Repeated">Rows that were there already.</param>
/// <param name="Rejected">Rows that could not be used.</param>
/// <param name="Seconds">From opening to the last commit.</param>
/// <param name="Errors">The first <see cref="ImportPosts.MaxErrors"/> refusals.</param>
public sealed record ImportedPosts(long Read, long Kept, long Repeated, long Rejected, double Seconds, IReadOnlyList<ImportError> Errors);

/// <summary>One row that was refused.</summary>
/// <param name="Line">Where it starts, from 1.</param>
/// <param name="Reason">For a person.</param>
public sealed record ImportError(long Line, string Reason);

/// <summary>
/// Takes the posts of a CSV or JSONL file in. Batches of <see cref="BatchSize"/> are kept one by one, so an import may be stopped at any moment and run
/// again: what is there already counts as repeated.
/// </summary>
public sealed class ImportPosts(Sources sources, ReceiveMentions receive, TimeProvider clock)
{
    public const int BatchSize = 500;
    public const int MaxErrors = 20;

    /// <summary>Imports a file.</summary>
    /// <param name="file">CSV or JSONL, gzipped or not.</param>
    /// <param name="source">Name of the source the posts belong to; ids are compared within it.</param>
    /// <param name="columns">Which column holds what.</param>
    /// <param name="engage">True when the posts open conversations.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="ct">Stops between batches.</param>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be used; nothing was kept.</exception>
    /// <exception cref="InvalidOperationException">The name belongs to a source that is no file.</exception>
    public async Task<ImportedPosts> Run(Stream file, string source, PostColumns columns, bool engage, IProgress<ImportedPosts>? progress, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var done = new Tally();
        SourceId? id = null;
        var batch = new List<(long Line, IncomingPost Post)>(BatchSize);
        await foreach (var row in RowReader.Read(file, columns.Required, ct))
        {
            done.Read++;
            if (row.Error is not null) done.Reject(row.Line, row.Error);
            else if (Post(row, columns, out var post) is { } wrong) done.Reject(row.Line, wrong);
            else batch.Add((row.Line, post!));
            if (batch.Count == BatchSize) await Keep();
        }

        await Keep();
        return done.Result(clock.GetElapsedTime(started));

        async Task Keep()
        {
            id ??= await sources.ForFile(source, ct);
            if (batch.Count == 0) return;
            var received = await receive.Run(id.Value, batch.ConvertAll(b => b.Post), new Receiving(Engage: engage), ct);
            done.Kept += received.Kept;
            done.Repeated += received.Repeated;
            foreach (var rejected in received.Rejected) done.Reject(batch[rejected.Index].Line, rejected.Reason);
            batch.Clear();
            progress?.Report(done.Result(clock.GetElapsedTime(started)));
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

    private sealed class Tally
    {
        private readonly List<ImportError> _errors = [];
        private long _rejected;

        public long Read { get; set; }

        public long Kept { get; set; }

        public long Repeated { get; set; }

        public void Reject(long line, string reason)
        {
            _rejected++;
            if (_errors.Count < MaxErrors) _errors.Add(new(line, reason));
        }

        public ImportedPosts Result(TimeSpan elapsed) => new(Read, Kept, Repeated, _rejected, Math.Round(elapsed.TotalSeconds, 3), [.. _errors]);
    }
}
