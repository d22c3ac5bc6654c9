namespace Hearth.Listening.Understanding;

/// <summary>What is judged and how: an attribute that failed is judged badly; else the words around its name decide, the nearer the more, and only those of the same clause.</summary>
internal static class Aspects
{
    private const double Clear = 0.6;

    /// <summary>Each attribute once, in order of place.</summary>
    public static List<Aspect> Of(Said said, List<Hit<string>> things, List<Failure> failures, List<Reason> reasons, double strength)
    {
        var found = new List<(Aspect Aspect, double Weight)>();
        foreach (var failure in failures)
        {
            var span = said.Span(failure.At, failure.End);
            Keep(found, new(failure.Attribute, Sentiment.Negative, span.Start, span.Length), 10 + failure.Sure);
        }

        foreach (var thing in things)
        {
            if (!Topics.IsTopic(thing.Value) || failures.Exists(f => f.Attribute != thing.Value && f.At <= thing.At && thing.End <= f.End)) continue;
            var span = said.Span(thing);
            var weight = failures.Exists(f => f.From <= thing.At && thing.End <= f.Until) ? -1 : Around(said, thing, reasons);
            var polarity = weight <= -Clear ? Sentiment.Negative : weight >= Clear ? Sentiment.Positive
                : Math.Abs(weight) < 0.05 && said.Clause(thing.At) == 0 && said.Clause(said.Count - 1) == 0 ? strength <= -0.35 ? Sentiment.Negative : strength >= 0.35 ? Sentiment.Positive : Sentiment.Neutral
                : Sentiment.Neutral;
            Keep(found, new(thing.Value, polarity, span.Start, span.Length), Math.Abs(weight));
        }

        found.Sort((a, b) => a.Aspect.Start.CompareTo(b.Aspect.Start));
        return found.ConvertAll(f => f.Aspect);
    }

    /// <summary>What the words around a name weigh together.</summary>
    public static double Around(Said said, Hit<string> thing, List<Reason> reasons)
    {
        var sum = 0.0;
        var (start, end) = (said.Tokens[thing.At].Start, said.Tokens[thing.End - 1].Start + said.Tokens[thing.End - 1].Length);
        var at = 0;
        foreach (var reason in reasons)
        {
            if (reason.Says != "sentiment") continue;
            while (at + 1 < said.Count && said.Tokens[at + 1].Start <= reason.Start) at++;
            if (said.Tokens[at].Start > reason.Start) at = 0;
            if (said.Clause(at) != said.Clause(thing.At)) continue;
            var distance = reason.Start >= end ? reason.Start - end : Math.Max(0, start - reason.Start - reason.Length);
            sum += reason.Weight / (1 + distance / 25.0 + 2 * said.Commas(at, thing.At));
        }

        return sum;
    }

    private static void Keep(List<(Aspect Aspect, double Weight)> found, Aspect aspect, double weight)
    {
        var known = found.FindIndex(f => f.Aspect.Attribute == aspect.Attribute);
        if (known < 0) found.Add((aspect, weight));
        else if (weight > found[known].Weight) found[known] = (aspect, weight);
    }
}
