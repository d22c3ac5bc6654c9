using Hearth.Governance;
using Hearth.Listening.Counting;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>What a person says a mention is; what is null stays as it is.</summary>
/// <param name="Sentiment">Negative, neutral or positive.</param>
/// <param name="Intents">At least one, without repeats.</param>
/// <param name="Language">ISO 639-1, or "und".</param>
/// <param name="Topics">Keys of topics; may be empty. One that it did not have is judged as the mention is.</param>
/// <param name="Aspects">Topics with how each is judged, each once; may be empty. What is judged badly fell short of what was expected. Not together with topics.</param>
/// <param name="Emotion">The feeling that speaks loudest.</param>
public sealed record Correction(
    Sentiment? Sentiment = null, IReadOnlyList<Intent>? Intents = null, string? Language = null, IReadOnlyList<string>? Topics = null, IReadOnlyList<MentionAspect>? Aspects = null, Emotion? Emotion = null);

/// <summary>One earlier correction of a mention.</summary>
public sealed record CorrectionView(string Field, string Was, string Is, string By, DateTimeOffset At);

public enum CorrectionOutcome
{
    Done,

    /// <summary>It already was so; nothing is recorded.</summary>
    Unchanged,
    UnknownMention,
}

/// <summary>Takes a person's word for what a mention means. It sticks: reading the text anew leaves corrected fields alone.</summary>
public sealed class CorrectMention(Database db, AskAgain ask, TimeProvider clock)
{
    /// <summary>What cannot be kept of a correction; empty when all can.</summary>
    public static IEnumerable<FieldError> Check(Correction given)
    {
        if (given.Intents is { Count: 0 }) yield return new("intents", "at least one is needed; choose other when none fits");
        if (given.Intents is { Count: > 1 } several && several.Contains(Intent.Other)) yield return new("intents", "other stands alone");
        if (given.Language is { } language && language != "und" && (language.Length != 2 || !language.All(char.IsAsciiLetterLower))) yield return new("language", "must be two small letters (ISO 639-1), or und");
        foreach (var unknown in (given.Topics ?? []).Where(t => !Topics.Exists(t))) yield return new("topics", $"there is no topic '{unknown}'");
        foreach (var unknown in (given.Aspects ?? []).Where(a => !Topics.Exists(a.Attribute))) yield return new("aspects", $"there is no topic '{unknown.Attribute}'");
        if (given.Aspects is { } aspects && aspects.DistinctBy(a => a.Attribute).Count() < aspects.Count) yield return new("aspects", "must name each topic once");
        if (given is { Topics: not null, Aspects: not null }) yield return new("aspects", "must not be given together with topics, which they are");
    }

    public Task<CorrectionOutcome> Run(Actor by, MentionId id, Correction given, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Set<MentionRow>().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } mention) return CorrectionOutcome.UnknownMention;
        var changed = false;
        var counts = new MentionRollups();
        await counts.TakeOut(db, [mention], ct);
        var had = await db.Set<MentionTopic>().Where(t => t.Mention == id).ToListAsync(ct);
        IReadOnlyList<string> topicsNow = [.. had.Select(t => t.Topic)];
        if (given.Sentiment is { } sentiment && Changes("sentiment", Word(mention.Sentiment), Word(sentiment)))
        {
            // The strength was read for another class; a person's word is plain.
            (mention.Sentiment, mention.Strength) = (sentiment, (int)sentiment * 0.5);
            mention.Corrected |= Corrected.Sentiment;
        }

        if (given.Intents is { } intents && Changes("intents", Words(IntentBits.Intents(mention.Intents)), Words(intents.Distinct())))
        {
            mention.Intents = intents.Bits();
            mention.Corrected |= Corrected.Intents;
        }

        if (given.Language is { } language && Changes("language", mention.Language, language))
        {
            mention.Language = language;
            mention.Corrected |= Corrected.Language;
        }

        if (given.Emotion is { } emotion && Changes("emotion", Word(mention.Emotion), Word(emotion)))
        {
            mention.Emotion = emotion;
            mention.Corrected |= Corrected.Emotion;
        }

        if (Judged(given, had, mention.Sentiment) is { } aspects)
        {
            IReadOnlyList<MentionAspect> were = [.. had.Select(t => new MentionAspect(t.Topic, t.Polarity))];
            var changes = given.Aspects is null ? Changes("topics", Keys(were), Keys(aspects)) : Changes("aspects", Aspects(were), Aspects(aspects));
            if (changes)
            {
                await new MentionJudgement(db).Correct(mention, had, aspects, ct);
                mention.Corrected |= Corrected.Topics;
                topicsNow = [.. aspects.Select(a => a.Attribute)];
            }
        }

        counts.PutBack(mention, topicsNow, await ask.Of(mention, ct));
        await counts.Write(db, ct);
        await db.SaveChangesAsync(ct);
        return changed ? CorrectionOutcome.Done : CorrectionOutcome.Unchanged;

        bool Changes(string field, string was, string now)
        {
            if (was == now) return false;
            var at = clock.Now();
            db.Add(new CorrectionRow { Id = Ids.New(), Mention = id, Field = field, Was = was, Is = now, By = by.Id, ByName = by.Name, At = at });
            db.Record(new MentionCorrected(id, field, was, now, by.Id, at));
            return changed = true;
        }
    }, ct);

    /// <summary>All corrections of a mention, latest first.</summary>
    public async Task<IReadOnlyList<CorrectionView>> History(MentionId id, CancellationToken ct) => await db.Set<CorrectionRow>().AsNoTracking().Where(c => c.Mention == id)
        .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Select(c => new CorrectionView(c.Field, c.Was, c.Is, c.ByName, c.At)).ToListAsync(ct);

    internal static void Map(IEndpointRouteBuilder api)
    {
        api.MapPatch("/mentions/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Correction body, CorrectMention correct, HttpContext http, CancellationToken ct) =>
            {
                if (Check(body).ToList() is { Count: > 0 } errors) return Problems.Invalid(errors);
                return await correct.Run(http.Actor(), MentionId.From(id), body, ct) == CorrectionOutcome.UnknownMention ? Problems.Unknown("mention") : TypedResults.NoContent();
            })
            .WithTags("Listening").WithName("correctMention").WithSummary("Say what a mention really means; it sticks").RequireAuthorization("write");
        api.MapGet("/mentions/{id:guid}/corrections", async Task<Ok<IReadOnlyList<CorrectionView>>> (Guid id, CorrectMention correct, CancellationToken ct) =>
                TypedResults.Ok(await correct.History(MentionId.From(id), ct)))
            .WithTags("Listening").WithName("listCorrections").WithSummary("What people corrected, latest first").RequireAuthorization("read");
    }

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    // A topic that stays keeps its polarity.
    private static IReadOnlyList<MentionAspect>? Judged(Correction given, List<MentionTopic> had, Sentiment sentiment) => given.Aspects
        ?? given.Topics?.Distinct(StringComparer.Ordinal).Select(t => new MentionAspect(t, had.Find(h => h.Topic == t)?.Polarity ?? sentiment)).ToList();

    private static string Keys(IEnumerable<MentionAspect> aspects) => string.Join(' ', aspects.Select(a => a.Attribute).Order(StringComparer.Ordinal));

    private static string Aspects(IEnumerable<MentionAspect> aspects) => string.Join(' ', aspects.OrderBy(a => a.Attribute, StringComparer.Ordinal).Select(a => $"{a.Attribute}:{Word(a.Polarity)}"));

    private static string Words(IEnumerable<Intent> intents) => string.Join(' ', intents.Order().Select(Word));
}
