using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hearth.Ideas.Import;

/// <summary>
/// Writes the whole board as a ZIP: a JSONL file for each table, from which <see cref="RestoreBoard"/> makes the same board again on either database, and
/// ideas.csv for people with spreadsheets, which the import of ideas reads too.
/// </summary>
public sealed class ExportBoard(Database db)
{
    /// <summary>The version of what is written.</summary>
    public const int Version = 1;

    private static readonly DateTimeOffset Sometime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the earliest a ZIP can say: the same board is the same file

    /// <summary>Writes all of it as it stands at one moment.</summary>
    public Task To(Stream to, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", ct);
        await using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        await using (var about = await Entry(zip, "board.json", ct)) await JsonSerializer.SerializeAsync(about, new { hearth = "ideas", version = Version }, Json.Options, ct);
        foreach (var table in BoardTables.Of(db))
        {
            await using var lines = await Entry(zip, table.GetTableName() + ".jsonl", ct);
            await (Task)typeof(ExportBoard).GetMethod(nameof(Rows), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(table.ClrType).Invoke(this, [table, lines, ct])!;
        }

        await using var csv = await Entry(zip, "ideas.csv", ct);
        await Csv(csv, ct);
    }, ct);

    private async Task Rows<T>(IEntityType table, Stream to, CancellationToken ct) where T : class
    {
        var columns = table.GetProperties().Select(p => (Name: p.GetColumnName(), Member: BoardTables.Member(p))).ToList();
        var keys = string.Join(", ", table.FindPrimaryKey()!.Properties.Select(BoardTables.Quoted));
        var names = string.Join(", ", table.GetProperties().Select(BoardTables.Quoted));
#pragma warning disable EF1002 // names of the model, no input
        var rows = db.Set<T>().FromSqlRaw($"SELECT {names} FROM {table.GetTableName()} ORDER BY {keys}").AsNoTracking();
#pragma warning restore EF1002
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
        {
            await using (var json = new Utf8JsonWriter(to))
            {
                json.WriteStartObject();
                foreach (var (name, member) in columns)
                {
                    if (member.GetValue(row) is not { } value) continue;
                    json.WritePropertyName(name);
                    JsonSerializer.Serialize(json, value, value.GetType(), Json.Options);
                }

                json.WriteEndObject();
            }

            to.WriteByte((byte)'\n');
        }
    }

    private async Task Csv(Stream to, CancellationToken ct)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync("id,title,body,category,author,created_at,status,answer,answered_by,answered_at,promotions,demotions,comments");
        var all = db.Set<IdeaMove>();
        var last = all.Where(m => !all.Any(later => later.Idea == m.Idea && later.Number > m.Number));
        var rows = from i in db.ShownIdeas.AsNoTracking() join m in last on i.Id equals m.Idea into moves from m in moves.DefaultIfEmpty() orderby i.Number select new { Idea = i, Move = m };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
        {
            var (i, m) = (row.Idea, row.Move);
            string?[] fields =
            [
                i.Id.Value.ToString(), i.Title, i.Body, i.Category, i.AuthorName, Moment(i.At), JsonNamingPolicy.CamelCase.ConvertName(i.Status.ToString()), m?.Reason, m?.ByName,
                m is null ? null : Moment(m.At), Count(i.Promotions), Count(i.Demotions), Count(i.Comments),
            ];
            await text.WriteLineAsync(string.Join(',', fields.Select(Field)));
        }
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string Count(int n) => n.ToString(CultureInfo.InvariantCulture);

    // RFC 4180; what a spreadsheet would take for a formula is not changed, so that what is read again is what was written.
    private static string Field(string? text) => text is null ? "" : text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<Stream> Entry(ZipArchive zip, string name, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Sometime;
        return new BufferedStream(await entry.OpenAsync(ct), 1 << 16);
    }
}
