using System.Globalization;
using Hearth.Catalog;
using Hearth.Listening.Queries;
using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;

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
/// <param name="From">First day, inclusive, in <see cref="Zone"/>.</param>
/// <param name="To">Last day, inclusive: from 3 March to 3 March is one whole day.</param>
public sealed record MentionFilter(
    string? Text = null, QueryId? Query = null, SourceId? Source = null, string? Language = null, Sentiment? Sentiment = null, Intent? Intent = null, string? Topic = null,
    string? Author = null, PersonId? Person = null, DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>The parameters of an address that narrow, in the order people are told of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["q", "query", "source", "lang", "sentiment", "intent", "topic", "author", "person", "emotion", "aspect", "gap", "product", "kind", "has", "followers", "site", "link", "from", "to", "since", "until"];

    /// <summary>As read or corrected.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Judges <see cref="Topic"/> so; anything when no topic is given.</summary>
    public Sentiment? Aspect { get; init; }

    /// <summary>True: tells of something that fell short of what was expected (of the topic, when one is given). False: does not.</summary>
    public bool? Gap { get; init; }

    /// <summary>Names this product.</summary>
    public ProductId? Product { get; init; }

    /// <summary>What it is in its thread.</summary>
    public PostKind? Kind { get; init; }

    /// <summary>What it carries, all of it.</summary>
    public Media Has { get; init; }

    /// <summary>Its author had at least so many followers; who has an unknown number is left out.</summary>
    public long? MinFollowers { get; init; }

    /// <summary>Its own address is on this host or a subdomain of it.</summary>
    public string? Site { get; init; }

    /// <summary>It points at this address.</summary>
    public string? Link { get; init; }

    /// <summary>Written at this moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Written before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>All who are one with <see cref="Person"/>, itself among them; found when the mentions are looked for.</summary>
    internal IReadOnlyList<PersonId> Persons { get; init; } = [];

    /// <summary>IANA name of the time zone in which <see cref="From"/> and <see cref="To"/> are days; null for UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Where the days begin.</summary>
    public TimeZoneInfo TimeZone => DayZone.TryFind(Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>True when nothing narrows.</summary>
    public bool IsEmpty => this with { Zone = null } == new MentionFilter();

    /// <summary>Reads the filters of an address (<see cref="Names"/>, and <c>zone</c>).</summary>
    /// <param name="value">Gives the text of a parameter, or null.</param>
    /// <param name="errors">Gets what cannot be read; the filter then leaves it out.</param>
    public static MentionFilter Read(Func<string, string?> value, ICollection<FieldError> errors)
    {
        var zone = Text("zone");
        if (!DayZone.TryFind(zone, out _)) zone = Refuse("zone", "must be an IANA time zone like Europe/Berlin");
        return new(
            Text("q"), Id("query") is { } query ? QueryId.From(query) : null, Id("source") is { } source ? SourceId.From(source) : null, Text("lang"), Word<Sentiment>("sentiment"),
            Word<Intent>("intent"), Text("topic"), Text("author")?.TrimStart('@'), Id("person") is { } person ? PersonId.From(person) : null, Day("from"), Day("to"))
        {
            Emotion = Word<Emotion>("emotion"), Aspect = Word<Sentiment>("aspect"), Gap = Yes("gap"), Product = Id("product") is { } product ? ProductId.From(product) : null,
            Kind = Word<PostKind>("kind"), Has = Carried(), MinFollowers = Number("followers"), Site = Host("site"), Link = Text("link"), Since = Moment("since"), Until = Moment("until"), Zone = zone,
        };

        string? Text(string name) => value(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        string? Refuse(string name, string reason)
        {
            errors.Add(new(name, reason));
            return null;
        }

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
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9000 ? day
            : Wrong<DateOnly>(name, "must be a day like 2026-03-31");

        DateTimeOffset? Moment(string name) => Text(name) is not { } text ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is > 1970 and < 9000 ? at.ToUniversalTime()
            : Wrong<DateTimeOffset>(name, "must be a moment like 2026-03-31T12:00:00Z");

        long? Number(string name) => Text(name) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<long>(name, "must be a number from 0");

        bool? Yes(string name) => Text(name) switch { null => null, "yes" or "true" => true, "no" or "false" => false, _ => Wrong<bool>(name, "must be yes or no") };

        Media Carried()
        {
            if (Text("has") is not { } text) return Media.None;
            var all = Media.None;
            foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (Enum.TryParse<Media>(part, ignoreCase: true, out var one) && one is Media.Link or Media.Image or Media.Video) all |= one;
                else Refuse("has", "must be link, image or video, or several with a comma between");
            }

            return all;
        }

        string? Host(string name) => Text(name) is not { } text ? null
            : Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ? text.ToLowerInvariant() : Refuse(name, "must be a host like example.com");
    }

    /// <summary>The moments between which it must have been written, in microseconds: from inclusive, until exclusive.</summary>
    internal (long From, long Until) Range()
    {
        var zone = TimeZone;
        var from = Math.Max(From is { } first ? zone.Start(first).ToUnixMicroseconds() : long.MinValue, Since?.ToUnixMicroseconds() ?? long.MinValue);
        var until = Math.Min(To is { } last ? zone.Start(last.AddDays(1)).ToUnixMicroseconds() : long.MaxValue, Until?.ToUnixMicroseconds() ?? long.MaxValue);
        return (from, until);
    }
}
