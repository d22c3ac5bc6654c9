using Hearth.Listening.Queries;

namespace Hearth.Bench;

/// <summary>The bound of matching: runs of ASCII letters, digits and underscores, in lower case, looked up in a dictionary of the queries' words; nothing more.</summary>
internal sealed class SplitAndLookUp
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _words;

    public SplitAndLookUp(IEnumerable<Query> queries)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in queries.SelectMany(Terms)) numbers.TryAdd(term.Text, numbers.Count);
        _words = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many words of the posts are words of queries.</summary>
    public long Count(List<AskedPost> posts)
    {
        var found = 0L;
        foreach (var post in posts) found += Count(post.Text);
        return found;
    }

    private int Count(ReadOnlySpan<char> text)
    {
        Span<char> word = stackalloc char[128];
        var (length, found) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                if (length < word.Length) word[length++] = (char)(c | (char.IsAsciiLetterUpper(c) ? 0x20 : 0));
                continue;
            }

            if (length > 0 && _words.TryGetValue(word[..length], out _)) found++;
            length = 0;
        }

        if (length > 0 && _words.TryGetValue(word[..length], out _)) found++;
        return found;
    }

    private static IEnumerable<Term> Terms(Query query) => query switch
    {
        Query.Words words => words.Terms,
        Query.Near near => Terms(near.Left).Concat(Terms(near.Right)),
        Query.And and => Terms(and.Left).Concat(Terms(and.Right)),
        Query.Or or => Terms(or.Left).Concat(Terms(or.Right)),
        Query.Not not => Terms(not.Inner),
        _ => [],
    };
}
