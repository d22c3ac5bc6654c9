using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>Somebody of a department, and what they can take.</summary>
/// <param name="User">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Initials">1 to 3 letters.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Skills">What they are good at.</param>
/// <param name="Languages">ISO 639-1; empty for any.</param>
/// <param name="Capacity">How many conversations that wait for us they are given at most.</param>
/// <param name="Load">How many they have now: open, not snoozed.</param>
/// <param name="AwayUntil">They are given none until then; null when they are here.</param>
/// <param name="TakesPart">False for an owner who has not said what they take: they are given none.</param>
public sealed record AgentView(
    UserId User, string Name, string Initials, Role Role, IReadOnlyList<string> Skills, IReadOnlyList<string> Languages, int Capacity, int Load, DateTimeOffset? AwayUntil, bool TakesPart);

/// <summary>A conversation that waits for somebody of the department to have room.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="Number">What people call it by.</param>
/// <param name="Preview">The latest words of the conversation.</param>
/// <param name="Skills">Who has it must have all of these.</param>
/// <param name="Language">In which the person wrote.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="Because">Why nobody has it yet.</param>
public sealed record QueuedView(ConversationId Conversation, long Number, string Preview, IReadOnlyList<string> Skills, string Language, DateTimeOffset Since, string Because);

/// <summary>A department, its people, and what waits for them.</summary>
/// <param name="Department">Which.</param>
/// <param name="Way">How it gives conversations to its people.</param>
/// <param name="People">By name.</param>
/// <param name="Queue">Who is given next first: the most urgent, then the longest waiting; at most 100.</param>
/// <param name="QueueLength">How many wait in all.</param>
public sealed record DeskView(Department Department, DeskWay Way, IReadOnlyList<AgentView> People, IReadOnlyList<QueuedView> Queue, int QueueLength);

/// <summary>What somebody can take.</summary>
/// <param name="Skills">At most 30, each 1 to 40 characters.</param>
/// <param name="Languages">ISO 639-1, at most 20; none for any.</param>
/// <param name="Capacity">0 to 500 conversations that wait for us; 20 when left out.</param>
public sealed record AgentDraft(IReadOnlyList<string>? Skills = null, IReadOnlyList<string>? Languages = null, int? Capacity = null);

/// <summary>What became of a change to somebody's work.</summary>
public abstract record KeptAgent
{
    private KeptAgent() { }

    public sealed record Done : KeptAgent;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptAgent;

    /// <summary>There is nobody of that id who answers for the brand.</summary>
    public sealed record Unknown : KeptAgent;

    /// <summary>Leads decide it for their department, owners for all.</summary>
    public sealed record NotAllowed : KeptAgent;
}

/// <summary>The people of the departments: skills, languages, how much they take, who is away; and the way a department gives conversations out.</summary>
public sealed class Agents(Database db, Staff staff, TimeProvider clock)
{
    public const int MostCapacity = 500;
    private const int Shown = 100;
    private static readonly TimeSpan LongestAway = TimeSpan.FromDays(366);

    public async Task<DeskView> Of(Department department, CancellationToken ct)
    {
        var people = (await staff.All(ct)).Where(s => s.Department == department && s.Role >= Role.Agent).ToList();
        var ids = people.ConvertAll(p => p.Id);
        var rows = await db.Set<Agent>().AsNoTracking().Where(a => ids.Contains(a.User)).ToDictionaryAsync(a => a.User, ct);
        var loads = await Loads(db, ids, ct);
        var now = clock.Now();
        var views = people.ConvertAll(p => View(p, rows.GetValueOrDefault(p.Id), loads.GetValueOrDefault(p.Id), now));
        var way = await db.Set<DeskRow>().Where(d => d.Department == department).Select(d => (DeskWay?)d.Way).SingleOrDefaultAsync(ct) ?? default;
        var waiting = db.Set<Queued>().AsNoTracking().Where(q => q.Department == department);
        var queue = await GiveOutRun.InTurn(waiting, db.Set<Conversation>()).Take(Shown).Select(n => new { n.Row, n.Conversation.Number, n.Conversation.Preview }).ToListAsync(ct);
        return new(department, way, views,
            queue.ConvertAll(q => new QueuedView(q.Row.Conversation, q.Number, q.Preview, Skill.Read(q.Row.Skills), q.Row.Language, q.Row.Since, Because(q.Row, views))),
            await waiting.CountAsync(ct));
    }

    /// <summary>Says what somebody can take.</summary>
    public async Task<KeptAgent> Put(UserId user, AgentDraft draft, Actor by, CancellationToken ct)
    {
        if (await Member(user, ct) is not { } member) return new KeptAgent.Unknown();
        if (!May(by, member.Department)) return new KeptAgent.NotAllowed();
        var errors = new List<FieldError>();
        var skills = Skill.List("skills", draft.Skills, errors);
        var languages = (draft.Languages ?? []).Select(l => (l ?? "").Trim().ToLowerInvariant()).Where(l => l.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (languages.Count > 20) errors.Add(new("languages", "must be at most 20"));
        if (languages.Exists(l => l.Length is not (2 or 3) || !l.All(char.IsAsciiLetterLower))) errors.Add(new("languages", "must be codes of two or three letters, like en or de"));
        if (draft.Capacity is not (null or (>= 0 and <= MostCapacity))) errors.Add(new("capacity", $"must be between 0 and {MostCapacity}"));
        if (errors.Count > 0) return new KeptAgent.Invalid(errors);
        var (written, spoken, capacity) = (Skill.Lines(skills), Skill.Lines(languages), draft.Capacity ?? Agent.Standard);
        return await Change(user, member.Department!.Value, rows => rows.ExecuteUpdateAsync(set => set.SetProperty(a => a.Skills, written).SetProperty(a => a.Languages, spoken).SetProperty(a => a.Capacity, capacity), ct), ct);
    }

    /// <summary>Says until when somebody is away; null that they are back. Everybody says it of themselves, leads of their department's people.</summary>
    public async Task<KeptAgent> Away(UserId user, DateTimeOffset? until, Actor by, CancellationToken ct)
    {
        if (await Member(user, ct) is not { } member) return new KeptAgent.Unknown();
        if (by.Id != user && !May(by, member.Department)) return new KeptAgent.NotAllowed();
        var now = clock.Now();
        if (until <= now || until > now + LongestAway) return new KeptAgent.Invalid([new("until", "must lie ahead, within a year")]);
        return await Change(user, member.Department!.Value, rows => rows.ExecuteUpdateAsync(set => set.SetProperty(a => a.AwayUntil, until), ct), ct);
    }

    /// <summary>Sets the way a department gives conversations to its people.</summary>
    /// <returns>False when it is not the caller's to say.</returns>
    public async Task<bool> SetWay(Department department, DeskWay way, Actor by, CancellationToken ct)
    {
        if (!May(by, department)) return false;
        var written = way.ToString();
        await db.Database.ExecuteSqlAsync($"INSERT INTO conversations_desks (department, way, turn) VALUES ({department.ToString()}, {written}, 0) ON CONFLICT (department) DO UPDATE SET way = excluded.way", ct);
        return true;
    }

    /// <summary>Whether somebody may say how a department works.</summary>
    public static bool May(Actor by, Department? department) => by.Role == Role.Owner || (by.Role == Role.Lead && by.Department == department);

    /// <summary>How many conversations that wait for us each has, snoozed ones left out.</summary>
    internal static async Task<Dictionary<UserId, int>> Loads(Database db, IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var ids = users.Select(u => (UserId?)u).ToArray();
        return await db.Set<Conversation>().Where(c => ids.Contains(c.Assignee) && c.Status == ConversationStatus.Open && c.Standing == Standing.Normal && c.SnoozedUntil == null)
            .GroupBy(c => c.Assignee).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key!.Value, g => g.Count, ct);
    }

    internal static Task Make(Database db, UserId user, CancellationToken ct)
    {
        object key = db.Kind == DatabaseKind.Sqlite ? user.Value.ToByteArray(true) : user.Value;
        return db.Database.ExecuteSqlAsync($"INSERT INTO conversations_agents (\"user\", skills, languages, capacity, turn) VALUES ({key}, '', '', {Agent.Standard}, 0) ON CONFLICT (\"user\") DO NOTHING", ct);
    }

    private Task<KeptAgent> Change(UserId user, Department department, Func<IQueryable<Agent>, Task<int>> change, CancellationToken ct) => db.InTransaction<KeptAgent>(async () =>
    {
        await Make(db, user, ct);
        await change(db.Set<Agent>().Where(a => a.User == user));
        db.Enqueue(new GiveOut(department), clock.Now());
        await db.SaveChangesAsync(ct);
        return new KeptAgent.Done();
    }, ct);

    private async Task<StaffMember?> Member(UserId user, CancellationToken ct) => await staff.Find(user, ct) is { Role: >= Role.Agent, Department: not null } member ? member : null;

    private static AgentView View(StaffMember p, Agent? a, int load, DateTimeOffset now) => new(p.Id, p.Name, p.Initials, p.Role, Skill.Read(a?.Skills ?? ""), Skill.Read(a?.Languages ?? ""), a?.Capacity ?? Agent.Standard, load,
        a?.AwayUntil is { } away && away > now ? away : null, a is not null || p.Role != Role.Owner);

    private static string Because(Queued next, IReadOnlyList<AgentView> people)
    {
        var skilled = people.Where(p => p.TakesPart && Skill.Read(next.Skills).All(s => p.Skills.Contains(s))).ToList();
        if (skilled.Count == 0) return next.Skills.Length == 0 ? "nobody of the department answers" : "nobody of the department has the skills";
        var here = skilled.Where(p => p.AwayUntil is null).ToList();
        if (here.Count == 0) return "everybody who could is away";
        return here.TrueForAll(p => p.Load >= p.Capacity) ? "everybody who could has as many as they take" : "it is about to be given";
    }
}
