using System.Buffers.Text;
using System.Text.Json;

namespace Hearth.Platform;

/// <summary>One page of a list that is walked by its keys, so that rows arriving meanwhile are neither skipped nor shown twice.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">Pass as <c>after</c> for the page that follows; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Next);
}

/// <summary>An opaque place in a sorted list: the sort keys of the last row seen.</summary>
public static class Keyset
{
    public const int DefaultSize = 50;
    public const int MaxSize = 500;

    /// <summary>Cuts a result that was read with one row too many into a page.</summary>
    public static Page<T> Cut<T, TKey>(List<T> rows, int size, Func<T, TKey> key) => rows.Count > size
        ? new([.. rows.Take(size)], Write(key(rows[size - 1])))
        : new(rows, null);

    public static string Write<TKey>(TKey key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key, Json.Options));

    /// <summary>Reads a cursor; an empty one is the start of the list.</summary>
    /// <returns>False when the text is no cursor of this list; show it as a bad <c>after</c>.</returns>
    public static bool TryRead<TKey>(string? after, out TKey? key)
    {
        key = default;
        if (string.IsNullOrEmpty(after)) return true;
        try
        {
            key = JsonSerializer.Deserialize<TKey>(Base64Url.DecodeFromChars(after), Json.Options);
            return key is not null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false;
        }
    }

    public static int Size(int? asked) => Math.Clamp(asked ?? DefaultSize, 1, MaxSize);
}
