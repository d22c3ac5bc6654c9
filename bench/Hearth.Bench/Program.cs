using Hearth.Bench;

// Every speed claim of docs/performance.md, each measured against its bound in the same run: dotnet run -c Release --project bench/Hearth.Bench -- NAME
var benches = new Dictionary<string, Func<string[], Task>>(StringComparer.Ordinal)
{
    ["claims"] = ClaimBench.Run,
    ["crowd"] = ClaimBench.Crowd,
    ["ideas"] = IdeasBench.Run,
    ["inbox"] = InboxBench.Run,
    ["facts"] = FactsBench.Run,
    ["fan-out"] = FanOutBench.Run,
    ["ingest"] = IngestBench.Run,
    ["secure-delete"] = SecureDeleteBench.Run,
    ["decode"] = DecodeBench.Run,
    ["effect"] = EffectBench.Run,
    ["jetstream"] = JetstreamBench.Run,
    ["jetstream-read"] = JetstreamBench.Read,
    ["likeness"] = LikenessBench.Run,
    ["links"] = LinkBench.Run,
    ["match"] = MatchBench.Run,
    ["mentions"] = MentionsBench.Run,
    ["read"] = ReadBench.Run,
    ["tokenise"] = TokeniseBench.Run,
};

if (args is not [var name, .. var rest] || !benches.TryGetValue(name, out var bench))
{
    Console.Error.WriteLine($"Which one? {string.Join(", ", benches.Keys)}");
    return 2;
}

await bench(rest);
return 0;
