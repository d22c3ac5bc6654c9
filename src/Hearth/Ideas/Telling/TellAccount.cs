using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>Tells one account something on the site (and in its mail, where it wants any).</summary>
/// <remarks>Adds to the caller's unit of work and saves nothing: they are told if and only if what they are told of is kept.</remarks>
public sealed class TellAccount(Database db, TimeProvider clock)
{
    /// <summary>Longest text of a notice, in characters; what is longer is cut.</summary>
    public const int MaxText = 2_000;

    /// <param name="account">Who is told.</param>
    /// <param name="kind">What kind of news it is.</param>
    /// <param name="idea">What it is about, where it leads; null when it is about none.</param>
    /// <param name="text">One or two sentences.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <param name="key">Names it: told twice under one key, an account is told once. Null when it cannot come twice.</param>
    public async Task To(UserId account, IdeaNewsKind kind, IdeaId? idea, string text, CancellationToken ct, string? key = null)
    {
        if (key is not null && await db.IdeaNotices.AnyAsync(n => n.User == account && n.Key == key, ct)) return;
        var id = IdeaNoticeId.New();
        db.Add(new IdeaNotice { Id = id, User = account, Key = key ?? id.Value.ToString("N"), Kind = kind, Because = Because.Addressed, Idea = idea, Text = Clip(text), At = clock.Now() });
    }

    internal static string Clip(string text) => text.Length <= MaxText ? text : text[..(MaxText - 1)] + "…";
}
