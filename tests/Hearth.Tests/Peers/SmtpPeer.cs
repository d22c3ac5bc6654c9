using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Hearth.Tests.Peers;

/// <summary>The real mail server that tests/peers/install brings: one process, ended with its test.</summary>
internal sealed class SmtpPeer : IAsyncDisposable
{
    private readonly Process _process;

    private SmtpPeer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<SmtpPeer> Start(string? login = null, [CallerFilePath] string here = "")
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../peers/smtp"));
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) throw new InvalidOperationException("No mail server to test against. Run ./test, or tests/peers/install.");
        var start = new ProcessStartInfo("node", ["smtp.mjs", .. login is null ? Array.Empty<string>() : [login]]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        var first = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mail server ended at once.");
        return new(process, (int)JsonNode.Parse(first)!["port"]!);
    }

    /// <summary>The next mail it takes; fails after half a minute.</summary>
    public async Task<TakenMail> Next()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var mail = JsonNode.Parse((await _process.StandardOutput.ReadLineAsync(limit.Token))!)!;
        return new((string)mail["from"]!, [.. mail["to"]!.AsArray().Select(t => (string)t!)], (string)mail["data"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

/// <summary>A mail as the server took it.</summary>
internal sealed record TakenMail(string From, IReadOnlyList<string> To, string Data)
{
    public string Header(string name) => Data.Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").First(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];

    /// <summary>The body as a person reads it.</summary>
    public string Body
    {
        get
        {
            var body = Data[(Data.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            return Data.Contains("base64", StringComparison.OrdinalIgnoreCase) ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings(""))) : body.Replace("=\r\n", "", StringComparison.Ordinal);
        }
    }
}
