namespace Hearth.Listening.Queries;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Likeness
{
    /// <summary>The nearest of some words, by letters added, left out, changed or swapped; null when none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        if (written.Length > 20) return null;
        var (best, likest) = words.Select(w => (Word: w, Distance: Distance(written.ToLowerInvariant(), w.ToLowerInvariant()))).OrderBy(w => w.Distance).ThenBy(w => w.Word.Length).First() is var first ? (first.Word, first.Distance) : default;
        return likest <= (best.Length <= 3 ? 1 : 2) ? best : null;
    }

    // Optimal string alignment distance (Damerau 1964).
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
