using Hearth.Listening.Text;

namespace Hearth.Operations.Proposals;

/// <summary>A way in which things and services fail.</summary>
/// <param name="Key">Kebab case, for good: "runs-out".</param>
/// <param name="Says">As a title says it: "it runs out too soon".</param>
/// <param name="Attributes">Keys of the attributes that can fail so; the first is meant where a post names none.</param>
/// <param name="IsPlain">True when it tells what falls short by itself, whatever else a post names.</param>
public sealed record Failing(string Key, string Says, IReadOnlyList<string> Attributes, bool IsPlain);

/// <summary>
/// Finds how something fails in a text of any of five languages. People of one cause word it alike within a language ("cracked", "snapped") and have no word in
/// common across languages; the way of failing is what their posts share. The words stand in <c>failings.txt</c>, written for Hearth.
/// </summary>
public static class Failings
{
    private static readonly Dictionary<string, List<(string[] Then, bool IsBeginning, Failing Failing)>> ByFirst = new(StringComparer.Ordinal);
    private static readonly List<(string Beginning, Failing Failing)> Beginnings = [];
    private static readonly Dictionary<string, string> Implied = new(StringComparer.Ordinal);
    private static readonly List<Failing> Listed = Load();

    public static IReadOnlyList<Failing> All => Listed;

    /// <summary>Null when this version knows none of this key.</summary>
    public static Failing? Of(string key) => Listed.Find(f => f.Key == key);

    /// <summary>
    /// What falls short and how: 1. the failing nearest to what is spoken of, of those that its attribute can have; 2. one that tells by itself what fails; 3. the one that
    /// the attribute says by itself; else the attribute alone.
    /// </summary>
    /// <param name="text">All words of the text.</param>
    /// <param name="attribute">Key of what is spoken of; null when nothing is named.</param>
    /// <param name="near">First UTF-16 character of that.</param>
    /// <returns>An empty failing for one that is not known; null when the text tells neither.</returns>
    internal static (string Attribute, string Failing)? Told(List<Token> text, string? attribute, int near)
    {
        // Who wants the money back, or quotes the advertisement, says what to do about it or what was hoped for, not what it is about.
        var isBeside = attribute is "refund" or "returns" or "warranty" or "advertising" or "information";
        (Failing Failing, int Order, int Distance)? best = null, plain = null;
        for (var i = 0; i < text.Count; i++)
        {
            if (text[i].Kind == TokenKind.Handle || Match(text, i) is not { } found) continue;
            var told = (found, Order: Listed.IndexOf(found), Distance: Math.Abs(text[i].Start - near) / Step);
            if (attribute is not null && found.Attributes.Contains(attribute)) best = Nearer(best, told);
            else if (attribute is null || isBeside || found.IsPlain && (CauseCatalog.IsOfArticle(attribute) || !CauseCatalog.IsOfArticle(found.Attributes[0]))) plain = Nearer(plain, told);
        }

        if (best is { } own) return (attribute!, own.Failing.Key);
        if (attribute is not null && !isBeside && Implied.TryGetValue(attribute, out var implied)) return (attribute, implied);
        if (plain is { } other) return (other.Failing.Attributes[0], other.Failing.Key);
        return attribute is null ? null : (attribute, "");
    }

    private static (Failing Failing, int Order, int Distance) Nearer((Failing Failing, int Order, int Distance)? one, (Failing Failing, int Order, int Distance) two) =>
        one is { } first && (first.Distance < two.Distance || (first.Distance == two.Distance && first.Order <= two.Order)) ? first : two;

    // About a sentence: within one, the order of the list decides.
    private const int Step = 80;

    private static Failing? Match(List<Token> text, int at)
    {
        var word = text[at].Folded;
        if (ByFirst.TryGetValue(word, out var phrases))
        {
            foreach (var (then, isBeginning, failing) in phrases)
            {
                if (Follows(text, at + 1, then, isBeginning)) return failing;
            }
        }

        foreach (var (beginning, failing) in Beginnings)
        {
            if (word.StartsWith(beginning, StringComparison.Ordinal)) return failing;
        }

        return null;
    }

    private static bool Follows(List<Token> text, int at, string[] then, bool isBeginning)
    {
        if (at + then.Length > text.Count) return false;
        for (var i = 0; i < then.Length; i++)
        {
            var word = text[at + i].Folded;
            if (isBeginning && i == then.Length - 1 ? !word.StartsWith(then[i], StringComparison.Ordinal) : word != then[i]) return false;
        }

        return true;
    }

    private static List<Failing> Load()
    {
        var all = new List<Failing>();
        foreach (var line in WordFile.Lines("failings"))
        {
            if (line[0] == '[')
            {
                var (end, colon) = (line.IndexOf(']', StringComparison.Ordinal), line.IndexOf(':', StringComparison.Ordinal));
                var attributes = Parts(line[(colon + 1)..]);
                all.Add(new(line[1..end], line[(end + 1)..colon].Trim(), [.. attributes.Select(a => a.TrimEnd('!'))], attributes[0].EndsWith('!')));
                continue;
            }

            if (line[0] == '=')
            {
                foreach (var pair in Parts(line)) Implied[pair.Split(' ')[1]] = pair.Split(' ')[2];
                continue;
            }

            foreach (var entry in Parts(line)) Add(entry, all[^1]);
        }

        foreach (var phrases in ByFirst.Values) phrases.Sort((a, b) => b.Then.Length - a.Then.Length);
        return all;
    }

    private static string[] Parts(string line) => line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Add(string entry, Failing failing)
    {
        var isBeginning = entry.EndsWith('*');
        var words = Tokens.Of(entry.TrimEnd('*')).ConvertAll(t => t.Folded);
        if (isBeginning && words.Count == 1)
        {
            Beginnings.Add((words[0], failing));
            return;
        }

        if (!ByFirst.TryGetValue(words[0], out var phrases)) ByFirst[words[0]] = phrases = [];
        phrases.Add(([.. words.Skip(1)], isBeginning, failing));
    }
}

/// <summary>A list of words that is part of the program.</summary>
internal static class WordFile
{
    /// <summary>Its lines without the empty ones and the comments.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(WordFile).Assembly.GetManifestResourceStream($"Hearth.Operations.Proposals.{name}.txt")
            ?? throw new InvalidOperationException($"The words {name} are not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)) yield return line;
        }
    }
}
