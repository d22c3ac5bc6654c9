using Hearth.Governance;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>The small things that are done with a conversation: label, note, status. Each stands on its timeline.</summary>
public sealed class ConversationSteps(Database db, StepLog log, Staff staff, Notices notices, TimeProvider clock)
{
    public const int MaxLabel = 40;
    public const int MaxNote = 10_000;

    /// <summary>A label as it is kept: lower case, single spaces, up to 40 characters; null when nothing is left or it is longer.</summary>
    public static string? Label(string? given)
    {
        var label = string.Join(' ', (given ?? "").ToLowerInvariant().Split([' ', '\t', '\n', '\r', ',', '\0'], StringSplitOptions.RemoveEmptyEntries));
        return label.Length is > 0 and <= MaxLabel ? label : null;
    }

    /// <summary>Adds a label; one that is there already stays, without a word.</summary>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> AddLabel(ConversationId conversation, string label, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (!await db.Set<Conversation>().AnyAsync(c => c.Id == conversation, ct)) return false;
        if (await db.Database.ExecuteSqlAsync($"INSERT INTO conversations_labels (conversation_id, label) VALUES ({db.Key(conversation.Value)}, {label}) ON CONFLICT DO NOTHING", ct) > 0)
        {
            log.Keep(conversation, StepKind.Labelled, null, label, by);
            db.Record(new ConversationLabelled(conversation, label, true, by.Id, clock.Now(), by.Why));
            await Tell(conversation, "labelled", label, by, ct);
        }

        return true;
    }, ct);

    public Task RemoveLabel(ConversationId conversation, string label, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Set<LabelRow>().Where(l => l.ConversationId == conversation && l.Label == label).ExecuteDeleteAsync(ct) > 0)
        {
            log.Keep(conversation, StepKind.Unlabelled, label, null, by);
            db.Record(new ConversationLabelled(conversation, label, false, by.Id, clock.Now(), by.Why));
            await Tell(conversation, "unlabelled", label, by, ct);
        }
    }, ct);

    /// <summary>Writes what only we see. Whoever is named in it (@Ada, see <see cref="Named.In"/>) is told, and finds it under "mentioned me".</summary>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> Note(ConversationId conversation, string text, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (!await db.Set<Conversation>().AnyAsync(c => c.Id == conversation, ct)) return false;
        var now = clock.Now();
        var note = new Entry
        {
            ConversationId = conversation, Kind = EntryKind.Note, At = now, Text = text.Trim(), By = by.Id, ByName = by.Name, Words = ConversationSearch.Words(text),
        };
        db.Add(note);
        db.Record(new ConversationNoted(conversation, by.Id, now));
        foreach (var person in text.Contains('@', StringComparison.Ordinal) ? Named.In(text, await staff.All(ct)) : [])
        {
            await db.Database.ExecuteSqlAsync($"""INSERT INTO conversations_named ("user", conversation_id, at) VALUES ({db.Key(person.Id.Value)}, {db.Key(conversation.Value)}, {now.ToUnixMicroseconds()}) ON CONFLICT ("user", conversation_id) DO UPDATE SET at = excluded.at""", ct);
            if (person.Id != by.Id) notices.Tell(person.Id, $"{by.Name} named you in a note", Threads.Preview(text.Trim()), $"/engage/{conversation.Value}", bad: false);
            db.Record(new ConversationNoteNamed(conversation, person.Id, by.Id, now));
        }

        await db.SaveChangesAsync(ct);
        log.Keep(conversation, StepKind.Noted, null, note.Position.ToString(System.Globalization.CultureInfo.InvariantCulture), by);
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    /// <summary>Moves it to a status; being there already changes nothing.</summary>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> Move(ConversationId conversation, ConversationStatus to, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        DateTimeOffset? closed = to == ConversationStatus.Closed ? now : null;
        if (await db.Hold(conversation, ct) is not { } held) return false;
        if (held.Status == to) return true;
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, to).SetProperty(c => c.ClosedAt, closed), ct);
        await MergeTree.Own(db, conversation, to, closed, ct);
        log.Keep(conversation, StepKind.Moved, held.Status.ToString(), to.ToString(), by);
        if (to == ConversationStatus.Closed) db.Record(new ConversationClosed(conversation, by.Id, now, by.Why));
        else db.Record(new ConversationStatusChanged(conversation, to, by.Id, now, by.Why));
        await Tell(conversation, to switch { ConversationStatus.Closed => "closed", ConversationStatus.Waiting => "waiting", _ => "reopened" }, null, by, ct);
        return true;
    }, ct);

    /// <summary>Lets a room above write on the timeline ("raised as a gap"), in its own transaction.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="what">Kebab case: "gap-raised".</param>
    /// <param name="text">A few words for people.</param>
    /// <param name="link">Where it leads, below the console's root ("/fix/...").</param>
    /// <param name="by">Who did it.</param>
    public void Tell(ConversationId conversation, string what, string text, string? link, Doer by) =>
        db.Add(Entry.Event(conversation, what, text, by, clock.Now(), link));

    private async Task Tell(ConversationId conversation, string what, string? text, Doer by, CancellationToken ct)
    {
        db.Add(Entry.Event(conversation, what, text, by, clock.Now()));
        await db.SaveChangesAsync(ct);
    }

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapPut("/{id:guid}/labels/{label}",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, string label, ConversationSteps steps, HttpContext http, CancellationToken ct) =>
            {
                if (Label(label) is not { } kept) return Problems.Invalid("label", $"must have 1 to {MaxLabel} characters");
                return await steps.AddLabel(ConversationId.From(id), kept, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("conversation");
            })
            .WithName("addLabel").WithSummary("Label a conversation").RequireAuthorization("write");
        conversations.MapDelete("/{id:guid}/labels/{label}", async Task<NoContent> (Guid id, string label, ConversationSteps steps, HttpContext http, CancellationToken ct) =>
            {
                await steps.RemoveLabel(ConversationId.From(id), Label(label) ?? "", http.Actor(), ct);
                return TypedResults.NoContent();
            })
            .WithName("removeLabel").WithSummary("Take a label off a conversation").RequireAuthorization("write");
        conversations.MapPost("/{id:guid}/notes", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, NoteText body, ConversationSteps steps, HttpContext http, CancellationToken ct) =>
            {
                if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > MaxNote) return Problems.Invalid("text", $"must have 1 to {MaxNote:N0} characters");
                return await steps.Note(ConversationId.From(id), body.Text, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("conversation");
            })
            .WithName("addNote").WithSummary("Write a note that only the brand's people see").RequireAuthorization("write");
        conversations.MapPut("/{id:guid}/status", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, StatusChange body, ConversationSteps steps, HttpContext http, CancellationToken ct) =>
                await steps.Move(ConversationId.From(id), body.Status, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("conversation"))
            .WithName("moveConversation").WithSummary("Open, wait for the person, or close").RequireAuthorization("write");
    }
}

/// <summary>An internal note.</summary>
/// <param name="Text">1 to 10,000 characters.</param>
public sealed record NoteText(string Text);

/// <summary>Where the conversation shall stand.</summary>
/// <param name="Status">open, waiting or closed.</param>
public sealed record StatusChange(ConversationStatus Status);
