using System.Runtime.CompilerServices;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.Mail;

/// <summary>Letters from and to a person, with their files: those of their addresses, and ours that went where they asked for answers.</summary>
internal sealed class PersonalLetters(Database db, EraseTraces traces) : IPersonalData
{
    public string Room => "Channels";

    public async IAsyncEnumerable<PersonalPart> Export(PersonalScope who, [EnumeratorCancellation] CancellationToken ct)
    {
        var ids = await Of(who, ct);
        yield return new("letters", [.. await db.Set<LetterRow>().AsNoTracking().Where(l => ids.Contains(l.MessageId)).OrderBy(l => l.Number)
            .Select(l => new { l.MessageId, l.IsOurs, l.Kind, l.Address, l.Name, l.ReplyTo, l.Subject, l.References, l.Folded, l.Checks, l.At }).ToListAsync(ct)]);
        yield return new("files", [.. await db.Set<LetterFileRow>().AsNoTracking().Where(f => ids.Contains(f.MessageId)).Select(f => new { f.MessageId, f.Name, f.MediaType, f.Size, f.Content }).ToListAsync(ct)]);
    }

    public async Task<IReadOnlyList<ErasedPart>> Erase(PersonalScope who, CancellationToken ct)
    {
        var ids = await Of(who, ct);
        var (files, bounces) = (0, 0);
        foreach (var some in ids.Chunk(500))
        {
            files += await db.Set<LetterFileRow>().Where(f => some.Contains(f.MessageId)).ExecuteDeleteAsync(ct);
            await db.Set<LetterRow>().Where(l => some.Contains(l.MessageId)).ExecuteDeleteAsync(ct);
            await traces.EmptyFacts([.. some.Select(id => "letter:" + id)], ["reason"], ct);
        }

        // What mail servers said of ours to them names them, and often holds what was said.
        foreach (var id in ids) bounces += await db.Set<LetterRow>().Where(l => l.Kind == LetterKind.Bounce && l.References.Contains(id)).ExecuteDeleteAsync(ct);
        return [new("Letters from and to them", ids.Count), new("Files that came with them", files), new("Reports of mail servers about letters to them", bounces)];
    }

    private async Task<List<string>> Of(PersonalScope who, CancellationToken ct)
    {
        string[] addresses = [.. who.Accounts.Where(a => a.Network == Networks.Email).Select(a => a.ExternalId)];
        if (addresses.Length == 0) return [];
        var theirs = await db.Set<LetterRow>().AsNoTracking().Where(l => addresses.Contains(l.Address)).Select(l => new { l.MessageId, l.Thread, l.ReplyTo }).ToListAsync(ct);

        // Ours that went elsewhere since they asked for it, in the threads that they wrote in.
        var (elsewhere, threads) = (theirs.Select(l => l.ReplyTo).OfType<string>().Distinct(StringComparer.Ordinal).ToArray(), theirs.Select(l => l.Thread).Distinct(StringComparer.Ordinal).ToArray());
        var answers = elsewhere.Length == 0 ? [] : await db.Set<LetterRow>().AsNoTracking().Where(l => l.IsOurs && elsewhere.Contains(l.Address) && threads.Contains(l.Thread)).Select(l => l.MessageId).ToListAsync(ct);
        return [.. theirs.Select(l => l.MessageId).Union(answers, StringComparer.Ordinal)];
    }
}
