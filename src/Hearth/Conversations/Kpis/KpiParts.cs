using System.Runtime.InteropServices;
using Hearth.Governance;

namespace Hearth.Conversations.Kpis;

/// <summary>Where one row of a report belongs.</summary>
internal readonly record struct KpiPlace(string? Label, DateTimeOffset At, string Network, Department? Department, UserId? Person, ConversationPriority Priority);

/// <summary>The sums of a report: of the whole, and of each part that it is broken down into.</summary>
/// <param name="by">How it is broken down.</param>
/// <param name="cuts">Where days or hours begin, and the end of the last one; null for the other breakdowns.</param>
internal sealed class KpiParts(KpiBy by, List<DateTimeOffset>? cuts)
{
    private readonly KpiSum[] _cut = cuts is null ? [] : [.. Enumerable.Range(0, cuts.Count - 1).Select(_ => new KpiSum())];

    public KpiSum All { get; } = new();

    /// <summary>By network, department, person, label or priority; "" is nobody's.</summary>
    public Dictionary<string, KpiSum> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the n-th day or hour.</summary>
    public KpiSum At(int n) => _cut[n];

    public KpiSum Of(string key) => CollectionsMarshal.GetValueRefOrAddDefault(Named, key, out _) ??= new();

    /// <summary>Adds a row to the whole and to its part. A row with a label is one of several of the same conversation, and counts in its part only.</summary>
    public void Add<T>(in KpiPlace place, T what, Action<KpiSum, T> add)
    {
        if (place.Label is null) add(All, what);
        if (Part(place) is { } part) add(part, what);
    }

    private KpiSum? Part(in KpiPlace place)
    {
        if (cuts is null) return Key(place) is { } key ? Of(key) : null;
        var found = cuts.BinarySearch(place.At);
        var index = found >= 0 ? found : ~found - 1;
        return index < 0 || index >= _cut.Length ? null : _cut[index];
    }

    private string? Key(in KpiPlace place) => by switch
    {
        KpiBy.Channel => place.Network,
        KpiBy.Department => place.Department?.ToString() ?? "",
        KpiBy.Person => place.Person?.Value.ToString() ?? "",
        KpiBy.Priority => place.Priority.ToString(),
        _ => place.Label,
    };
}
