using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.FireGuard;

/// <summary>What became of an override.</summary>
public enum GuardOverriding
{
    Done,

    /// <summary>Only a lead or an owner may.</summary>
    NotAllowed,

    /// <summary>A reason of 1 to 1,000 characters is needed.</summary>
    ReasonMissing,

    /// <summary>Nothing stops it.</summary>
    NothingBurns,
}

/// <summary>Lets one thing go out in spite of the gaps that burn now; a gap that catches fire later stops it again. Who, when and why stand in the record.</summary>
public sealed class OverrideGuard(Database db, AskGuard guard, TimeProvider clock)
{
    public const int MaxReason = 1000;

    /// <param name="subject">What goes out ("offer:0198...").</param>
    /// <param name="skus">Its articles.</param>
    /// <param name="title">What people read.</param>
    /// <param name="why">Needed.</param>
    /// <param name="by">A lead or an owner.</param>
    /// <param name="ct">Stops.</param>
    public async Task<GuardOverriding> For(string subject, IReadOnlyCollection<string> skus, string title, string? why, Actor by, CancellationToken ct)
    {
        if (by.Role < Role.Lead) return GuardOverriding.NotAllowed;
        if (string.IsNullOrWhiteSpace(why) || why.Trim().Length > MaxReason) return GuardOverriding.ReasonMissing;
        var verdict = await guard.About(subject, skus, title, ct);
        if (verdict.MayGoOut) return GuardOverriding.NothingBurns;
        return await db.InTransaction(async () =>
        {
            var now = clock.Now();
            var there = await db.Set<GuardOverrideRow>().Where(o => o.Subject == subject).Select(o => o.Gap).ToListAsync(ct);
            foreach (var gap in verdict.Burning.Where(g => !there.Contains(g.Gap)))
            {
                db.Add(new GuardOverrideRow { Subject = subject, Gap = gap.Gap, Heat = gap.Heat, Title = title, Why = why.Trim(), By = by.Id, ByName = by.Name, At = now });
                db.Record(new GuardOverridden(subject, gap.Gap, gap.Heat, verdict.Threshold, why.Trim(), by.Id, now));
            }

            await db.SaveChangesAsync(ct);
            return GuardOverriding.Done;
        }, ct);
    }
}
