using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Proposals;

/// <summary>
/// Puts mentions with others of their cause, and takes out what was edited, corrected or removed. What a mention says now is compared with where it stands, so the
/// same mention again, or its facts in another order, changes nothing. Joins the caller's transaction: grouping is exact whenever the process dies.
/// </summary>
public sealed class GroupMentions
{
    private const int GroupLock = 0x48474150;

    private readonly Database _db;
    private readonly ReadMention _read;
    private readonly Products _products;
    private readonly DisclosurePolicy _disclosure;
    private readonly ProposeGaps _propose;
    private readonly Readers _readers;

    internal GroupMentions(Database db, ReadMention read, Products products, DisclosurePolicy disclosure, ProposeGaps propose, Readers readers) =>
        (_db, _read, _products, _disclosure, _propose, _readers) = (db, read, products, disclosure, propose, readers);

    /// <summary>Groups these mentions as they are now; ids that are unknown are left out.</summary>
    public Task Take(IReadOnlyCollection<MentionId> mentions, CancellationToken ct) => _db.InTransaction(async () =>
    {
        var views = await _read.Of(mentions, ct);
        var stands = (await _db.Set<CauseMention>().AsNoTracking().Where(m => mentions.Contains(m.Mention)).ToListAsync(ct)).ToLookup(m => m.Mention);
        CauseCatalog? catalog = null;
        var locked = false;
        foreach (var view in views.OrderBy(v => v.At).ThenBy(v => v.Id.Value))
        {
            var there = stands[view.Id].ToList();
            IReadOnlyList<CausePart> parts = [];
            if (CauseParts.MayBeIn(view)) parts = CauseParts.Of(view, catalog ??= await Catalog(views, ct));
            if (parts.Count == 0 && there.Count == 0) continue;
            if (!locked) await Lock(_db, ct);
            locked = true;
            await Place(view, parts, there, ct);
        }
    }, ct);

    /// <summary>Whoever changes groups waits here for the others, so that two mentions of a new cause do not begin two groups. SQLite has one writer anyway.</summary>
    internal static async Task Lock(Database db, CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({GroupLock})", ct);
    }

    private async Task<CauseCatalog> Catalog(IReadOnlyList<MentionView> views, CancellationToken ct)
    {
        var named = new List<ProductView>();
        foreach (var id in views.SelectMany(v => v.Products.Select(p => p.Product).Concat(v.Mismatches.Select(m => m.Product).OfType<ProductId>())).Distinct())
        {
            if (await _products.Of(id, ct) is { } product) named.Add(product);
        }

        return new(named, (await _disclosure.Read(ct)).Brand, (await _readers.Current(_db, ct)).Attributes);
    }

    private async Task Place(MentionView view, IReadOnlyList<CausePart> parts, List<CauseMention> there, CancellationToken ct)
    {
        var keys = there.Count == 0 ? [] : await _db.Set<Cause>().AsNoTracking().Where(c => there.Select(t => t.CauseId).Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in there)
        {
            var cause = keys[row.CauseId];
            var part = parts.FirstOrDefault(p => p.Attribute == row.AttributeKey);
            var stays = !view.IsRemoved && (row.ByHand || (part is not null && part.Product == cause.ProductId && part.Failing == cause.Failing && (cause.Word is null || part.Words.Contains(cause.Word))));
            if (stays) taken.Add(row.AttributeKey);
            else await TakeOut(row, ct);
        }

        foreach (var part in parts.Where(p => !taken.Contains(p.Attribute)))
        {
            var cause = await Find(part, view.At, ct);
            await PutIn(cause, part, view, ct);
            await _propose.IfItIsTime(cause, part.IsLearned, ct);
        }
    }

    /// <summary>The open group of its kind that is near in time; a new one when there is none.</summary>
    private async Task<Cause> Find(CausePart part, DateTimeOffset at, CancellationToken ct)
    {
        var (earliest, latest) = (at - ProposalRule.Quiet, at + ProposalRule.Quiet);
        var alike = await _db.Set<Cause>().Where(c => c.AttributeKey == part.Attribute && c.ProductId == part.Product && c.Failing == part.Failing && c.Last >= earliest && c.First <= latest).ToListAsync(ct);
        var gaps = alike.Select(c => c.GapId).OfType<GapId>().ToList();
        var closed = gaps.Count == 0 ? [] : await _db.Set<Gap>().Where(g => gaps.Contains(g.Id) && (g.Stage == GapStage.Declined || g.Stage == GapStage.Verified) && g.MovedAt < at).Select(g => g.Id).ToListAsync(ct);
        var open = alike.Where(c => c.GapId is not { } gap || !closed.Contains(gap)).ToList();
        return open.Where(c => c.Word is not null && part.Words.Contains(c.Word)).MaxBy(c => c.Number)
            ?? open.Where(c => c.Word is null).OrderByDescending(c => c.First <= at && c.Last >= at).ThenByDescending(c => c.Number).FirstOrDefault()
            ?? Begin(part, at, alike.Where(c => c.Word is null).MaxBy(c => c.Number));
    }

    private Cause Begin(CausePart part, DateTimeOffset at, Cause? after)
    {
        var cause = new Cause { Id = CauseId.New(), ProductId = part.Product, AttributeKey = part.Attribute, Failing = part.Failing, First = at, Last = at, After = after?.Id };
        _db.Add(cause);
        return cause;
    }

    private async Task PutIn(Cause cause, CausePart part, MentionView view, CancellationToken ct)
    {
        var isNew = view.Person is not { } person || !await _db.Set<CauseMention>().AnyAsync(m => m.CauseId == cause.Id && m.Person == person, ct);
        _db.Add(new CauseMention
        {
            Mention = view.Id, AttributeKey = part.Attribute, CauseId = cause.Id, Person = view.Person, At = view.At, IsNegative = view.Sentiment == Sentiment.Negative,
            Reach = view.Followers ?? 0, Words = string.Join(' ', part.Words),
        });
        cause.Mentions++;
        if (isNew) cause.People++;
        if (view.At < cause.First) cause.First = view.At;
        if (view.At > cause.Last) cause.Last = view.At;
        await _db.SaveChangesAsync(ct);
        if (cause.GapId is { } gap) await Stale(gap, ct);
    }

    private async Task TakeOut(CauseMention row, CancellationToken ct)
    {
        await _db.Set<CauseMention>().Where(m => m.Mention == row.Mention && m.AttributeKey == row.AttributeKey).ExecuteDeleteAsync(ct);
        var cause = await _db.Set<Cause>().SingleAsync(c => c.Id == row.CauseId, ct);
        await CountAnew(cause, ct);
        if (cause.GapId is { } gap) await Stale(gap, ct);
    }

    /// <summary>Makes a group's counts from its mentions.</summary>
    internal async Task CountAnew(Cause cause, CancellationToken ct)
    {
        var rows = _db.Set<CauseMention>().Where(m => m.CauseId == cause.Id);
        cause.Mentions = await rows.CountAsync(ct);
        cause.People = await rows.Where(m => m.Person != null).Select(m => m.Person).Distinct().CountAsync(ct) + await rows.CountAsync(m => m.Person == null, ct);
        if (cause.Mentions > 0) (cause.First, cause.Last) = (await rows.MinAsync(m => m.At, ct), await rows.MaxAsync(m => m.At, ct));
        await _db.SaveChangesAsync(ct);
    }

    private Task Stale(GapId gap, CancellationToken ct) => _db.Set<Gap>().Where(g => g.Id == gap).ExecuteUpdateAsync(set => set.SetProperty(g => g.IsStale, true), ct);
}
