using Hearth.Platform;

namespace Hearth.Tests.Listening.Reading;

/// <summary>What every kind of source must stand. A kind's tests derive this and give it a <see cref="FakeNetwork"/>.</summary>
public abstract class MentionSourceContract
{
    protected abstract Task<FakeNetwork> Start();

    [Theory, EveryDatabase]
    public async Task What_is_posted_is_heard_once(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        for (var n = 0; n < 25; n++) await ears.Network.Post($"p{n}", $"post number {n} 🙂 مرحبا");
        await ears.Hears(25);
        for (var n = 25; n < 30; n++) await ears.Network.Post($"p{n}", $"post number {n} 🙂 مرحبا");
        await ears.Hears(30);
        Assert.Equal(Enumerable.Range(0, 30).Select(n => $"post number {n} 🙂 مرحبا").Order(StringComparer.Ordinal), (await ears.Texts()).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task What_is_sent_again_adds_nothing(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        for (var n = 0; n < 10; n++) await ears.Network.Post($"p{n}", $"post number {n}");
        await ears.Hears(10);
        await ears.Forget();
        await ears.Network.Post("p10", "post number 10");
        await ears.Hears(11);
        Assert.Equal(11, await ears.Facts("Listening.MentionHeard"));
    }

    [Theory, EveryDatabase]
    public async Task A_process_that_is_killed_again_and_again_loses_nothing_and_hears_nothing_twice(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        await ears.Network.Post("first", "the first one");
        await ears.Hears(1);
        await ears.Sleep();
        for (var round = 0; round < 3; round++)
        {
            for (var n = 0; n < 10; n++) await ears.Network.Post($"p{round}-{n}", $"round {round} post {n}");
            await ears.ListenAndDie(when: round);
        }

        await ears.Wake();
        await ears.Hears(31);
        Assert.Equal(31, await ears.Facts("Listening.MentionHeard"));
        Assert.Equal(31, (await ears.Texts()).Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task A_post_that_is_deleted_loses_its_text(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        if (!ears.Network.CanDelete) return;
        await ears.Network.Post("p1", "I wish I had not said this");
        await ears.Network.Post("p2", "this stays");
        await ears.Hears(2);
        await ears.Network.Delete("p1");
        await ears.Until(async () => await ears.Facts("Listening.MentionRemoved") == 1, "the deletion is heard");
        Assert.Equal(["", "this stays"], (await ears.Texts()).Order(StringComparer.Ordinal));
        await ears.Forget();
        await ears.Network.Post("p3", "later");
        await ears.Until(async () => (await ears.Texts()).Contains("later"), "the next post is heard");
        Assert.Equal(["", "later", "this stays"], (await ears.Texts()).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_post_that_is_changed_has_its_new_text(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        if (!ears.Network.CanEdit) return;
        await ears.Network.Post("p1", "the first from");
        await ears.Hears(1);
        await ears.Network.Edit("p1", "the first form");
        await ears.Until(async () => (await ears.Texts()).Contains("the first form"), "the change is heard");
        Assert.Equal((1, 1), (await ears.Facts("Listening.MentionHeard"), await ears.Facts("Listening.MentionEdited")));
    }

    [Theory, EveryDatabase]
    public async Task A_clock_that_is_wrong_does_no_harm(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        await ears.Network.Post("ahead", "from the future", ears.Now.AddYears(1));
        await ears.Network.Post("behind", "from long ago", ears.Now.AddDays(-1));
        await ears.Network.Post("right", "from today");
        await ears.Hears(3);
        Assert.All(await ears.Times(), at => Assert.InRange(at, ears.Now.AddDays(-2), ears.Now.AddMinutes(1)));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_read_is_passed_over(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        await ears.Network.Post("p1", "before");
        await ears.Network.Malformed();
        await ears.Network.Post("p2", "after");
        await ears.Hears(2);
        if (ears.Network.CountsSkipped) Assert.True((await ears.Source()).Skipped > 0);
    }

    [Theory, EveryDatabase]
    public async Task What_is_too_large_is_passed_over(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        await ears.Network.Post("p1", "before");
        await ears.Network.Huge();
        await ears.Network.Post("p2", "after");
        await ears.Until(async () => (await ears.Texts()) is var t && t.Contains("before") && t.Contains("after"), "both are heard");
        if (ears.Network.CountsSkipped) Assert.True((await ears.Source()).Skipped > 0);
    }

    [Theory, EveryDatabase]
    public async Task A_reader_that_cannot_keep_up_gets_everything_in_the_end(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        await ears.Network.Post("first", "the first one");
        await ears.Hears(1);
        await ears.WhileNothingCanBeStored(async () =>
        {
            for (var n = 0; n < 40; n++) await ears.Network.Post($"p{n}", $"post number {n}");
        });
        await ears.Hears(41);
        Assert.Equal(41, await ears.Facts("Listening.MentionHeard"));
    }

    [Theory, EveryDatabase]
    public async Task A_server_that_fails_is_told_of_once_and_what_was_posted_meanwhile_comes_in(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        await ears.Network.Post("p1", "before");
        await ears.Hears(1);
        await ears.Network.Break();
        await ears.Until(async () => (await ears.Source()).Failures >= 4, "it failed four times");
        var failing = await ears.Source();
        Assert.NotNull(failing.LastError);
        Assert.Equal((1, 0), (await ears.Facts("Listening.SourceFailed"), await ears.Facts("Listening.SourceRecovered")));
        await ears.Network.Mend();
        await ears.Network.Post("p2", "meanwhile");
        await ears.Hears(2);
        await ears.Until(async () => await ears.Facts("Listening.SourceRecovered") == 1, "it is told that it works again");
        Assert.Equal((1, 2), (await ears.Facts("Listening.SourceFailed"), await ears.Facts("Listening.MentionHeard")));
        Assert.Equal((null, 0), ((await ears.Source()).LastError, (await ears.Source()).Failures));
    }

    [Theory, EveryDatabase]
    public async Task Credentials_that_are_gone_are_told_of_at_once(DatabaseKind kind)
    {
        await using var ears = await Ears.Open(kind, await Start());
        if (!ears.Network.HasCredentials) return;
        await ears.Network.Post("p1", "before");
        await ears.Hears(1);
        await ears.Network.Revoke();
        await ears.Until(async () => await ears.Facts("Listening.SourceFailed") == 1, "it is told");
        Assert.Equal(1, (await ears.Source()).Failures);
        await ears.Network.Restore();
        await ears.Network.Post("p2", "after");
        await ears.Hears(2);
    }
}
