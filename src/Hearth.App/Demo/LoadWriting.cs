using Hearth.Conversations.Writing;
using Hearth.Governance;

namespace Hearth.App.Demo;

/// <summary>What Emberly's people keep for answering: replies in their languages, and macros.</summary>
internal sealed class LoadWriting(DemoHouse house, IReadOnlyDictionary<string, Actor> staff)
{
    private static readonly (string Title, string By, (string Language, string Text)[] Texts)[] Replies =
    [
        ("Hinge: a new lid", "DO",
        [
            ("en", "Hi {first|there}, thank you for telling us. The hinge has a weak spot and we have changed the part. A new lid is free; where shall we send it?"),
            ("de", "Hallo {first|du}, danke für die Nachricht. Das Scharnier hat eine Schwachstelle, das Teil ist geändert. Ein neuer Deckel kostet nichts; wohin dürfen wir ihn schicken?"),
            ("es", "Hola {first|buenas}, gracias por avisar. La bisagra tiene un punto débil y hemos cambiado la pieza. La tapa nueva es gratis; ¿adónde la enviamos?"),
        ]),
        ("Parcel: where it is", "DO",
        [
            ("en", "Hi {first|there}, the northern depot is behind. Tell me the order number and I find out where your {product|parcel} is, in person, within the hour."),
            ("de", "Hallo {first|du}, das Nordlager hinkt hinterher. Mit der Bestellnummer finde ich innerhalb einer Stunde heraus, wo {product|das Paket} ist."),
        ]),
        ("Thank you for the praise", "DO", [("en", "{first|Hello}, this goes on the wall of the workshop. Thank you, and have a good trip!"), ("de", "{first|Hallo}, das hängen wir in der Werkstatt auf. Danke, und gute Reise!")]),
        ("Wait over the weekend", "DO", [("en", "Hi {first|there}, we promise two hours and did not keep it. I am {agent}, I am here now: what can I do for you?")]),
    ];

    public Task Run(DateTimeOffset at, CancellationToken ct) => house.In(at, async s =>
    {
        var replies = s.GetRequiredService<SavedReplies>();
        var kept = new Dictionary<string, SavedReplyId>(StringComparer.Ordinal);
        foreach (var (title, by, texts) in Replies)
        {
            var draft = new SavedReplyDraft(title, "en", texts.ToDictionary(t => t.Language, t => (string?)t.Text, StringComparer.Ordinal));
            if (await replies.Add(draft, staff[by], ct) is not KeptSavedReply.Done done) throw new DemoException($"The saved reply {title} was refused.");
            kept[title] = done.Reply.Id;
        }

        foreach (var (name, steps) in new (string, MacroStep[])[]
        {
            ("Broken hinge", [new(MacroAct.AssignMe), new(MacroAct.Label, "hinge"), new(MacroAct.Priority, "watch"), new(MacroAct.SavedReply, kept["Hinge: a new lid"].Value.ToString())]),
            ("Late parcel", [new(MacroAct.AssignMe), new(MacroAct.Label, "depot"), new(MacroAct.SavedReply, kept["Parcel: where it is"].Value.ToString()), new(MacroAct.Snooze, "24")]),
            ("Praise: thank and close", [new(MacroAct.Label, "praise"), new(MacroAct.SavedReply, kept["Thank you for the praise"].Value.ToString())]),
        })
        {
            if (await s.GetRequiredService<Macros>().Add(new(name, steps), staff["DO"], ct) is not KeptMacro.Done) throw new DemoException($"The macro {name} was refused.");
        }

        return true;
    });
}
