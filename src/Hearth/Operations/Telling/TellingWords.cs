using System.Text.RegularExpressions;
using Hearth.Governance;
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

/// <summary>What became of writing or approving words: exactly one of the nested cases.</summary>
public abstract record Wording
{
    private Wording() { }

    public sealed record Done : Wording;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Wording;

    /// <summary>Only a lead or an owner approves.</summary>
    public sealed record NotAllowed : Wording;

    /// <summary>The text is no longer the one that was read; <paramref name="Text"/> is what stands there now.</summary>
    public sealed record ChangedMeanwhile(string Text) : Wording;

    /// <summary>There is no such change, or it has no words in this language.</summary>
    public sealed record Unknown : Wording;
}

/// <summary>The words that people are told a change in: one text for a language, said only once somebody with the right has approved it, and then in their name.</summary>
public sealed partial class TellingWords(Database db, Publish publish, ReadPeople people, TimeProvider clock)
{
    public const int MaxText = 1000;

    /// <summary>Writes the text for a language. Another text is no longer approved; the same one stays so.</summary>
    /// <param name="change">Which.</param>
    /// <param name="language">ISO 639-1 ("de"), or "und" for those whose language could not be told.</param>
    /// <param name="text">1 to 1,000 characters; {name} stands for the person's name.</param>
    /// <param name="by">Who writes.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Wording> Write(ChangeId change, string language, string? text, Actor by, CancellationToken ct) => db.InTransaction<Wording>(async () =>
    {
        var words = text?.Trim();
        var errors = new List<FieldError>();
        if (!Code().IsMatch(language)) errors.Add(new("language", "must be two small letters like de, or und"));
        if (words is not { Length: > 0 and <= MaxText }) errors.Add(new("text", $"must have 1 to {MaxText:N0} characters"));
        if (errors.Count > 0) return new Wording.Invalid(errors);
        if (!await Lock(change, ct)) return new Wording.Unknown();
        var row = await db.Set<WordsRow>().SingleOrDefaultAsync(w => w.ChangeId == change && w.Language == language, ct);
        if (row?.Text == words) return new Wording.Done();
        if (row is null) db.Add(row = new WordsRow { ChangeId = change, Language = language, Text = "", WrittenBy = "", WrittenAt = default });
        (row.Text, row.WrittenBy, row.WrittenAt) = (words!, by.Name, clock.Now());
        (row.ApprovedBy, row.ApprovedByName, row.ApprovedInitials, row.ApprovedDepartment, row.ApprovedAt) = (null, null, null, null, null);
        await db.SaveChangesAsync(ct);
        return new Wording.Done();
    }, ct);

    /// <summary>Approves a text, and lends it one's name.</summary>
    /// <param name="change">Which.</param>
    /// <param name="language">Whose words.</param>
    /// <param name="seen">The text as it was read: another one is not approved with it.</param>
    /// <param name="by">A lead or an owner.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Wording> Approve(ChangeId change, string language, string? seen, Actor by, CancellationToken ct) => db.InTransaction<Wording>(async () =>
    {
        if (!by.Is(Role.Lead)) return new Wording.NotAllowed();
        if (!await Lock(change, ct) || await db.Set<WordsRow>().SingleOrDefaultAsync(w => w.ChangeId == change && w.Language == language, ct) is not { } row) return new Wording.Unknown();
        if (row.Text != seen?.Trim()) return new Wording.ChangedMeanwhile(row.Text);
        if (await TooLong(change, language, row.Text, by, ct) is { } error) return new Wording.Invalid([error]);
        (row.ApprovedBy, row.ApprovedByName, row.ApprovedInitials, row.ApprovedDepartment, row.ApprovedAt) = (by.Id, by.Name, by.Initials, by.Department, clock.Now());
        await db.SaveChangesAsync(ct);
        return new Wording.Done();
    }, ct);

    /// <summary>Takes an approval back; who was told is told.</summary>
    public async Task<Wording> Withdraw(ChangeId change, string language, Actor by, CancellationToken ct)
    {
        if (!by.Is(Role.Lead)) return new Wording.NotAllowed();
        var withdrawn = await db.Set<WordsRow>().Where(w => w.ChangeId == change && w.Language == language).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.ApprovedBy, (UserId?)null).SetProperty(w => w.ApprovedByName, (string?)null).SetProperty(w => w.ApprovedInitials, (string?)null)
            .SetProperty(w => w.ApprovedDepartment, (Department?)null).SetProperty(w => w.ApprovedAt, (DateTimeOffset?)null), ct);
        return withdrawn == 0 ? new Wording.Unknown() : new Wording.Done();
    }

    /// <summary>Halts telling or goes on with it, and says which language people get whose own has no approved words.</summary>
    /// <param name="change">Which.</param>
    /// <param name="paused">True: nobody else is told for now.</param>
    /// <param name="fallback">A language with words; null lets these people wait.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Wording> Set(ChangeId change, bool paused, string? fallback, CancellationToken ct)
    {
        var language = string.IsNullOrWhiteSpace(fallback) ? null : fallback;
        if (language is not null && !await db.Set<WordsRow>().AnyAsync(w => w.ChangeId == change && w.Language == language, ct)) return new Wording.Invalid([new("fallback", "must be a language that has words")]);
        return await db.Set<ChangeRow>().Where(c => c.Id == change).ExecuteUpdateAsync(set => set.SetProperty(c => c.TellingPaused, paused).SetProperty(c => c.TellingDefault, language), ct) == 0
            ? new Wording.Unknown() : new Wording.Done();
    }

    internal static string Fill(string text, string? name) => text.Replace("{name}", name ?? "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal).Trim();

    internal static Actor Speaker(WordsRow words) => new(words.ApprovedBy!.Value, words.ApprovedByName!, words.ApprovedInitials!, words.ApprovedDepartment, Role.Lead);

    // On every network where somebody waits for these words, with the longest name among them.
    private async Task<FieldError?> TooLong(ChangeId change, string language, string text, Actor by, CancellationToken ct)
    {
        var waiting = await db.Set<ToldRow>().AsNoTracking().Where(t => t.ChangeId == change && t.State == ToldState.Waiting && t.Language == language).Select(t => new { t.Network, t.PersonId }).ToListAsync(ct);
        var names = text.Contains("{name}", StringComparison.Ordinal) ? await people.Of([.. waiting.Select(w => w.PersonId)], ct) : null;
        foreach (var network in waiting.GroupBy(w => w.Network, StringComparer.Ordinal))
        {
            var name = names is null ? null : network.Select(w => names.GetValueOrDefault(w.PersonId)?.Name).MaxBy(n => n?.Length);
            var preview = await publish.PreviewReply(new ReplyTarget(network.Key, null, "any"), Fill(text, name), by, ct);
            if (!preview.Length.Fits) return new("text", $"has {preview.Length.Length} {preview.Length.Unit} with the longest name and your signature; {Channels.Networks.Title(network.Key)} takes {preview.Length.Limit}");
        }

        return null;
    }

    private async Task<bool> Lock(ChangeId change, CancellationToken ct) =>
        await db.Set<ChangeRow>().Where(c => c.Id == change).ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, c => c.Title), ct) == 1;

    [GeneratedRegex("^([a-z]{2}|und)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    internal static void Map(IEndpointRouteBuilder changes)
    {
        changes.MapPut("/{id:guid}/telling/words/{language}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, string language, WordsToWrite body, TellingWords words, HttpContext http, CancellationToken ct) =>
                Answer(await words.Write(ChangeId.From(id), language, body.Text, http.Actor(), ct)))
            .WithName("writeTellingWords").WithSummary("Write what people of a language are told").RequireAuthorization("write");
        changes.MapPost("/{id:guid}/telling/words/{language}/approval", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, string language, WordsToWrite body, TellingWords words, HttpContext http, CancellationToken ct) =>
                Answer(await words.Approve(ChangeId.From(id), language, body.Text, http.Actor(), ct)))
            .WithName("approveTellingWords").WithSummary("Approve the text you read; people are told it in your name").RequireAuthorization("lead");
        changes.MapDelete("/{id:guid}/telling/words/{language}/approval", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, string language, TellingWords words, HttpContext http, CancellationToken ct) =>
                Answer(await words.Withdraw(ChangeId.From(id), language, http.Actor(), ct)))
            .WithName("withdrawTellingWords").WithSummary("Take an approval back").RequireAuthorization("lead");
        changes.MapPut("/{id:guid}/telling", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, TellingSettings body, TellingWords words, CancellationToken ct) =>
                Answer(await words.Set(ChangeId.From(id), body.Paused, body.Fallback, ct)))
            .WithName("setTelling").WithSummary("Halt telling or go on, and choose the language for those without words in their own").RequireAuthorization("write");
    }

    private static Results<NoContent, ProblemHttpResult> Answer(Wording outcome) => outcome switch
    {
        Wording.Done => TypedResults.NoContent(),
        Wording.Invalid invalid => Problems.Invalid(invalid.Errors),
        Wording.NotAllowed => Problems.Refused("not-allowed", "Only a lead or an owner approves words.", StatusCodes.Status403Forbidden),
        Wording.ChangedMeanwhile => Problems.Refused("changed-meanwhile", "The text is no longer the one you read."),
        _ => Problems.Unknown("change, or words in this language"),
    };
}

/// <summary>Words for people of one language.</summary>
/// <param name="Text">1 to 1,000 characters; {name} stands for the person's name. When approving: the text as you read it.</param>
public sealed record WordsToWrite(string? Text);

/// <summary>How telling goes on.</summary>
/// <param name="Paused">True: nobody else is told for now.</param>
/// <param name="Fallback">The language for people whose own has no approved words; null lets them wait.</param>
public sealed record TellingSettings(bool Paused, string? Fallback = null);
