using System.Buffers.Text;
using System.Text;

namespace Hearth.App.Shared;

/// <summary>A sentence for the page that follows a redirect ("Saved."). Shown once.</summary>
public sealed class Flash(IHttpContextAccessor http)
{
    private const string Cookie = "hearth_flash";
    private const int Longest = 500;

    /// <summary>It went well.</summary>
    /// <param name="text">A sentence.</param>
    /// <param name="undo">What takes it back: a batch of steps with conversations.</param>
    public void Say(string text, Guid? undo = null) => Keep('+', text, undo);

    /// <summary>It did not, or only in part.</summary>
    public void Warn(string text, Guid? undo = null) => Keep('!', text, undo);

    /// <summary>What there is to show now; null when nothing. Reading forgets it.</summary>
    internal (bool Warning, string Text, Guid? Undo)? Take()
    {
        var context = http.HttpContext!;
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } kept || !HttpMethods.IsGet(context.Request.Method)) return null;
        if (context.Request.Headers.ContainsKey("X-Live")) return null; // a page renews a part of itself: nobody would read it
        context.Response.Cookies.Delete(Cookie);
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(kept));
            if (text.Length < 2) return null;
            var undo = Guid.TryParse(text.AsSpan(1, Math.Min(32, text.Length - 1)), out var batch) && text.Length > 34 && text[33] == '\n' ? batch : (Guid?)null;
            return (text[0] == '!', undo is null ? text[1..] : text[34..], undo);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Keep(char kind, string text, Guid? undo)
    {
        var context = http.HttpContext!;
        var value = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(kind + (undo is { } batch ? batch.ToString("N") + "\n" : "") + text[..Math.Min(text.Length, Longest)]));
        context.Response.Cookies.Append(Cookie, value, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromMinutes(2), Secure = context.Request.IsHttps });
    }
}
