using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Hearth.App.Hosting;

/// <summary>Addresses of static files with a version in them, so that browsers keep a file for a year and still get a new one at once.</summary>
public sealed class Assets(IWebHostEnvironment environment)
{
    private IReadOnlyList<string>? _rooms;
    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <param name="path">Below wwwroot ("site.css").</param>
    public string this[string path] => _addresses.GetOrAdd(path, p => $"/{p}?v={Version(environment.WebRootFileProvider.GetFileInfo(p))}");

    /// <summary>The addresses of the rooms' own styles: all of wwwroot/rooms.</summary>
    public IReadOnlyList<string> Rooms => _rooms ??= [.. environment.WebRootFileProvider.GetDirectoryContents("rooms").Select(f => f.Name).Order(StringComparer.Ordinal).Select(name => this["rooms/" + name])];

    internal static StaticFileOptions Serving { get; } = new()
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
            file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
    };

    private static string Version(IFileInfo file)
    {
        using var content = file.CreateReadStream();
        return Convert.ToHexStringLower(SHA256.HashData(content))[..12];
    }
}
