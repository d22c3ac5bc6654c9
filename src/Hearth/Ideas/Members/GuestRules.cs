using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Members;

internal static class GuestRules
{
    /// <summary>Why the board takes no words of this author; null when it does.</summary>
    public static async Task<FieldError?> RefusesToHear(this Database db, Actor author, CancellationToken ct) =>
        author.IsGuest && !await db.IdeaBoards.AnyAsync(b => b.GuestsPost, ct) ? new("", "This board takes words from people with an account only: join first") : null;
}
