using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>How far the ledger is counted by the policy and method that hold now.</summary>
internal sealed class LedgerState
{
    /// <summary>1; there is one ledger.</summary>
    public required int Id { get; init; }

    /// <summary>What all of it was counted by.</summary>
    public long Policy { get; set; }

    public int Method { get; set; }

    /// <summary>What it is being counted by.</summary>
    public long NextPolicy { get; set; }

    public int NextMethod { get; set; }

    /// <summary>The place in the list of orders to go on from; null at its start.</summary>
    public string? Place { get; set; }
}

public sealed record RecountCredits : IJob;

/// <summary>Counts the whole ledger again once its policy or this program's method has changed, some orders at a time; killed on its way it goes on where it was.</summary>
internal sealed class RecountLedger(Database db, CreditOrders credit, CreditPolicies policies, ReadOrders orders) : IRun<RecountCredits>
{
    /// <summary>Raised when this program keeps more of an order than the one before: 2 keeps its touches, 3 a code's generation.</summary>
    public const int Method = 3;

    private const int AtOnce = 100;

    public async Task Run(RecountCredits job, CancellationToken ct)
    {
        while (await Some(ct)) ct.ThrowIfCancellationRequested();
    }

    private Task<bool> Some(CancellationToken ct) => db.InTransaction(async () =>
    {
        await credit.Alone(ct);
        var wanted = (await policies.Number(ct), Method);
        var state = await db.Set<LedgerState>().SingleOrDefaultAsync(s => s.Id == 1, ct);
        if (state is null) db.Add(state = new() { Id = 1 });
        if ((state.Policy, state.Method) == wanted) return false;
        if ((state.NextPolicy, state.NextMethod) != wanted) (state.NextPolicy, state.NextMethod, state.Place) = (wanted.Item1, wanted.Method, null);
        var page = (await orders.List(null, null, null, state.Place, AtOnce, ct))!; // the place is one of its own
        state.Place = page.Next;
        if (page.Next is null) (state.Policy, state.Method) = wanted;
        await db.SaveChangesAsync(ct);
        await credit.Count([.. page.Items.Select(o => o.Id)], [], ct);
        return page.Next is not null;
    }, ct);
}
