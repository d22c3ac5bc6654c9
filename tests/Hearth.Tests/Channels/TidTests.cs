using Hearth.Channels.Bluesky;

namespace Hearth.Tests.Channels;

/// <summary>Examples from atproto.com/specs/tid and the interop test files beside it.</summary>
public class TidTests
{
    [Theory]
    [InlineData("3jzfcijpj2z2a"), InlineData("7777777777777"), InlineData("3zzzzzzzzzzzz"), InlineData("2222222222222")]
    public void The_specifications_keys_are_read_and_written_alike(string key)
    {
        Assert.True(Tid.TryRead(key, out var micros, out var clock));
        Assert.Equal(key, Tid.Write(micros, clock));
    }

    [Theory]
    [InlineData("3jzfcijpj2z21"), InlineData("0000000000000"), InlineData("3JZFCIJPJ2Z2A"), InlineData("3jzfcijpj2z2aa"), InlineData("3jzfcijpj2z2"), InlineData("3jzf-cij-pj2z-2a"),
     InlineData("zzzzzzzzzzzzz"), InlineData("kjzfcijpj2z2a"), InlineData("")]
    public void What_the_specification_calls_wrong_is_refused(string key) => Assert.False(Tid.TryRead(key, out _, out _));

    [Fact]
    public void The_first_moment_of_the_first_clock_is_all_twos()
    {
        Assert.Equal("2222222222222", Tid.Write(0, 0));
        Assert.True(Tid.TryRead("3jzfcijpj2z2a", out var micros, out _));
        Assert.Equal(new DateOnly(2023, 6, 30), DateOnly.FromDateTime(DateTimeOffset.UnixEpoch.AddMicroseconds(micros).UtcDateTime));
    }

    [Fact]
    public void Keys_made_at_one_moment_differ_and_sort_in_the_order_of_making()
    {
        var now = new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);
        var keys = Enumerable.Range(0, 1000).Select(i => Tid.New(i % 10 == 0 ? now.AddHours(-1) : now)).ToArray();
        Assert.Equal(keys.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void Threads_never_make_the_same_key()
    {
        var now = new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);
        var keys = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 4000, _ => keys.Add(Tid.New(now)));
        Assert.Equal(4000, keys.Distinct(StringComparer.Ordinal).Count());
    }
}
