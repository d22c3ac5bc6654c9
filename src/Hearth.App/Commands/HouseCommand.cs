using System.CommandLine;
using System.Text.Json;
using Hearth.Platform;
using Hearth.Platform.Http;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary>For the commands that use the rooms without serving them.</summary>
internal static class HouseCommand
{
    /// <summary>One JSON object on standard output, and nothing else there.</summary>
    public static Option<bool> AsJson { get; } = new("--json") { Description = "Print one JSON object for programs." };

    /// <summary>Messages for people, on standard error so that standard output stays for what was asked.</summary>
    public static IAnsiConsole Say { get; } = Console(System.Console.Error, System.Console.IsErrorRedirected);

    /// <summary>Answers for people, on standard output; without colours when it goes to a file or a program.</summary>
    public static IAnsiConsole Answer { get; } = Console(System.Console.Out, System.Console.IsOutputRedirected);

    /// <summary>The rooms on the database that the options name, brought to this version first.</summary>
    public static async Task<ServiceProvider> House(this ParseResult given, CancellationToken ct, bool migrate = true)
    {
        var at = given.Location();
        var services = new ServiceCollection().AddLogging().AddHearth(at)
            .Configure<SafeHttpOptions>(o => o.AllowPrivate.UnionWith(given.GetValue(ServeCommand.AllowPrivate) ?? []))
            .BuildServiceProvider();
        if (!migrate) return services;
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Database>().Migrate(at, ct);
        return services;
    }

    /// <summary>Refuses a value that does not hold; one that is not of the type at all is refused by the parser in its own words.</summary>
    public static void Must<T>(this Option<T> option, Func<T, bool> holds, string otherwise) => option.Validators.Add(given =>
    {
        T value;
        try
        {
            value = given.GetValueOrDefault<T>()!;
        }
        catch (InvalidOperationException)
        {
            return; // cannot be parsed
        }

        if (!holds(value)) given.AddError(otherwise);
    });

    public static void Print<T>(T value) => System.Console.WriteLine(JsonSerializer.Serialize(value, Json.Options));

    /// <summary>The same, with the names as Python and R write them.</summary>
    public static void PrintSnake<T>(T value) => System.Console.WriteLine(JsonSerializer.Serialize(value, SnakeCase));

    private static readonly JsonSerializerOptions SnakeCase = new(Json.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Says why a thing that was asked failed.</summary>
    /// <returns>The exit code for it.</returns>
    public static int Failed(string reason)
    {
        Say.MarkupLineInterpolated($"[red]{reason}[/]");
        return 1;
    }

    private static IAnsiConsole Console(TextWriter to, bool redirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(to), Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect, ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });
}
