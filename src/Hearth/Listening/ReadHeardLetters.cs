using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Reads what a letter said, for the answer that quotes it.</summary>
internal sealed class ReadHeardLetters(Database db) : IReadHeardLetters
{
    public async Task<HeardLetter?> Words(string messageId, CancellationToken ct)
    {
        var found = await db.Set<MentionRow>().AsNoTracking().Where(m => m.Network == Networks.Email && m.ExternalId == messageId && m.RemovedAt == null).OrderBy(m => m.Number).Select(m => new { m.At, m.Text, m.ParentId }).FirstOrDefaultAsync(ct);
        if (found is null || found.Text.Length == 0) return null;

        // The first letter of a thread is kept beneath its subject.
        var end = found.ParentId is null ? found.Text.IndexOf("\n\n", StringComparison.Ordinal) : -1;
        return new(found.At, end < 0 ? found.Text : found.Text[(end + 2)..]);
    }
}
