using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Delight;

/// <summary>What became of choosing somebody.</summary>
public enum Choosing
{
    /// <summary>Chance says they get it: somebody has to do it now.</summary>
    Chosen,

    /// <summary>Chance leaves them out, to measure against.</summary>
    HeldOut,

    /// <summary>They were chosen in this programme before; nobody is tried twice.</summary>
    ChosenBefore,

    /// <summary>Another programme chose them within 90 days.</summary>
    ChosenLately,

    /// <summary>Enough people for today.</summary>
    DayFull,

    /// <summary>The next gesture does not fit the budget.</summary>
    BudgetSpent,

    /// <summary>They do not want to hear from us unasked.</summary>
    OptedOut,

    Paused,
    UnknownProgram,
    UnknownPerson,
}

/// <summary>
/// Chooses somebody for a programme, by a person's or the rule's wish, and lets chance decide. Budget and caps are asked before chance is, so that both groups are drawn from the same people. How many follow somebody is not looked at.
/// </summary>
public sealed class ChooseForDelight(Database db, ReadPeople people, OptOuts optOuts, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromDays(90);

    /// <param name="id">The programme.</param>
    /// <param name="person">Who.</param>
    /// <param name="by">Who wishes it; null for the rule.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Choosing> For(DelightId id, PersonId person, Actor? by, CancellationToken ct)
    {
        if (await people.Of(person, ct) is null) return Choosing.UnknownPerson;
        if ((await optOuts.Among([person], ct)).Contains(person)) return Choosing.OptedOut;
        try
        {
            return await db.InTransaction(() => Choose(id, person, by, ct), ct);
        }
        catch (Exception e) when (e.IsDuplicateKey() || e is DbUpdateException update && update.IsDuplicateKey())
        {
            db.Forget();
            return Choosing.ChosenBefore; // somebody else chose them at the same moment
        }
    }

    private async Task<Choosing> Choose(DelightId id, PersonId person, Actor? by, CancellationToken ct)
    {
        // Writing to the programme first makes two who choose at once wait for each other; what is not needed is given back below.
        var paid = await db.Set<DelightProgram>().Where(p => p.Id == id && !p.IsPaused && p.Committed + p.Each <= p.Budget).ExecuteUpdateAsync(set => set.SetProperty(p => p.Committed, p => p.Committed + p.Each), ct) == 1;
        if (await db.Set<DelightProgram>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } program) return Choosing.UnknownProgram;
        var now = clock.Now();
        var outcome = await Refuse(program, person, paid, now, ct) ?? (Lottery.IsHeldOut(program.Seed, person, program.HoldOutPercent) ? Choosing.HeldOut : Choosing.Chosen);
        if (paid && outcome != Choosing.Chosen) await GiveBack(db, id, ct);
        if (outcome is Choosing.Chosen or Choosing.HeldOut)
        {
            db.Add(new DelightCase { Program = id, Person = person, State = outcome == Choosing.Chosen ? DelightState.Waiting : DelightState.HeldOut, ChosenBy = by?.Name, At = now });
            db.Record(new DelightChosen(id, person, outcome == Choosing.HeldOut, by?.Id, now));
            await db.SaveChangesAsync(ct);
        }

        return outcome;
    }

    private async Task<Choosing?> Refuse(DelightProgram program, PersonId person, bool paid, DateTimeOffset now, CancellationToken ct)
    {
        var (lately, today) = (now - Between, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero));
        var whole = await people.Whole(person, ct);
        if (await db.Set<DelightCase>().AnyAsync(c => c.Program == program.Id && whole.Contains(c.Person), ct)) return Choosing.ChosenBefore;
        if (program.IsPaused) return Choosing.Paused;
        if (await db.Set<DelightCase>().AnyAsync(c => whole.Contains(c.Person) && c.At > lately, ct)) return Choosing.ChosenLately;
        if (await db.Set<DelightCase>().CountAsync(c => c.Program == program.Id && c.At >= today, ct) >= program.PerDay) return Choosing.DayFull;
        return paid ? null : Choosing.BudgetSpent;
    }

    internal static Task GiveBack(Database db, DelightId id, CancellationToken ct) =>
        db.Set<DelightProgram>().Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Committed, p => p.Committed - p.Each), ct);
}

/// <summary>The rule: whoever writes a post with the intent, and about the topic, that a programme names is chosen.</summary>
internal sealed class DelightByRule(Database db, ReadMention mentions, ChooseForDelight choose, TimeProvider clock) : IHandle<MentionHeard>
{
    private static readonly TimeSpan History = TimeSpan.FromDays(1);

    public async Task Handle(MentionHeard fact, CancellationToken ct)
    {
        if (fact.Person is not { } person || fact.At < clock.Now() - History) return;
        var rules = await db.Set<DelightProgram>().AsNoTracking().Where(p => p.RuleIntent != null && !p.IsPaused).OrderBy(p => p.Number).ToListAsync(ct);
        if (rules.Count == 0 || await mentions.Of(fact.Mention, ct) is not { IsOwn: false, IsRemoved: false } mention) return;
        foreach (var program in rules.Where(p => mention.Intents.Contains(p.RuleIntent!.Value) && (p.RuleTopic is null || mention.Topics.Contains(p.RuleTopic)))) await choose.For(program.Id, person, null, ct);
    }
}

/// <summary>Says that a gesture was made, or could not be.</summary>
public sealed class CloseDelight(Database db, TimeProvider clock)
{
    /// <returns>False when nothing of that person waits in that programme.</returns>
    public Task<bool> As(DelightId program, PersonId person, bool done, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var (now, state) = (clock.Now(), done ? DelightState.Done : DelightState.Dropped);
        var closed = await db.Set<DelightCase>().Where(c => c.Program == program && c.Person == person && c.State == DelightState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, state).SetProperty(c => c.DoneBy, by.Name).SetProperty(c => c.DoneAt, now), ct) == 1;
        if (!closed) return false;
        if (!done) await ChooseForDelight.GiveBack(db, program, ct);
        db.Record(new DelightClosed(program, person, done, by.Id, now));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);
}
