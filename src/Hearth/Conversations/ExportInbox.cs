using System.Globalization;
using System.Text;
using Hearth.Platform;

namespace Hearth.Conversations;

/// <summary>Writes a list of conversations as CSV, one row each, page by page, so that a million take no memory.</summary>
public sealed class ExportInbox(ListConversations list)
{
    public const string Head = "number,id,network,source,person,handle,status,drawer,priority,department,assignee,labels,last at,posts,due at,snoozed until,last said";

    public async Task To(Stream to, InboxFilter filter, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(Head.AsMemory(), ct);
        string? after = null;
        do
        {
            var page = (await list.Of(filter, after, Keyset.MaxSize, ct))!;
            foreach (var row in page.Items) await writer.WriteLineAsync(Line(row).AsMemory(), ct);
            await writer.FlushAsync(ct);
            after = page.Next;
        }
        while (after is not null);
    }

    private static string Line(InboxRow r) => string.Join(',', r.Number.ToString(CultureInfo.InvariantCulture), r.Id.Value, Cell(r.Network), Cell(r.SourceName), Cell(r.Name), Cell(r.Handle), Word(r.Status),
        Word(r.Drawer), Word(r.Priority), r.Department is { } d ? Word(d) : "", Cell(r.AssigneeName), Cell(string.Join("; ", r.Labels)), Moment(r.LastAt), r.Mentions.ToString(CultureInfo.InvariantCulture),
        Moment(r.DueAt), r.SnoozedUntil == SnoozeConversation.TheySpeak ? "they speak" : Moment(r.SnoozedUntil), Cell(r.Preview));

    private static string Word<T>(T value) where T : struct, Enum => new Word<T>(value).ToString();

    private static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "";

    // A spreadsheet would run a cell that begins like a formula (OWASP, CSV injection); an apostrophe keeps it text.
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
