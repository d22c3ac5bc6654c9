using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Mail;

/// <summary>A letter of ours did not arrive, and will not.</summary>
/// <param name="MessageId">Of the letter, as it was sent.</param>
/// <param name="Reason">What the mail server said, for a person.</param>
/// <param name="At">When it said so.</param>
public sealed record LetterBounced(string MessageId, string Reason, DateTimeOffset At) : IFact
{
    public string Subject => "letter:" + MessageId;
}

/// <summary>What came with a letter, and what was folded away of it.</summary>
/// <param name="Folded">Signature and quoted letters; null when there is none.</param>
/// <param name="Subject">One line.</param>
/// <param name="Checks">What the receiving server found of DKIM, SPF and DMARC.</param>
/// <param name="Files">What came with it.</param>
public sealed record LetterView(string? Folded, string Subject, string? Checks, IReadOnlyList<LetterFileView> Files);

/// <summary>A file that came with a letter.</summary>
/// <param name="Id">Read it with it; null when it was too large to be kept.</param>
/// <param name="Name">As its sender called it.</param>
/// <param name="MediaType">As its sender says.</param>
/// <param name="Size">In bytes.</param>
public sealed record LetterFileView(LetterFileId? Id, string Name, string MediaType, long Size);

/// <summary>The letters that came and went, as far as answers, threads and files need them.</summary>
public sealed class Letters(Database db, TimeProvider clock)
{
    /// <summary>Keeps a letter that came, once, and finds its thread: that of the nearest letter before it that is known here, else the first that it names. Joins the caller's transaction.</summary>
    /// <returns>The Message-ID of the letter that began its thread; null when it was here before.</returns>
    public async Task<string?> Take(Letter letter, CancellationToken ct)
    {
        if (await db.Set<LetterRow>().AnyAsync(l => l.MessageId == letter.MessageId, ct)) return null;
        var before = letter.References.ToArray();
        var known = before.Length == 0 ? [] : await db.Set<LetterRow>().AsNoTracking().Where(l => before.Contains(l.MessageId)).ToDictionaryAsync(l => l.MessageId, l => l.Thread, ct);
        var thread = before.Reverse().Select(b => known.GetValueOrDefault(b)).FirstOrDefault(t => t is not null) ?? before.FirstOrDefault() ?? letter.MessageId;
        var now = clock.Now();
        db.Add(new LetterRow
        {
            MessageId = letter.MessageId, Thread = thread, IsOurs = false, Kind = letter.Kind, Address = letter.From, Name = letter.FromName, ReplyTo = letter.ReplyTo, Subject = letter.Subject,
            References = string.Join(' ', before.TakeLast(50)), Folded = letter.Kind == LetterKind.Written ? letter.Text.Folded : null, Checks = letter.Checks, At = now,
        });
        if (letter.Kind == LetterKind.Written)
        {
            foreach (var file in letter.Files) db.Add(new LetterFileRow { Id = LetterFileId.New(), MessageId = letter.MessageId, Name = file.Name, MediaType = file.MediaType, Size = file.Size, Content = file.Content });
        }

        if (letter.Bounce is { IsFinal: true, Original: { } original } bounce && await IsOurs(original, ct))
        {
            var whom = bounce.Recipient is { } to ? $"{to}: " : "";
            db.Record(new LetterBounced(original, $"The letter came back. {whom}{bounce.Reason}{(bounce.Status is { } s ? $" ({s})" : "")}", now));
        }

        await db.SaveChangesAsync(ct);
        return thread;
    }

    // An answer of ours is kept; a mailing is known by the shape of its name at one of our mailboxes' domains, and by who sent it.
    private async Task<bool> IsOurs(string messageId, CancellationToken ct)
    {
        if (await db.Set<LetterRow>().AnyAsync(l => l.MessageId == messageId && l.IsOurs, ct)) return true;
        if (SendMail.IdIn(messageId) is null) return false;
        var domain = messageId[33..^1].ToLowerInvariant();
        return await db.Set<ChannelAccount>().AnyAsync(a => a.Network == Networks.Email && a.ExternalId.EndsWith(domain), ct);
    }

    /// <summary>What came with a letter; null when it is not known.</summary>
    public async Task<LetterView?> Of(string messageId, CancellationToken ct)
    {
        if (await db.Set<LetterRow>().AsNoTracking().SingleOrDefaultAsync(l => l.MessageId == messageId, ct) is not { } row) return null;
        var files = await db.Set<LetterFileRow>().AsNoTracking().Where(f => f.MessageId == messageId).OrderBy(f => f.Id).Select(f => new { f.Id, f.Name, f.MediaType, f.Size, IsKept = f.Content != null }).ToListAsync(ct);
        return new(row.Folded, row.Subject, row.Checks, [.. files.Select(f => new LetterFileView(f.IsKept ? f.Id : null, f.Name, f.MediaType, f.Size))]);
    }

    /// <summary>A file's name and bytes; null when there is no such file.</summary>
    public async Task<(string Name, byte[] Content)?> File(LetterFileId id, CancellationToken ct) =>
        await db.Set<LetterFileRow>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct) is { Content: { } content } file ? (file.Name, content) : null;
}
