using Microsoft.AspNetCore.Http;

namespace Hearth.Outlet;

/// <summary>The first-party cookie that tells browsers apart: a random id, nothing of the person, 90 days from the last visit that set it.</summary>
public static class VisitorCookie
{
    public const string Name = "hearth_v";

    private const string Named = Name + "=";

    /// <summary>Whose browser; null when it has no such cookie. Read from the header itself (RFC 6265, section 4.2.1): a tracked link has no time for a table of all cookies.</summary>
    public static VisitorId? Read(HttpContext http)
    {
        foreach (var header in http.Request.Headers.Cookie)
        {
            var rest = header.AsSpan();
            while (rest.Length > 0)
            {
                var end = rest.IndexOf(';');
                var one = (end < 0 ? rest : rest[..end]).Trim(' ');
                if (one.StartsWith(Named, StringComparison.Ordinal) && Guid.TryParseExact(one[Named.Length..], "D", out var id)) return new(id);
                rest = end < 0 ? [] : rest[(end + 1)..];
            }
        }

        return null;
    }

    /// <summary>Sets or renews it, for 90 days.</summary>
    public static void Keep(HttpContext http, VisitorId visitor) =>
        http.Response.Headers.Append("Set-Cookie", $"{Named}{visitor.Value:D}; max-age=7776000; path=/; samesite=lax; httponly{(http.Request.IsHttps ? "; secure" : "")}");

    /// <summary>Whose browser; one that has no cookie gets it.</summary>
    public static VisitorId ReadOrMake(HttpContext http)
    {
        var visitor = Read(http) ?? VisitorId.New();
        Keep(http, visitor);
        return visitor;
    }
}
