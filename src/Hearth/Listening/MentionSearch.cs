using System.Text;
using Hearth.Listening.Text;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>
/// Full-text search over mentions, the same on both databases because our own tokeniser feeds both: a mention keeps its folded words with a space
/// between ("words"), which <see cref="FullText"/> indexes.
/// </summary>
internal static class MentionSearch
{
    /// <summary>The words of a text in order, then its tags once more with their '#' ("delta" finds "#delta", "#delta" finds only the tag), then a token for each link.</summary>
    public static string Words(List<Token> tokens, IEnumerable<string>? links = null)
    {
        var words = new StringBuilder();
        foreach (var token in tokens) Put(token.Kind == TokenKind.Handle ? "@" : "", token.Folded);
        foreach (var token in tokens.Where(t => t.Kind == TokenKind.Tag)) Put("#", token.Folded);
        foreach (var link in links ?? []) Put("", LinkWord(link));
        return words.ToString();

        void Put(string mark, string word)
        {
            if (words.Length > 0) words.Append(' ');
            words.Append(mark);
            words.Append(FullText.Plain(word, "#@")); // the dots of a handle
        }
    }

    /// <summary>The token that stands for a link: two underscores and the first 64 bits of a digest, which nobody writes by chance.</summary>
    public static string LinkWord(string link) => "__" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(LinkKey(link))).AsSpan(0, 8));

    /// <summary>What two spellings of one address have in common: host and path without scheme, "www.", fragment, last slash, and punctuation that belongs to the sentence.</summary>
    public static string LinkKey(string link)
    {
        var key = link.Trim().TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '\'', '"', '\u2026');
        if (key.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme) key = key[(scheme + 3)..];
        if (key.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) key = key[4..];
        if (key.IndexOf('#', StringComparison.Ordinal) is >= 0 and var fragment) key = key[..fragment];
        key = key.TrimEnd('/');
        var host = key.IndexOfAny(['/', '?']) is >= 0 and var end ? end : key.Length;
        return key[..host].ToLowerInvariant() + key[host..];
    }

    /// <summary>Every link of a mention, as written, once each.</summary>
    public static IEnumerable<string> LinksOf(string text, string? others) =>
        Text.Links.In(text).Concat(others?.Split('\n') ?? []).Where(l => LinkKey(l).Length > 0).DistinctBy(LinkKey);

    /// <summary>What a person asked for in words, ready for either database.</summary>
    /// <param name="Match">In the syntax of the database's full-text index.</param>
    /// <param name="Parts">What <c>' ' + words + ' '</c> must contain: each word with a space around (a beginning only before), each phrase likewise.</param>
    /// <param name="IsWhole">False when <paramref name="Match"/> alone finds too much, since a phrase must stand in its order.</param>
    public sealed record Asked(string Match, IReadOnlyList<string> Parts, bool IsWhole);

    /// <summary>Reads words and a link; null when they ask for nothing.</summary>
    public static Asked? Ask(DatabaseKind kind, string? text, string? link)
    {
        var (words, phrases) = Read(text ?? "");
        if (link is not null) words.Add((LinkWord(link), false));
        if (words.Count == 0) return null;
        var match = FullText.All(kind, words.Select(w => new AskedWord(w.Word, w.IsPrefix)));
        return new(match, [.. words.Select(w => w.IsPrefix ? $" {w.Word}" : $" {w.Word} "), .. phrases], phrases.Count == 0);
    }

    public static IEnumerable<string> Objects(DatabaseKind kind) => FullText.Objects(kind, "listening_mentions", "number", "#@");

    private static (List<(string Word, bool IsPrefix)> Words, List<string> Phrases) Read(string asked)
    {
        var words = new List<(string, bool)>();
        var phrases = new List<string>();
        var parts = asked.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            var tokens = Tokens.Of(parts[i]);
            if (tokens.Count == 0) continue;
            var isPhrase = i % 2 == 1 && tokens.Count > 1;
            if (isPhrase) phrases.Add($" {Words([.. tokens.Select(t => t.Kind == TokenKind.Tag ? t with { Kind = TokenKind.Word } : t)])} ");
            foreach (var token in tokens)
            {
                var end = token.Start + token.Length;
                var word = token.Kind == TokenKind.Tag ? "#" + token.Folded : Words([token]);
                words.Add((word, !isPhrase && end < parts[i].Length && parts[i][end] == '*'));
            }
        }

        return (words, phrases);
    }
}
