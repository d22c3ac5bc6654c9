using Hearth.Channels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Publishing;

/// <summary>A post in the calendar.</summary>
/// <param name="At">When it went; else when it is to go; else when it was written.</param>
/// <param name="Message">The post; of a thread the first.</param>
public sealed record CalendarPost(DateTimeOffset At, MessageView Message);

/// <summary>A slot that nothing stands in yet.</summary>
/// <param name="At">When it comes.</param>
/// <param name="Account">Whose it is.</param>
public sealed record FreeSlot(DateTimeOffset At, ChannelAccountId Account);

/// <summary>What went out and what is to go out in a span.</summary>
/// <param name="Posts">In the order of their times; at most 2,000.</param>
/// <param name="Slots">Those to come that are free, in the order of their times.</param>
/// <param name="IsCut">True when there were more posts.</param>
public sealed record PostCalendar(IReadOnlyList<CalendarPost> Posts, IReadOnlyList<FreeSlot> Slots, bool IsCut);

/// <summary>The calendar of posts, for its page and the API alike. What was given up, rejected or deleted is not in it.</summary>
public sealed class ReadCalendar(Database db, Slots slots, TimeProvider clock)
{
    /// <summary>The longest span.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(62);

    private const int Most = 2000;
    private static readonly MessageStatus[] Gone = [MessageStatus.GivenUp, MessageStatus.Rejected, MessageStatus.Deleted, MessageStatus.Deleting];

    /// <param name="from">The first moment that counts.</param>
    /// <param name="to">The first that does not count any more; at most <see cref="Longest"/> later.</param>
    /// <param name="account">Null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<PostCalendar> Between(DateTimeOffset from, DateTimeOffset to, ChannelAccountId? account, CancellationToken ct)
    {
        var rows = await db.Set<Message>().AsNoTracking().Where(m => m.Kind == MessageKind.Post && m.Part == 1 && (account == null || m.Account == account) && !Gone.Contains(m.Status)
                && (m.SentAt != null ? m.SentAt >= from && m.SentAt < to : m.DueAt != null ? m.DueAt >= from && m.DueAt < to : m.QueuedAt >= from && m.QueuedAt < to))
            .OrderBy(m => m.SentAt ?? m.DueAt ?? m.QueuedAt).ThenBy(m => m.Id).Take(Most + 1).ToListAsync(ct);
        var free = new List<FreeSlot>();
        var (now, plans) = (clock.Now(), account is { } one ? [await slots.Of(one, ct)] : await slots.All(ct));
        if (to > now)
        {
            foreach (var plan in plans) free.AddRange((await slots.FreeBetween(plan, from > now ? from : now, to, ct)).Select(at => new FreeSlot(at, plan.Account)));
        }

        return new([.. rows.Take(Most).Select(m => new CalendarPost(m.SentAt ?? m.DueAt ?? m.QueuedAt, ReadMessages.View(m)))], [.. free.OrderBy(f => f.At).ThenBy(f => f.Account.Value)], rows.Count > Most);
    }
}
