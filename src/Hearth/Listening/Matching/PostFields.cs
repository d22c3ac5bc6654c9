using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Listening.Matching;

/// <summary>
/// The fields of one post, brought into the form in which they are compared once and not for each query. Says what <see cref="TestField"/> says, without allocating (an unusual address excepted, which
/// <see cref="Uri"/> has to read).
/// </summary>
internal sealed class PostFields
{
    private char[] _author = new char[64], _host = new char[64], _language = new char[16];
    private int _authorLength, _hostLength, _languageLength; // -1 when not made yet
    private Scanned[] _links = new Scanned[4];
    private int _linkCount;

    public AskedPost Post { get; private set; } = new("");

    /// <summary>Takes up a post and the words of its text.</summary>
    public void Begin(AskedPost post, ReadOnlySpan<Scanned> words)
    {
        Post = post;
        _authorLength = _hostLength = _languageLength = -1;
        _linkCount = 0;
        foreach (ref readonly var word in words)
        {
            if (word.Kind != Scanned.Link) continue;
            if (_linkCount == _links.Length) Array.Resize(ref _links, _linkCount * 2);
            _links[_linkCount++] = word;
        }
    }

    /// <summary>The author's handle, folded; empty when unknown.</summary>
    public ReadOnlySpan<char> Author
    {
        get
        {
            if (_authorLength < 0)
            {
                _authorLength = 0;
                foreach (var c in Post.Author ?? "")
                {
                    if (c < 0x80) Append(ref _author, ref _authorLength, char.ToLowerInvariant(c));
                    else foreach (var part in Letters.Fold(c)) Append(ref _author, ref _authorLength, part);
                }
            }

            return _author.AsSpan(0, _authorLength);
        }
    }

    /// <summary>The primary subtag of the language in lower case; empty when unknown.</summary>
    public ReadOnlySpan<char> Language
    {
        get
        {
            if (_languageLength < 0)
            {
                _languageLength = 0;
                foreach (var c in Post.Language ?? "")
                {
                    if (c is '-' or '_') break;
                    Append(ref _language, ref _languageLength, char.ToLowerInvariant(c));
                }
            }

            return _language.AsSpan(0, _languageLength);
        }
    }

    /// <summary>The host of the post's address; empty when it has none.</summary>
    public ReadOnlySpan<char> Host
    {
        get
        {
            if (_hostLength < 0)
            {
                _hostLength = 0;
                if (Post.Url is { } url && !ReadHost(url))
                {
                    _hostLength = 0;
                    foreach (var c in TestField.HostOf(url) ?? "") Append(ref _host, ref _hostLength, c);
                }
            }

            return _host.AsSpan(0, _hostLength);
        }
    }

    public bool Holds(FieldTest test) => test switch
    {
        FieldTest.Site t => Post.Url is not null && Host is { Length: > 0 } host && host.EndsWith(t.Host, StringComparison.Ordinal) && (host.Length == t.Host.Length || host[^(t.Host.Length + 1)] == '.'),
        FieldTest.Url t => HasAddress(t.Part),
        FieldTest.Author { Handle: [.., '*'] } t => Post.Author is not null && Author.StartsWith(t.Handle.AsSpan(0, t.Handle.Length - 1), StringComparison.Ordinal),
        FieldTest.Author t => Post.Author is not null && Author.SequenceEqual(t.Handle),
        FieldTest.Language t => Post.Language is not null && Language.SequenceEqual(t.Code),
        FieldTest.Has { Kind: Media.Link } => (Post.Has & Media.Link) != Media.None || Post.Links is { Count: > 0 } || _linkCount > 0,
        FieldTest.Has t => (Post.Has & t.Kind) == t.Kind,
        FieldTest.Source t => t.Name.Equals(Post.Network, StringComparison.OrdinalIgnoreCase) || t.Name.Equals(Post.Source, StringComparison.OrdinalIgnoreCase),
        FieldTest.Is t => Post.Kind == t.Kind,
        FieldTest.Followers t => Post.Followers is { } followers && TestField.Compare(followers, t.How, t.Count),
        FieldTest.Sentiment t => Post.Sentiment == t.Value,
        FieldTest.Intent t => (Post.Intents & 1 << (int)t.Value) != 0,
        FieldTest.Product t => Post.Products?.Contains(t.Key) == true,
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    private bool HasAddress(string part)
    {
        if (Post.Url?.Contains(part, StringComparison.OrdinalIgnoreCase) == true) return true;
        for (var i = 0; i < Post.Links?.Count; i++)
        {
            if (Post.Links[i].Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        }

        for (var i = 0; i < _linkCount; i++)
        {
            if (Post.Text.AsSpan(_links[i].Start, _links[i].Length).Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    // Plain host names, which are nearly all; false leaves the address to Uri.
    private bool ReadHost(string url)
    {
        var rest = url.AsSpan();
        if (rest.Length > 2_000) return false;
        if (rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) rest = rest[8..];
        else if (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) rest = rest[7..];
        else return false;
        var end = rest.IndexOfAny('/', '?', '#');
        if (end >= 0) rest = rest[..end];
        if (rest.Length is 0 or > 200) return false;
        var before = '.';
        foreach (var c in rest)
        {
            if (!char.IsAsciiLetter(c) && (before is '.' || c is not ('.' or '-') && !char.IsAsciiDigit(c))) return false; // each label begins with a letter: no address in numbers
            Append(ref _host, ref _hostLength, char.ToLowerInvariant(c));
            before = c;
        }

        return before is not ('.' or '-') && rest.IndexOf("-.") < 0 && !rest.Contains("xn--", StringComparison.OrdinalIgnoreCase);
    }

    private static void Append(ref char[] to, ref int length, char c)
    {
        if (length == to.Length) Array.Resize(ref to, length * 2);
        to[length++] = c;
    }
}
