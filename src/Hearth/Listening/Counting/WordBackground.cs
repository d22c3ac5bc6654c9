namespace Hearth.Listening.Counting;

/// <summary>What is usual among all mentions: the words of the latest, looked at again every ten minutes.</summary>
public sealed class WordBackground(TimeProvider clock)
{
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(10);
    private volatile Tuple<DateTimeOffset, WordCounts>? _last;

    internal async Task<WordCounts> Get(Func<Task<WordCounts>> count)
    {
        if (_last is var (at, known) && clock.GetUtcNow() - at < Good) return known;
        var counted = await count();
        _last = Tuple.Create(clock.GetUtcNow(), counted);
        return counted;
    }
}
