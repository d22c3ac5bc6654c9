using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>What became of a figure.</summary>
public abstract record FigureKept
{
    private FigureKept() { }

    /// <summary>It is new, or changed what was known.</summary>
    public sealed record Kept : FigureKept;

    /// <summary>The same was known; nothing was changed.</summary>
    public sealed record Repeated : FigureKept;

    public sealed record Refused(IReadOnlyList<FieldError> Errors) : FigureKept;
}

/// <summary>Keeps what channels cost and brought. A figure told again replaces what it said before; a week is told whole or by its days, not both.</summary>
public sealed class KeepChannels(Database db, TimeProvider clock)
{
    /// <summary>Keeps every good one.</summary>
    /// <param name="figures">In their order; of two for the same time the later counts.</param>
    /// <param name="source">Where they come from, as shown beside them.</param>
    /// <param name="ct">Stops the work; nothing of it is kept.</param>
    public Task<IReadOnlyList<FigureKept>> Take(IReadOnlyList<ChannelFigure> figures, string source, CancellationToken ct) => db.InTransaction<IReadOnlyList<FigureKept>>(async () =>
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({FiguresLock})", ct); // one writer, so that a day and its week do not come at once
        var outcomes = new List<FigureKept>();
        foreach (var figure in figures)
        {
            outcomes.Add(figure.Errors().ToList() is { Count: > 0 } errors ? new FigureKept.Refused(errors) : await One(figure, source.Length > 200 ? source[..200] : source, ct));
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return outcomes;
    }, ct);

    private const long FiguresLock = 0x4348414E4E454C01; // "CHANNEL", 1

    private async Task<FigureKept> One(ChannelFigure f, string source, CancellationToken ct)
    {
        var from = DateRange.Start(f.From)!.Value;
        var monday = from.AddDays(-(((int)from.DayOfWeek + 6) % 7));
        var sunday = monday.AddDays(7);
        var week = await db.Set<ChannelFigureRow>().Where(r => r.Channel == f.Channel && r.Currency == f.Currency && r.From >= monday && r.From < sunday).ToListAsync(ct);
        week = [.. week.Union(db.Set<ChannelFigureRow>().Local.Where(r => r.Channel == f.Channel && r.Currency == f.Currency && r.From >= monday && r.From < sunday))];
        if (week.Exists(r => r.Period != f.Period)) return new FigureKept.Refused([new("period", f.Period == FigurePeriod.Day ? "is a day of a week that is known whole" : "is a week of which days are known")]);
        var row = week.Find(r => r.From == from);
        if (row is not null && (row.Cost, row.Clicks, row.Orders, row.Revenue, row.Margin, row.NewCustomers) == (f.Cost?.Minor, f.Clicks, f.Orders, f.Revenue?.Minor, f.Margin?.Minor, f.NewCustomers)) return new FigureKept.Repeated();
        if (row is null) db.Add(row = new() { Channel = f.Channel, From = from, Period = f.Period, Currency = f.Currency, Source = source, At = clock.Now() });
        (row.Cost, row.Clicks, row.Orders, row.Revenue, row.Margin, row.NewCustomers, row.Source, row.At) = (f.Cost?.Minor, f.Clicks, f.Orders, f.Revenue?.Minor, f.Margin?.Minor, f.NewCustomers, source, clock.Now());
        return new FigureKept.Kept();
    }
}
