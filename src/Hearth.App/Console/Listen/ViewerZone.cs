using Hearth.Listening;

namespace Hearth.App.Desk.Listen;

/// <summary>The time zone of who looks: site.js puts the browser's own into a cookie; until it has, and without scripts, days are UTC.</summary>
internal static class ViewerZone
{
    public const string Cookie = "zone";

    /// <summary>An IANA name that this machine knows; null for UTC.</summary>
    public static string? Of(HttpContext context)
    {
        var name = Uri.UnescapeDataString(context.Request.Cookies[Cookie] ?? "");
        return name is not ("" or "UTC" or "Etc/UTC") && DayZone.TryFind(name, out _) ? name : null;
    }

    /// <summary>Reads the filters of a page's address: its days are the viewer's unless the address names a zone.</summary>
    public static MentionFilter Filter(HttpContext context, ICollection<Hearth.Platform.FieldError> errors)
    {
        var filter = MentionFilter.Read(name => context.Request.Query[name], errors);
        return filter.Zone is null ? filter with { Zone = Of(context) } : filter;
    }
}
