using Hearth.Channels.Files;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Import;

/// <summary>What an import did.</summary>
/// <param name="Read">Ideas in the file, refused rows included.</param>
/// <param name="Kept">Ideas that are new here.</param>
/// <param name="Repeated">Ideas that were here already; what they had gained since was added.</param>
/// <param name="Rejected">Rows that cannot be used.</param>
/// <param name="Votes">Votes added.</param>
/// <param name="Comments">Comments added.</param>
/// <param name="Errors">The first hundred rejected rows.</param>
public sealed record ImportedIdeas(int Read, int Kept, int Repeated, int Rejected, int Votes, int Comments, IReadOnlyList<RowError> Errors);

/// <summary>
/// Takes in the ideas of another board with their authors' names, votes, comments, times and what became of them. Nobody is told of it, for it is no news.
/// The same file again changes nothing; a later one adds what is new.
/// </summary>
public sealed class ImportBoard(Database db, IdeaCategories categories, RankEpoch epoch)
{
    private const int Told = 100;

    /// <summary>Takes the file in, idea by idea: stopped anywhere, it goes on when it is run again.</summary>
    /// <param name="file">The file; gzip is known by its first bytes. Must be seekable for a ZIP.</param>
    /// <param name="format">Where it comes from.</param>
    /// <param name="category">The slug of the shelf for ideas that name none.</param>
    /// <param name="progress">Is told how many ideas are in.</param>
    /// <param name="ct">Stops between ideas.</param>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be used, or there is no such category.</exception>
    public async Task<ImportedIdeas> Run(Stream file, BoardFormat format, string category, IProgress<long>? progress, CancellationToken ct)
    {
        if (!await db.IdeaCategories.AnyAsync(c => c.Slug == category, ct)) throw new UnreadableFileException($"There is no category '{category}' on this board.");
        var board = await Read(file, format, ct);
        var source = format.ToString().ToLowerInvariant();
        var (kept, repeated, votes, comments) = (0, 0, 0, 0);
        var shelves = (await categories.All(ct)).ToDictionary(c => c.Name, c => c.Slug, StringComparer.OrdinalIgnoreCase);
        foreach (var idea in board.Ideas.OrderBy(i => i.At))
        {
            ct.ThrowIfCancellationRequested();
            var shelf = await Shelf(idea.Category, shelves, category, ct);
            db.Forget();
            var (isNew, v, c) = await db.InTransaction(() => Keep(idea, source, shelf, ct), ct);
            (kept, repeated, votes, comments) = (kept + (isNew ? 1 : 0), repeated + (isNew ? 0 : 1), votes + v, comments + c);
            progress?.Report(kept + repeated);
        }

        return new(board.Ideas.Count + board.Errors.Count, kept, repeated, board.Errors.Count, votes, comments, [.. board.Errors.Take(Told)]);
    }

    private static async Task<OtherBoard> Read(Stream file, BoardFormat format, CancellationToken ct)
    {
        var start = new byte[2];
        if (format == BoardFormat.Fider && file.CanSeek)
        {
            var got = await file.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, ct);
            file.Position = 0;
            if (got == 2 && start is [(byte)'P', (byte)'K']) return await ReadBoardJson.FromFider(file, ct);
        }

        await using var opened = await FileStart.Of(file, ct);
        return format == BoardFormat.Canny && opened.First is (byte)'{' && opened.Guess() == PostFormat.Rows && !System.Text.Encoding.UTF8.GetString(opened.Start).Contains("}\n{", StringComparison.Ordinal)
            ? await ReadBoardJson.FromCanny(opened.Source, ct) : await ReadIdeasCsv.From(opened, format, ct);
    }

    private async Task<string> Shelf(string? name, Dictionary<string, string> shelves, string otherwise, CancellationToken ct)
    {
        if (name is null) return otherwise;
        if (shelves.TryGetValue(name, out var known) || shelves.ContainsValue(name)) return known ?? name;
        var slug = string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        slug = slug.Length > 40 ? slug[..40].TrimEnd('-') : slug;
        if (slug.Length == 0) return otherwise;
        if (!shelves.ContainsValue(slug)) await categories.Put(slug, name.Length > 60 ? name[..60] : name, 500, ct);
        return shelves[name] = slug;
    }

    private async Task<(bool IsNew, int Votes, int Comments)> Keep(OtherIdea other, string source, string shelf, CancellationToken ct)
    {
        await epoch.Hold(ct);
        IdeaId id = new(Reading.IdOf(source, "idea", other.Key));
        var isNew = !await db.Ideas.AnyAsync(i => i.Id == id, ct);
        if (isNew)
        {
            var title = Clean(other.Title).ReplaceLineEndings(" ");
            var whole = title.Length <= PostIdea.MaxTitle;
            db.Add(new Idea
            {
                Id = id, Title = whole ? title : title[..(PostIdea.MaxTitle - 1)] + "…", Body = Clean(whole ? other.Body : $"{title}\n\n{other.Body}"), Category = shelf,
                Author = await Person(other.By, source, ct), AuthorName = Name(other.By), At = other.At,
            });
            await db.SaveChangesAsync(ct);
            if (other.Status != IdeaStatus.Submitted) await Move(id, other, source, ct);
        }

        var comments = await Comments(id, other, source, ct);
        var votes = await Votes(id, other, source, ct);
        if (votes > 0) await RecountVotes.In(db, [id], ct);
        return (isNew, votes, comments);
    }

    private async Task Move(IdeaId id, OtherIdea other, string source, CancellationToken ct)
    {
        var at = other.AnsweredAt ?? other.At;
        var by = other.AnswerBy ?? "Import";
        db.Add(new IdeaMove
        {
            Idea = id, From = IdeaStatus.Submitted, To = other.Status, Reason = other.Answer is { Length: > 0 } said ? Clean(said) : $"Stood as “{other.Status.Words().ToLowerInvariant()}” when it was brought here.",
            By = await Person(new(by, by), source, ct), ByName = by, Department = null, At = at,
        });
        await db.SaveChangesAsync(ct);
        await db.Answered(id, at, ct);
        await db.Implemented(id, other.Status, at, ct);
        await db.Ideas.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, other.Status).SetProperty(i => i.MovedAt, at), ct);
    }

    private async Task<int> Comments(IdeaId id, OtherIdea other, string source, CancellationToken ct)
    {
        var wanted = other.Comments.Select(c => (Id: new IdeaCommentId(Reading.IdOf(source, "comment", other.Key + "\n" + c.Key)), Comment: c)).DistinctBy(c => c.Id).ToList();
        var ids = wanted.Select(c => c.Id).ToList();
        var known = (await db.IdeaComments.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct)).ToHashSet();
        var added = wanted.Where(c => !known.Contains(c.Id)).OrderBy(c => c.Comment.At).ToList();
        if (added.Count == 0) return 0;
        foreach (var (comment, said) in added)
        {
            db.Add(new IdeaComment
            {
                Id = comment, Idea = id, Author = await Person(said.By, source, ct), AuthorName = Name(said.By), Department = null, FromBrand = said.FromBrand, Body = Clean(said.Body), At = said.At,
            });
        }

        await db.SaveChangesAsync(ct);
        await db.Ideas.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments + added.Count), ct);
        if (added.Where(c => c.Comment.FromBrand).Select(c => (DateTimeOffset?)c.Comment.At).Min() is { } first) await db.Answered(id, first, ct);
        return added.Count;
    }

    // Votes without a name are told apart by their number; the file that counts more of them later adds the rest.
    private async Task<int> Votes(IdeaId id, OtherIdea other, string source, CancellationToken ct)
    {
        var wanted = new List<IdeaVote>();
        foreach (var vote in other.Votes) wanted.Add(new() { Idea = id, User = await Person(vote.By, source, ct), Stance = vote.Stance, At = vote.At });
        wanted.AddRange(Nameless(Stance.Promote, other.Promotions - other.Votes.Count(v => v.Stance == Stance.Promote)));
        wanted.AddRange(Nameless(Stance.Demote, other.Demotions - other.Votes.Count(v => v.Stance == Stance.Demote)));
        var known = (await db.IdeaVotes.Where(v => v.Idea == id).Select(v => v.User).ToListAsync(ct)).ToHashSet();
        var added = wanted.Where(v => known.Add(v.User)).ToList();
        await db.SaveChangesAsync(ct);
        await db.InsertAll(added, ct);
        return added.Count;

        IEnumerable<IdeaVote> Nameless(Stance stance, int count) => Enumerable.Range(1, Math.Max(0, count)).Select(n =>
            new IdeaVote { Idea = id, User = new(Reading.IdOf(source, "vote", $"{other.Key}\n{stance}\n{n}")), Stance = stance, At = other.At });
    }

    private async Task<UserId> Person(OtherPerson person, string source, CancellationToken ct)
    {
        UserId id = new(Reading.IdOf(source, "person", person.Key));
        if (await db.ImportedPersons.FindAsync([id], ct) is null) db.Add(new ImportedPerson { User = id, Source = source, Key = Clean(person.Key), Name = Name(person) });
        return id;
    }

    private static string Name(OtherPerson person) => Clean(person.Name).ReplaceLineEndings(" ") is { Length: > 0 } name ? name.Length > 80 ? name[..80] : name : "Somebody";

    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();
}
