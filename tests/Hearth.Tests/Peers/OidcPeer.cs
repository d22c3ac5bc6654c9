using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Tests.Peers;

/// <summary>The certified OpenID provider that tests/peers/install brings: one process, ended with its test.</summary>
internal sealed class OidcPeer : IAsyncDisposable
{
    private readonly Process _process;

    private OidcPeer(Process process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <param name="backs">Where its clients may be sent back to.</param>
    public static async Task<OidcPeer> Start(string backs, [CallerFilePath] string here = "")
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../peers/oidc"));
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) throw new InvalidOperationException("No OpenID provider to test against. Run ./test, or tests/peers/install.");
        var start = new ProcessStartInfo("node", ["--no-warnings", "oidc.mjs", backs]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine(); // it warns at length
        string? line;
        do line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The provider ended at once.");
        while (!line.StartsWith('{'));
        return new(process, (string)JsonNode.Parse(line)!["issuer"]!);
    }

    /// <summary>Goes to its page as a browser would, says who it is, and returns the address that it is sent back to.</summary>
    /// <param name="address">Where the server sent the browser.</param>
    /// <param name="claims">Who it is; null says no.</param>
    public async Task<Uri> SignIn(string address, object? claims)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var at = new Uri(address);
        for (var hops = 0; hops < 12; hops++)
        {
            using var answer = await browser.GetAsync(at);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                at = new Uri(at, "?as=" + Uri.EscapeDataString(claims is null ? "nobody" : JsonSerializer.Serialize(claims)));
                continue;
            }

            at = new Uri(at, answer.Headers.Location ?? throw new InvalidOperationException($"{at}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"));
            if (!at.ToString().StartsWith(Issuer, StringComparison.Ordinal)) return at;
        }

        throw new InvalidOperationException("The provider sends in circles.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
