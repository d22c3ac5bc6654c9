namespace Hearth.Listening.Counting;

/// <summary>The filters as conditions on the row m of listening_mentions.</summary>
internal sealed class MentionTests(Sql sql)
{
    /// <summary>All that must hold beside what the way through the mentions has seen to.</summary>
    public List<string> Of(MentionFilter filter, MentionSearch.Asked? asked, Enum way)
    {
        var by = way.ToString();
        var tests = new List<string> { "m.removed_at IS NULL" };
        if (asked is not null)
        {
            // Along the words' own index only the order of a phrase is left to be seen to.
            foreach (var part in by == "Words" ? asked.IsWhole ? [] : asked.Parts : asked.Parts)
                tests.Add(sql.IsSqlite ? $"instr(' ' || m.words || ' ', {sql[part]}) > 0" : $"strpos(' ' || m.words || ' ', {sql[part]}) > 0");
        }

        if (filter.Query is { } query && by != "Query") tests.Add($"EXISTS (SELECT 1 FROM listening_mention_queries q WHERE q.mention = m.id AND q.query = {sql[query.Value]})");
        if (filter.Topic is { } topic && by != "Topic") tests.Add($"EXISTS (SELECT 1 FROM listening_mention_topics t WHERE t.mention = m.id AND t.topic = {sql[topic]})");
        if (filter.Source is { } source && by != "Source") tests.Add($"m.source = {sql[source.Value]}");
        if (filter.Language is { } language && by != "Language") tests.Add($"m.language = {sql[language]}");
        if (filter.Author is { } author && by != "Author") tests.Add($"m.author_handle IN ({string.Join(", ", Spellings(author).Select(a => sql[a]))})");
        if (filter.Person is not null && by != "Person") tests.Add($"m.person IN ({string.Join(", ", filter.Persons.Select(p => sql[p.Value]))})");
        if (filter.Sentiment is { } sentiment) tests.Add($"m.sentiment = {sql[sentiment]}");
        if (filter.Intent is { } intent) tests.Add($"(m.intents & {1 << (int)intent}) <> 0");
        if (filter.Emotion is { } emotion) tests.Add($"m.emotion = {sql[emotion]}");
        if (filter.Product is { } product) tests.Add($"EXISTS (SELECT 1 FROM listening_mention_products p WHERE p.mention = m.id AND p.product = {sql[product.Value]})");
        if (filter.Aspect is { } aspect) tests.Add($"EXISTS (SELECT 1 FROM listening_mention_topics t WHERE t.mention = m.id AND t.polarity = {sql[aspect]}{About("t.topic")})");
        if (filter.Gap is { } gap) tests.Add($"{(gap ? "" : "NOT ")}EXISTS (SELECT 1 FROM listening_mismatches x WHERE x.mention = m.id{About("x.attribute")})");
        if (filter.Kind is { } kind) tests.Add($"m.kind = {sql[kind]}");
        if (filter.Has is var has and not Media.None) tests.Add($"(m.has & {(int)has}) = {(int)has}");
        if (filter.MinFollowers is { } followers) tests.Add($"m.followers >= {sql[followers]}");
        return tests;

        string About(string column) => filter.Topic is { } only ? $" AND {column} = {sql[only]}" : "";
    }

    /// <summary>The words' full-text index finds it.</summary>
    public static string Matching(Sql sql, MentionSearch.Asked asked) => sql.IsSqlite
        ? $"m.number IN (SELECT rowid FROM listening_mentions_fts WHERE listening_mentions_fts MATCH {sql[asked.Match]})"
        : $"m.search @@ CAST({sql[asked.Match]} AS tsquery)";

    /// <summary>A handle as it was typed, and in small letters, as networks keep it.</summary>
    public static IEnumerable<string> Spellings(string author) => new[] { author, author.ToLowerInvariant() }.Distinct(StringComparer.Ordinal);

    /// <summary>True when an address is on the host or a subdomain of it.</summary>
    public static bool IsOn(string host, string url) => Uri.TryCreate(url, UriKind.Absolute, out var at)
        && (at.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase) || at.IdnHost.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}
