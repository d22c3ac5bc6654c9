using Hearth.App.Commands;

namespace Hearth.App.Tests;

public sealed class MatchCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hearth-match-").FullName;

    [Fact]
    public async Task The_exit_code_says_whether_all_lines_were_read()
    {
        var (queries, broken, posts, spoilt, answers) = (
            Write("q.jsonl", """{"id": "1", "query": "dell"}"""), Write("b.jsonl", """{"id": "1", "query": "(dell"}"""), Write("p.jsonl", """{"id": "p", "text": "Dell!"}"""),
            Write("s.jsonl", "{\n{\"id\": \"p\", \"text\": \"Dell!\"}"), Path.Combine(_folder, "m.jsonl"));

        Assert.Equal(0, await HearthCommand.Run(["match", "--queries", queries, "--posts", posts, "--out", answers, "--threads", "2"]));
        Assert.Equal("{\"id\":\"p\",\"queries\":[\"1\"]}\n", await File.ReadAllTextAsync(answers));
        File.Delete(answers);
        Assert.Equal(1, await HearthCommand.Run(["match", "--queries", queries, "--posts", spoilt, "--out", answers]));
        Assert.Equal("{\"id\":\"p\",\"queries\":[\"1\"]}\n", await File.ReadAllTextAsync(answers));
        Assert.Equal(1, await HearthCommand.Run(["match", "--queries", broken, "--posts", posts]));
        Assert.Equal(1, await HearthCommand.Run(["match", "--queries", Path.Combine(_folder, "none"), "--posts", posts]));
        Assert.Equal(2, await HearthCommand.Run(["match", "--queries", queries, "--posts", posts, "--threads", "0"]));
        Assert.Equal(2, await HearthCommand.Run(["match", "--queries", queries, "--posts", posts, "--threads", "many"]));
        Assert.Equal(2, await HearthCommand.Run(["match", "--queries", queries]));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
