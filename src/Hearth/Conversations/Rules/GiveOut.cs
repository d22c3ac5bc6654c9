using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>Gives a department's queue to its people, as far as they have room.</summary>
public sealed record GiveOut(Department Department) : IJob;

/// <summary>The same for every department that has a queue: somebody is back, or came new.</summary>
public sealed record GiveOutAll : IJob;

/// <summary>Somebody who can be given a conversation.</summary>
internal sealed record Hand(Actor Actor, IReadOnlySet<string> Skills, IReadOnlySet<string> Languages, int Capacity)
{
    public int Load { get; set; }

    public long Turn { get; set; }

    public bool HasRoom => Load < Capacity;

    /// <summary>The part of their room that is taken, 0 to 1.</summary>
    public double Share => Capacity == 0 ? 1 : (double)Load / Capacity;
}

/// <summary>A place in a queue, and whose it is.</summary>
internal sealed class InQueue
{
    public required Queued Row { get; init; }

    public required Conversation Conversation { get; init; }
}

/// <summary>
/// 1. Hold the desk's row: of many who give out at once, one does and the others see what it did. 2. Count what each of its people has. 3. Give the most urgent, then the longest
/// waiting, to whoever fits and is next. What nobody can take now keeps its place.
/// </summary>
internal sealed class GiveOutRun(Database db, Staff staff, AssignConversation assign, TimeProvider clock) : IRun<GiveOut>, IRun<GiveOutAll>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private const int AtOnce = 10;
    private const int Looked = 1_000;

    public async Task Run(GiveOut job, CancellationToken ct)
    {
        while (await db.InTransaction(() => Some(job.Department, ct), ct) == AtOnce)
        {
            db.ChangeTracker.Clear();
            ct.ThrowIfCancellationRequested();
        }
    }

    public async Task Run(GiveOutAll job, CancellationToken ct)
    {
        foreach (var department in await db.Set<Queued>().Select(q => q.Department).Distinct().ToListAsync(ct)) await Run(new GiveOut(department), ct);
    }

    /// <returns>How many left the queue.</returns>
    private async Task<int> Some(Department department, CancellationToken ct)
    {
        var desk = await Hold(department, ct);
        var queue = await InTurn(db.Set<Queued>().AsNoTracking().Where(q => q.Department == department), db.Set<Conversation>())
            .Select(n => new { n.Row, n.Conversation.Assignee, n.Conversation.Status, n.Conversation.Standing, n.Conversation.Department }).Take(Looked).ToListAsync(ct);
        if (queue.Count == 0) return 0;
        var hands = await Hands(department, ct);
        var left = 0;
        foreach (var next in queue)
        {
            if (left == AtOnce) break;
            var whose = hands.Find(h => h.Actor.Id == next.Assignee);
            var over = next.Status == ConversationStatus.Closed || next.Standing != Standing.Normal || next.Department != department || whose is not null;
            if (!over)
            {
                if (Choose(hands, next.Row, desk.Way) is not { } chosen) continue;
                if (await assign.To(next.Row.Conversation, chosen.Actor, next.Assignee, new(next.Row.By, next.Row.ByName, next.Row.Why), ct) is Assignment.Done) await Given(chosen, desk, ct);
            }

            left++; // taken meanwhile is also over
            var conversation = next.Row.Conversation;
            await db.Set<Queued>().Where(q => q.Conversation == conversation).ExecuteDeleteAsync(ct);
        }

        return left;
    }

    /// <summary>A queue in the order in which it is given out: the most urgent, then the longest waiting, then the older conversation.</summary>
    internal static IQueryable<InQueue> InTurn(IQueryable<Queued> queue, IQueryable<Conversation> conversations) => queue
        .Join(conversations, q => q.Conversation, c => c.Id, (q, c) => new InQueue { Row = q, Conversation = c })
        .OrderByDescending(n => n.Conversation.Priority).ThenBy(n => n.Row.Since).ThenBy(n => n.Conversation.Number);

    /// <summary>Who is next for it; null when nobody who fits has room.</summary>
    internal static Hand? Choose(IReadOnlyList<Hand> hands, Queued next, DeskWay way)
    {
        var skills = Skill.Read(next.Skills);
        // A language that nobody of the department states is nobody's reason to leave a person waiting.
        var asksLanguage = next.Language != "und" && hands.Any(h => h.Languages.Contains(next.Language));
        var fit = hands.Where(h => h.HasRoom && skills.All(h.Skills.Contains) && (!asksLanguage || h.Languages.Count == 0 || h.Languages.Contains(next.Language)));
        return (way == DeskWay.LeastLoaded ? fit.OrderBy(h => h.Share).ThenBy(h => h.Turn) : fit.OrderBy(h => h.Turn)).ThenBy(h => h.Actor.Id.Value).FirstOrDefault();
    }

    private async Task Given(Hand hand, DeskRow desk, CancellationToken ct)
    {
        hand.Load++;
        hand.Turn = ++desk.Turn;
        var (user, turn, department) = (hand.Actor.Id, desk.Turn, desk.Department);
        await db.Set<DeskRow>().Where(d => d.Department == department).ExecuteUpdateAsync(set => set.SetProperty(d => d.Turn, turn), ct);
        if (await db.Set<Agent>().Where(a => a.User == user).ExecuteUpdateAsync(set => set.SetProperty(a => a.Turn, turn), ct) > 0) return;
        await Agents.Make(db, user, ct);
        await db.Set<Agent>().Where(a => a.User == user).ExecuteUpdateAsync(set => set.SetProperty(a => a.Turn, turn), ct);
    }

    private async Task<DeskRow> Hold(Department department, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO conversations_desks (department, way, turn) VALUES ({department.ToString()}, {nameof(DeskWay.RoundRobin)}, 0) ON CONFLICT (department) DO NOTHING", ct);
        await db.Set<DeskRow>().Where(d => d.Department == department).ExecuteUpdateAsync(set => set.SetProperty(d => d.Turn, d => d.Turn), ct);
        return await db.Set<DeskRow>().AsNoTracking().SingleAsync(d => d.Department == department, ct);
    }

    private async Task<List<Hand>> Hands(Department department, CancellationToken ct)
    {
        var people = (await staff.All(ct)).Where(s => s.Department == department && s.Role >= Role.Agent).ToList();
        var ids = people.ConvertAll(p => p.Id);
        var agents = await db.Set<Agent>().AsNoTracking().Where(a => ids.Contains(a.User)).ToDictionaryAsync(a => a.User, ct);
        var loads = await Agents.Loads(db, ids, ct);
        var now = clock.Now();
        // An owner does the department's work only when they said so.
        return [.. from p in people
                   let a = agents.GetValueOrDefault(p.Id)
                   where a is not null ? a.AwayUntil is not { } away || away <= now : p.Role != Role.Owner
                   select new Hand(p.Actor(), Skill.Read(a?.Skills ?? "").ToHashSet(StringComparer.Ordinal), Skill.Read(a?.Languages ?? "").ToHashSet(StringComparer.Ordinal), a?.Capacity ?? Agent.Standard)
                   {
                       Load = loads.GetValueOrDefault(p.Id), Turn = a?.Turn ?? 0,
                   }];
    }
}

/// <summary>Somebody may have room again: gives out what waits.</summary>
internal sealed class FollowRoom(Database db, TimeProvider clock) : IHandle<ConversationClosed>, IHandle<ConversationReplied>, IHandle<ConversationStatusChanged>, IHandle<ConversationAssigned>,
    IHandle<ConversationSnoozed>, IHandle<ConversationMarkedSpam>
{
    public Task Handle(ConversationClosed fact, CancellationToken ct) => Look(ct);

    public Task Handle(ConversationReplied fact, CancellationToken ct) => Look(ct);

    public Task Handle(ConversationStatusChanged fact, CancellationToken ct) => Look(ct);

    public Task Handle(ConversationSnoozed fact, CancellationToken ct) => Look(ct);

    public Task Handle(ConversationMarkedSpam fact, CancellationToken ct) => Look(ct);

    public Task Handle(ConversationAssigned fact, CancellationToken ct) => fact.By is null ? Task.CompletedTask : Look(ct);

    private async Task Look(CancellationToken ct)
    {
        foreach (var department in await db.Set<Queued>().Select(q => q.Department).Distinct().ToListAsync(ct)) db.Enqueue(new GiveOut(department), clock.Now());
    }
}
