using System.Globalization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Kpis;

/// <summary>A report's conversations as CSV: one row per conversation that opened in the period.</summary>
public sealed class ExportRecords(Database db, Staff staff)
{
    private const int AtOnce = 1000;

    private const string Head = "number,conversation,channel,opened_at,status,department,assignee,priority,posts,replies,first_reply_at,first_reply_by,first_response_seconds,"
        + "first_response_business_seconds,closed_at,resolution_seconds,resolution_business_seconds,reopened,first_response_promise,next_response_promise,resolution_promise,rating,labels\n";

    /// <summary>Writes it piece by piece; nothing is held but one piece.</summary>
    public async Task To(TextWriter writer, KpiFilter filter, CancellationToken ct)
    {
        await writer.WriteAsync(Head);
        var names = new Dictionary<UserId, string>();
        for (var last = 0L; ;)
        {
            var from = last;
            var found = db.Opened(filter).Where(r => r.Number > from);
            if (filter.Person is { } person) found = found.Where(r => r.Assignee == person);
            var rows = await found.OrderBy(r => r.Number).Take(AtOnce).ToListAsync(ct);
            if (rows.Count == 0) return;
            var ids = rows.Select(r => r.Conversation).ToArray();
            var labels = (await db.Set<LabelRow>().AsNoTracking().Where(l => ids.Contains(l.ConversationId)).ToListAsync(ct)).ToLookup(l => l.ConversationId, l => l.Label);
            var unknown = rows.SelectMany(r => new[] { r.Assignee, r.FirstReplyBy }).OfType<UserId>().Where(u => !names.ContainsKey(u)).Distinct().ToList();
            foreach (var (user, name) in await staff.Names(unknown, ct)) names[user] = name;
            string? Name(UserId? user) => user is { } u ? names.GetValueOrDefault(u, u.Value.ToString()) : null;
            foreach (var r in rows)
            {
                await writer.WriteAsync(string.Join(',', ((object?[])
                [
                    r.Number, r.Conversation.Value, r.Network, r.OpenedAt, Word(r.Status), r.Department is { } d ? Word(d) : null, Name(r.Assignee), Word(r.Priority), r.Posts, r.Replies, r.FirstReplyAt,
                    Name(r.FirstReplyBy), r.First / 1e6, r.FirstOpen / 1e6, r.ClosedAt, r.Resolution / 1e6, r.ResolutionOpen / 1e6, r.Reopenings, Word(r.FirstMet), Word(r.NextMet), Word(r.ResolutionMet),
                    r.Rating, string.Join(' ', labels[r.Conversation].Order(StringComparer.Ordinal).Select(l => l.Replace(' ', '_'))),
                ]).Select(Cell)) + "\n");
            }

            last = rows[^1].Number;
        }
    }

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    // A cell that begins like a formula gets an apostrophe, so that a spreadsheet shows it instead of running it.
    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString()!,
        };
        if (value is string && text is ['=' or '+' or '-' or '@', ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\n\r") >= 0 ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }
}
