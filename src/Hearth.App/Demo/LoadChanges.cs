using Hearth.Governance;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Operations.Verification;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.App.Demo;

/// <summary>What was done about the gaps: planned, shipped, told to everybody who spoke, and measured by what people posted afterwards.</summary>
internal sealed class LoadChanges(DemoStory story, IReadOnlyDictionary<string, Actor> staff, IReadOnlyDictionary<string, GapId> gaps)
{
    /// <summary>More than a minute's worth at the usual pace leaves in one go.</summary>
    private const int Rounds = 14;

    private readonly Dictionary<string, ChangeId> _changes = new(StringComparer.Ordinal);

    /// <summary>What happens for a cause whose gap was raised at a time.</summary>
    public IEnumerable<DemoAct> Acts(DemoCause cause, DateTimeOffset raised, CancellationToken ct)
    {
        if (DemoFixes.All.FirstOrDefault(f => f.Cause == cause.Id) is not { } fix) yield break;
        var shipped = cause.FixedDay is { } day ? story.Now.AddDays(-day) : (DateTimeOffset?)null;
        var planned = shipped is { } at ? raised + (at - raised) / 3 : story.Now.AddDays(-13);
        yield return new(planned, s => Plan(s, fix, cause, shipped ?? story.Now.AddDays(9), ct));
        if (shipped is not { } then) yield break;
        yield return new(then, s => Ship(s, fix, ct));
        yield return new(then.AddHours(1), s => s.GetRequiredService<PrepareTellingRun>().Run(new(_changes[fix.Cause], then), ct));
        yield return new(then.AddHours(2), s => Approve(s, fix, ct));
        for (var n = 0; n < Rounds; n++) yield return new(then.AddHours(3).AddMinutes(n), s => s.GetRequiredService<TellPeopleRun>().Run(new(), ct));
        yield return new(then.AddHours(5), s => Posted(s, fix, ct));
        yield return new(Earlier(then.AddDays(ChangeDraft.DefaultLag + ChangeDraft.DefaultWindow + 1), story.Now), s => Measure(s, fix, ct), Alone: true);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private async Task Plan(IServiceProvider s, DemoFix fix, DemoCause cause, DateTimeOffset by, CancellationToken ct)
    {
        var draft = new ChangeDraft(fix.Title, fix.Kind, fix.What, fix.Why, LoadGaps.Owner(cause), fix.Cost + ".00", DemoBrand.Currency, by, fix.Region, fix.Units, cause.Sku is { } sku ? [sku] : null);
        var planned = await s.GetRequiredService<PlanChange>().Run(draft, [gaps[cause.Id]], [], LoadGaps.Mover(staff, cause), ct);
        _changes[cause.Id] = planned is Changing.Done done ? done.Change : throw new DemoException($"The change of {cause.Id} was refused: {planned}.");
    }

    private async Task Ship(IServiceProvider s, DemoFix fix, CancellationToken ct)
    {
        var shipped = await s.GetRequiredService<ShipChange>().Run(_changes[fix.Cause], null, LoadGaps.Mover(staff, DemoCauses.Of(fix.Cause)), ct);
        if (shipped is not Changing.Done) throw new DemoException($"The change of {fix.Cause} could not be shipped: {shipped}.");
    }

    private async Task Approve(IServiceProvider s, DemoFix fix, CancellationToken ct)
    {
        var words = s.GetRequiredService<TellingWords>();
        foreach (var (language, text) in fix.Words)
        {
            await words.Write(_changes[fix.Cause], language, text, staff["IC"], ct);
            if (language == fix.Unapproved) continue;
            var approved = await words.Approve(_changes[fix.Cause], language, text, staff["DO"], ct);
            if (approved is not Wording.Done) throw new DemoException($"The words of {fix.Cause} in {language} were refused: {approved}.");
        }

        await words.Set(_changes[fix.Cause], false, "en", ct);
    }

    // Kindling does not exist: somebody posts the words there, and says where. The last few are still to be done.
    private async Task Posted(IServiceProvider s, DemoFix fix, CancellationToken ct)
    {
        var messages = await s.GetRequiredService<ReadMessages>().About("change:" + _changes[fix.Cause].Value, ct);
        foreach (var message in messages.SkipLast(fix.Unapproved is null ? 0 : 2))
            await s.GetRequiredService<ChangeMessage>().MarkPostedByHand(message.Id, $"https://{DemoPosts.Sources[0].Key}.example/@emberly/{message.Id.Value.ToString("N")[^8..]}", ct);
    }

    private async Task Measure(IServiceProvider s, DemoFix fix, CancellationToken ct)
    {
        try
        {
            await s.GetRequiredService<VerifyChangeRun>().Run(new(_changes[fix.Cause]), ct);
        }
        catch (LaterException)
        {
            // the job that shipping queued goes on from here
        }
    }
}
