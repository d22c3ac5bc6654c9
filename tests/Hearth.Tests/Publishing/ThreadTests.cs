using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Hearth.Channels.Bluesky;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

public partial class ThreadTests
{
    private static readonly string Long = string.Join(' ', Enumerable.Range(1, 60).Select(n => $"Sentence number {n} says something."));

    [Fact]
    public void Parts_fit_carry_their_numbers_and_hold_all_of_the_text()
    {
        var pieces = ArbMap.Default.GeneratorFor<string>().Where(s => s is not null).Select(s => Lone().Replace(s, "x"));
        Prop.ForAll(pieces.ArrayOf(40).Select(p => string.Join(". ", p)).ToArbitrary(), text =>
        {
            var parts = ThreadParts.Split(text, t => RichText.Measure(t).Fits);
            if (parts is null) return; // more than 25 posts
            Assert.All(parts, p => Assert.True(RichText.Measure(p).Fits));
            if (parts.Count > 1) Assert.All(parts.Select((p, i) => (p, i)), x => Assert.EndsWith($" ({x.i + 1}/{parts.Count})", x.p, StringComparison.Ordinal));
            var whole = parts.Count == 1 ? parts[0] : string.Concat(parts.Select((p, i) => p[..^$" ({i + 1}/{parts.Count})".Length]));
            Assert.Equal(Bare(text), Bare(whole));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_cut_falls_between_sentences_where_one_fits()
    {
        var parts = ThreadParts.Split(Long, t => t.Length <= 300)!;
        Assert.True(parts.Count > 5);
        Assert.All(parts, p => Assert.Matches(@"^Sentence .*something\. \(\d+/\d+\)$", p));
        Assert.Null(ThreadParts.Split(new string('x', 100), _ => false));
    }

    [Theory, EveryDatabase]
    public async Task A_long_answer_stands_as_a_thread_in_order_signed_at_its_end(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var first = await Write(house);
        await house.House.Settle();
        var posts = house.Pds.Posts.OrderBy(p => (string)p.Value["text"]!, Comparer<string>.Create((a, b) => Number(a) - Number(b))).ToList();
        var thread = await house.House.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.Thread(first, default));
        Assert.Equal((posts.Count, true), (thread.Count, thread.All(m => m.Status == MessageStatus.Sent)));
        Assert.EndsWith("^AB, Care at Brand", (string)posts[^1].Value["text"]!, StringComparison.Ordinal);
        for (var n = 1; n < posts.Count; n++)
        {
            Assert.DoesNotContain("^AB", (string)posts[n - 1].Value["text"]!, StringComparison.Ordinal);
            Assert.Equal(thread[n - 1].ExternalId, (string?)posts[n].Value["reply"]!["parent"]!["uri"]);
            Assert.Equal(PublishingHouse.Fan.RootUri, (string?)posts[n].Value["reply"]!["root"]!["uri"]);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_thread_whose_answers_are_lost_on_the_way_back_stands_once(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var calls = 0;
        house.Pds.Afterwards = nsid =>
        {
            if (nsid.EndsWith("putRecord", StringComparison.Ordinal) && ++calls % 2 == 1) throw new HttpRequestException("connection reset"); // each post's first answer
        };
        var first = await Write(house);
        for (var n = 0; n < 20; n++)
        {
            await house.House.Settle();
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var thread = await house.House.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.Thread(first, default));
        Assert.All(thread, m => Assert.Equal(MessageStatus.Sent, m.Status));
        Assert.Equal(thread.Count, house.Pds.Posts.Count);
        Assert.Equal(thread.Count, await house.Facts<MessageSent>());
    }

    [Theory, EveryDatabase]
    public async Task Giving_up_or_deleting_a_post_takes_along_what_answers_it(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var first = await Write(house);
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.GiveUp(first, default)));
        await house.House.Settle();
        Assert.Empty(house.Pds.Posts);

        first = await Write(house);
        await house.House.Settle();
        var thread = await house.House.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.Thread(first, default));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Delete(thread[1].Id, default)));
        await house.House.Settle();
        Assert.Equal(thread[0].ExternalId, $"at://{FakePds.Did}/app.bsky.feed.post/{Assert.Single(house.Pds.Posts).Key}");
    }

    private static async Task<MessageId> Write(PublishingHouse house) => Assert.IsType<Publication.Queued>(
        await house.Queue(p => p.Reply(new ReplyDraft(PublishingHouse.Fan, Long, PublishingHouse.Ada, "conversation:1") { AsThread = true }, default))).Message;

    private static int Number(string text) => int.Parse(Numbered().Match(text).Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [GeneratedRegex(@"\((?<number>\d+)/\d+\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();

    // Half a character cannot be sent, nor arrive from a form.
    [GeneratedRegex(@"[\ud800-\udfff]")]
    private static partial Regex Lone();
}
