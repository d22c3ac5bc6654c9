using Hearth.Governance;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Merging;
using Hearth.Listening;
using Hearth.Operations.Telling;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>Everybody whom a piece of news concerns is to be written down, once.</summary>
public sealed record SpreadIdeaNews(IdeaNewsId News) : IJob;

/// <summary>
/// Writes one notice for each account that an idea's news concerns; who came from a network gets with it the post that will be answered there. Running again after a crash adds nobody
/// twice: there is one row for an account and a piece of news.
/// </summary>
public sealed class SpreadIdeaNewsRun(Database db, WhoFollows who, ReadMention mentions, OptOuts optOuts, TimeProvider clock) : IRun<SpreadIdeaNews>
{
    /// <summary>Notices in one transaction.</summary>
    private const int Chunk = 500;

    public async Task Run(SpreadIdeaNews job, CancellationToken ct)
    {
        if (await db.IdeaNews.AsNoTracking().SingleOrDefaultAsync(n => n.Id == job.News, ct) is not { SpreadAt: null } news) return;
        var family = await db.WithMerged(news.Idea, ct);
        var people = (await who.Of(news.Idea, news.Audience, ct)).Where(p => p.Key != news.By).OrderBy(p => p.Key.Value).ToList();
        foreach (var chunk in people.Chunk(Chunk)) await Keep(news, family, chunk, ct);
        await db.InTransaction(async () =>
        {
            var now = clock.Now();
            await Overtake(news, now, ct);
            await db.IdeaNews.Where(n => n.Id == news.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.SpreadAt, now), ct);
        }, ct);
    }

    private async Task Keep(IdeaNews news, IReadOnlyList<IdeaId> family, KeyValuePair<UserId, Because>[] people, CancellationToken ct)
    {
        var users = people.Select(p => p.Key).ToArray();
        var spoke = await Spoke(family, users, ct);
        var posts = (await mentions.Of([.. spoke.Values.Select(e => e.Mention).Distinct()], ct)).ToDictionary(m => m.Id);
        var refused = await optOuts.Among([.. spoke.Values.Select(e => e.Person)], ct);
        await db.InTransaction(async () =>
        {
            var (key, now) = (KeyOf(news.Id), clock.Now());
            var there = (await db.IdeaNotices.Where(n => n.Key == key && users.Contains(n.User)).Select(n => n.User).ToListAsync(ct)).ToHashSet();
            var rows = people.Where(p => !there.Contains(p.Key)).Select(p =>
            {
                var notice = new IdeaNotice
                {
                    Id = IdeaNoticeId.New(), User = p.Key, Key = key, Kind = news.Kind, Because = p.Value, Idea = news.Idea, News = news.Id, Text = news.Text, At = news.At,
                };
                if (!spoke.TryGetValue(p.Key, out var said) || !posts.TryGetValue(said.Mention, out var post)) return notice;
                (notice.Person, notice.Network, notice.Mention, notice.Conversation, notice.Message) = (said.Person, post.Network, said.Mention, said.Conversation, MessageId.New());
                notice.Why = refused.Contains(said.Person) ? NotTold.OptedOut : post.IsRemoved ? NotTold.PostRemoved : null;
                (notice.State, notice.StateAt) = (notice.Why is null ? ToldState.Waiting : ToldState.Skipped, now);
                return notice;
            }).ToList();
            await db.InsertAll(rows, ct); // a second run at the same moment meets the unique key, fails, and finds them all when it comes again
        }, ct);
    }

    // By account: the latest thing said about the idea by a person whose account it is.
    private async Task<Dictionary<UserId, IdeaEvidence>> Spoke(IReadOnlyList<IdeaId> family, UserId[] users, CancellationToken ct)
    {
        var persons = await db.IdeaPersons.AsNoTracking().Where(p => users.Contains(p.User)).ToDictionaryAsync(p => p.Person, p => p.User, ct);
        if (persons.Count == 0) return [];
        var ids = persons.Keys.ToArray();
        var evidence = await db.IdeaEvidence.AsNoTracking().Where(e => family.Contains(e.Idea) && ids.Contains(e.Person)).ToListAsync(ct);
        return evidence.GroupBy(e => persons[e.Person]).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Number)!);
    }

    // Words for a move that nobody approved before the next one are words of yesterday.
    private async Task Overtake(IdeaNews news, DateTimeOffset now, CancellationToken ct)
    {
        if (news.Kind != IdeaNewsKind.Moved) return;
        var silent = db.IdeaNews.Where(n => n.Idea == news.Idea && n.Kind == IdeaNewsKind.Moved && n.ApprovedBy == null);
        var newest = await silent.MaxAsync(n => (long?)n.Number, ct);
        var older = await silent.Where(n => n.Number < newest).Select(n => (IdeaNewsId?)n.Id).ToListAsync(ct);
        await db.IdeaNotices.Where(n => older.Contains(n.News) && n.State == ToldState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.State, ToldState.Skipped).SetProperty(n => n.Why, NotTold.Overtaken).SetProperty(n => n.StateAt, now), ct);
    }

    internal static string KeyOf(IdeaNewsId news) => "news:" + news.Value.ToString("N");
}
