using Hearth.Listening.Queries;

namespace Hearth.Listening.Matching;

/// <summary>Queries that no word leads to, under an author, site, language or source they ask for.</summary>
internal sealed class FieldKeys
{
    // Compared as TestField compares.
    private readonly Dictionary<string, List<Posting>> _authors = new(StringComparer.Ordinal), _languages = new(StringComparer.Ordinal), _sites = new(StringComparer.Ordinal),
        _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a test that a post's own value leads to.</summary>
    public static bool IsKey(FieldTest test) => test switch
    {
        FieldTest.Author t => !t.Handle.EndsWith('*'),
        FieldTest.Site t => t.Host.Length > 0,
        FieldTest.Language or FieldTest.Source => true,
        _ => false,
    };

    /// <summary>The share of posts, roughly, that pass.</summary>
    public static double Share(FieldTest test) => test switch { FieldTest.Author => 0.00001, FieldTest.Site => 0.01, _ => 0.3 };

    public void Add(FieldTest test, Posting posting)
    {
        var (keys, value) = test switch
        {
            FieldTest.Author t => (_authors, t.Handle),
            FieldTest.Language t => (_languages, t.Code),
            FieldTest.Site t => (_sites, t.Host),
            FieldTest.Source t => (_sources, t.Name),
            _ => throw new ArgumentOutOfRangeException(nameof(test)),
        };
        if (!keys.TryGetValue(value, out var list)) keys[value] = list = [];
        list.Add(posting);
    }

    /// <summary>Tells the postings that a post's fields lead to.</summary>
    public void Find(PostFields post, MatchScratch to)
    {
        Find(_authors, post.Author, to);
        Find(_languages, post.Language, to);
        if (post.Post.Network is { } network) Find(_sources, network, to);
        if (post.Post.Source is { } source) Find(_sources, source, to);
        if (_sites.Count == 0) return;
        for (var host = post.Host; host.Length > 0;)
        {
            Find(_sites, host, to);
            var dot = host.IndexOf('.');
            host = dot < 0 ? default : host[(dot + 1)..];
        }
    }

    private static void Find(Dictionary<string, List<Posting>> keys, ReadOnlySpan<char> value, MatchScratch to)
    {
        if (keys.Count > 0 && keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var list))
        {
            foreach (var posting in list) to.Consider(posting);
        }
    }
}
