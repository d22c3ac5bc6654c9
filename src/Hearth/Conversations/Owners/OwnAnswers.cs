using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Owners;

/// <summary>An answer to something that we said, until it has a named owner or was handed up.</summary>
internal sealed class OwnAnswerRow
{
    public required MentionId Mention { get; init; }

    public required ConversationId Conversation { get; init; }

    /// <summary>When it must have an owner.</summary>
    public required DateTimeOffset Due { get; init; }

    public bool Looked { get; set; }
}

/// <summary>Whether a mention answers something of ours, and who wrote that.</summary>
internal sealed class OwnWords(Database db, ReadMention mentions, WhoSaid said)
{
    /// <summary>Null when it answers nothing of ours; the author is null when the brand said it past Hearth.</summary>
    public async Task<(MentionView Mention, UserId? Author)?> Answered(MentionId id, CancellationToken ct)
    {
        if (await mentions.Of(id, ct) is not { IsRemoved: false, IsOwn: false, ParentId: { } parent } mention) return null;
        if (await said.That(parent, ct) is { } ours) return (mention, ours.Author);
        return await db.Set<Entry>().AnyAsync(e => e.ExternalId == parent && (e.Kind == EntryKind.OwnPost || e.Kind == EntryKind.Reply), ct) ? (mention, null) : null;
    }
}

/// <summary>Notes that an owner is owed. A subscriber of its own, so that it is noted even when nobody could be found.</summary>
internal sealed class OweOwner(Database db, OwnWords words) : IHandle<ConversationOpened>, IHandle<ConversationContinued>
{
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    public Task Handle(ConversationOpened fact, CancellationToken ct) => Owe(fact.Conversation, fact.Mention, fact.At, ct);

    public Task Handle(ConversationContinued fact, CancellationToken ct) => Owe(fact.Conversation, fact.Mention, fact.At, ct);

    private async Task Owe(ConversationId conversation, MentionId mention, DateTimeOffset at, CancellationToken ct)
    {
        if (await words.Answered(mention, ct) is null || await db.Set<OwnAnswerRow>().AnyAsync(r => r.Mention == mention, ct)) return;
        db.Add(new OwnAnswerRow { Mention = mention, Conversation = conversation, Due = at + Within });
    }
}

/// <summary>Gives an answer to something that we said to whoever said it; else to a lead of the department, else to an owner.</summary>
internal sealed class GiveOwner(Database db, OwnWords words, Staff staff, Leads leads, AssignConversation assign) : IHandle<ConversationOpened>, IHandle<ConversationContinued>
{
    public static readonly Doer Policy = new(null, "Owner for every answer", "/engage/service-levels#owners");

    public Task Handle(ConversationOpened fact, CancellationToken ct) => Give(fact.Conversation, fact.Mention, ct);

    public Task Handle(ConversationContinued fact, CancellationToken ct) => Give(fact.Conversation, fact.Mention, ct);

    private async Task Give(ConversationId id, MentionId mention, CancellationToken ct)
    {
        if (await words.Answered(mention, ct) is not { } answer) return;
        if (await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { Assignee: null } conversation) return;
        var author = answer.Author is { } who ? await staff.Find(who, ct) : null;
        var owner = author is { Active: true, Role: >= Role.Agent } ? author.Actor() : await leads.Of(conversation.Department ?? author?.Department, ct) is [var lead, ..] ? lead : null;
        if (owner is not null) await assign.To(id, owner, was: null, Policy, ct); // somebody who took it meanwhile is an owner as well
    }
}

/// <summary>Looks for answers that have had no owner for a minute.</summary>
public sealed record CheckOwners : IJob;

internal sealed class CheckOwnersRun(Database db, Leads leads, Notices notices, SetPriority priority, TimeProvider clock) : IRun<CheckOwners>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public async Task Run(CheckOwners job, CancellationToken ct)
    {
        var now = clock.Now();
        foreach (var mention in await db.Set<OwnAnswerRow>().Where(r => !r.Looked && r.Due <= now).OrderBy(r => r.Due).Take(200).Select(r => r.Mention).ToListAsync(ct))
        {
            await db.InTransaction(() => Look(mention, now, ct), ct);
            db.Forget();
        }
    }

    private async Task Look(MentionId mention, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<OwnAnswerRow>().Where(r => r.Mention == mention && !r.Looked).ExecuteUpdateAsync(set => set.SetProperty(r => r.Looked, true), ct) == 0) return;
        var id = await db.Set<OwnAnswerRow>().Where(r => r.Mention == mention).Select(r => r.Conversation).SingleAsync(ct);
        if (await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { Assignee: null, Status: not ConversationStatus.Closed, Standing: Standing.Normal } conversation) return;
        db.Add(Entry.Event(id, "unowned", "an answer to what we said had no owner for a minute", GiveOwner.Policy, now));
        foreach (var reader in (await leads.Of(conversation.Department, ct)).Concat(await leads.Owners(ct)).Select(a => a.Id).Distinct())
        {
            notices.Tell(reader, $"No. {conversation.Number}: an answer to what we said has no owner", "Somebody answered the brand, and nobody could be found to take care of it.", $"/engage/{id.Value}", bad: true);
        }

        await db.SaveChangesAsync(ct);
        await priority.To(id, ConversationPriority.Urgent, GiveOwner.Policy, ct);
    }
}
