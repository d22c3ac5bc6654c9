using System.CommandLine;
using Hearth.App.Hosting;

namespace Hearth.App.Commands;

/// <summary><c>hearth serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Option<string[]> Url { get; } = new("--url")
    {
        Description = "Address to listen on. May be given more than once. Also HEARTH_URL. Default http://127.0.0.1:7070.",
        DefaultValueFactory = _ => [Environment.GetEnvironmentVariable("HEARTH_URL") ?? "http://127.0.0.1:7070"],
    };

    public static Option<string?> PublicUrl { get; } = new("--public-url")
    {
        Description = "The address people reach this server under, for links that leave the house. Also HEARTH_PUBLIC_URL. Default: the first --url.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HEARTH_PUBLIC_URL"),
    };

    public static Option<string[]> AllowPrivate { get; } = new("--allow-private")
    {
        Description = "A host or host:port that may be called although its address is private. May be given more than once. Also HEARTH_ALLOW_PRIVATE (comma separated).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HEARTH_ALLOW_PRIVATE")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
    };

    public static Option<bool> BehindProxy { get; } = new("--behind-proxy")
    {
        Description = "Believe X-Forwarded-For and X-Forwarded-Proto. Only when a proxy of yours is the only way to this server.",
    };

    public static Option<string?> Lmtp { get; } = new("--lmtp")
    {
        Description = "Where a mail server of this house hands letters over by LMTP, like 127.0.0.1:2424. It asks for no password: loopback or inside the house only. Also HEARTH_LMTP. Default: nowhere.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HEARTH_LMTP"),
    };

    public static Option<bool> WaitForClickSync { get; } = new("--wait-for-click-sync")
    {
        Description = "Lead nobody on who follows a tracked link before their click is on the disk. Without it a click is written at once and on the disk 5 ms later: a killed process loses none, a power cut the last ones.",
    };

    public static Command Create()
    {
        var command = new Command("serve", "Run the server.") { Url, PublicUrl, AllowPrivate, BehindProxy, Lmtp, WaitForClickSync };
        command.SetAction(async (given, ct) =>
        {
            await using var app = await HearthHost.Build(Settings(given), ct);
            await app.RunAsync(ct);
            return 0;
        });
        return command;
    }

    /// <summary>What the options of <c>serve</c> say; other commands that run a server take the same options.</summary>
    public static HostSettings Settings(ParseResult given) => new(given.Location(), given.GetValue(Url)!)
    {
        PublicUrl = given.GetValue(PublicUrl),
        AllowPrivate = given.GetValue(AllowPrivate)!,
        BehindProxy = given.GetValue(BehindProxy),
        Lmtp = string.IsNullOrWhiteSpace(given.GetValue(Lmtp)) ? null : System.Net.IPEndPoint.TryParse(given.GetValue(Lmtp)!, out var at) && at.Port > 0 ? at : throw new FormatException("--lmtp: must be an address with a port, like 127.0.0.1:2424"),
        WaitForClickSync = given.GetValue(WaitForClickSync),
    };
}
