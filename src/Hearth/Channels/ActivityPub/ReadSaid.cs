using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>A note of the brand's own actor, for who opens its address.</summary>
/// <param name="Handle">Whose, without the leading @.</param>
/// <param name="Title">What the actor is called.</param>
/// <param name="Html">What it says, written by us from plain text: nothing in it acts.</param>
/// <param name="Text">The same as plain text.</param>
/// <param name="At">When it was said.</param>
/// <param name="EditedAt">When it was changed; null when it never was.</param>
/// <param name="InReplyTo">What it answers.</param>
/// <param name="Address">Where other servers find it.</param>
/// <param name="Pictures">What it shows.</param>
public sealed record SaidNote(string Handle, string Title, string Html, string Text, DateTimeOffset At, DateTimeOffset? EditedAt, string? InReplyTo, string Address, IReadOnlyList<SaidPicture> Pictures);

/// <summary>A picture of a note.</summary>
/// <param name="Path">Where it is, on this server.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Width">In pixels; 0 when it is not known.</param>
/// <param name="Height">In pixels; 0 when it is not known.</param>
public sealed record SaidPicture(string Path, string Alt, int Width, int Height);

/// <summary>Reads what the brand said in public in the fediverse.</summary>
public sealed class ReadSaid
{
    /// <summary>The path of a note's page, before its key.</summary>
    public const string Path = "/said/";

    private readonly Database _db;
    private readonly OwnActors _actors;

    internal ReadSaid(Database db, OwnActors actors) => (_db, _actors) = (db, actors);

    /// <summary>A note; null when there is none, it was taken away, or it was not for everybody.</summary>
    public async Task<SaidNote?> Of(string key, CancellationToken ct)
    {
        var row = await _db.Set<NoteRow>().AsNoTracking().SingleOrDefaultAsync(n => n.Key == key && n.IsPublic && n.DeletedAt == null, ct);
        if (row is null || await _actors.Of(row.Account, ct) is not { } actor) return null;
        var note = PreparedNote.Read(row.Body);
        return new(actor.Handle, actor.Title, note.Html, note.Text, note.At, row.UpdatedAt, note.InReplyTo, actor.Note(key),
            [.. (note.Pictures ?? []).Select(p => new SaidPicture(NotePictures.Path + p.Hash, p.Alt, p.Width, p.Height))]);
    }
}
