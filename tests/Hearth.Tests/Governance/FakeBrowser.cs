using Hearth.Governance;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Governance;

/// <summary>Runs a use as one request of a browser whose cookies are kept between requests.</summary>
internal sealed class FakeBrowser(TestHouse house)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public Task<T> With<TSlice, T>(Func<TSlice, Task<T>> use) where TSlice : notnull => With<TSlice, T>((slice, _) => use(slice));

    /// <param name="use">Is given the slice and who the browser is signed in as.</param>
    public async Task<T> With<TSlice, T>(Func<TSlice, Actor?, Task<T>> use) where TSlice : notnull
    {
        await using var scope = house.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { Scheme = "https", Host = new("hearth.example") } };
        context.Request.Headers.Cookie = string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}"));
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var seen = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (seen.Succeeded) context.User = seen.Principal;
        var result = await use(scope.ServiceProvider.GetRequiredService<TSlice>(), context.ActorOrNull());
        foreach (var set in context.Response.Headers.SetCookie)
        {
            var (name, value) = set!.Split(';')[0].Split('=', 2) is [var n, var v] ? (n, v) : throw new InvalidOperationException(set);
            if (value.Length == 0) _cookies.Remove(name);
            else _cookies[name] = value;
        }

        return result;
    }

    /// <summary>Who is signed in now.</summary>
    public Task<Actor?> Me() => With<Staff, Actor?>((_, me) => Task.FromResult(me));
}
