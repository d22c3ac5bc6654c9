using Hearth.Conversations;
using Hearth.Conversations.ServiceLevels;

namespace Hearth.App.Demo;

/// <summary>What Emberly promises those who write to it, made before anybody writes, so that every conversation's clocks run.</summary>
internal static class LoadPromises
{
    public static Task Run(DemoHouse house, DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        const string Day = "08:00-18:00";
        var (hours, _) = await s.GetRequiredService<BusinessCalendars>().Put(null, new("Care in Leipzig", "Europe/Berlin", new(Day, Day, Day, Day, "08:00-16:00", "10:00-14:00"),
            ["01-01 New Year", "05-01 Labour Day", "10-03 German Unity Day", "12-24 Closed early", "12-25 Christmas Day", "12-26 Second Day of Christmas", "12-31 New Year's Eve"]), ct);
        var policies = s.GetRequiredService<SlaPolicies>();
        await policies.Put(null, new("Urgent, whatever it is", Priority: ConversationPriority.Urgent, FirstResponse: 30, NextResponse: 60, Resolution: 480, Escalations: [new(80, Told.Assignee)]), ct);
        var (kept, errors) = await policies.Put(null, new("Care", FirstResponse: 240, NextResponse: 480, Resolution: 2400, Calendar: hours, Escalations: [new(80, Told.Assignee)]), ct);
        return kept is not null ? true : throw new DemoException($"The promise was refused: {errors[0].Reason}.");
    });
}
