using System.CommandLine;
using Hearth.Platform;

namespace Hearth.App.Commands;

/// <summary>The options of every command that say where Hearth keeps what it knows.</summary>
internal static class Where
{
    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Folder of the embedded database and of files. Also HEARTH_DATA.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HEARTH_DATA") ?? "data",
        Recursive = true,
    };

    public static Option<string?> Database { get; } = new("--database")
    {
        Description = "A PostgreSQL connection (postgresql://... or Host=...;Database=...) instead of the embedded database. Also HEARTH_DATABASE.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HEARTH_DATABASE"),
        Recursive = true,
    };

    /// <summary>True when it names a database that may be there; asking makes none.</summary>
    public static bool HasDatabase(this ParseResult given) => !string.IsNullOrWhiteSpace(given.GetValue(Database)) || File.Exists(Path.Combine(given.GetValue(Data)!, "hearth.db"));

    /// <exception cref="FormatException">The connection cannot be read.</exception>
    public static DatabaseLocation Location(this ParseResult given) => DatabaseLocation.Of(given.GetValue(Data)!, given.GetValue(Database));
}
