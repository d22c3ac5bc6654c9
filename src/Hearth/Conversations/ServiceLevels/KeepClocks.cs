using Hearth.Conversations.Kpis;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>
/// Brings a conversation's clocks to where its record says they should be: 1. which promise counts; 2. for each kind, whether it should run, pause, stop or be called off;
/// 3. the steps that lead there, written down; 4. when the earliest of them runs out.
/// </summary>
internal sealed class KeepClocks(Database db, SlaPolicies policies, ClockTime time)
{
    private List<SlaPolicyRow>? _policies;

    private enum Want
    {
        Run,
        Pause,
        Stop,
        CallOff,
    }

    private readonly record struct Wish(Want Want, DateTimeOffset At, string? Why);

    /// <param name="r">The conversation's record, already brought up to date.</param>
    /// <param name="at">When it changed.</param>
    /// <param name="why">What happened, in a few words.</param>
    /// <param name="answered">True when the brand has just spoken.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task Follow(RecordRow r, DateTimeOffset at, string why, bool answered, CancellationToken ct)
    {
        var policy = await Choose(r, ct);
        var clocks = await db.Set<ClockRow>().Where(c => c.Conversation == r.Conversation).ToListAsync(ct);
        if (policy is null && clocks.Count == 0) return;
        foreach (var kind in Enum.GetValues<ClockKind>())
        {
            // A conversation has one clock of its first response and one of its resolution, which goes on when it is opened again; each later wait has its own.
            var clock = clocks.Where(c => c.Kind == kind && (c.IsActive || kind != ClockKind.NextResponse)).MaxBy(c => c.StartedAt);
            if (await Apply(r, kind, clock, Wanted(r, kind, at, why, answered), policy, ct) is { } begun) clocks.Add(begun);
        }

        await Due(r.Conversation, clocks, ct);
    }

    /// <summary>Keeps when the earliest running clock ends beside the conversation, where lists find it.</summary>
    public async Task Due(ConversationId conversation, IEnumerable<ClockRow> clocks, CancellationToken ct)
    {
        var due = clocks.Where(c => c.IsActive).Min(c => c.DueAt);
        await db.Set<Conversation>().Where(c => c.Id == conversation && c.DueAt != due).ExecuteUpdateAsync(set => set.SetProperty(c => c.DueAt, due), ct);
    }

    private async Task<SlaPolicyRow?> Choose(RecordRow r, CancellationToken ct)
    {
        _policies ??= await policies.Rows(ct);
        var chosen = r.PolicyChosen ? _policies.Find(p => p.Id == r.Policy && p.Enabled) : null;
        var policy = chosen ?? SlaPolicies.Choose(_policies, r.Priority, r.Network, r.Department);
        if (!r.PolicyChosen || chosen is null) r.Policy = policy?.Id;
        r.Calendar = policy?.Calendar;
        return policy;
    }

    private static Wish Wanted(RecordRow r, ClockKind kind, DateTimeOffset at, string why, bool answered)
    {
        if (kind == ClockKind.FirstResponse && r.FirstReplyAt is { } first) return new(Want.Stop, first, "answered");
        if (r.Standing != Standing.Normal) return new(Want.CallOff, at, r.Standing == Standing.Spam ? "marked as spam" : "merged into another one");
        if (kind == ClockKind.NextResponse)
        {
            if (answered) return new(Want.Stop, at, "answered");
            if (r.Status == ConversationStatus.Closed) return new(Want.CallOff, at, "closed without an answer");
            if (r.AskedAt is null || r.FirstReplyAt is null || r.Status != ConversationStatus.Open) return new(Want.CallOff, at, "set to wait for the person");
        }
        else if (r.Status == ConversationStatus.Closed)
        {
            return kind == ClockKind.Resolution ? new(Want.Stop, r.ClosedAt ?? at, "closed") : new(Want.CallOff, at, "closed without an answer");
        }

        if (r.Status == ConversationStatus.Waiting) return new(Want.Pause, at, "waits for the person");
        return r.Snoozed ? new(Want.Pause, at, "snoozed") : new(Want.Run, at, why);
    }

    /// <returns>The clock when this began it.</returns>
    private async Task<ClockRow?> Apply(RecordRow r, ClockKind kind, ClockRow? clock, Wish wish, SlaPolicyRow? policy, CancellationToken ct)
    {
        var target = policy?.Target(kind);
        if (wish.Want is Want.Stop or Want.CallOff)
        {
            if (clock is { IsActive: true }) await time.End(r, clock, wish.At, wish.Want == Want.Stop, wish.Why, ct);
            return null;
        }

        if (policy is null || target is not { } minutes)
        {
            if (clock is { IsActive: true }) await time.End(r, clock, wish.At, false, "no longer promised", ct);
            return null;
        }

        ClockRow? begun = null;
        if (clock is null) clock = begun = time.Start(r, kind, policy, minutes, kind == ClockKind.NextResponse ? r.AskedAt!.Value : r.OpenedAt);
        else if (clock.Policy != policy.Id || clock.Target != ClockTime.Micros(minutes) || clock.Calendar != policy.Calendar) await time.Repromise(r, clock, policy, minutes, wish.At, ct);

        if (wish.Want == Want.Pause) await time.Pause(r, clock, wish.At, wish.Why, ct);
        else if (clock.State != ClockState.Running) time.Resume(r, clock, wish.At, wish.Why);
        await time.Schedule(clock, policy, ct);
        return begun;
    }
}
