using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Platform;

/// <summary>Takes erased things out of where only the ground floor reaches: recorded facts, the folds of full-text indexes, the write-ahead log.</summary>
public sealed class EraseTraces(Database db)
{
    /// <summary>Pages of a full-text index that are merged in one go.</summary>
    private const int Pages = 500;

    /// <summary>Stands where an error was told that may have held words of somebody.</summary>
    private const string Erased = "(erased)";

    /// <summary>Replaces a word in the facts of a subject, and in the subject itself. Their order stays. Joins the caller's transaction.</summary>
    /// <returns>How many facts had it.</returns>
    public async Task<int> InFacts(string subject, string word, string by, CancellationToken ct)
    {
        string Quoted(string text) => JsonSerializer.Serialize(text, Json.Options)[1..^1];
        var (from, to, like) = (Quoted(word), Quoted(by), subject.Replace(word, by, StringComparison.Ordinal));
        await db.Set<ParkedFact>().Where(p => p.Subject == subject).ExecuteUpdateAsync(set => set.SetProperty(p => p.Subject, like).SetProperty(p => p.Error, Erased), ct);
        return await db.Database.ExecuteSqlAsync($"UPDATE platform_facts SET body = replace(body, {from}, {to}), subject = {like} WHERE subject = {subject}", ct);
    }

    /// <summary>Empties some texts in the facts of some subjects, whatever stands in them. Joins the caller's transaction.</summary>
    /// <param name="subjects">"message:0198..."</param>
    /// <param name="texts">Names of texts, as they are written in JSON ("words").</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task EmptyFacts(IReadOnlyCollection<string> subjects, IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        foreach (var some in subjects.Chunk(500))
        {
            foreach (var fact in await db.Set<FactRow>().AsNoTracking().Where(f => some.Contains(f.Subject)).Select(f => new { f.Position, f.Body }).ToListAsync(ct))
            {
                var body = JsonNode.Parse(fact.Body)!.AsObject();
                var full = texts.Where(t => body[t]?.GetValueKind() == JsonValueKind.String).ToList();
                if (full.Count == 0) continue;
                foreach (var text in full) body[text] = "";
                var emptied = body.ToJsonString(Json.Options);
                await db.Set<FactRow>().Where(f => f.Position == fact.Position).ExecuteUpdateAsync(set => set.SetProperty(f => f.Body, emptied), ct);
            }

            await db.Set<ParkedFact>().Where(p => some.Contains(p.Subject)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Error, Erased), ct);
        }
    }

    /// <summary>Takes away jobs whose orders hold a word. Joins the caller's transaction.</summary>
    public Task<int> DropJobs(string word, CancellationToken ct)
    {
        var quoted = JsonSerializer.Serialize(word, Json.Options)[1..^1];
        return db.Set<JobRow>().Where(j => j.Body.Contains(quoted)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Takes away what went wrong with jobs whose orders hold a word: it may be told in that word's company. Joins the caller's transaction.</summary>
    public async Task InJobs(string word, CancellationToken ct)
    {
        var quoted = JsonSerializer.Serialize(word, Json.Options)[1..^1];
        await db.Set<JobRow>().Where(j => j.Error != null && j.Body.Contains(quoted)).ExecuteUpdateAsync(set => set.SetProperty(j => j.Error, (string?)null), ct);
    }

    /// <summary>
    /// Makes the files forget what the tables have forgotten. SQLite: merges every full-text index, a little at a time so that writers get in between, then empties the log. PostgreSQL needs nothing: its own
    /// vacuum overwrites dead rows. Outside a transaction.
    /// </summary>
    public async Task OnDisk(CancellationToken ct)
    {
        if (db.Kind != DatabaseKind.Sqlite) return;
        var indexes = await db.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'").ToListAsync(ct);
        foreach (var index in indexes)
        {
            // A negative number first takes all segments into the merge, however few there are (https://www.sqlite.org/fts5.html#the_merge_command).
            for (var pages = -Pages; ; pages = Pages)
            {
                var step = pages;
                var changed = await db.InTransaction(async () =>
                {
                    var before = await Changes(ct);
#pragma warning disable EF1002 // names of indexes and a number of ours, no input
                    await db.Database.ExecuteSqlRawAsync($"INSERT INTO {index}({index}, rank) VALUES ('merge', {step})", ct);
#pragma warning restore EF1002
                    return await Changes(ct) - before;
                }, ct);
                if (changed < 2) break;
            }
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", ct);
    }

    private Task<int> Changes(CancellationToken ct) => db.Database.SqlQueryRaw<int>("SELECT total_changes() AS \"Value\"").SingleAsync(ct);
}
