namespace Hearth.Conversations.Kpis;

/// <summary>Adds figures up, one row at a time.</summary>
internal sealed class KpiSum
{
    private readonly List<long> _first = [];
    private readonly List<long> _next = [];
    private readonly List<long> _resolution = [];
    private readonly List<long> _backlog = [];
    private int _volume, _answeredClosed, _firstContact, _everClosed, _reopened, _decided, _met, _rated, _satisfied, _abandoned, _handling, _present;
    private long _stars;
    private Spread? _ages;

    /// <summary>All of a conversation's own figures but its first response, which may be somebody else's.</summary>
    public void Add(RecordFigures r)
    {
        _volume++;
        if (r.Closed)
        {
            if (r.Resolution is { } took) _resolution.Add(took);
            if (r.Replies > 0) _answeredClosed++;
            else _abandoned++;
            if (r is { Replies: 1, Reopenings: 0 }) _firstContact++;
        }

        if (r.Closed || r.Reopenings > 0) _everClosed++;
        if (r.Reopenings > 0) _reopened++;
        if (r.Kept is not null) _decided++;
        if (r.Kept == true) _met++;
        if (r.Rating is not { } stars) return;
        _rated++;
        _stars += stars;
        if (stars >= 4) _satisfied++;
    }

    public void AddFirst(long took) => _first.Add(took);

    public void AddNext(long took) => _next.Add(took);

    public void AddBacklog(long age) => _backlog.Add(age);

    public void AddWork(Work work) => (_handling, _present) = (_handling + work.Handling, _present + work.Present);

    /// <summary>Instead of adding ages one by one.</summary>
    public void SetBacklog(Spread ages) => _ages = ages;

    public KpiFigures Figures() => new(_volume, Spread.Of(_first), Spread.Of(_next), Spread.Of(_resolution), new(_firstContact, _answeredClosed), new(_reopened, _everClosed), _ages ?? Spread.Of(_backlog),
        new(_met, _decided), new(_satisfied, _rated), _rated == 0 ? null : (double)_stars / _rated, new(_abandoned, _volume), new(_handling, _present));
}
