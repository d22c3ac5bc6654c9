using System.Net;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

public class DeliveryTests
{
    private const string Put = "com.atproto.repo.putRecord";

    [Theory, EveryDatabase]
    public async Task A_reply_stands_in_its_thread_signed_and_is_recorded_as_sent(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await house.Queued();
        await house.House.Settle();

        var (key, record) = Assert.Single(house.Pds.Posts);
        Assert.Equal("Sorry to hear that.\n^AB, Care at Brand", (string?)record["text"]);
        Assert.Equal((PublishingHouse.Fan.ParentUri, "cid-fan"), ((string?)record["reply"]!["parent"]!["uri"], (string?)record["reply"]!["root"]!["cid"]));
        var message = await house.Read(id);
        Assert.Equal((MessageStatus.Sent, $"at://{FakePds.Did}/app.bsky.feed.post/{key}", $"https://bsky.app/profile/brand.example/post/{key}"), (message.Status, message.ExternalId, message.Url));
        Assert.Equal(1, await house.Facts<MessageSent>());
    }

    [Theory, EveryDatabase]
    public async Task An_answer_lost_on_the_way_back_leaves_one_post(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var lost = 0;
        house.Pds.Afterwards = nsid =>
        {
            if (nsid == Put && lost++ < 3) throw new HttpRequestException("connection reset");
        };
        var id = await house.Queued();
        await house.SettleFor(id);

        Assert.Equal(4, lost);
        Assert.Single(house.Pds.Posts);
        Assert.Equal(MessageStatus.Sent, (await house.Read(id)).Status);
        Assert.Equal(1, await house.Facts<MessageSent>());
    }

    [Theory, EveryDatabase]
    public async Task A_met_limit_waits_and_does_not_count_as_a_try(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var limited = 0;
        house.Pds.Instead = nsid => nsid == Put && limited++ < 15 ? FakePds.Error(HttpStatusCode.TooManyRequests, "RateLimitExceeded") : null;
        var id = await house.Queued();
        await house.SettleFor(id);
        Assert.Equal((MessageStatus.Sent, 1), ((await house.Read(id)).Status, (await house.Read(id)).Attempts));
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_fails_with_its_reason_and_a_retry_sends_it(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        house.Pds.Instead = nsid => nsid == Put ? FakePds.Error(HttpStatusCode.BadRequest, "InvalidRequest", "Record is not well") : null;
        var id = await house.Queued();
        await house.House.Settle();
        var failed = await house.Read(id);
        Assert.Equal((MessageStatus.Failed, "Record is not well", 1), (failed.Status, failed.Reason, await house.Facts<MessageFailed>()));

        house.Pds.Instead = _ => null;
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Retry(id, default)));
        await house.House.Settle();
        Assert.Equal(MessageStatus.Sent, (await house.Read(id)).Status);
        Assert.IsType<MessageChange.NotNow>(await house.Change(c => c.Retry(id, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_network_that_stays_away_fails_the_message_after_twenty_tries(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        house.Pds.Instead = nsid => nsid == Put ? FakePds.Error(HttpStatusCode.BadGateway, "UpstreamFailure") : null;
        var id = await house.Queued();
        await house.SettleFor(id);
        Assert.Equal((MessageStatus.Failed, Message.MaxAttempts), ((await house.Read(id)).Status, (await house.Read(id)).Attempts));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.GiveUp(id, default)));
        Assert.Equal(MessageStatus.GivenUp, (await house.Read(id)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Another_text_replaces_one_that_got_through_unnoticed(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        house.Pds.Afterwards = nsid =>
        {
            if (nsid == Put) throw new HttpRequestException("connection reset");
        };
        var id = await house.Queued("Teh answer");
        await house.SettleFor(id);
        Assert.Equal(MessageStatus.Failed, (await house.Read(id)).Status);
        Assert.Single(house.Pds.Posts); // it stands, and nobody here knows

        house.Pds.Afterwards = _ => { };
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Rewrite(id, "The answer", PublishingHouse.Ada, default)));
        await house.House.Settle();
        Assert.Equal("The answer\n^AB, Care at Brand", (string?)Assert.Single(house.Pds.Posts).Value["text"]);
    }

    [Theory, EveryDatabase]
    public async Task Giving_a_message_up_takes_away_what_got_through_unnoticed(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        house.Pds.Afterwards = nsid =>
        {
            if (nsid == Put) throw new HttpRequestException("connection reset");
        };
        var id = await house.Queued();
        await house.SettleFor(id);
        Assert.Single(house.Pds.Posts);

        house.Pds.Afterwards = _ => { };
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.GiveUp(id, default)));
        await house.House.Settle();
        Assert.Empty(house.Pds.Posts);
        Assert.Equal(MessageStatus.GivenUp, (await house.Read(id)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Deleting_a_message_takes_it_away_from_the_network(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await house.Queued();
        await house.House.Settle();
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Delete(id, default)));
        await house.House.Settle();
        Assert.Empty(house.Pds.Posts);
        Assert.Equal((MessageStatus.Deleted, 1), ((await house.Read(id)).Status, await house.Facts<MessageDeleted>()));
    }

    [Theory, EveryDatabase]
    public async Task Two_workers_at_once_send_one_post(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await house.Queued();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => house.House.With<Delivery>(d => d.Run(new DeliverMessage(id), default)))));
        Assert.Single(house.Pds.Posts);
        Assert.Equal(1, await house.Facts<MessageSent>());
    }
}
