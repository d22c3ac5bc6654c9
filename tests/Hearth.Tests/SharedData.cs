using System.Runtime.CompilerServices;

namespace Hearth.Tests;

/// <summary>Files that lie beside the project and are not part of it: the folder that HEARTH_TEST_DATA names, or ../shared/data.</summary>
internal static class SharedData
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("HEARTH_TEST_DATA") is { Length: > 0 } named ? named : Path.GetFullPath(Path.Combine(Here(), "../../../shared/data"));

    /// <exception cref="FileNotFoundException">It is missing; the message says which and where it is looked for.</exception>
    public static string File(string name) => Path.Combine(Folder, name) is var path && System.IO.File.Exists(path) ? path
        : throw new FileNotFoundException($"This test needs {name} in {Folder}; HEARTH_TEST_DATA names another folder.");

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
