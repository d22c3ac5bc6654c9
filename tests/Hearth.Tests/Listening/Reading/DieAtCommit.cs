using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hearth.Tests.Listening.Reading;

/// <summary>kill -9 of this process at a commit.</summary>
/// <param name="at">0: before the first; 1: before the second; 2: right after the second.</param>
internal sealed class DieAtCommit(int at) : DbTransactionInterceptor
{
    private int _commits;

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _commits) == at + 1 && at < 2) ChildProcess.DieNow();
        return new(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (at == 2 && _commits == 2) ChildProcess.DieNow();
        return Task.CompletedTask;
    }
}
