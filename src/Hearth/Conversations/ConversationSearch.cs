using System.Runtime.CompilerServices;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>
/// Full-text search over what was said and noted. Listening's tokeniser folds the words on the way in and on the way asked, so both databases index
/// the same words and nothing that a person types reaches them as syntax.
/// </summary>
internal static class ConversationSearch
{
    /// <summary>No more blocks are asked for at once.</summary>
    private const int MostBlocks = 256;

    public static string Words(string text) => string.Join(' ', Tokens.Of(text).Where(t => t.Kind != TokenKind.Symbol).Select(t => FullText.Plain(t.Folded)));

    /// <summary>The words asked for, the last one as a beginning unless a space ends it; null when nothing is asked, none when what is asked holds no word.</summary>
    public static IReadOnlyList<AskedWord>? Asked(string? asked)
    {
        if (string.IsNullOrWhiteSpace(asked)) return null;
        var words = Words(asked).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Select((w, i) => new AskedWord(w, i == words.Length - 1 && !char.IsWhiteSpace(asked[^1])))];
    }

    /// <summary>The entries that hold every word, from the latest heard on, some at a time and ever more.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="words">At least one.</param>
    /// <param name="from">The latest that count; null for all.</param>
    /// <param name="first">About so many at first.</param>
    /// <param name="rare">True when they are likely to be few.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async IAsyncEnumerable<Heard> Latest(Database db, IReadOnlyList<AskedWord> words, long? from, int first, bool rare, [EnumeratorCancellation] CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Sqlite)
        {
            var (match, before, end) = (FullText.All(db.Kind, words), from + 1 ?? long.MaxValue, false);
            for (var size = first; !end; size *= 2)
            {
                var found = await db.Database.SqlQuery<long>(
                    $"SELECT rowid AS Value FROM conversations_entries_fts WHERE conversations_entries_fts MATCH {match} AND rowid < {before} ORDER BY rowid DESC LIMIT {size}").ToListAsync(ct);
                end = found.Count < size;
                before = end ? 0 : found[^1];
                yield return new(found, before);
            }

            yield break;
        }

        if (rare)
        {
            // In one go, unless they are many after all.
            var (all, many) = (FullText.All(db.Kind, words), first * 8);
            var few = await db.Database.SqlQuery<long>($"""SELECT position AS "Value" FROM conversations_entries WHERE search @@ CAST({all} AS tsquery) LIMIT {many}""").ToListAsync(ct);
            if (few.Count < many)
            {
                yield return new(few.FindAll(p => p <= (from ?? p)), 0);
                yield break;
            }
        }

        var newest = from ?? await db.Set<Entry>().MaxAsync(e => (long?)e.Position, ct);
        var block = newest is { } position ? FullText.BlockOf(position) : -1;
        for (var blocks = 1; block >= 0; blocks = Math.Min(blocks * 2, MostBlocks))
        {
            var down = Math.Max(0, block - blocks + 1);
            var match = FullText.AllIn(words, down, block);
            var found = await db.Database.SqlQuery<long>($"""SELECT position AS "Value" FROM conversations_entries WHERE search @@ CAST({match} AS tsquery)""").ToListAsync(ct);
            yield return new(found.FindAll(p => p <= newest), FullText.FirstOf(down));
            block = down - 1;
        }
    }

    public static IEnumerable<string> Objects(DatabaseKind kind) => FullText.Objects(kind, "conversations_entries", "position", blocks: true);
}

/// <summary>Some entries that hold the words asked for.</summary>
/// <param name="Positions">In no order.</param>
/// <param name="Down">All that do have been told down to this position; 0 when there are no more.</param>
internal sealed record Heard(IReadOnlyList<long> Positions, long Down);
