using System.Globalization;
using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Which mentions; what is null does not narrow. Posts removed at their source are left out.</summary>
/// <param name="Text">Words that must be there; <c>"a phrase"</c>, <c>begin*</c>, #tag and @handle work.</param>
/// <param name="Query">Matched by a saved query.</param>
/// <param name="Source">Read there.</param>
/// <param name="Language">ISO 639-1 or "und".</param>
/// <param name="Sentiment">As read or corrected.</param>
/// <param name="Intent">Has it, maybe among others.</param>
/// <param name="Topic">Key of a topic.</param>
/// <param name="Author">Handle, without @, in any case.</param>
/// <param name="Person">Written by one of our people.</param>
/// <param name="From">First UTC day, inclusive.</param>
/// <param name="To">Last UTC day, inclusive: from 3 March to 3 March is one whole day.</param>
public sealed record MentionFilter(
    string? Text = null, QueryId? Query = null, SourceId? Source = null, string? Language = null, Sentiment? Sentiment = null, Intent? Intent = null, string? Topic = null,
    string? Author = null, PersonId? Person = null, DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>Reads the filters of an address (q, query, source, lang, sentiment, intent, topic, author, person, from, to).</summary>
    /// <param name="value">Gives the text of a parameter, or null.</param>
    /// <param name="errors">Gets what cannot be read; the filter then leaves it out.</param>
    public static MentionFilter Read(Func<string, string?> value, ICollection<FieldError> errors)
    {
        return new(
            Text("q"), Id("query") is { } query ? QueryId.From(query) : null, Id("source") is { } source ? SourceId.From(source) : null, Text("lang"), Word<Sentiment>("sentiment"),
            Word<Intent>("intent"), Text("topic"), Text("author")?.TrimStart('@'), Id("person") is { } person ? PersonId.From(person) : null, Day("from"), Day("to"));

        string? Text(string name) => value(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        T? Wrong<T>(string name, string reason) where T : struct
        {
            errors.Add(new(name, reason));
            return null;
        }

        Guid? Id(string name) => Text(name) is not { } text ? null : Guid.TryParse(text, out var id) ? id : Wrong<Guid>(name, "is no id");

        T? Word<T>(string name) where T : struct, Enum => Text(name) is not { } text ? null
            : Platform.Word<T>.TryParse(text, out var word) ? word.Value
            : Wrong<T>(name, $"must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

        DateOnly? Day(string name) => Text(name) is not { } text ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : Wrong<DateOnly>(name, "must be a day like 2026-03-31");
    }

    internal IQueryable<MentionRow> Rows(Database db)
    {
        var rows = (Text is null ? null : MentionSearch.Find(db, Text)) ?? db.Set<MentionRow>();
        rows = rows.AsNoTracking().Where(m => m.RemovedAt == null);
        if (Query is { } query) rows = rows.Where(m => db.Set<MentionQuery>().Any(q => q.Query == query && q.Mention == m.Id));
        if (Source is { } source) rows = rows.Where(m => m.Source == source);
        if (Language is { } language) rows = rows.Where(m => m.Language == language);
        if (Sentiment is { } sentiment) rows = rows.Where(m => m.Sentiment == sentiment);
        if (Intent is { } intent)
        {
            var bit = 1 << (int)intent;
            rows = rows.Where(m => (m.Intents & bit) != 0);
        }

        if (Topic is { } topic) rows = rows.Where(m => db.Set<MentionTopic>().Any(t => t.Topic == topic && t.Mention == m.Id));
        if (Author is { } author)
        {
            var lower = author.ToLowerInvariant();
            rows = rows.Where(m => m.AuthorHandle == author || m.AuthorHandle == lower);
        }

        if (Person is { } person) rows = rows.Where(m => m.Person == person);
        if (From is { } from)
        {
            var day = Number(from);
            rows = rows.Where(m => m.Day >= day);
        }

        if (To is { } to)
        {
            var day = Number(to);
            rows = rows.Where(m => m.Day <= day);
        }

        return rows;
    }

    internal static int Number(DateOnly day) => day.DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    internal static DateOnly Date(int day) => new DateOnly(1970, 1, 1).AddDays(day);
}
