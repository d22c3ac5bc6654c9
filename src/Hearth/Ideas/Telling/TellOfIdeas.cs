using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>Whoever came from a network and may be told there now is told.</summary>
public sealed record TellOfIdeas : IJob;

/// <summary>
/// Answers people where they spoke of an idea, in approved words, at the same pace as the telling of changes. 1. Find news with approved words and somebody waiting. 2. Take as many
/// turns as the network's pace leaves. 3. In one transaction claim each notice by its state, queue its message under the id chosen when the notice was made, and show it in the
/// conversation. A crash undoes the whole batch or none of it; from the queue on, Publishing sends each message once whatever dies.
/// </summary>
public sealed class TellOfIdeasRun(
    Database db, Publish publish, Politeness politeness, Consents consents, ReadMention mentions, ReadPeople people, SpeakUnasked speak, ClaimTold claim, TimeProvider clock) : IRun<TellOfIdeas>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Notices in one transaction.</summary>
    private const int Batch = 25;

    public async Task Run(TellOfIdeas job, CancellationToken ct)
    {
        // Step 1
        var waiting = await (from n in db.IdeaNotices where n.State == ToldState.Waiting
                             join w in db.IdeaNews on n.News equals w.Id where w.ApprovedBy != null
                             select new { w.Number, n.Network }).Distinct().ToListAsync(ct);
        foreach (var one in waiting.OrderBy(w => w.Number))
        {
            var news = await db.IdeaNews.AsNoTracking().SingleAsync(n => n.Number == one.Number, ct);
            while (await Tell(news, one.Network!, ct) == Batch) ct.ThrowIfCancellationRequested();
        }
    }

    private Task<int> Tell(IdeaNews news, string network, CancellationToken ct) => db.InTransaction(async () =>
    {
        var ready = await db.IdeaNotices.AsNoTracking().Where(n => n.News == news.Id && n.Network == network && n.State == ToldState.Waiting).OrderBy(n => n.Number).Take(Batch).ToListAsync(ct);

        // Step 2
        if (ready.Count == 0 || await politeness.Take(network, ready.Count, ct) is not (> 0 and var turns)) return 0;
        ready = ready[..turns];
        var persons = ready.ConvertAll(n => n.Person!.Value);
        var refused = await consents.Refusing(persons, ConsentPurpose.Service, network, ct);
        var doubles = await Doubles(news.Id, ready, ct);
        var posts = (await mentions.Of([.. ready.Select(n => n.Mention!.Value)], ct)).ToDictionary(m => m.Id);
        var cards = await people.Of(persons, ct);

        // Step 3. In the order of their conversations, so that two who do this at once wait for each other and never deadlock.
        foreach (var notice in ready.OrderBy(n => n.Conversation?.Value))
        {
            var post = posts.GetValueOrDefault(notice.Mention!.Value);
            var why = refused.Contains(notice.Person!.Value) ? NotTold.OptedOut : doubles.Contains(notice.Number) ? NotTold.SamePerson : post is not { IsRemoved: false } ? NotTold.PostRemoved : (NotTold?)null;
            if (!await Claim(notice, why is null ? ToldState.Sending : ToldState.Skipped, why, ct) || why is not null) continue;
            if (news.Change is { } change && !await claim.For(ChangeId.From(change), notice.Person.Value, post!, notice.Conversation, ct)) await Put(notice, ToldState.Skipped, NotTold.ToldOfChange, ct);
            else await Say(news, notice, post!, cards.GetValueOrDefault(notice.Person.Value)?.Name, ct);
        }

        await db.SaveChangesAsync(ct);
        return turns;
    }, ct);

    // Of people who are one, one is told: by whichever network comes first.
    private async Task<HashSet<long>> Doubles(IdeaNewsId news, List<IdeaNotice> ready, CancellationToken ct)
    {
        var whole = (await people.Whole([.. ready.Select(n => n.Person!.Value)], ct)).Select(p => (PersonId?)p).ToArray();
        var roots = await people.Roots([.. whole.Select(p => p!.Value)], ct);
        var told = (await db.IdeaNotices.Where(n => n.News == news && whole.Contains(n.Person) && (n.State == ToldState.Sending || n.State == ToldState.Told || n.State == ToldState.ByHand || n.State == ToldState.Failed))
            .Select(n => n.Person!.Value).ToListAsync(ct)).Select(p => roots[p]).ToHashSet();
        return [.. ready.Where(n => !told.Add(roots[n.Person!.Value])).Select(n => n.Number)];
    }

    private async Task Say(IdeaNews news, IdeaNotice notice, MentionView post, string? name, CancellationToken ct)
    {
        var (text, by) = (NewsWords.Fill(news, notice.Because, name), NewsWords.Speaker(news));
        var target = new ReplyTarget(post.Network, post.Account, post.Refs?.Uri, post.Refs?.Cid, post.Refs?.RootUri, post.Refs?.RootCid) { ParentId = post.ExternalId, Handle = post.Author?.Handle };
        var made = await publish.Reply(new ReplyDraft(target, text, by, "idea:" + news.Idea.Value, notice.Message), ct);
        if (made is Publication.TooLong or Publication.Empty)
        {
            await Put(notice, ToldState.Skipped, NotTold.TooLong, ct);
            return;
        }

        if (made is Publication.ByHand) await Put(notice, ToldState.ByHand, null, ct);
        if (notice.Conversation is { } conversation) await speak.Keep(conversation, notice.Message!.Value, text, by, ct);
    }

    private async Task<bool> Claim(IdeaNotice notice, ToldState to, NotTold? why, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.IdeaNotices.Where(n => n.Number == notice.Number && n.State == ToldState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.State, to).SetProperty(n => n.Why, why).SetProperty(n => n.StateAt, now), ct) == 1;
    }

    private Task Put(IdeaNotice notice, ToldState to, NotTold? why, CancellationToken ct) => db.IdeaNotices.Where(n => n.Number == notice.Number)
        .ExecuteUpdateAsync(set => set.SetProperty(n => n.State, to).SetProperty(n => n.Why, why), ct);
}

/// <summary>Keeps on each notice what became of its message.</summary>
internal sealed class FollowIdeaTold(Database db) : IHandle<MessageSent>, IHandle<MessageFailed>
{
    public Task Handle(MessageSent fact, CancellationToken ct) => Note(fact.Message, ToldState.Told, fact.At, ct);

    public Task Handle(MessageFailed fact, CancellationToken ct) => Note(fact.Message, ToldState.Failed, fact.At, ct);

    private Task Note(MessageId message, ToldState state, DateTimeOffset at, CancellationToken ct) => db.IdeaNotices.Where(n => n.Message == message)
        .ExecuteUpdateAsync(set => set.SetProperty(n => n.State, state).SetProperty(n => n.StateAt, at), ct);
}
