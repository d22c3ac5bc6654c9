using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hearth.Tests.Conversations.Rules;

/// <summary>kill -9 of this process at a commit, counted from 0: right before it, or right after.</summary>
internal sealed class DieAtCommitNumber(int number, bool after) : DbTransactionInterceptor
{
    private int _commits = -1;

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _commits) == number && !after) ChildProcess.DieNow();
        return new(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (after && _commits == number) ChildProcess.DieNow();
        return Task.CompletedTask;
    }
}
