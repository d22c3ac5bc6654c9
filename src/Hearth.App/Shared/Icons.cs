using System.Collections.Concurrent;

namespace Hearth.App.Shared;

/// <summary>Tabler's icons by name. A page carries the few it shows, so that nobody loads all five thousand.</summary>
public sealed class Icons(IWebHostEnvironment environment)
{
    private readonly Lazy<string> _sprite = new(() => File.ReadAllText(Path.Combine(environment.WebRootPath, "lib", "tabler-sprite.svg")));
    private readonly ConcurrentDictionary<string, string> _shapes = new(StringComparer.Ordinal);

    /// <summary>What stands inside the icon's svg element of 24 by 24 units.</summary>
    /// <exception cref="ArgumentException">There is no such icon; see tabler.io/icons for the names.</exception>
    public string Shape(string name) => _shapes.GetOrAdd(name, n =>
    {
        var sprite = _sprite.Value;
        var start = sprite.IndexOf($"<symbol id=\"tabler-{n}\"", StringComparison.Ordinal);
        if (start < 0) throw new ArgumentException($"Tabler has no icon \"{n}\".", nameof(name));
        var inside = sprite.IndexOf('>', start) + 1;
        return sprite[inside..sprite.IndexOf("</symbol>", inside, StringComparison.Ordinal)];
    });
}
