using Hearth.Conversations;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations;

public class TeachReadingTests
{
    [Theory, EveryDatabase]
    public async Task A_conversation_that_was_handled_and_closed_teaches_and_what_a_person_said_before_stays(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var (one, open) = (await talk.Says("ann", "where is my parcel?", id: "t1"), await talk.Says("bob", "hello?", id: "t2"));
        var two = await talk.Says("ann", "still nothing", "t1");
        await house.With<ConfirmMention, bool>(c => c.Run(Talk.Ada, two, ModelTask.Sentiment, default));
        await house.With<ConversationSteps, bool>(async s => await s.Move((await talk.Of(one)).Id, ConversationStatus.Closed, Talk.Ada, default));
        await house.Settle();
        var rows = await house.With<Database, List<ConfirmedRow>>(db => db.Set<ConfirmedRow>().AsNoTracking().ToListAsync());
        Assert.Equal(new[] { one, two }.ToHashSet(), rows.Select(r => r.Mention).ToHashSet());
        Assert.Null(rows.Single(r => r.Mention == one).By);
        Assert.Equal(Talk.Ada.Id, rows.Single(r => r.Mention == two).By);
        Assert.DoesNotContain(open, rows.Select(r => r.Mention));
    }
}
