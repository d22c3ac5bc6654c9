using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hearth.Platform;

/// <summary>Wakes the dispatcher of this process when a commit carried facts. Other nodes find them at their next look.</summary>
public sealed class FactSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Dispose() => _raised.Dispose();

    internal void Set()
    {
        try
        {
            if (_raised.CurrentCount == 0) _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // somebody else raised it in between, which is what was wanted
        }
    }

    internal Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => _raised.WaitAsync(atMost, ct);
}

/// <summary>Tells a <see cref="Database"/> that its transaction is now kept.</summary>
internal sealed class CommitWatch : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => (eventData.Context as Database)?.Committed();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as Database)?.Committed();
        return Task.CompletedTask;
    }
}
