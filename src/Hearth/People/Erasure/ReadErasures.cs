using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.People.Erasure;

/// <summary>An erasure and its report.</summary>
/// <param name="Id">The erasure.</param>
/// <param name="Why">On what ground.</param>
/// <param name="KeepOut">True when nothing of theirs is ever taken in again.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="At">When.</param>
/// <param name="DoneAt">When it was done; null while it is being done.</param>
/// <param name="Rooms">What was found in each room, what remains of it, and why.</param>
public sealed record ErasureView(ErasureId Id, string Why, bool KeepOut, string By, DateTimeOffset At, DateTimeOffset? DoneAt, IReadOnlyList<ErasedRoom> Rooms);

/// <summary>The erasures and their reports.</summary>
public sealed class ReadErasures(Database db)
{
    /// <summary>What remains of everybody who was ever erased, whatever the rooms say.</summary>
    public static IReadOnlyList<string> AlwaysRemains { get; } =
    [
        "A salted hash of each account, so that what it wrote before does not come back with the next look at its network.",
        "Posts of other people that name them: those are the others' words, and go when the others delete them.",
        "Backups made before, until they are deleted: keep them as short as your policy says, and erase again after putting one back.",
        "Texts that our own people wrote about a product, an idea or a gap, where they may have quoted: they are counted above.",
    ];

    private sealed record Place(Guid Id);

    public async Task<ErasureView?> Of(ErasureId id, CancellationToken ct) => await db.Set<ErasureRow>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is { } row ? View(row) : null;

    /// <summary>All, the latest first.</summary>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<ErasureView>?> List(string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var rows = db.Set<ErasureRow>().AsNoTracking();
        if (place is not null)
        {
            var last = ErasureId.From(place.Id);
            rows = rows.Where(e => e.Id < last);
        }

        return Keyset.Cut(await rows.OrderByDescending(e => e.Id).Take(size + 1).ToListAsync(ct), size, e => new Place(e.Id.Value)).Select(View);
    }

    private static ErasureView View(ErasureRow e) => new(e.Id, e.Why, e.KeepOut, e.By, e.At, e.DoneAt, ErasePersonRun.Read(e.Report));
}
