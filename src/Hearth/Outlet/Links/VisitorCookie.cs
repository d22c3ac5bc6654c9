using Microsoft.AspNetCore.Http;

namespace Hearth.Outlet;

/// <summary>The first-party cookie that tells browsers apart: a random id, nothing of the person, 90 days from the last visit that set it.</summary>
public static class VisitorCookie
{
    public const string Name = "hearth_v";

    /// <summary>Whose browser; null when it has no such cookie.</summary>
    public static VisitorId? Read(HttpContext http) => Guid.TryParse(http.Request.Cookies[Name], out var id) ? new(id) : null;

    public static void Keep(HttpContext http, VisitorId visitor) => http.Response.Cookies.Append(Name, visitor.Value.ToString(), new()
    {
        MaxAge = TimeSpan.FromDays(90), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true, Path = "/",
    });

    /// <summary>Whose browser; one that has no cookie gets it.</summary>
    public static VisitorId ReadOrMake(HttpContext http)
    {
        var visitor = Read(http) ?? VisitorId.New();
        Keep(http, visitor);
        return visitor;
    }
}
