using System.Collections.Frozen;

namespace Hearth.Listening.Understanding;

/// <summary>Something that went wrong.</summary>
/// <param name="Attribute">Key of the topic it is about.</param>
/// <param name="At">First token of the words that say it.</param>
/// <param name="End">The token behind the last.</param>
/// <param name="From">First token of these and of the thing that failed.</param>
/// <param name="Until">The token behind the last.</param>
/// <param name="Sure">0 to 1.</param>
internal readonly record struct Failure(string Attribute, int At, int End, int From, int Until, double Sure);

/// <summary>
/// Finds what went wrong: phrases that name failure and attribute at once ("lost luggage"), and kinds of failure ("lost") that are about the thing nearest
/// to them, as failures.txt says. What should happen and did not ("never arrived") is a failure too.
/// </summary>
internal static class Failures
{
    private const double Phrase = 0.6;
    private const double Near = 0.55;
    private const double Judged = 0.42;
    private const double Elsewhere = 0.36;

    /// <summary>How far a thing may stand from what went wrong with it, in words of one sentence.</summary>
    private const int Reach = 10;

    /// <summary>So many words a comma keeps apart: "great food, awful seats".</summary>
    private const int Comma = 3;

    /// <summary>How far, where the word only judges ("terrible").</summary>
    private const int JudgingReach = 5;

    private static readonly FrozenDictionary<string, Rule> Rules = Lexicon.Lines("failures").Where(l => l.Line[0] == '=' && l.Section[0] != '=').ToFrozenDictionary(l => l.Section, l => new Rule(l.Line[1..]));

    public static List<Failure> Of(Said said, List<Hit<string>> things)
    {
        var found = new List<Failure>();
        foreach (var hit in said.Find(said.Lexicon.Failures, Cue.Failure))
        {
            if (said.IsTurned(hit.At, 2) || IsNight(said, hit)) continue;
            if (hit.Value[0] == '=') found.Add(new(hit.Value[1..], hit.At, hit.End, hit.At, hit.End, Phrase));
            else Add(found, said, things, hit, hit.Value);
        }

        foreach (var hit in said.Find(said.Lexicon.Fulfilled, Cue.Fulfilled))
        {
            if (said.IsTurned(hit.At, 4)) Add(found, said, things, hit, "not " + hit.Value);
        }

        return found;
    }

    // "late night" is a time of day.
    private static bool IsNight(Said said, Hit<string> hit) => hit.Length == 1 && hit.End < said.Count && said.Tokens[hit.At].Folded == "late" && said.Tokens[hit.End].Folded is "night" or "nite";

    private static void Add(List<Failure> found, Said said, List<Hit<string>> things, Hit<string> hit, string kind)
    {
        var rule = Rules[kind];
        var reach = kind is "bad" or "rude" ? JudgingReach : Reach;
        var (best, bestDistance, attribute) = (-1, int.MaxValue, "");
        for (var i = 0; i < things.Count; i++)
        {
            var thing = things[i];
            if (rule.Of(thing.Value) is not { } about) continue;
            var distance = thing.At >= hit.End ? thing.At - hit.End : Math.Max(0, hit.At - thing.End);
            if (said.Sentence(thing.At) != said.Sentence(hit.At)) distance = rule.Has(thing.Value) && kind is not ("bad" or "rude" or "wait") ? distance + 1000 : int.MaxValue;
            else if (distance > reach) distance = int.MaxValue;
            else if (distance == 0 && thing.At < hit.End && hit.At < thing.End) distance = reach; // the failing word itself: a last resort
            else distance += Comma * said.Commas(thing.At, hit.At);
            if (distance >= bestDistance) continue;
            (best, bestDistance, attribute) = (i, distance, about);
        }

        if (best >= 0 && bestDistance < 1000)
        {
            var thing = things[best];
            var sure = kind == "bad" ? Judged : Near;
            found.Add(new(attribute, hit.At, hit.End, Math.Min(hit.At, thing.At), Math.Max(hit.End, thing.End), sure - Math.Min(0.1, bestDistance * 0.01)));
        }
        else if (best >= 0)
        {
            found.Add(new(attribute, hit.At, hit.End, hit.At, hit.End, Elsewhere));
        }
        else if (rule.Otherwise is { } otherwise)
        {
            found.Add(new(otherwise, hit.At, hit.End, hit.At, hit.End, Elsewhere));
        }
    }

    private sealed class Rule
    {
        private readonly Dictionary<string, string> _about = new(StringComparer.Ordinal);
        private readonly bool _itself;

        public Rule(string text)
        {
            foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (part == "+") _itself = true;
                else if (part.StartsWith("*:", StringComparison.Ordinal)) Otherwise = part[2..];
                else _about.Add(part[..part.IndexOf(':', StringComparison.Ordinal)], part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            }
        }

        public string? Otherwise { get; }

        public bool Has(string thing) => _about.ContainsKey(thing);

        public string? Of(string thing) => _about.TryGetValue(thing, out var about) ? about : _itself && Topics.IsTopic(thing) ? thing : null;
    }
}
