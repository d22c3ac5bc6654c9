using Hearth.Conversations;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations.ServiceLevels;

/// <summary>A house whose brand promises something, and its clock.</summary>
internal sealed class Promised(TestHouse house, Talk talk)
{
    /// <summary>Nine to five in Berlin, from Monday to Friday, not on the 3rd of October.</summary>
    public static readonly CalendarDraft Office = new("Office", "Europe/Berlin", new("09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00"), ["10-03 German Unity Day"]);

    public Talk Talk => talk;

    public static async Task<Promised> In(TestHouse house) => new(house, await Talk.In(house));

    public async Task<CalendarId> Hours(CalendarDraft draft) => (await house.With<BusinessCalendars, (CalendarId? Id, IReadOnlyList<FieldError>)>(c => c.Put(null, draft, default))).Id!.Value;

    public async Task<SlaPolicyId> Promise(SlaPolicyDraft draft) => (await house.With<SlaPolicies, (SlaPolicyId? Id, IReadOnlyList<FieldError>)>(p => p.Put(null, draft, default))).Id!.Value;

    public async Task<Actor> Hire(string name, Role role, Department department)
    {
        var row = new Account
        {
            UserName = name.Replace(" ", "."), Name = name, Initials = name[..1], Email = name.Replace(" ", ".") + "@brand.example", Role = role, Department = department, Active = true, PasswordHash = "x", Since = house.Clock.Now(),
        };
        await house.With<Database>(async db =>
        {
            db.Add(row);
            await db.SaveChangesAsync();
        });
        return (await house.With<Staff, StaffMember?>(s => s.Find(new(row.Id), default)))!.Actor();
    }

    /// <summary>It is so late now; what is due is done.</summary>
    public async Task At(string utc)
    {
        house.Clock.Set(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));
        await house.Settle();
    }

    /// <summary>Somebody writes now.</summary>
    public async Task<ConversationId> Hears(string author, string text = "Help", string? inThread = null, string? id = null) =>
        (await talk.Of(await talk.SaysAt(house.Clock.Now(), author, text, inThread, id))).Id;

    public async Task Answer(ConversationId id, Actor by)
    {
        var view = (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!;
        Assert.IsNotType<Reply.AnsweredMeanwhile>(await talk.Reply(view, "Here is how", by));
        await house.Settle();
    }

    public async Task Move(ConversationId id, ConversationStatus to)
    {
        await house.With<ConversationSteps, bool>(s => s.Move(id, to, Talk.Ada!, default));
        await house.Settle();
    }

    public async Task<ClockView> Clock(ConversationId id, ClockKind kind) => (await house.With<ReadClocks, IReadOnlyList<ClockView>>(c => c.Of(id, default))).Last(c => c.Kind == kind);

    public Task<IReadOnlyList<ClockView>> Clocks(ConversationId id) => house.With<ReadClocks, IReadOnlyList<ClockView>>(c => c.Of(id, default));

    public Task<T> With<TSlice, T>(Func<TSlice, Task<T>> use) where TSlice : notnull => house.In(s => use(s.GetRequiredService<TSlice>()));
}
