using System.Net;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Channels;
using Hearth.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

/// <summary>What becomes of a message that stands, and what goes with it.</summary>
public class StandingTests
{
    [Theory, EveryDatabase]
    public async Task An_edit_changes_what_stands_under_its_key(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await house.Queued("Teh answer");
        await house.House.Settle();
        var key = Assert.Single(house.Pds.Posts).Key;
        Assert.IsType<MessageChange.TooLong>(await house.Change(c => c.Edit(id, new string('x', 301), PublishingHouse.Ada, default)));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Edit(id, "The answer", PublishingHouse.Ada, default)));
        await house.House.Settle();

        Assert.Equal((key, "The answer\n^AB, Care at Brand"), (Assert.Single(house.Pds.Posts).Key, (string?)house.Pds.Posts[key]["text"]));
        var message = await house.Read(id);
        Assert.Equal((MessageStatus.Sent, "The answer", 1), (message.Status, message.Words, await house.Facts<MessageEdited>()));
        Assert.NotNull(message.EditedAt);
        var made = Assert.Single(await house.House.With<ReviewMessage, IReadOnlyList<DecisionView>>(r => r.Decisions(id, default)));
        Assert.Equal((Decision.Edited, "Teh answer", "The answer"), (made.What, made.Before, made.After));
    }

    [Theory, EveryDatabase]
    public async Task An_edit_that_the_network_refuses_leaves_the_old_text_and_says_why(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await house.Queued();
        await house.House.Settle();
        house.Pds.Instead = nsid => nsid.EndsWith("putRecord", StringComparison.Ordinal) ? FakePds.Error(HttpStatusCode.BadRequest, "InvalidRequest", "Too late") : null;
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Edit(id, "Other", PublishingHouse.Ada, default)));
        await house.House.Settle();
        var message = await house.Read(id);
        Assert.Equal((MessageStatus.Sent, "Sorry to hear that.", "It could not be changed: Too late"), (message.Status, message.Words, message.Reason));
    }

    [Theory, EveryDatabase]
    public async Task Points_are_kept_for_replies_and_come_back_with_time(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var budget = new PointBudget(PerHour: 10, PerDay: 25, Create: 3, Update: 2, Delete: 1);
        Task Take(bool reply) => house.House.With<PointBudgets>(b => b.Take(house.Account, budget, 3, reply, default));
        await Take(false);
        await Take(false);
        var later = await Assert.ThrowsAsync<LaterException>(() => Take(false)); // 9 of the 8 that posts may take
        await Take(true); // a reply may
        await Assert.ThrowsAsync<LaterException>(() => Take(true));
        Assert.Equal(house.Clock.GetUtcNow().AddHours(1), later.At);
        house.Clock.Set(later.At);
        await Take(false);
        await Take(false);
        house.Clock.Advance(TimeSpan.FromHours(2));
        await Take(true);
        await Take(true); // 21 in the day, with a reply more 24
        await Take(true);
        await Assert.ThrowsAsync<LaterException>(() => Take(true));
        house.Clock.Advance(TimeSpan.FromDays(1));
        await Take(true);
    }

    [Theory, EveryDatabase]
    public async Task Many_who_spend_at_once_never_spend_too_much(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var budget = new PointBudget(PerHour: 30, PerDay: 100, Create: 3, Update: 2, Delete: 1);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                await house.House.With<PointBudgets>(b => b.Take(house.Account, budget, 3, isReply: true, default));
                return true;
            }
            catch (LaterException)
            {
                return false;
            }
        })));
        Assert.Equal(10, outcomes.Count(o => o));
    }

    [Theory, EveryDatabase]
    public async Task A_picture_needs_a_description_and_goes_with_its_message_once(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var png = MastodonSendingTests.Png;
        Task<KeptPicture> Keep(byte[]? bytes, string? alt) => house.House.With<Pictures, KeptPicture>(p => p.Keep(bytes, alt, PublishingHouse.Ada, default));
        Assert.Equal("alt", Assert.IsType<KeptPicture.Invalid>(await Keep(png, " ")).Field);
        Assert.Equal("bytes", Assert.IsType<KeptPicture.Invalid>(await Keep([1, 2, 3], "A hinge")).Field);
        var kept = Assert.IsType<KeptPicture.Done>(await Keep(png, "A hinge")).Picture;
        Assert.Equal(("image/png", 1, 1), (kept.MediaType, kept.Width, kept.Height));

        Task<Publication> Reply(params PictureId[] pictures) => house.Queue(p => p.Reply(new ReplyDraft(PublishingHouse.Fan, "Look", PublishingHouse.Ada) { Pictures = pictures }, default));
        Assert.IsType<Publication.Invalid>(await Reply(PictureId.New()));
        Assert.IsType<Publication.Invalid>(await Reply(kept.Id, kept.Id));
        Assert.IsType<Publication.Queued>(await Reply(kept.Id));
        Assert.IsType<Publication.Invalid>(await Reply(kept.Id)); // it is sent already
        await house.House.Settle();
        var image = Assert.Single(house.Pds.Posts).Value["embed"]!["images"]![0]!;
        Assert.Equal(("A hinge", 1), ((string?)image["alt"], (int)image["aspectRatio"]!["width"]!));
    }

    [Theory, EveryDatabase]
    public async Task Receipts_come_back_and_are_told_when_they_change(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var likes = 2;
        house.Pds.Instead = nsid => nsid != "app.bsky.feed.getPosts" ? null : FakePds.Answer(HttpStatusCode.OK, new JsonObject
        {
            ["posts"] = new JsonArray([.. house.Pds.Posts.Keys.Select(k => new JsonObject
            {
                ["uri"] = $"at://{FakePds.Did}/app.bsky.feed.post/{k}", ["cid"] = "c", ["author"] = new JsonObject { ["did"] = FakePds.Did, ["handle"] = "brand.example" },
                ["record"] = house.Pds.Posts[k].DeepClone(), ["indexedAt"] = "2026-09-01T09:00:00Z", ["likeCount"] = likes, ["repostCount"] = 1, ["replyCount"] = 3,
            })]),
        });
        var id = await house.Queued();
        await house.House.Settle();
        Assert.Equal(0, (await house.Read(id)).Likes);
        await Pass(TimeSpan.FromMinutes(3));
        Assert.Equal((2, 1, 3), ((await house.Read(id)).Likes, (await house.Read(id)).Reshares, (await house.Read(id)).Replies));
        likes = 5;
        await Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await house.Read(id)).Likes); // not asked again so soon
        await Pass(TimeSpan.FromMinutes(6));
        Assert.Equal((5, 2), ((await house.Read(id)).Likes, await house.Facts<MessageReceipts>()));

        async Task Pass(TimeSpan time)
        {
            house.Clock.Advance(time);
            await house.House.Settle();
        }
    }
}
