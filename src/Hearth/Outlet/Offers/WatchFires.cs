using Hearth.Operations.FireGuard;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Whether something burns that is on sale.</summary>
public sealed record WatchFires : IJob;

/// <summary>Pauses what is scheduled or on sale and whose product caught fire since it was published. It goes on when a person resumes it, which the fire guard allows once nothing burns or a lead has answered for it.</summary>
internal sealed class WatchFiresRun(Database db, AskGuard guard, PauseOffer pause, TimeProvider clock) : IRun<WatchFires>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public async Task Run(WatchFires job, CancellationToken ct)
    {
        if (!await guard.AnythingBurns(ct)) return;
        var now = clock.Now();
        foreach (var offer in await db.Set<Offer>().AsNoTracking().Where(o => o.Stage == OfferStage.Published && o.PausedAt == null && o.Closes > now).OrderBy(o => o.Id).ToListAsync(ct))
        {
            if (await OverrideOffer.Ask(guard, offer, ct) is { MayGoOut: false } verdict) await pause.Pause(offer.Id, verdict, ct);
        }
    }
}
