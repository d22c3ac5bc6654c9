using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Telling;
using Hearth.Listening;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Hearth.Tests.Operations;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Ideas.Telling;

/// <summary>A board of a brand that is on Bluesky.</summary>
internal static class BoardOnBluesky
{
    public const string Home = "https://hearth.example";

    public static IdeaDraft Draft(string title = "A lid that locks") => new(title, "So that nothing spills in the pack.", "general");

    /// <summary>Somebody posts; it opens a conversation and nothing more.</summary>
    public static Task<MentionId> Says(this TellingHouse house, string author, string text = "The lid of my flask should lock") => house.Speaks(author, text, attach: false);

    public static async Task<IdeaId> Raise(this TellingHouse house, MentionId post, string title = "A lid that locks", Actor? by = null) =>
        Assert.IsType<FromPost.Raised>(await house.House.With<RaiseIdea, FromPost>(r => r.From(post, IdeaId.New(), Draft(title), by ?? TellingHouse.Agent, default))).Idea;

    public static Task<FromPost> VoteFor(this TellingHouse house, IdeaId idea, MentionId post, Stance stance = Stance.Promote) =>
        house.House.With<VoteForCustomer, FromPost>(v => v.With(idea, post, stance, TellingHouse.Agent, default));

    public static async Task<IReadOnlyList<IdeaNewsView>> News(this TestHouse house, IdeaId idea) => await house.With<ReadNews, IReadOnlyList<IdeaNewsView>>(r => r.Of(idea, default));

    public static async Task<IReadOnlyList<ToldOfIdea>> Told(this TestHouse house, IdeaNewsId news) => (await house.With<ReadNews, Page<ToldOfIdea>?>(r => r.People(news, null, 500, default)))!.Items;

    public static async Task<IReadOnlyList<IdeaNoticeView>> Notices(this TestHouse house, Actor account) => (await house.With<ReadNotices, Page<IdeaNoticeView>?>(r => r.Of(account.Id, null, 100, default)))!.Items;

    /// <summary>A lead approves the words as they stand.</summary>
    public static Task<Wording> Approve(this TestHouse house, IdeaNewsView news, Actor? by = null) => house.With<NewsWords, Wording>(w => w.Approve(news.Id, news.Words, Home, by ?? TellingHouse.Lead, default));

    public static async Task<ChangeId> PlanFor(this TestHouse house, IdeaId idea, string title = "A lid with a bayonet") => Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(
        p => p.Run(new ChangeDraft(title, ChangeKind.ProductDesign, "A quarter turn locks it", "It spills", Department.Product), [], [idea.Value], TellingHouse.Agent, default))).Change;

    public static async Task Ship(this TestHouse house, ChangeId change) => Assert.IsType<Changing.Done>(await house.With<ShipChange, Changing>(s => s.Run(change, null, TellingHouse.Agent, default)));
}
