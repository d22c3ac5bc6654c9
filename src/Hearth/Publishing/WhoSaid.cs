using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>Something the brand said, and who of ours wrote it.</summary>
/// <param name="Message">Ours.</param>
/// <param name="Author">The human who wrote it.</param>
/// <param name="About">What it belongs to ("offer:0198..."); null when to nothing.</param>
public sealed record Said(MessageId Message, UserId Author, string? About);

/// <summary>Finds who wrote what the brand said, by the id that its network gave it.</summary>
public sealed class WhoSaid(Database db)
{
    /// <returns>Null when Hearth did not send it.</returns>
    public Task<Said?> That(string externalId, CancellationToken ct) => db.Set<Message>().AsNoTracking().Where(m => m.ExternalId == externalId)
        .OrderBy(m => m.QueuedAt).ThenBy(m => m.Id).Select(m => new Said(m.Id, m.Author, m.About)).FirstOrDefaultAsync(ct);
}
