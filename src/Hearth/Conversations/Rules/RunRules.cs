using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>
/// Asks the rules that are live and does what those say that hold. Runs in the transaction that handles the event, so each event is answered once: when the process dies, nothing
/// of it is kept and it is handled again.
/// </summary>
internal sealed class RunRules(Database db, ReadScenes scenes, CarryOut carry, RuleWaits waits, TimeProvider clock)
{
    private IReadOnlyList<ActingRule>? _live;

    /// <summary>In their order. Read once for a unit of work.</summary>
    public async Task<IReadOnlyList<ActingRule>> Live(CancellationToken ct) => _live ??= await Live(db, ct);

    internal static async Task<IReadOnlyList<ActingRule>> Live(Database db, CancellationToken ct) =>
        [.. (await (from r in db.Set<RuleRow>().AsNoTracking()
                    where r.LiveVersion != null
                    join v in db.Set<RuleVersionRow>() on new { Rule = r.Number, Version = r.LiveVersion!.Value } equals new { v.Rule, v.Version }
                    orderby r.Place, r.Number
                    select new { r.LiveSince, Row = v }).ToListAsync(ct)).Select(r => new ActingRule(r.Row.Rule, r.Row.Version, r.Row.Name, r.LiveSince ?? default, r.Row.Read()))];

    /// <summary>Answers an event.</summary>
    /// <param name="id">The conversation.</param>
    /// <param name="moment">What happened.</param>
    /// <param name="at">When. A rule acts on what happens after it went live.</param>
    /// <param name="mention">The post, when one set it off; else the latest is looked at.</param>
    /// <param name="first">True when that opened the conversation.</param>
    /// <param name="change">What was changed.</param>
    /// <param name="only">The rule whose time it is.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task On(ConversationId id, RuleMoment moment, DateTimeOffset at, MentionId? mention = null, bool first = false, RuleChange? change = null, long? only = null, CancellationToken ct = default)
    {
        var rules = (await Live(ct)).Where(r => r.Since <= at).ToList();
        if (rules.Count == 0 || await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { Standing: Standing.Normal } conversation) return;
        if (moment == RuleMoment.Arrives) await waits.Watch(rules, id, ct);
        if (!rules.Exists(r => r.Body.When.Moment == moment)) return;

        var since = await waits.Since(conversation, ct);
        var waited = since is { } from && clock.Now() > from ? clock.Now() - from : TimeSpan.Zero;
        var scene = (await scenes.Of([new(conversation, mention ?? conversation.LastMention, first, waited, clock.Now())], rules, ct))[0];
        if (moment == RuleMoment.Arrives && scene.Mention is null) return; // its author was quicker, and took it back
        var occasion = moment switch
        {
            RuleMoment.Arrives => $"post:{mention!.Value.Value:N}",
            RuleMoment.TimePasses => $"wait:{since?.ToUnixMicroseconds()}",
            _ => null,
        };
        foreach (var rule in Decide.Run(rules, scene, moment, change, only).Acting)
        {
            if (occasion is not null && await db.Set<RuleFiring>().AnyAsync(f => f.Rule == rule.Number && f.Conversation == id && f.Occasion == occasion, ct)) continue;
            var did = await carry.Out(rule, id, ct);
            db.Add(new RuleFiring
            {
                Rule = rule.Number, Version = rule.Version, Conversation = id, Mention = scene.Mention?.Id, Moment = moment, Occasion = occasion, Did = did, At = clock.Now(),
            });
            db.Record(new RuleFired(id, rule.Number, rule.Version, clock.Now()));
            await db.SaveChangesAsync(ct);
        }
    }
}
