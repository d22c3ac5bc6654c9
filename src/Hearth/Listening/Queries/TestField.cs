using Hearth.Listening.Text;

namespace Hearth.Listening.Queries;

/// <summary>Tests the fields of a post. An unknown value passes no test.</summary>
internal static class TestField
{
    public static bool Holds(FieldTest test, AskedPost post) => test switch
    {
        FieldTest.Site t => post.Url is { } url && HostOf(url) is { } host && (host == t.Host || host.EndsWith("." + t.Host, StringComparison.Ordinal)),
        FieldTest.Url t => Addresses(post).Any(a => a.Contains(t.Part, StringComparison.OrdinalIgnoreCase)),
        FieldTest.Author t => post.Author is { } author && Tokens.Fold(author) is var handle
            && (t.Handle.EndsWith('*') ? handle.StartsWith(t.Handle[..^1], StringComparison.Ordinal) : handle == t.Handle),
        FieldTest.Language t => post.Language is { } language && LanguageOf(language) == t.Code,
        FieldTest.Source t => t.Name.Equals(post.Network, StringComparison.OrdinalIgnoreCase) || t.Name.Equals(post.Source, StringComparison.OrdinalIgnoreCase),
        FieldTest.Has { Kind: Media.Link } => post.Has.HasFlag(Media.Link) || post.Links is { Count: > 0 } || Links.In(post.Text).Any(),
        FieldTest.Has t => post.Has.HasFlag(t.Kind),
        FieldTest.Is t => post.Kind == t.Kind,
        FieldTest.Followers t => post.Followers is { } followers && Compare(followers, t.How, t.Count),
        FieldTest.Sentiment t => post.Sentiment == t.Value,
        FieldTest.Intent t => (post.Intents & 1 << (int)t.Value) != 0,
        FieldTest.Product t => post.Products?.Contains(t.Key) == true,
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    /// <summary>The host of an address as <see cref="FieldTest.Site"/> keeps it; null when it is none.</summary>
    public static string? HostOf(string address)
    {
        try
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IdnHost is { Length: > 0 } host ? host.ToLowerInvariant() : null;
        }
        catch (UriFormatException) // the constructor takes hosts that IDNA does not
        {
            return null;
        }
    }

    /// <summary>The primary subtag, in lower case.</summary>
    public static string LanguageOf(string tag) => tag.Split('-', '_')[0].ToLowerInvariant();

    private static IEnumerable<string> Addresses(AskedPost post) => (post.Url is { } own ? [own] : Array.Empty<string>()).Concat(post.Links ?? []).Concat(Links.In(post.Text));

    public static bool Compare(long value, Comparison how, long with) => how switch
    {
        Comparison.Less => value < with,
        Comparison.LessOrEqual => value <= with,
        Comparison.Greater => value > with,
        Comparison.GreaterOrEqual => value >= with,
        _ => value == with,
    };
}
