using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

public class SeveralTests
{
    private static readonly Actor Lea = new(UserId.New(), "Lea Moor", "LM", Department.Care, Role.Lead);

    private static async Task<ChannelAccountId> Fediverse(PublishingHouse house) =>
        Assert.IsType<Connection.Connected>(await house.House.With<OpenActor, Connection>(o => o.With("https://brand.example", "brand", "Brand", null, default))).Account.Id;

    private static Task<SeveralPosted> Run(PublishingHouse house, PostPlan plan) => house.House.With<PostSeveral, SeveralPosted>(p => p.Run(plan, PublishingHouse.Ada, null, null, null, review: true, default));

    private static Task<Publication> Post(PublishingHouse house, string text, DateTimeOffset? at = null) => house.House.With<PostMessage, Publication>(p => p.Run(new PostDraft(house.Account, text, PublishingHouse.Ada) { At = at }, default));

    private static async Task<int> Posts(PublishingHouse house) => (await house.House.With<ReadMessages, Page<MessageView>?>(r => r.List(null, null, null, default)))!.Items.Count;

    private static Task Repeat(PublishingHouse house, int days) => house.House.In(async s =>
    {
        var policies = s.GetRequiredService<SpeakingPolicies>();
        Assert.IsType<PolicyChange.Done>(await policies.Set(await policies.Read(default) with { RepeatDays = days }, Lea, default));
        return 0;
    });

    [Theory, EveryDatabase]
    public async Task A_plan_goes_to_all_its_accounts_each_with_its_words_and_time_once_however_often_it_is_sent(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var (other, at) = (await Fediverse(house), house.Clock.Now().AddHours(3));
        var plan = new PostPlan(Ids.New(), ["Open day on Saturday"], [new(house.Account), new(other, SendWhen.At, at, ["Open day on Saturday, all of you in the fediverse"])]);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run(house, plan))));
        var ids = Assert.IsType<SeveralPosted.Done>(results[0]).Ids;
        Assert.All(results, r => Assert.Equal(ids, Assert.IsType<SeveralPosted.Done>(r).Ids));
        Assert.Equal(2, await Posts(house));
        var (here, there) = (await house.Read(ids[0]), await house.Read(ids[1]));
        Assert.Equal((house.Account, "Open day on Saturday", (DateTimeOffset?)null), (here.Account, here.Words, here.At));
        Assert.Equal((other, "Open day on Saturday, all of you in the fediverse", at), (there.Account, there.Words, there.At));
    }

    [Theory, EveryDatabase]
    public async Task What_one_account_does_not_take_keeps_all_of_it_back_and_names_the_account(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var other = await Fediverse(house);
        var error = Assert.Single(Assert.IsType<SeveralPosted.Refused>(await Run(house, new(Ids.New(), [new('x', 400)], [new(other), new(house.Account)]))).Errors);
        Assert.Equal((house.Account, "text", "is 400 graphemes long; the network takes 300"), (error.Account, error.Error.Field, error.Error.Reason));
        Assert.StartsWith(error.Name + ": text is 400", error.Named().Reason, StringComparison.Ordinal);
        foreach (var (plan, field) in new (PostPlan, string)[]
        {
            (new(Ids.New(), ["Hello"], []), "accounts"), (new(Ids.New(), ["Hello"], [new(other), new(other)]), "account"), (new(Ids.New(), ["Hello"], [new(other, SendWhen.At)]), "at"), (new(Ids.New(), [], [new(other)]), "text"),
            (new(Ids.New(), ["Hello"], [new(other, SendWhen.Queue)]), "at"), (new(Ids.New(), ["Hello"], [new(other)], 2), "when"), (new(Ids.New(), ["Hello"], [new(other)], 21), "times"), (new(Ids.New(), ["Hello"], [new(ChannelAccountId.New())]), "account"),
            (new(Ids.New(), ["Hello"], [new(other, (SendWhen)7)]), "when"), (new(Ids.New(), ["Hello"], [new(other, SendWhen.At, house.Clock.Now())]), "at"),
        }) Assert.Contains(field, Assert.IsType<SeveralPosted.Refused>(await Run(house, plan)).Errors.Select(e => e.Error.Field));
        Assert.Equal(0, await Posts(house));
    }

    [Theory, EveryDatabase]
    public async Task A_repeated_post_takes_its_wordings_in_turn_through_the_slots(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        await house.House.With<Slots, SlotChange>(s => s.Set(house.Account, "UTC", [new(DayOfWeek.Monday, "09:00")], 0, PublishingHouse.Ada, default));
        PostPlan Plan(int times) => new(Ids.New(), ["Open day!", "Come and see us"], [new(house.Account, SendWhen.Queue)], times);
        var twice = Assert.Single(Assert.IsType<SeveralPosted.Refused>(await Run(house, Plan(3))).Errors); // the third is two weeks after the first
        Assert.Equal("text", twice.Error.Field);
        Assert.Equal(0, await Posts(house));

        await Repeat(house, 14);
        var posts = Assert.IsType<SeveralPosted.Done>(await Run(house, Plan(4))).Posts.Cast<Publication.Scheduled>().ToList();
        Assert.Equal(["Open day!", "Come and see us", "Open day!", "Come and see us"], posts.Select(p => p.Text));
        Assert.Equal([7, 7, 7], posts.Zip(posts.Skip(1), (a, b) => (int)(b.At - a.At).TotalDays));
    }

    [Theory, EveryDatabase]
    public async Task The_same_words_are_refused_within_the_window_with_the_post_that_has_them(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var first = Assert.IsType<Publication.Queued>(await Post(house, "Open day on Saturday https://brand.example/a")).Message;
        await house.House.Settle();
        var wrong = Assert.IsType<Publication.Invalid>(await Post(house, "OPEN  day on\nSaturday https://brand.example/b"));
        Assert.Equal("text", wrong.Field);
        Assert.Contains(first.Value.ToString(), wrong.Reason, StringComparison.Ordinal);
        Assert.Contains("1 Sep 2026", wrong.Reason, StringComparison.Ordinal);
        var at = house.Clock.Now().AddDays(30);
        Assert.IsType<Publication.Invalid>(await Post(house, "Open day on Saturday", at.AddSeconds(-1)));
        var later = Assert.IsType<Publication.Scheduled>(await Post(house, "Open day on Saturday", at)).Message;
        Assert.Equal("at", Assert.IsType<MessageChange.Invalid>(await house.Change(c => c.Move(later, at.AddDays(-1), default))).Field);
        var other = Assert.IsType<Publication.Scheduled>(await Post(house, "Something else", at.AddDays(1))).Message;
        Assert.Equal("text", Assert.IsType<MessageChange.Invalid>(await house.Change(c => c.Rewrite(other, "open day on saturday", PublishingHouse.Ada, default))).Field);
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.GiveUp(later, default)));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Rewrite(other, "open day on saturday", PublishingHouse.Ada, default)));
        Assert.IsType<Publication.Queued>(await house.House.With<PostMessage, Publication>(async p => await p.Run(new PostDraft(await Fediverse(house), "Open day on Saturday", PublishingHouse.Ada), default))); // another account
        await Repeat(house, 0);
        Assert.IsType<Publication.Queued>(await Post(house, "Open day on Saturday"));
    }

    [Theory, EveryDatabase]
    public async Task Of_the_same_words_that_slipped_through_together_one_is_sent(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        await Repeat(house, 0);
        for (var n = 0; n < 4; n++) await Post(house, "Open day on Saturday", house.Clock.Now().AddMinutes(5));
        await Repeat(house, 30);
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.House.Services.GetRequiredService<JobWorker>().Drain(default)));
        await Task.WhenAll(workers);
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.House.Settle();

        var posts = (await house.House.With<ReadMessages, Page<MessageView>?>(r => r.List(null, null, null, default)))!.Items;
        Assert.Single(house.Pds.Posts);
        Assert.Single(posts, p => p.Status == MessageStatus.Sent);
        Assert.All(posts.Where(p => p.Status != MessageStatus.Sent), p => Assert.Equal((MessageStatus.GivenUp, true), (p.Status, p.Reason?.StartsWith("The text stands in the same words", StringComparison.Ordinal) == true || p.Reason?.StartsWith("The text is planned", StringComparison.Ordinal) == true)));
    }
}
