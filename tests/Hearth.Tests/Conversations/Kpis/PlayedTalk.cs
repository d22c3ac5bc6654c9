namespace Hearth.Tests.Conversations.Kpis;

/// <summary>What a conversation should have come to, kept by the test itself: no code of the house counts here.</summary>
internal sealed class PlayedTalk(DateTimeOffset opened)
{
    private readonly List<(DateTimeOffset From, DateTimeOffset? Until)> _open = [(opened, null)];

    public DateTimeOffset Opened { get; } = opened;

    public DateTimeOffset? Asked { get; private set; } = opened;

    public DateTimeOffset? Closed { get; private set; }

    public int Reopened { get; private set; }

    public List<(DateTimeOffset Asked, DateTimeOffset Answered, Guid By)> Waits { get; } = [];

    /// <summary>Waits after the first answer that ended without one.</summary>
    public List<(DateTimeOffset Asked, DateTimeOffset Until)> Dropped { get; } = [];

    public bool IsAnswered => Waits.Count > 0;

    public void Speak(DateTimeOffset at)
    {
        if (Closed is not null) (Closed, Reopened) = (null, Reopened + 1);
        if (_open[^1].Until is not null) _open.Add((at, null));
        Asked ??= at;
    }

    public void Answer(DateTimeOffset at, Guid by)
    {
        Waits.Add((Asked!.Value, at, by));
        Asked = null;
        _open[^1] = (_open[^1].From, at);
    }

    public void Close(DateTimeOffset at)
    {
        if (IsAnswered && Asked is { } asked) Dropped.Add((asked, at));
        (Closed, Asked) = (at, null);
        if (_open[^1].Until is null) _open[^1] = (_open[^1].From, at);
    }

    /// <summary>Working minutes in which it waited for us, up to a moment.</summary>
    public double Waited(Func<DateTimeOffset, DateTimeOffset, double> minutes, DateTimeOffset until) =>
        _open.Where(o => o.From < until).Sum(o => minutes(o.From, o.Until < until ? o.Until.Value : until));

    /// <summary>Each promise's verdict at the end: true when kept, false when missed, null when undecided.</summary>
    public (bool? First, bool? Next, bool? Resolution) Verdicts(Func<DateTimeOffset, DateTimeOffset, double> minutes, DateTimeOffset now, double first, double next, double resolution)
    {
        var waited = Waited(minutes, IsAnswered ? Waits[0].Answered : now);
        bool? one = waited > first ? false : IsAnswered ? true : null;
        var later = Waits.Skip(1).Select(w => (Kept: minutes(w.Asked, w.Answered) <= next, Done: true)).Concat(Dropped.Select(d => (Kept: minutes(d.Asked, d.Until) <= next, Done: false))).ToList();
        if (IsAnswered && Asked is { } asked) later.Add((Kept: minutes(asked, now) <= next, Done: false));
        bool? two = later.Exists(l => !l.Kept) ? false : later.Exists(l => l.Done) ? true : null;
        bool? three = Waited(minutes, now) > resolution ? false : Closed is not null ? true : null;
        return (one, two, three);
    }
}
