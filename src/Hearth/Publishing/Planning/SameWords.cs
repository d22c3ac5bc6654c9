using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>Keeps the same words from standing twice on one account within the days that the policy of speaking names.</summary>
public sealed partial class SameWords(Database db, SpeakingPolicies policies)
{
    private static readonly MessageStatus[] Planned = [MessageStatus.Queued, MessageStatus.Sending, MessageStatus.Sent, MessageStatus.Editing, MessageStatus.Held, MessageStatus.Scheduled];

    /// <summary>A text without its links, case, width of letters and spacing: what people would call the same words. Of nothing but links, the links.</summary>
    /// <returns>SHA-256, as 64 hexadecimal digits.</returns>
    internal static string Of(string text)
    {
        var bare = Plain(Links().Replace(text, " "));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bare.Length > 0 ? bare : Plain(text))));
    }

    /// <summary>Why a text must not be given to an account for a time; null when it may.</summary>
    /// <param name="account">Who speaks.</param>
    /// <param name="words">From <see cref="Of"/>.</param>
    /// <param name="at">When it would be sent.</param>
    /// <param name="but">The message that is asked about; it does not stand in its own way.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<string?> Wrong(ChannelAccountId account, string words, DateTimeOffset at, MessageId? but, CancellationToken ct)
    {
        var days = (await policies.Read(ct)).RepeatDays;
        if (days == 0) return null;
        var (window, since) = (TimeSpan.FromDays(days), at - TimeSpan.FromDays(days) - SendTime.Furthest);
        var kept = await db.Set<Message>().AsNoTracking().Where(m => m.Account == account && m.SameWords == words && m.QueuedAt > since && Planned.Contains(m.Status)).OrderBy(m => m.Id)
            .Select(m => new { m.Id, m.SentAt, Due = m.DueAt ?? m.QueuedAt }).ToListAsync(ct);
        var fresh = db.Set<Message>().Local.Where(m => db.Entry(m).State == EntityState.Added && m.Account == account && m.SameWords == words).Select(m => new { m.Id, m.SentAt, Due = m.DueAt ?? m.QueuedAt });
        return kept.Concat(fresh).FirstOrDefault(m => m.Id != but && ((m.SentAt ?? m.Due) - at).Duration() < window) is { } other ? Sentence(other.Id, other.SentAt, other.Due, days) : null;
    }

    /// <summary>Why a post that is being sent must not stand: another in the same words does. Of two that are being sent at once, the one written first goes.</summary>
    /// <exception cref="LaterException">One that was written later is being sent already; how that ended is looked at then.</exception>
    internal async Task<string?> Refuse(Message message, DateTimeOffset now, CancellationToken ct)
    {
        if (message is not { Kind: MessageKind.Post, Part: 1, SameWords: { } words, Account: { } account }) return null;
        var days = (await policies.Read(ct)).RepeatDays;
        if (days == 0) return null;
        var since = now - TimeSpan.FromDays(days);
        var others = await db.Set<Message>().AsNoTracking().Where(m => m.Account == account && m.SameWords == words && m.Id != message.Id && (m.Status == MessageStatus.Sending
                || (m.Status == MessageStatus.Sent || m.Status == MessageStatus.Editing) && m.SentAt > since))
            .OrderBy(m => m.Id).Select(m => new { m.Id, m.Status, m.SentAt, Due = m.DueAt ?? m.QueuedAt }).ToListAsync(ct);
        if (others.Find(o => o.Status != MessageStatus.Sending || o.Id < message.Id) is { } other) return "The text " + Sentence(other.Id, other.SentAt, other.Due, days) + ".";
        return others.Count == 0 ? null : throw new LaterException(now.AddMinutes(1), "The same words are being sent");
    }

    private static string Sentence(MessageId id, DateTimeOffset? sent, DateTimeOffset due, int days) => string.Create(CultureInfo.InvariantCulture,
        $"{(sent is null ? "is planned" : "stands")} in the same words on this account ({sent ?? due:d MMM yyyy, HH:mm} UTC, post {id.Value}); the same words wait {days} {(days == 1 ? "day" : "days")}");

    private static string Plain(string text) => Spaces().Replace(text.Normalize(NormalizationForm.FormKC), " ").Trim().ToLowerInvariant();

    [GeneratedRegex(@"https?://\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
