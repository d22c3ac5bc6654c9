using Hearth.Listening;
using Hearth.Listening.Understanding;

namespace Hearth.App.Desk.Listen;

/// <summary>A piece of a text and what is marked on it.</summary>
/// <param name="Text">As written.</param>
/// <param name="Class">Null when nothing is.</param>
/// <param name="Why">For the tip.</param>
internal sealed record MarkedPiece(string Text, string? Class, string? Why);

/// <summary>Cuts a text at the places of its deciding words and of what queries found.</summary>
internal static class MarkedText
{
    public static IReadOnlyList<MarkedPiece> Of(string text, IEnumerable<Reason> reasons, IEnumerable<QueryMatch> matches, IReadOnlyList<Mismatch>? mismatches = null)
    {
        // What a feeling or an urgency was told by stands in the table of reasons: marked as well it would hide the rest.
        var marks = reasons.Where(r => r.Says is not ("emotion" or "urgency")).Select(r => (r.Start, r.Length, Class: Class(r), Why: r.Says == "sentiment" ? r.Why : $"{r.Says}: {r.Why}"))
            .Concat(matches.Select(m => (m.Start, m.Length, Class: "mark-query", Why: "query: " + m.Name)))
            .Concat((mismatches ?? []).SelectMany(Spans)).Where(m => m.Length > 0 && m.Start + m.Length <= text.Length).ToList();
        var cuts = marks.SelectMany(m => new[] { m.Start, m.Start + m.Length }).Append(0).Append(text.Length).Distinct().Order().ToList();
        return [.. cuts.Zip(cuts.Skip(1)).Select(c =>
        {
            var here = marks.Where(m => m.Start <= c.First && c.Second <= m.Start + m.Length).ToList();
            return new MarkedPiece(text[c.First..c.Second], here.Count == 0 ? null : string.Join(' ', here.Select(m => m.Class).Distinct()), here.Count == 0 ? null : string.Join("; ", here.Select(m => m.Why).Distinct()));
        })];
    }

    private static IEnumerable<(int Start, int Length, string Class, string Why)> Spans(Mismatch m)
    {
        if (m.Expected is { } expected) yield return (expected.Start, expected.Length, "mark-expected", $"expected of {Topics.Name(m.Attribute)}");
        if (m.Delivered is { } delivered) yield return (delivered.Start, delivered.Length, "mark-delivered", $"experienced of {Topics.Name(m.Attribute)}");
    }

    private static string Class(Reason reason) => reason.Says switch
    {
        "sentiment" => reason.Weight < 0 ? "mark-bad" : "mark-good",
        "topic" or "failure" => "mark-topic",
        _ => "mark-intent",
    };
}
