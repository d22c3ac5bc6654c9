using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Platform;

public class GroupCommitTests
{
    [Theory, EveryDatabase]
    public async Task Those_that_come_while_one_commits_go_together_and_each_has_its_own_result(DatabaseKind kind)
    {
        var groups = new Groups();
        await using var house = await Create(kind, groups);
        var commit = house.Services.GetRequiredService<GroupCommit<int, int>>();
        groups.Open.Wait();

        var first = commit.Do(0, default);
        await groups.Begun.WaitAsync();
        var others = Enumerable.Range(1, 20).Select(n => commit.Do(n, default)).ToArray();
        groups.Open.Release();

        Assert.Equal(0, await first);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => n * n), await Task.WhenAll(others));
        Assert.Equal([1, 20], groups.Sizes);
    }

    [Theory, EveryDatabase]
    public async Task One_that_fails_fails_alone(DatabaseKind kind)
    {
        var groups = new Groups();
        await using var house = await Create(kind, groups);
        var commit = house.Services.GetRequiredService<GroupCommit<int, int>>();
        groups.Open.Wait();

        var first = commit.Do(1, default);
        await groups.Begun.WaitAsync();
        var (good, bad, better) = (commit.Do(2, default), commit.Do(Squares.Wrong, default), commit.Do(3, default));
        groups.Open.Release();

        Assert.Equal((1, 4, 9), (await first, await good, await better));
        Assert.Equal("a wrong one", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal(["1", "2", "3"], await Kept(house));
        Assert.Equal(16, await commit.Do(4, default));
    }

    [Theory, EveryDatabase]
    public async Task One_that_no_longer_waits_is_not_done(DatabaseKind kind)
    {
        var groups = new Groups();
        await using var house = await Create(kind, groups);
        var commit = house.Services.GetRequiredService<GroupCommit<int, int>>();
        groups.Open.Wait();
        using var stop = new CancellationTokenSource();

        var first = commit.Do(1, default);
        await groups.Begun.WaitAsync();
        var (gone, stays) = (commit.Do(2, stop.Token), commit.Do(3, default));
        await stop.CancelAsync();
        groups.Open.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal((1, 9), (await first, await stays));
        Assert.Equal(["1", "3"], await Kept(house));
    }

    private static Task<TestHouse> Create(DatabaseKind kind, Groups groups) =>
        TestHouse.Create(kind, s => s.AddSingleton(groups).AddGroupCommit<int, int, Squares>());

    private static Task<string[]> Kept(TestHouse house) => house.In(async s =>
        (await s.GetRequiredService<Database>().Set<FactRow>().Where(f => f.Subject == "squares").OrderBy(f => f.Position).Select(f => f.Body).ToListAsync()).ConvertAll(b => System.Text.Json.JsonDocument.Parse(b).RootElement.GetProperty("number").ToString()).ToArray());

    internal sealed class Groups
    {
        public SemaphoreSlim Open { get; } = new(1, 1);

        public SemaphoreSlim Begun { get; } = new(0);

        public List<int> Sizes { get; } = [];
    }

    internal sealed record Squared(int Number) : IFact
    {
        public string Subject => "squares";
    }

    internal sealed class Squares(Database db, Groups groups) : ICommitTogether<int, int>
    {
        public const int Wrong = 99;

        public async Task<IReadOnlyList<int>> Commit(IReadOnlyList<int> wants, CancellationToken ct)
        {
            groups.Begun.Release();
            await groups.Open.WaitAsync(ct);
            groups.Open.Release();
            groups.Sizes.Add(wants.Count);
            foreach (var want in wants)
            {
                if (want == Wrong) throw new InvalidOperationException("a wrong one");
                db.RecordOneOfMany(new Squared(want));
            }

            await db.SaveChangesAsync(ct);
            return [.. wants.Select(w => w * w)];
        }
    }
}
