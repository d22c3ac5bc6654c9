using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Telling;

/// <summary>Whoever may be told now is told.</summary>
public sealed record TellPeople : IJob;

/// <summary>
/// Tells people of changes that are out, in approved words, at each network's pace. 1. Find changes that have somebody waiting. 2. Take as many turns as the network's pace leaves.
/// 3. In one transaction claim each line by its state, queue its message under the id chosen when the line was made, and show it in the conversation. A crash undoes the whole batch or
/// none of it; from the queue on, Publishing sends each message once whatever dies.
/// </summary>
public sealed class TellPeopleRun(Database db, Publish publish, Politeness politeness, Consents consents, ReadMention mentions, ReadPeople people, SpeakUnasked speak, TimeProvider clock) : IRun<TellPeople>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Lines in one transaction.</summary>
    private const int Batch = 25;

    public async Task Run(TellPeople job, CancellationToken ct)
    {
        // Step 1
        var waiting = await (from t in db.Set<ToldRow>() where t.State == ToldState.Waiting
                             join c in db.Set<ChangeRow>() on t.ChangeId equals c.Id where c.State == ChangeState.Shipped && !c.TellingPaused
                             select new { t.ChangeId, t.Network }).Distinct().ToListAsync(ct);
        foreach (var (change, network) in waiting.Select(w => (w.ChangeId, w.Network)).OrderBy(w => w.ChangeId.Value))
        {
            while (await Tell(change, network, ct) == Batch) ct.ThrowIfCancellationRequested();
        }
    }

    private Task<int> Tell(ChangeId change, string network, CancellationToken ct) => db.InTransaction(async () =>
    {
        var told = await db.Set<ChangeRow>().AsNoTracking().SingleAsync(c => c.Id == change, ct);
        var words = await db.Set<WordsRow>().AsNoTracking().Where(w => w.ChangeId == change && w.ApprovedBy != null).ToDictionaryAsync(w => w.Language, ct);
        var fallback = told.TellingDefault is { } language ? words.GetValueOrDefault(language) : null;
        var known = words.Keys.ToArray();
        var lines = db.Set<ToldRow>().AsNoTracking().Where(t => t.ChangeId == change && t.Network == network && t.State == ToldState.Waiting);
        if (fallback is null) lines = lines.Where(t => known.Contains(t.Language));
        var ready = await lines.OrderBy(t => t.Number).Take(Batch).ToListAsync(ct);

        // Step 2
        if (ready.Count == 0 || await politeness.Take(network, ready.Count, ct) is not (> 0 and var turns)) return 0;
        ready = ready[..turns];
        var refused = await consents.Refusing([.. ready.Select(t => t.PersonId)], ConsentPurpose.Service, network, ct);
        var doubles = await Doubles(change, ready, ct);
        var posts = (await mentions.Of([.. ready.Select(t => t.MentionId)], ct)).ToDictionary(m => m.Id);
        var cards = await people.Of([.. ready.Select(t => t.PersonId)], ct);

        // Step 3. In the order of their conversations, so that two who do this at once wait for each other and never deadlock.
        foreach (var line in ready.OrderBy(t => t.ConversationId?.Value))
        {
            var post = posts.GetValueOrDefault(line.MentionId);
            var why = refused.Contains(line.PersonId) ? NotTold.OptedOut : doubles.Contains(line.Number) ? NotTold.SamePerson : post is not { IsRemoved: false } ? NotTold.PostRemoved : (NotTold?)null;
            if (why is null) await Say(line, words.GetValueOrDefault(line.Language) ?? fallback!, post!, cards.GetValueOrDefault(line.PersonId)?.Name, ct);
            else await Claim(line, ToldState.Skipped, why, ct);
        }

        await db.SaveChangesAsync(ct);
        return turns;
    }, ct);

    // Lines of people who were found to be one after the lines were made: one of them is told.
    private async Task<HashSet<long>> Doubles(ChangeId change, List<ToldRow> ready, CancellationToken ct)
    {
        var whole = await people.Whole([.. ready.Select(t => t.PersonId)], ct);
        var roots = await people.Roots(whole, ct);
        var told = (await db.Set<ToldRow>().Where(t => t.ChangeId == change && whole.Contains(t.PersonId) && (t.State == ToldState.Sending || t.State == ToldState.Told || t.State == ToldState.ByHand || t.State == ToldState.Failed))
            .Select(t => t.PersonId).ToListAsync(ct)).Select(p => roots[p]).ToHashSet();
        return [.. ready.Where(t => !told.Add(roots[t.PersonId])).Select(t => t.Number)];
    }

    private async Task Say(ToldRow line, WordsRow words, MentionView post, string? name, CancellationToken ct)
    {
        if (!await Claim(line, ToldState.Sending, null, ct)) return;
        var (text, by) = (TellingWords.Fill(words.Text, name), TellingWords.Speaker(words));
        var target = new ReplyTarget(post.Network, post.Account, post.Refs?.Uri, post.Refs?.Cid, post.Refs?.RootUri, post.Refs?.RootCid) { ParentId = post.ExternalId, Handle = post.Author?.Handle };
        var made = await publish.Reply(new ReplyDraft(target, text, by, "change:" + line.ChangeId.Value, line.MessageId), ct);
        if (made is Publication.TooLong or Publication.Empty)
        {
            var state = await db.Set<ToldRow>().Where(t => t.Number == line.Number).ExecuteUpdateAsync(set => set.SetProperty(t => t.State, ToldState.Skipped).SetProperty(t => t.Why, NotTold.TooLong), ct);
            if (state != 1) throw new InvalidOperationException("The claimed line is gone.");
            return;
        }

        if (made is Publication.ByHand) await db.Set<ToldRow>().Where(t => t.Number == line.Number).ExecuteUpdateAsync(set => set.SetProperty(t => t.State, ToldState.ByHand), ct);
        if (line.ConversationId is { } conversation) await speak.Keep(conversation, line.MessageId, text, by, ct);
    }

    private async Task<bool> Claim(ToldRow line, ToldState to, NotTold? why, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.Set<ToldRow>().Where(t => t.Number == line.Number && t.State == ToldState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.State, to).SetProperty(t => t.Why, why).SetProperty(t => t.At, now), ct) == 1;
    }
}

/// <summary>Keeps on each line what became of its message.</summary>
public sealed class FollowTold(Database db) : IHandle<MessageSent>, IHandle<MessageFailed>
{
    public Task Handle(MessageSent fact, CancellationToken ct) => Note(fact.Message, ToldState.Told, fact.At, ct);

    public Task Handle(MessageFailed fact, CancellationToken ct) => Note(fact.Message, ToldState.Failed, fact.At, ct);

    private Task Note(MessageId message, ToldState state, DateTimeOffset at, CancellationToken ct) => db.Set<ToldRow>().Where(t => t.MessageId == message)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.State, state).SetProperty(t => t.At, at), ct);
}
