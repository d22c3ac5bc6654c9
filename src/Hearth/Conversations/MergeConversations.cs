using System.Globalization;
using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What became of merging, splitting, or undoing either.</summary>
[JsonDerivedType(typeof(Done), "done"), JsonDerivedType(typeof(Refused), "refused"), JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Merging
{
    private Merging() { }

    /// <param name="Merger">Undoes it.</param>
    /// <param name="Conversation">Where to look now: what was merged into, the new part, or what stands alone again.</param>
    public sealed record Done(Guid Merger, ConversationId Conversation) : Merging;

    /// <param name="Reason">A sentence for a person.</param>
    public sealed record Refused(string Reason) : Merging;

    public sealed record Unknown : Merging;
}

/// <summary>A merger or split that can be undone.</summary>
/// <param name="Id">Undo it by this.</param>
/// <param name="Kind">merge or split.</param>
/// <param name="Other">The conversation that was merged into this one, or that was split off it.</param>
/// <param name="Number">Its number.</param>
/// <param name="ByName">Who did it.</param>
/// <param name="At">When.</param>
public sealed record MergerView(Guid Id, MergerKind Kind, ConversationId Other, long Number, string ByName, DateTimeOffset At);

/// <summary>Two conversations became one, or with <paramref name="Undone"/> are two again.</summary>
public sealed record ConversationsMerged(ConversationId Conversation, ConversationId From, bool Undone, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>A part of a conversation became one of its own, or with <paramref name="Undone"/> is a part again.</summary>
public sealed record ConversationSplit(ConversationId Conversation, ConversationId Part, bool Undone, UserId? By, DateTimeOffset At, string? Why = null) : IFact
{
    public string Subject => "conversation:" + Conversation.Value;
}

/// <summary>Makes one conversation of two, and two again. See <see cref="MergeTree"/> for how.</summary>
public sealed class MergeConversations(Database db, TimeProvider clock)
{
    private readonly MergeTree _tree = new(db);

    /// <summary>What was said in one shows in the other from now on, with what is said in its thread later. Labels, notes' owners and assignee of <paramref name="into"/> stay.</summary>
    public Task<Merging> Merge(ConversationId from, ConversationId into, Doer by, CancellationToken ct) => db.InTransaction<Merging>(async () =>
    {
        if (from == into) return new Merging.Refused("A conversation cannot be merged into itself.");
        await _tree.Alone(ct);
        await _tree.Hold([from, into], ct);
        var (one, other) = (await Row(from, ct), await Row(into, ct));
        if (one is null || other is null) return new Merging.Unknown();
        if (one.Standing != Standing.Normal || other.Standing != Standing.Normal) return new Merging.Refused("One of them is spam, or is merged into another already.");
        var now = clock.Now();
        await _tree.KeepOwn(other, ct);
        await Hang(one, [into], ct);
        var row = new MergerRow { Id = Ids.New(), Kind = MergerKind.Merge, From = from, Into = into, By = by.Id, ByName = by.Name, At = now };
        db.Add(row);
        db.Add(Entry.Event(into, "merged", No(one), by, now, "/engage/" + from.Value));
        db.Add(Entry.Event(from, "merged-into", No(other), by, now, "/engage/" + into.Value));
        db.Record(new ConversationsMerged(into, from, false, by.Id, now, by.Why));
        await db.SaveChangesAsync(ct);
        return new Merging.Done(row.Id, into);
    }, ct);

    /// <summary>Makes entries of a conversation one of their own. A post that answers one of them later comes to the new one.</summary>
    /// <param name="from">Which.</param>
    /// <param name="positions">The entries; at least one post of the person, and not all.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Merging> Split(ConversationId from, IReadOnlyCollection<long> positions, Doer by, CancellationToken ct) => db.InTransaction<Merging>(async () =>
    {
        await _tree.Alone(ct);
        await _tree.Hold([from], ct);
        if (await Row(from, ct) is not { } whole) return new Merging.Unknown();
        if (whole.Standing != Standing.Normal) return new Merging.Refused("It is spam, or is merged into another.");
        var taken = await db.Set<Entry>().AsNoTracking().Where(e => e.ConversationId == from && positions.Contains(e.Position) && e.Kind != EntryKind.Event).OrderBy(e => e.Position).ToListAsync(ct);
        if (taken.Find(e => e.Kind == EntryKind.Mention) is not { } first) return new Merging.Refused("Choose at least one post of the person.");
        if (!await db.Set<Entry>().AnyAsync(e => e.ConversationId == from && e.Kind == EntryKind.Mention && !positions.Contains(e.Position), ct)) return new Merging.Refused("One post of the person must stay.");
        var (now, part) = (clock.Now(), ConversationId.New());
        var home = (await Row(first.Home ?? from, ct))!;
        db.Add(new Conversation
        {
            Id = part, Key = $"{home.Key}|{part.Value:N}", Network = home.Network, ThreadKey = home.ThreadKey, Source = home.Source, PersonId = home.PersonId, Status = whole.Status, ClosedAt = whole.ClosedAt,
            Department = whole.Department, Assignee = whole.Assignee, AssigneeName = whole.AssigneeName, Priority = whole.Priority, Version = whole.Version, Preview = "", LastMention = first.MentionId!.Value,
            LastMentionAt = first.At, LastAt = first.At, OpenedAt = now,
        });
        var row = new MergerRow { Id = Ids.New(), Kind = MergerKind.Split, From = part, Into = from, By = by.Id, ByName = by.Name, At = now };
        db.Add(row);
        foreach (var entry in taken) db.Add(new SplitEntry { Split = row.Id, Position = entry.Position, Home = entry.Home ?? from });
        await db.SaveChangesAsync(ct);
        var chosen = taken.ConvertAll(e => e.Position);
        await db.Set<Entry>().Where(e => chosen.Contains(e.Position)).ExecuteUpdateAsync(set => set.SetProperty(e => e.ConversationId, part).SetProperty(e => e.Home, (ConversationId?)null), ct);
        await _tree.Refresh(from, ct);
        await _tree.Refresh(part, ct);
        db.Add(Entry.Event(from, "split-off", No((await Row(part, ct))!), by, now, "/engage/" + part.Value));
        db.Add(Entry.Event(part, "split-from", No(whole), by, now, "/engage/" + from.Value));
        db.Record(new ConversationSplit(from, part, false, by.Id, now, by.Why));
        await db.SaveChangesAsync(ct);
        return new Merging.Done(row.Id, part);
    }, ct);

    /// <summary>Takes a merger or a split back; what was said since goes where it belongs.</summary>
    public Task<Merging> Undo(Guid merger, Doer by, CancellationToken ct) => db.InTransaction<Merging>(async () =>
    {
        if (await db.Set<MergerRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == merger, ct) is not { } row) return new Merging.Unknown();
        await _tree.Alone(ct);
        var above = await _tree.Up(row.Into, ct);
        await _tree.Hold([row.From, .. above], ct);
        var now = clock.Now();
        if (await db.Set<MergerRow>().Where(m => m.Id == merger && m.UndoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.UndoneAt, now), ct) == 0) return new Merging.Refused("It was undone before.");
        var refused = row.Kind == MergerKind.Merge ? await Part(row, above, ct) : await Join(row, above, ct);
        if (refused is not null)
        {
            await db.Set<MergerRow>().Where(m => m.Id == merger).ExecuteUpdateAsync(set => set.SetProperty(m => m.UndoneAt, (DateTimeOffset?)null), ct);
            return refused;
        }

        var (from, into) = ((await Row(row.From, ct))!, (await Row(row.Into, ct))!);
        var merge = row.Kind == MergerKind.Merge;
        db.Add(Entry.Event(above[^1], merge ? "parted" : "joined-again", No(from), by, now, "/engage/" + from.Id.Value));
        if (merge) db.Add(Entry.Event(from.Id, "parted", No(into), by, now, "/engage/" + into.Id.Value));
        if (merge) db.Record(new ConversationsMerged(row.Into, row.From, true, by.Id, now, by.Why));
        else db.Record(new ConversationSplit(row.Into, row.From, true, by.Id, now, by.Why));
        await db.SaveChangesAsync(ct);
        return new Merging.Done(merger, merge ? row.From : above[^1]);
    }, ct);

    /// <summary>The mergers into a conversation and the splits off it that can be undone, latest first.</summary>
    public async Task<IReadOnlyList<MergerView>> Of(ConversationId conversation, CancellationToken ct) =>
        await db.Set<MergerRow>().AsNoTracking().Where(m => m.Into == conversation && m.UndoneAt == null).OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(50)
            .Join(db.Set<Conversation>(), m => m.From, c => c.Id, (m, c) => new MergerView(m.Id, m.Kind, m.From, c.Number, m.ByName, m.At)).ToListAsync(ct);

    /// <summary>Where what was said in a conversation shows now: itself, unless it is merged into another.</summary>
    public async Task<ConversationId> Shown(ConversationId conversation, CancellationToken ct) => (await _tree.Up(conversation, ct))[^1];

    // The branch comes off; whoever stood as they do only because of it stands as they would without.
    private async Task<Merging?> Part(MergerRow row, List<ConversationId> above, CancellationToken ct)
    {
        var expected = new List<(ConversationStatus, DateTimeOffset?)>();
        foreach (var id in above) expected.Add(await _tree.Stands(id, ct));
        await db.Set<Conversation>().Where(c => c.Id == row.From).ExecuteUpdateAsync(set => set.SetProperty(c => c.MergedInto, (ConversationId?)null).SetProperty(c => c.Standing, Standing.Normal), ct);
        await _tree.Show(above[^1], await _tree.Down(row.From, ct), row.From, ct);
        for (var i = 0; i < above.Count; i++)
        {
            var id = above[i];
            var status = await db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.Status).SingleAsync(ct);
            if (status == expected[i].Item1) await _tree.Put(id, await _tree.Stands(id, ct), ct);
        }

        if (!await db.Set<Conversation>().AnyAsync(c => c.MergedInto == row.Into, ct)) await db.Set<OwnStatus>().Where(o => o.ConversationId == row.Into).ExecuteDeleteAsync(ct);
        await _tree.Refresh(above[^1], ct);
        await _tree.Refresh(row.From, ct);
        return null;
    }

    // What was taken along goes home; what the part was told since stays at home in it, and shows where it came from.
    private async Task<Merging?> Join(MergerRow row, List<ConversationId> above, CancellationToken ct)
    {
        var part = (await Row(row.From, ct))!;
        if (part.Standing == Standing.Merged || above.Contains(row.From)) return new Merging.Refused("It is part of a merger: undo that first.");
        if (await db.Set<MergerRow>().AnyAsync(m => m.Kind == MergerKind.Split && m.Into == row.From && m.UndoneAt == null, ct)) return new Merging.Refused("Something was split off it since: undo that first.");
        foreach (var moved in await db.Set<SplitEntry>().AsNoTracking().Where(s => s.Split == row.Id).ToListAsync(ct))
        {
            var shown = (await _tree.Up(moved.Home, ct))[^1];
            var home = shown == moved.Home ? (ConversationId?)null : moved.Home;
            await db.Set<Entry>().Where(e => e.Position == moved.Position && e.ConversationId == row.From && e.Home == null)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.ConversationId, shown).SetProperty(e => e.Home, home), ct);
            if (shown != above[^1]) await _tree.Refresh(shown, ct);
        }

        // A part in which nothing was said has no say in how the whole stands: its status was given to it, perhaps because of what was merged at that time.
        if (!await db.Set<Entry>().AnyAsync(e => e.ConversationId == row.From && e.Home == null && e.Kind != EntryKind.Note && e.Kind != EntryKind.Event, ct))
        {
            var (status, at) = (ConversationStatus.Closed, (DateTimeOffset?)clock.Now());
            await MergeTree.Own(db, row.From, status, at, ct);
            await _tree.Put(row.From, (status, at), ct);
            await _tree.Put(row.From, await _tree.Stands(row.From, ct), ct);
            part = (await Row(row.From, ct))!;
        }

        await _tree.KeepOwn((await Row(row.Into, ct))!, ct);
        await Hang(part, above, ct);
        return null;
    }

    private async Task Hang(Conversation branch, IReadOnlyList<ConversationId> above, CancellationToken ct)
    {
        var homes = await _tree.Down(branch.Id, ct);
        var (into, root) = (above[0], above[^1]);
        await db.Set<Conversation>().Where(c => c.Id == branch.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.MergedInto, into).SetProperty(c => c.Standing, Standing.Merged), ct);
        var spoke = await db.Set<Entry>().AnyAsync(e => e.ConversationId == branch.Id && (e.Kind == EntryKind.Reply || e.Kind == EntryKind.OwnPost), ct);
        await _tree.Show(branch.Id, homes, root, ct);
        if (spoke) await db.Set<Conversation>().Where(c => c.Id == root).ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, c => c.Version + 1), ct);
        foreach (var id in above)
        {
            if (branch.Status < (await Row(id, ct))!.Status) await _tree.Put(id, (branch.Status, branch.ClosedAt), ct);
        }

        await _tree.Refresh(root, ct);
    }

    private Task<Conversation?> Row(ConversationId id, CancellationToken ct) => db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);

    private static string No(Conversation c) => "No. " + c.Number.ToString(CultureInfo.InvariantCulture);

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapPost("/{id:guid}/merge", async Task<Results<Ok<Merging>, ProblemHttpResult>> (Guid id, MergeTarget body, MergeConversations merge, HttpContext http, CancellationToken ct) =>
                Answer(await merge.Merge(ConversationId.From(id), ConversationId.From(body.Into), http.Actor()!, ct)))
            .WithName("mergeConversation").WithSummary("Show all of a conversation in another one, until that is undone").RequireAuthorization("write");
        conversations.MapPost("/{id:guid}/split", async Task<Results<Ok<Merging>, ProblemHttpResult>> (Guid id, SplitPart body, MergeConversations merge, HttpContext http, CancellationToken ct) =>
                body.Positions is { Count: > 0 and <= 500 } positions ? Answer(await merge.Split(ConversationId.From(id), positions, http.Actor()!, ct)) : Problems.Invalid("positions", "must have 1 to 500 entries"))
            .WithName("splitConversation").WithSummary("Make entries of a conversation one of their own, until that is undone").RequireAuthorization("write");
        conversations.MapGet("/{id:guid}/mergers", async Task<Ok<IReadOnlyList<MergerView>>> (Guid id, MergeConversations merge, CancellationToken ct) =>
                TypedResults.Ok(await merge.Of(ConversationId.From(id), ct)))
            .WithName("listMergers").WithSummary("The mergers into a conversation and the splits off it").RequireAuthorization("read");
        conversations.MapPost("/mergers/{merger:guid}/undo", async Task<Results<Ok<Merging>, ProblemHttpResult>> (Guid merger, MergeConversations merge, HttpContext http, CancellationToken ct) =>
                Answer(await merge.Undo(merger, http.Actor()!, ct)))
            .WithName("undoMerger").WithSummary("Take a merger or a split back; what was said since goes where it belongs").RequireAuthorization("write");
    }

    private static Results<Ok<Merging>, ProblemHttpResult> Answer(Merging outcome) => outcome switch
    {
        Merging.Refused refused => Problems.Refused("not-merged", refused.Reason),
        Merging.Unknown => Problems.Unknown("conversation"),
        var done => TypedResults.Ok(done),
    };
}

/// <summary>Where to merge a conversation.</summary>
/// <param name="Into">The conversation that stays.</param>
public sealed record MergeTarget(Guid Into);

/// <summary>What to split off.</summary>
/// <param name="Positions">Entries of the timeline; at least one post of the person, and not all.</param>
public sealed record SplitPart(IReadOnlyList<long>? Positions);
