using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>One thing on a conversation's timeline.</summary>
/// <param name="Position">Rises with every entry.</param>
/// <param name="Kind">mention, ownPost, reply, note or event.</param>
/// <param name="At">When it was said or done.</param>
/// <param name="What">Of an event: "opened", "assigned", "labelled", "closed" ...</param>
/// <param name="Text">What was said, noted or named; null when it was removed at its source.</param>
/// <param name="By">Who of ours; null for the person and for what happened by itself.</param>
/// <param name="ByName">Their name.</param>
/// <param name="Link">Where an event leads in the console.</param>
/// <param name="Mention">What was heard, with its reading.</param>
/// <param name="Message">Our reply's message; its delivery is told by Publishing.</param>
public sealed record TimelineItem(long Position, EntryKind Kind, DateTimeOffset At, string? What, string? Text, UserId? By, string? ByName, string? Link, MentionView? Mention,
    MessageId? Message);

/// <summary>A conversation as its page shows it.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Number">What people call it by, from 1.</param>
/// <param name="Network">"bluesky", "web" ...</param>
/// <param name="Person">With whom; null when the source named nobody.</param>
/// <param name="Status">Open waits for us, waiting for them.</param>
/// <param name="Department">Whose department's it is.</param>
/// <param name="Assignee">Whose it is.</param>
/// <param name="AssigneeName">Their name.</param>
/// <param name="Version">How often the brand has spoken here; name it when replying.</param>
/// <param name="LastMention">What a reply would answer.</param>
/// <param name="OpenedAt">When it began here.</param>
/// <param name="FirstReplyAt">When the brand first answered.</param>
/// <param name="LastReplyAt">When it last did.</param>
/// <param name="LastReplyBy">Who of ours did; null for a post past Hearth.</param>
/// <param name="ClosedAt">Null unless closed.</param>
/// <param name="Labels">In alphabetical order.</param>
/// <param name="Timeline">Oldest first; at most the latest 500.</param>
public sealed record ConversationView(ConversationId Id, long Number, string Network, PersonCard? Person, ConversationStatus Status, Department? Department, UserId? Assignee,
    string? AssigneeName, int Version, MentionId LastMention, DateTimeOffset OpenedAt, DateTimeOffset? FirstReplyAt, DateTimeOffset? LastReplyAt, string? LastReplyBy,
    DateTimeOffset? ClosedAt, IReadOnlyList<string> Labels, IReadOnlyList<TimelineItem> Timeline)
{
    /// <summary>How pressing it is.</summary>
    public ConversationPriority Priority { get; init; }

    /// <summary>Out of sight until then; the year 9999 stands for "until they speak".</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Normal, spam, or merged into another.</summary>
    public Standing Standing { get; init; }

    /// <summary>Where its posts show while it is merged.</summary>
    public ConversationId? MergedInto { get; init; }

    /// <summary>When the earliest running clock of its service level ends; null when none runs.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Keys of all that the person's posts are about, most frequent first.</summary>
    public IReadOnlyList<string> Topics => [.. Timeline.Where(t => t.Kind == EntryKind.Mention).SelectMany(t => t.Mention?.Topics ?? [])
        .GroupBy(t => t).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
}

/// <summary>A conversation in a line, for rooms that point at it.</summary>
public sealed record ConversationLine(ConversationId Id, long Number, string Network, PersonId? Person, ConversationStatus Status, string Preview, DateTimeOffset LastAt);

/// <summary>Reads conversations.</summary>
public sealed class ReadConversation(Database db, ReadPeople people, ReadMention mentions)
{
    private const int TimelineLength = 500;

    /// <returns>Null when there is no such conversation.</returns>
    public async Task<ConversationView?> Of(ConversationId id, CancellationToken ct)
    {
        if (await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } c) return null;
        var entries = await db.Set<Entry>().AsNoTracking().Where(e => e.ConversationId == id)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Position).Take(TimelineLength).ToListAsync(ct);
        var heard = (await mentions.Of([.. entries.Select(e => e.MentionId).OfType<MentionId>()], ct)).ToDictionary(m => m.Id);
        var labels = await db.Set<LabelRow>().AsNoTracking().Where(l => l.ConversationId == id).OrderBy(l => l.Label).Select(l => l.Label).ToListAsync(ct);
        var person = c.PersonId is { } p ? await people.Of(p, ct) : null;
        entries.Reverse();
        return new(c.Id, c.Number, c.Network, person, c.Status, c.Department, c.Assignee, c.AssigneeName, c.Version, c.LastMention, c.OpenedAt, c.FirstReplyAt, c.LastReplyAt,
            c.LastReplyBy, c.ClosedAt, labels,
            [.. entries.Select(e => new TimelineItem(e.Position, e.Kind, e.At, e.What, e.Text, e.By, e.ByName, e.Link,
                e.MentionId is { } m ? heard.GetValueOrDefault(m) : null, e.MessageId))])
        {
            Priority = c.Priority, SnoozedUntil = c.SnoozedUntil, Standing = c.Standing, MergedInto = c.MergedInto, DueAt = c.DueAt,
        };
    }

    /// <summary>Many in a line each, in no order; unknown ones are left out.</summary>
    public async Task<IReadOnlyList<ConversationLine>> Lines(IReadOnlyCollection<ConversationId> ids, CancellationToken ct) => ids.Count == 0 ? [] :
        await db.Set<Conversation>().AsNoTracking().Where(c => ids.Contains(c.Id))
            .Select(c => new ConversationLine(c.Id, c.Number, c.Network, c.PersonId, c.Status, c.Preview, c.LastAt)).ToListAsync(ct);

    /// <summary>The conversation of a number; null when there is none.</summary>
    public async Task<ConversationId?> Numbered(long number, CancellationToken ct) =>
        (await db.Set<Conversation>().Where(c => c.Number == number).Select(c => new { c.Id }).SingleOrDefaultAsync(ct))?.Id;

    /// <summary>So many of a person's conversations are counted.</summary>
    public const int MostWith = 300;

    /// <summary>How many conversations there are with a person, and how often they spoke in them; of more than <see cref="MostWith"/>, those last spoken in.</summary>
    public async Task<(int Conversations, int Mentions)> With(PersonId person, CancellationToken ct)
    {
        var found = new List<(DateTimeOffset At, int Mentions)>();
        foreach (var one in await people.Whole(person, ct))
        {
            foreach (var drawer in Enum.GetValues<Drawer>()) // each along its own index: nothing is sorted, however many there are
            {
                found.AddRange((await db.Set<Conversation>().Where(c => c.PersonId == one && c.Drawer == drawer).OrderByDescending(c => c.LastAt).Take(MostWith)
                    .Select(c => new { c.LastAt, c.Mentions }).ToListAsync(ct)).Select(c => (c.LastAt, c.Mentions)));
            }
        }

        var latest = found.OrderByDescending(c => c.At).Take(MostWith).ToList();
        return (latest.Count, latest.Sum(c => c.Mentions));
    }

    /// <summary>The mention that opened or last continued it, for a room that needs one; null when there is no such conversation.</summary>
    public async Task<MentionId?> LastMention(ConversationId id, CancellationToken ct) =>
        (await db.Set<Conversation>().Where(c => c.Id == id).Select(c => new { c.LastMention }).SingleOrDefaultAsync(ct))?.LastMention;

    /// <summary>The same for many; unknown conversations are left out.</summary>
    public async Task<IReadOnlyDictionary<ConversationId, MentionId>> LastMentions(IReadOnlyCollection<ConversationId> ids, CancellationToken ct) =>
        await db.Set<Conversation>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.LastMention, ct);

    internal static void Map(IEndpointRouteBuilder conversations) => conversations.MapGet("/{id:guid}",
            async Task<Results<Ok<ConversationView>, ProblemHttpResult>> (Guid id, ReadConversation read, CancellationToken ct) =>
                await read.Of(ConversationId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("conversation"))
        .WithName("getConversation").WithSummary("A conversation with its timeline").RequireAuthorization("read");
}
