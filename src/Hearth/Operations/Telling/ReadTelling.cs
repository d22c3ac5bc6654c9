using Hearth.Operations.Changes;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Telling;

/// <summary>What people of one language are told.</summary>
/// <param name="Language">ISO 639-1, or "und".</param>
/// <param name="People">How many spoke in it.</param>
/// <param name="Waiting">How many of them wait.</param>
/// <param name="Text">The words; null while there are none.</param>
/// <param name="WrittenBy">Who wrote them.</param>
/// <param name="ApprovedBy">Who approved them, in whose name they are said; null until somebody has.</param>
/// <param name="ApprovedAt">When.</param>
public sealed record LanguageWords(string Language, int People, int Waiting, string? Text, string? WrittenBy, string? ApprovedBy, DateTimeOffset? ApprovedAt);

/// <summary>How far telling people of a change has come.</summary>
/// <param name="People">How many spoke of it, each once.</param>
/// <param name="ByState">How many of them stand where.</param>
/// <param name="ByReason">Why some are not told.</param>
/// <param name="Nameless">Conversations whose author no source names: nobody can be told there.</param>
/// <param name="Words">By language, most people first.</param>
/// <param name="Paused">True: nobody else is told for now.</param>
/// <param name="Fallback">The language for people whose own has no approved words.</param>
public sealed record TellingView(int People, IReadOnlyDictionary<ToldState, int> ByState, IReadOnlyDictionary<NotTold, int> ByReason, int Nameless, IReadOnlyList<LanguageWords> Words, bool Paused, string? Fallback);

/// <summary>One person, and whether they have been told.</summary>
/// <param name="Person">Who.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Network">Where they spoke.</param>
/// <param name="Language">In which language.</param>
/// <param name="Conversation">The conversation; null when there is none.</param>
/// <param name="State">waiting, sending, byHand, told, failed or skipped.</param>
/// <param name="Why">Why not, for a person.</param>
/// <param name="At">When it came to this.</param>
/// <param name="Text">What they were told, with signature.</param>
/// <param name="Url">Where it stands.</param>
public sealed record ToldPerson(PersonId Person, string Name, string Network, string Language, Guid? Conversation, ToldState State, string? Why, DateTimeOffset At, string? Text, string? Url);

/// <summary>Reads who has been told of a change, who has not, and why.</summary>
public sealed class ReadTelling(Database db, ReadPeople people, ReadMessages messages)
{
    private sealed record Place(long Number);

    /// <returns>Null when there is no such change.</returns>
    public async Task<TellingView?> Of(ChangeId change, CancellationToken ct)
    {
        if (await db.Set<ChangeRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == change, ct) is not { } row) return null;
        var groups = await db.Set<ToldRow>().Where(t => t.ChangeId == change).GroupBy(t => new { t.Language, t.State, t.Why }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var words = await db.Set<WordsRow>().AsNoTracking().Where(w => w.ChangeId == change).ToDictionaryAsync(w => w.Language, ct);
        var gaps = db.Set<ServedGap>().Where(g => g.ChangeId == change).Select(g => g.GapId);
        var nameless = await db.Set<GapConversation>().Where(c => gaps.Contains(c.GapId) && c.PersonId == null).Select(c => c.ConversationId).Distinct().CountAsync(ct);
        var languages = groups.Select(g => g.Key.Language).Union(words.Keys).Select(l =>
        {
            var (text, mine) = (words.GetValueOrDefault(l), groups.Where(g => g.Key.Language == l).ToList());
            return new LanguageWords(l, mine.Sum(g => g.Count), mine.Where(g => g.Key.State == ToldState.Waiting).Sum(g => g.Count), text?.Text, text?.WrittenBy, text?.ApprovedByName, text?.ApprovedAt);
        });
        return new(groups.Sum(g => g.Count), groups.GroupBy(g => g.Key.State).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            groups.Where(g => g.Key.Why is not null).GroupBy(g => g.Key.Why!.Value).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)), nameless,
            [.. languages.OrderByDescending(l => l.People).ThenBy(l => l.Language, StringComparer.Ordinal)], row.TellingPaused, row.TellingDefault);
    }

    /// <summary>The people of a change, in the order they are told.</summary>
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<ToldPerson>?> People(ChangeId change, ToldState? state, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var rows = db.Set<ToldRow>().AsNoTracking().Where(t => t.ChangeId == change && (state == null || t.State == state));
        if (place is { Number: var number }) rows = rows.Where(t => t.Number > number);
        var page = Keyset.Cut(await rows.OrderBy(t => t.Number).Take(size + 1).ToListAsync(ct), size, t => new Place(t.Number));
        var cards = await people.Of([.. page.Items.Select(t => t.PersonId)], ct);
        var said = (await messages.Of([.. page.Items.Select(t => t.MessageId)], ct)).ToDictionary(m => m.Id);
        var head = await db.Set<ChangeRow>().AsNoTracking().Where(c => c.Id == change).Select(c => new { c.State, c.TellingPaused, c.TellingDefault }).SingleOrDefaultAsync(ct);
        var approved = await db.Set<WordsRow>().Where(w => w.ChangeId == change && w.ApprovedBy != null).Select(w => w.Language).ToListAsync(ct);
        return page.Select(t =>
        {
            var message = said.GetValueOrDefault(t.MessageId);
            return new ToldPerson(t.PersonId, cards.GetValueOrDefault(t.PersonId)?.Name ?? "Somebody", t.Network, t.Language, t.ConversationId?.Value, t.State,
                t.State switch
                {
                    ToldState.Skipped => t.Why!.Value.Title(),
                    ToldState.Failed => message?.Reason,
                    ToldState.ByHand => "nothing can send it there: a person posts it from the outbox",
                    ToldState.Waiting => head!.State == ChangeState.RolledBack ? "the change was rolled back" : head.TellingPaused ? "telling is halted"
                        : approved.Contains(t.Language) || head.TellingDefault is { } d && approved.Contains(d) ? "their turn comes" : "no approved words in their language",
                    _ => null,
                }, t.At, message?.Text, message?.Url);
        });
    }

    internal static void Map(IEndpointRouteBuilder changes)
    {
        changes.MapGet("/{id:guid}/telling", async Task<Results<Ok<TellingView>, ProblemHttpResult>> (Guid id, ReadTelling read, CancellationToken ct) =>
                await read.Of(ChangeId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("change"))
            .WithName("getTelling").WithSummary("How many people have been told of a change, and in which words").RequireAuthorization("read");
        changes.MapGet("/{id:guid}/telling/people", async Task<Results<Ok<Page<ToldPerson>>, ProblemHttpResult>> (Guid id, ReadTelling read, CancellationToken ct, Word<ToldState>? state = null, string? after = null, int? size = null) =>
                await read.People(ChangeId.From(id), state?.Value, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listTold").WithSummary("Who has been told of a change, who has not, and why").RequireAuthorization("read");
    }
}

/// <summary>How people say why somebody is not told.</summary>
public static class NotToldWords
{
    public static string Title(this NotTold why) => why switch
    {
        NotTold.OptedOut => "does not want to be written to unasked",
        NotTold.PostRemoved => "deleted what they had said",
        NotTold.ToldOfIdea => "is told of their idea, which it carries out",
        NotTold.ToldOfChange => "is told of the change that carries it out",
        NotTold.SamePerson => "is one with somebody who is told",
        NotTold.Overtaken => "the idea moved on before the words were approved",
        _ => "the words are too long for their network with their name",
    };
}
