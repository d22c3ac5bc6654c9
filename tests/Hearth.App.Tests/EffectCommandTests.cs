using Hearth.App.Commands;

namespace Hearth.App.Tests;

public sealed class EffectCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hearth-effect-").FullName;

    [Fact]
    public async Task The_exit_code_says_whether_there_was_an_answer()
    {
        var series = Write("s.csv", "day,sold,talk,other\n" + string.Concat(Enumerable.Range(1, 40).Select(t => $"2026-0{1 + t / 28}-{1 + t % 28:00},{1000 + t},{5 + t % 3},{7 + t % 4}\n")));
        var panel = Write("p.csv", "unit,time,outcome\n" + string.Concat(from unit in (string[])["A", "B", "C"] from t in Enumerable.Range(1, 12) select $"{unit},{t},{t * 7 % 5 + unit[0]}\n"));
        string[] talk = ["effect", "--series", series, "--date", "day", "--outcome", "talk", "--from", "2026-02-05"];

        Assert.Equal(0, await HearthCommand.Run([.. talk, "--controls", "other", "--seasons", "3", "--counts", "--exposure", "sold", "--lag", "2", "--draws", "200", "--seed", "7", "--placebos", "2"]));
        Assert.Equal(0, await HearthCommand.Run([.. talk, "--method", "interrupted", "--json"]));
        Assert.Equal(0, await HearthCommand.Run(["effect", "--panel", panel, "--treated", "A", "--from", "9", "--json"]));
        Assert.Equal(0, await HearthCommand.Run(["effect", "--simulate", "10", "--world", "noise,counts-rare", "--draws", "100"]));

        Assert.Equal(1, await HearthCommand.Run([.. talk, "--controls", "none"]));
        Assert.Equal(1, await HearthCommand.Run([.. talk, "--lag", "90"]));
        Assert.Equal(1, await HearthCommand.Run(["effect", "--series", series, "--panel", panel, "--from", "9"]));
        Assert.Equal(1, await HearthCommand.Run(["effect", "--panel", panel, "--treated", "Z", "--from", "9"]));
        Assert.Equal(1, await HearthCommand.Run(["effect", "--panel", panel, "--from", "9"]));
        Assert.Equal(1, await HearthCommand.Run(["effect", "--simulate", "10", "--world", "nowhere"]));
        Assert.Equal(1, await HearthCommand.Run(["effect", "--series", Path.Combine(_folder, "none"), "--from", "9"]));
        Assert.Equal(2, await HearthCommand.Run([.. talk, "--method", "guess"]));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
