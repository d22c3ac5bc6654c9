using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;
using Hearth.Statistics;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Delight;

/// <summary>An order of somebody who is known by a handle or an address.</summary>
/// <param name="Contact">As they gave it: "@ann" or an e-mail address, in lower case.</param>
/// <param name="At">When it was placed.</param>
/// <param name="Amount">What was paid, less refunds.</param>
public sealed record ReturnOrder(string Contact, DateTimeOffset At, Money Amount);

/// <summary>Orders of people by what they are known by. Operations asks; the room that takes orders answers.</summary>
public interface IReturnOrders
{
    Task<IReadOnlyList<ReturnOrder>> Of(IReadOnlyCollection<string> contacts, DateTimeOffset since, DateTimeOffset until, CancellationToken ct);
}

/// <summary>What the gesture did to one thing, treated against held out, all who were chosen by whether chance gave it to them and not by whether it was done (intention to treat).</summary>
/// <param name="What">"talk", "return" or "revenue".</param>
/// <param name="Treated">Share or mean among those chance gave it to.</param>
/// <param name="Held">Share or mean in the hold-out.</param>
/// <param name="Difference">Treated less held, with the 95 % interval.</param>
/// <param name="P">Two-sided probability of such a difference where the gesture does nothing.</param>
public sealed record DelightUplift(string What, double Treated, double Held, Interval Difference, double P)
{
    /// <summary>True when the interval leaves zero out.</summary>
    public bool IsClear => Difference.Low > 0 || Difference.High < 0;
}

/// <summary>A programme.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Number">What people call it by.</param>
/// <param name="Name">Unique.</param>
/// <param name="Gesture">upgrade, credit or note.</param>
/// <param name="What">What exactly is done.</param>
/// <param name="Department">Whose money it is.</param>
/// <param name="Budget">All that may be spent.</param>
/// <param name="Each">What one gesture costs.</param>
/// <param name="Committed">Spent and promised.</param>
/// <param name="PerDay">People a day at most.</param>
/// <param name="HoldOutPercent">The share left out by chance.</param>
/// <param name="Seed">Decides who is left out: SHA-256 of "seed:person".</param>
/// <param name="Window">Days in which talk, returns and revenue are counted.</param>
/// <param name="RuleIntent">The rule's intent; null when people choose alone.</param>
/// <param name="RuleTopic">The rule's topic.</param>
/// <param name="IsPaused">True when nobody is chosen.</param>
/// <param name="ByName">Who began it.</param>
/// <param name="At">When.</param>
/// <param name="Waiting">Gestures to be made.</param>
/// <param name="Done">Gestures made.</param>
/// <param name="Dropped">Gestures that could not be made.</param>
/// <param name="HeldOut">People left out by chance.</param>
public sealed record DelightLine(
    DelightId Id, long Number, string Name, Gesture Gesture, string What, Department Department, Money Budget, Money Each, Money Committed, int PerDay, int HoldOutPercent, string Seed, int Window,
    Intent? RuleIntent, string? RuleTopic, bool IsPaused, string ByName, DateTimeOffset At, int Waiting, int Done, int Dropped, int HeldOut);

/// <summary>Somebody who was chosen.</summary>
/// <param name="Person">Who.</param>
/// <param name="Name">As we call them.</param>
/// <param name="State">waiting, done, dropped or heldOut.</param>
/// <param name="ChosenBy">Who chose them; null when the rule did.</param>
/// <param name="At">When.</param>
/// <param name="DoneBy">Who made the gesture, or dropped it.</param>
public sealed record DelightPerson(PersonId Person, string Name, DelightState State, string? ChosenBy, DateTimeOffset At, string? DoneBy);

/// <summary>A programme with what it did.</summary>
/// <param name="Line">The programme.</param>
/// <param name="People">The latest 200 that were chosen.</param>
/// <param name="Measured">How many people's window is over; only they are compared.</param>
/// <param name="Uplift">Empty while there are fewer than two people in one of the groups.</param>
/// <param name="Verdict">What it comes to, in a sentence.</param>
public sealed record DelightView(DelightLine Line, IReadOnlyList<DelightPerson> People, int Measured, IReadOnlyList<DelightUplift> Uplift, string Verdict);

/// <summary>Reads programmes and what they did.</summary>
public sealed class ReadDelight(Database db, ReadPeople people, PersonTalk talk, IEnumerable<IReturnOrders> orders, TimeProvider clock)
{
    private const int Shown = 200;

    public async Task<IReadOnlyList<DelightLine>> All(CancellationToken ct)
    {
        var programs = await db.Set<DelightProgram>().AsNoTracking().OrderByDescending(p => p.Number).ToListAsync(ct);
        var counts = (await db.Set<DelightCase>().GroupBy(c => new { c.Program, c.State }).Select(g => new { g.Key.Program, g.Key.State, Count = g.Count() }).ToListAsync(ct)).ToDictionary(c => (c.Program, c.State), c => c.Count);
        return programs.ConvertAll(p => new DelightLine(p.Id, p.Number, p.Name, p.Gesture, p.What, p.Department, new(p.Budget, p.Currency), new(p.Each, p.Currency), new(p.Committed, p.Currency), p.PerDay, p.HoldOutPercent, p.Seed,
            p.Window, p.RuleIntent, p.RuleTopic, p.IsPaused, p.ByName, p.At, Count(p, DelightState.Waiting), Count(p, DelightState.Done), Count(p, DelightState.Dropped), Count(p, DelightState.HeldOut)));

        int Count(DelightProgram p, DelightState state) => counts.GetValueOrDefault((p.Id, state));
    }

    /// <returns>Null when there is no such programme.</returns>
    public async Task<DelightView?> Of(DelightId id, CancellationToken ct)
    {
        if ((await All(ct)).SingleOrDefault(p => p.Id == id) is not { } line) return null;
        var cases = await db.Set<DelightCase>().AsNoTracking().Where(c => c.Program == id).OrderByDescending(c => c.At).ThenBy(c => c.Person).ToListAsync(ct);
        var cards = await people.Of([.. cases.Select(c => c.Person)], ct);
        var over = clock.Now().AddDays(-line.Window);
        var measured = cases.Where(c => c.At <= over).ToList();
        var uplift = await Compare(line, measured, cards, ct);
        return new(line, [.. cases.Take(Shown).Select(c => new DelightPerson(c.Person, cards.GetValueOrDefault(c.Person)?.Name ?? "somebody", c.State, c.ChosenBy, c.At, c.DoneBy))], measured.Count, uplift, Verdict(line, measured.Count, uplift));
    }

    private async Task<IReadOnlyList<DelightUplift>> Compare(DelightLine line, List<DelightCase> measured, IReadOnlyDictionary<PersonId, PersonCard> cards, CancellationToken ct)
    {
        var (held, treated) = (measured.Where(c => c.State == DelightState.HeldOut).ToList(), measured.Where(c => c.State != DelightState.HeldOut).ToList());
        if (held.Count < 2 || treated.Count < 2) return [];
        var (since, until) = (measured.Min(c => c.At), measured.Max(c => c.At).AddDays(line.Window));
        var glad = (await talk.Of([.. measured.Select(c => c.Person)], since, until, ct)).Where(p => p.Sentiment == Sentiment.Positive).ToLookup(p => p.Person, p => p.At);
        var contacts = measured.ToDictionary(c => c.Person, c => (cards.GetValueOrDefault(c.Person)?.Identities ?? []).Select(i => i.Handle).OfType<string>().Select(h => "@" + h.TrimStart('@').ToLowerInvariant()).ToHashSet(StringComparer.Ordinal));
        var bought = new List<ReturnOrder>();
        foreach (var room in orders) bought.AddRange(await room.Of([.. contacts.Values.SelectMany(c => c).Distinct()], since, until, ct));
        var byContact = bought.Where(o => o.Amount.Currency == line.Budget.Currency).ToLookup(o => o.Contact, StringComparer.Ordinal);

        var unit = (double)new Money(1, line.Budget.Currency).Amount;
        return
        [
            Of("talk", Uplift.OfShares((treated.Count(IsGlad), treated.Count), (held.Count(IsGlad), held.Count))),
            Of("return", Uplift.OfShares((treated.Count(c => Paid(c).Any()), treated.Count), (held.Count(c => Paid(c).Any()), held.Count))),
            Of("revenue", Uplift.OfMeans([.. treated.Select(Sum)], [.. held.Select(Sum)])),
        ];

        bool IsIn(DelightCase c, DateTimeOffset at) => at > c.At && at <= c.At.AddDays(line.Window);
        bool IsGlad(DelightCase c) => glad[c.Person].Any(at => IsIn(c, at));
        IEnumerable<ReturnOrder> Paid(DelightCase c) => contacts[c.Person].SelectMany(contact => byContact[contact]).Where(o => IsIn(c, o.At));
        double Sum(DelightCase c) => Paid(c).Sum(o => o.Amount.Minor) * unit;
        static DelightUplift Of(string what, UpliftEstimate e) => new(what, e.Treated, e.Held, e.Difference, e.P);
    }

    private static string Verdict(DelightLine line, int measured, IReadOnlyList<DelightUplift> uplift)
    {
        if (uplift.Count == 0) return $"Too early to say: {measured} people's {line.Window} days are over, and each group needs at least two.";
        var clear = uplift.Where(u => u.IsClear).Select(u => $"{(u.Difference.Estimate > 0 ? "more" : "less")} {(u.What == "talk" ? "glad talk" : u.What)}").ToList();
        return clear.Count == 0 ? $"No difference can be told from chance yet, of {measured} people." : $"Those who got it show {string.Join(" and ", clear)} than those left out, of {measured} people.";
    }
}
