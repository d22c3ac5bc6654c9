using System.Buffers.Text;
using System.Text;

namespace Hearth.App.Shared;

/// <summary>A sentence for the page that follows a redirect ("Saved."). Shown once.</summary>
public sealed class Flash(IHttpContextAccessor http)
{
    private const string Cookie = "hearth_flash";
    private const int Longest = 500;

    /// <summary>It went well.</summary>
    public void Say(string text) => Keep('+', text);

    /// <summary>It did not, or only in part.</summary>
    public void Warn(string text) => Keep('!', text);

    /// <summary>What there is to show now; null when nothing. Reading forgets it.</summary>
    internal (bool Warning, string Text)? Take()
    {
        var context = http.HttpContext!;
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } kept || !HttpMethods.IsGet(context.Request.Method)) return null;
        context.Response.Cookies.Delete(Cookie);
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(kept));
            return text.Length < 2 ? null : (text[0] == '!', text[1..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Keep(char kind, string text)
    {
        var context = http.HttpContext!;
        var value = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(kind + text[..Math.Min(text.Length, Longest)]));
        context.Response.Cookies.Append(Cookie, value, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromMinutes(2), Secure = context.Request.IsHttps });
    }
}
