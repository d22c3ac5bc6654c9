using Hearth.Listening.Understanding;

namespace Hearth.Listening.Counting;

/// <summary>The series whose counts answer a filter exactly.</summary>
internal readonly record struct CountPlan(Dimension Dimension, string Key)
{
    /// <summary>Finds it.</summary>
    /// <returns>Null when only the mentions themselves can tell: two filters at once, words, authors and the like.</returns>
    public static CountPlan? Of(MentionFilter filter)
    {
        if (filter is not { Text: null, Link: null, Author: null, Person: null, Has: Media.None, MinFollowers: null, Site: null, Emotion: null, Aspect: null, Gap: null, Product: null }) return null;
        if (filter is { Intent: Intent.Complaint, Topic: { } complained, Source: null, Language: null, Query: null, Kind: null }) return new(Dimension.Complaint, complained);
        var plans = new List<CountPlan>();
        if (filter.Source is { } source) plans.Add(new(Dimension.Source, MentionRollups.Key(source.Value)));
        if (filter.Language is { } language) plans.Add(new(Dimension.Language, language));
        if (filter.Query is { } query) plans.Add(new(Dimension.Query, MentionRollups.Key(query.Value)));
        if (filter.Topic is { } topic) plans.Add(new(Dimension.Topic, topic));
        if (filter.Intent is { } intent) plans.Add(new(Dimension.Intent, intent.ToString()));
        if (filter.Kind is { } kind) plans.Add(new(Dimension.Kind, kind.ToString()));
        return plans.Count switch { 0 => new(Dimension.All, ""), 1 => plans[0], _ => null };
    }

    /// <summary>The plan for the same filter split by another dimension: only all mentions are counted by every one.</summary>
    public (Dimension Dimension, string? Key)? By(Dimension split) => Dimension == Dimension.All ? (split, null) : Dimension == split ? (split, Key) : null;
}
