using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

public class PublishTests
{
    [Theory, EveryDatabase]
    public async Task The_signature_counts_against_the_networks_limit(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var signature = "\n^AB, Care at Brand".Length;
        Assert.IsType<Publication.Queued>(await house.Reply(new string('x', 300 - signature)));
        Assert.Equal(new Publication.TooLong(301, 300, "graphemes"), await house.Reply(new string('x', 301 - signature)));
        Assert.IsType<Publication.Empty>(await house.Reply("  \n"));
    }

    [Theory, EveryDatabase]
    public async Task A_message_is_kept_with_the_callers_work_or_not_at_all(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        await house.House.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await s.GetRequiredService<Publish>().Reply(new ReplyDraft(PublishingHouse.Fan, "Never mind", PublishingHouse.Ada), default);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        });
        await house.House.Settle();
        Assert.Empty(house.Pds.Posts);
        Assert.Empty((await house.House.With<ReadMessages, Page<MessageView>?>(r => r.List(null, null, null, default)))!.Items);
    }

    [Theory, EveryDatabase]
    public async Task The_same_draft_queued_twice_is_one_message(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = MessageId.New();
        var (first, second) = (await house.Reply(id: id), await house.Reply("changed my mind", id: id));
        Assert.Equal(first, second);
        await house.House.Settle();
        Assert.Single(house.Pds.Posts);
    }

    [Theory, EveryDatabase]
    public async Task What_no_network_can_carry_is_posted_by_hand(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var made = Assert.IsType<Publication.ByHand>(await house.Reply(new string('x', 400), new ReplyTarget("file", null, null)));
        Assert.EndsWith("\n^AB, Care at our team", made.Text, StringComparison.Ordinal);

        Assert.Equal("url", Assert.IsType<MessageChange.Invalid>(await house.Change(c => c.MarkPostedByHand(made.Message, "javascript:alert(1)", default))).Field);
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.MarkPostedByHand(made.Message, "https://forum.example/9", default)));
        var message = await house.Read(made.Message);
        Assert.Equal((MessageStatus.Sent, "https://forum.example/9", 1), (message.Status, message.Url, await house.Facts<MessageSent>()));
    }

    [Theory, EveryDatabase]
    public async Task Without_a_connected_account_a_reply_is_by_hand_and_a_post_is_refused(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind, connected: false);
        Assert.IsType<Publication.ByHand>(await house.Reply());
        Assert.IsType<Publication.NotConnected>(await house.Queue(p => p.Post(ChannelAccountId.New(), "An offer", null, PublishingHouse.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_post_carries_its_link_as_a_card(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var made = await house.Queue(p => p.Post(house.Account, "Outlet: https://o.example/l/abc #outlet", new LinkCard("https://o.example/l/abc", "25 chairs", "From 49 €"), PublishingHouse.Ada, default));
        Assert.IsType<Publication.Queued>(made);
        await house.House.Settle();
        var record = Assert.Single(house.Pds.Posts).Value;
        Assert.Equal(("app.bsky.embed.external", "25 chairs"), ((string?)record["embed"]!["$type"], (string?)record["embed"]!["external"]!["title"]));
        Assert.Equal((8, 31), ((int)record["facets"]![0]!["index"]!["byteStart"]!, (int)record["facets"]![0]!["index"]!["byteEnd"]!));
        Assert.Null(record["reply"]);
    }

    [Theory, EveryDatabase]
    public async Task The_rule_of_disclosure_must_name_somebody_and_the_brand(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        Task<IReadOnlyList<FieldError>> Set(string? brand, string format) => house.House.With<DisclosurePolicy, IReadOnlyList<FieldError>>(p => p.Set(brand, format, default));
        Assert.Equal("format", Assert.Single(await Set("Acme", "{brand}")).Field);
        Assert.Equal("format", Assert.Single(await Set("Acme", "^{initials}")).Field);
        Assert.Empty(await Set("Acme", "{name} ({department}), {brand}"));
        var pr = PublishingHouse.Ada with { Department = Department.PublicRelations };
        var preview = await house.House.With<Publish, Preview>(p => p.PreviewReply(PublishingHouse.Fan, "Hi", pr, default));
        Assert.Equal(("Hi\nAda Byron (PR), Acme", 23), (preview.Text, preview.Length.Length));
    }

    [Theory, EveryDatabase]
    public async Task Messages_are_walked_page_by_page_the_latest_first(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var ids = new List<MessageId>();
        for (var i = 0; i < 7; i++)
        {
            ids.Insert(0, await house.Queued($"number {i}"));
            if (i % 3 == 2) house.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var walked = new List<MessageId>();
        string? after = null;
        do
        {
            var page = (await house.House.With<ReadMessages, Page<MessageView>?>(r => r.List(MessageStatus.Queued, after, 2, default)))!;
            walked.AddRange(page.Items.Select(m => m.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(ids.Count, walked.Count);
        Assert.Equivalent(ids, walked);
        Assert.Equal(ids[0], walked[0]);
        Assert.Null(await house.House.With<ReadMessages, Page<MessageView>?>(r => r.List(null, "rubbish", null, default)));
        Assert.Equal(7, (await house.House.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.About("conversation:1", default))).Count);
    }
}
