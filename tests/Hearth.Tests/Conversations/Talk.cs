using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations;

/// <summary>A house with one source of posts, and people of the brand.</summary>
internal sealed class Talk(TestHouse house, SourceId source)
{
    public static readonly Actor Ada = new(UserId.New(), "Ada Brandt", "AB", Department.Care, Role.Agent);
    public static readonly Actor Ben = new(UserId.New(), "Ben Costa", "BC", Department.Care, Role.Agent);

    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private int _minute;

    public static async Task<Talk> In(TestHouse house) => new(house, await house.With<Sources, SourceId>(s => s.ForFile("posts", default)));

    /// <summary>Somebody posts, a minute after the last post.</summary>
    public Task<MentionId> Says(string author, string text, string? inThread = null, string? id = null, bool own = false, string? answers = null, bool engage = true) =>
        SaysAt(Start.AddMinutes(Interlocked.Increment(ref _minute)), author, text, inThread, id, own, answers, engage);

    public async Task<MentionId> SaysAt(DateTimeOffset at, string author, string text, string? inThread = null, string? id = null, bool own = false, string? answers = null, bool engage = true)
    {
        id ??= Guid.NewGuid().ToString("N");
        var post = new IncomingPost(id, text, at, new(author, author + ".example", author), null, "en", answers, inThread, own);
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [post], new Receiving(Engage: engage), default));
        await house.Settle();
        return await house.With<Database, MentionId>(db => db.Set<MentionRow>().Where(m => m.ExternalId == id).Select(m => m.Id).SingleAsync());
    }

    /// <summary>The conversation that holds the mention; the test fails when there is not exactly one.</summary>
    public async Task<ConversationView> Of(MentionId mention)
    {
        var id = Assert.Single(await house.With<OpenConversation, IReadOnlyList<ConversationId>>(o => o.Holding(mention, default)));
        return (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!;
    }

    public async Task<ConversationView> Read(ConversationId id) => (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!;

    public Task<IReadOnlyList<InboxRow>> List(InboxFilter filter) => house.In(async s => (await s.GetRequiredService<ListConversations>().Of(filter, null, 100, default))!.Items);

    public Task<Reply> Reply(ConversationView c, string text, Actor by) => house.With<ReplyToConversation, Reply>(r => r.With(c.Id, text, c.Version, by, null, default));
}
