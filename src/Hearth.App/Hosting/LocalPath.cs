namespace Hearth.App.Hosting;

/// <summary>Where to go next, when a visitor's request says so: only ever inside this site.</summary>
public static class LocalPath
{
    /// <summary><paramref name="path"/> when it is a path of this site as a header can carry it ("/engage?x=1"), else <paramref name="otherwise"/>.</summary>
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.All(c => c is > ' ' and < '\x7f') ? path : otherwise;
}
