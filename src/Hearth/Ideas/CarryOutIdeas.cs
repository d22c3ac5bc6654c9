using System.Globalization;
using Hearth.Governance;
using Hearth.Operations.Changes;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>
/// Leads ideas along with the changes of Operations that carry them out: planned with the first, partially implemented while another is still to come, implemented with the last, under
/// review again when what carried them out is taken back. Each step is a move as a person would make it, in the name of who planned or shipped the change.
/// </summary>
internal sealed class CarryOutIdeas(Database db, ReadChange changes, MoveIdea move, Staff staff) : IHandle<ChangeCarriesIdea>, IHandle<ChangeShipped>, IHandle<ChangeRolledBack>
{
    public async Task Handle(ChangeCarriesIdea fact, CancellationToken ct)
    {
        if (!fact.Carries || await changes.Of(fact.Change, ct) is not { } change || !change.Ideas.Contains(fact.Idea)) return; // taken off again since
        if (change.Line.State == ChangeState.Shipped) await Out(change.Line, fact.Idea, await By(fact.By, fact.ByName, ct), ct);
        if (change.Line.State != ChangeState.Planned) return;
        var due = change.Line.PlannedFor is { } day ? $", due {Day(day)}" : "";
        await Lead(fact.Idea, IdeaStatus.Planned, $"We planned a change for it: “{change.Line.Title}”{due}.", change.Line, await By(fact.By, fact.ByName, ct), ct,
            IdeaStatus.Submitted, IdeaStatus.Acknowledged, IdeaStatus.UnderReview, IdeaStatus.NotPlanned, IdeaStatus.Archived);
    }

    public async Task Handle(ChangeShipped fact, CancellationToken ct)
    {
        if (fact.Ideas.Count == 0 || await changes.Of(fact.Change, ct) is not { } change) return;
        var by = await By(fact.By, fact.ByName, ct);
        foreach (var idea in fact.Ideas) await Out(change.Line, idea, by, ct);
    }

    public async Task Handle(ChangeRolledBack fact, CancellationToken ct)
    {
        if (await changes.Of(fact.Change, ct) is not { Ideas.Count: > 0 } change) return;
        var by = await By(fact.By, fact.ByName, ct);
        foreach (var idea in change.Ideas)
        {
            var others = (await changes.CarryingOut(idea, ct)).Where(c => c.Id != fact.Change).Select(c => c.State).ToList();
            if (others.Contains(ChangeState.Shipped)) continue; // what is there stays there
            var (to, next) = others.Contains(ChangeState.Planned) ? (IdeaStatus.Planned, "Another change is planned.") : (IdeaStatus.UnderReview, "We look into it again.");
            await Lead(idea, to, $"We took “{change.Line.Title}” back. {next}", change.Line, by, ct, IdeaStatus.Implemented, IdeaStatus.PartiallyImplemented, IdeaStatus.Planned);
        }
    }

    private async Task Out(ChangeLine change, Guid idea, Actor by, CancellationToken ct)
    {
        var since = Day(change.ShippedAt!.Value);
        if ((await changes.CarryingOut(idea, ct)).Any(c => c.State == ChangeState.Planned))
        {
            await Lead(idea, IdeaStatus.PartiallyImplemented, $"A part of it is here since {since}: “{change.Title}”. The rest is planned.", change, by, ct,
                [.. Enum.GetValues<IdeaStatus>().Where(s => s is not (IdeaStatus.PartiallyImplemented or IdeaStatus.Implemented))]);
            return;
        }

        await Lead(idea, IdeaStatus.Implemented, $"It is here since {since}: “{change.Title}”.", change, by, ct, [.. Enum.GetValues<IdeaStatus>().Where(s => s != IdeaStatus.Implemented)]);
    }

    /// <summary>Moves an idea when it stands at one of some statuses; at any other, people have decided otherwise. What was merged meanwhile is led where it stands now.</summary>
    private async Task Lead(Guid idea, IdeaStatus to, string reason, ChangeLine change, Actor by, CancellationToken ct, params IdeaStatus[] from)
    {
        for (var id = new IdeaId(idea); ;)
        {
            if (await db.Ideas.AsNoTracking().Where(i => i.Id == id).Select(i => new { i.Status, i.MergedInto }).SingleOrDefaultAsync(ct) is not { } now) return;
            if (now.MergedInto is { } target)
            {
                id = target;
                continue;
            }

            if (now.Status == to || !from.Contains(now.Status)) return;
            switch (await move.To(by, id, now.Status, to, reason, ct, change.Id.Value))
            {
                case MovedIdea.Stands or MovedIdea.UnknownIdea: return;
                case MovedIdea.MovedMeanwhile: continue; // look again: somebody was faster
                case var refused: throw new InvalidOperationException($"An idea could not be led to {to}: {refused}.");
            }
        }
    }

    private async Task<Actor> By(UserId user, string? name, CancellationToken ct) =>
        (await staff.Find(user, ct))?.Actor() ?? new Actor(user, name ?? "The brand", (name ?? "B")[..1].ToUpperInvariant(), null, Role.Agent);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
