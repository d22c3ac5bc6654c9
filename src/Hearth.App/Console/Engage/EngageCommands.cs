using Hearth.App.Shared;
using Hearth.Conversations;
using Hearth.Conversations.Live;
using Hearth.Conversations.Writing;
using Hearth.Governance;

namespace Hearth.App.Desk.Engage;

/// <summary>What became of a command.</summary>
/// <param name="Said">A sentence for whoever gave it.</param>
/// <param name="Well">False when nothing, or not all, was done.</param>
/// <param name="To">Where to go then; null stays with the conversation.</param>
public sealed record CommandOutcome(string Said, bool Well, string? To = null);

/// <summary>Every command and place of Engage: what the palette lists, and what it does.</summary>
public sealed class EngageCommands(
    AssignConversation assign, ConversationSteps steps, TakeNext next, ListConversations list, SavedReplies replies, FillSavedReply fill, Drafts drafts, Macros macros, SetPriority priority,
    SnoozeConversation snooze, Staff staff, TimeProvider clock)
{
    private const string Here = "This conversation";
    private const int Labels = 30;

    /// <summary>All that somebody may choose; those about a conversation only where there is one.</summary>
    public async Task<IReadOnlyList<EngageCommand>> All(ConversationId? conversation, Actor me, CancellationToken ct)
    {
        var all = new List<EngageCommand>();
        if (me.Is(Role.Agent))
        {
            if (conversation is not null) await About(all, ct);
            all.Add(new("Do", "Take the next that waits", "hand-grab", null, "next", "n"));
        }

        all.AddRange(Enum.GetValues<InboxView>().Select(v => new EngageCommand("Views", InboxAddress.Title(v), "messages", new InboxAddress(v, null, null, null, false).List)));
        all.AddRange((await list.Labels(ct)).Take(Labels).Select(l => new EngageCommand("Labels", l.Label, "tag", new InboxAddress(InboxView.All, null, l.Label, null, false).List)));
        all.AddRange(Places);
        return all;
    }

    private static readonly EngageCommand[] Places =
    [
        .. EngageTabs.Pages.Select(p => new EngageCommand("Places", p.Text, "arrow-right", p.Href)),
        new("Places", "Today", "sun-high", "/"), new("Places", "Listen", "ear", "/listen"), new("Places", "Fix", "tool", "/fix"), new("Places", "Offer", "tag", "/offer"), new("Places", "Ideas", "bulb", "/ideas/desk"),
        new("Places", "Learn", "chart-histogram", "/learn"), new("Places", "Council", "building-community", "/council"), new("Places", "Notices", "bell", "/notices"), new("Places", "Account", "user-cog", "/account"),
    ];

    private async Task About(List<EngageCommand> all, CancellationToken ct)
    {
        all.Add(new(Here, "Take it", "hand-grab", null, "take", "t"));
        all.Add(new(Here, "Close", "circle-check", null, "status:Closed", "e"));
        all.Add(new(Here, "Wait for them", "hourglass", null, "status:Waiting"));
        all.Add(new(Here, "Open again", "rotate", null, "status:Open"));
        all.AddRange(Enum.GetValues<ConversationPriority>().Select(p => new EngageCommand(Here, "Priority: " + p.ToString().ToLowerInvariant(), "flag", null, "priority:" + p)));
        all.AddRange(Snoozes.Select(s => new EngageCommand(Here, "Snooze " + s.Title, "zzz", null, "snooze:" + s.Word)));
        all.AddRange((await macros.All(ct)).Select(m => new EngageCommand("Macros", "Run “" + m.Name + "”", "player-play", null, "macro:" + m.Id.Value)));
        all.AddRange((await replies.All(ct)).Select(r => new EngageCommand("Saved replies", "Answer with “" + r.Title + "”", "message-2-bolt", null, "reply:" + r.Id.Value)));
        all.AddRange((await staff.All(ct)).Where(s => s.Role >= Role.Agent).Select(s => new EngageCommand("Give it to", s.Name, "user-check", null, "assign:" + s.Id.Value)));
        all.AddRange(Enum.GetValues<Department>().Select(d => new EngageCommand("Route it to", Words.Of(d), "arrow-guide", null, "department:" + d)));
        all.AddRange((await list.Labels(ct)).Take(Labels).Select(l => new EngageCommand("Label it", "Label “" + l.Label + "”", "tag", null, "label:" + l.Label)));
    }

    private static readonly (string Word, string Title, TimeSpan? For)[] Snoozes =
        [("1h", "for an hour", TimeSpan.FromHours(1)), ("4h", "for four hours", TimeSpan.FromHours(4)), ("1d", "until this time tomorrow", TimeSpan.FromDays(1)), ("7d", "for a week", TimeSpan.FromDays(7)), ("reply", "until they answer", null)];

    /// <summary>Does what a command says.</summary>
    /// <param name="command">The command's <see cref="EngageCommand.Do"/>.</param>
    /// <param name="conversation">With which conversation; null for none.</param>
    /// <param name="me">Who gives it; an agent.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<CommandOutcome> Run(string command, ConversationId? conversation, Actor me, CancellationToken ct)
    {
        if (command == "next")
        {
            return await next.For(me, null, ct) is NextTaken.Yours yours ? new("It is yours.", true, $"/engage/{yours.Conversation.Value}?view=mine") : new("Nobody waits who is not somebody's already.", true, "/engage");
        }

        if (conversation is not { } id) return new("Open a conversation first.", false, "/engage");
        var (what, value) = command.Split(':', 2) is [var w, var v] ? (w, v) : (command, "");
        return what switch
        {
            "take" => Told(await assign.Claim(id, me, ct), "It is yours."),
            "status" when Enum.TryParse<ConversationStatus>(value, out var status) => await steps.Move(id, status, me, ct) ? new(Say.Status(status) + ".", true) : Gone,
            "priority" when Enum.TryParse<ConversationPriority>(value, out var p) => await priority.To(id, p, me, ct) ? new($"Priority: {p.ToString().ToLowerInvariant()}.", true) : Gone,
            "snooze" when Array.Find(Snoozes, s => s.Word == value) is { Word: not null } s => await snooze.Until(id, clock.GetUtcNow() + s.For, me, ct) is Snoozing.Done ? new($"Snoozed {s.Title}.", true) : Gone,
            "department" when Enum.TryParse<Department>(value, out var d) => await assign.ToDepartment(id, d, me, ct) ? new($"Routed to {Words.Of(d)}.", true) : Gone,
            "label" when ConversationSteps.Label(value) is { } label => await steps.AddLabel(id, label, me, ct) ? new($"Labelled “{label}”.", true) : Gone,
            "assign" when Guid.TryParse(value, out var user) => await Give(id, UserId.From(user), me, ct),
            "reply" when Guid.TryParse(value, out var reply) => await Answer(id, SavedReplyId.From(reply), me, ct),
            "macro" when Guid.TryParse(value, out var macro) => Told(await macros.Run(MacroId.From(macro), id, me, ct)),
            _ => new("There is no such command.", false),
        };
    }

    private static readonly CommandOutcome Gone = new("That could not be done: the conversation is not here any more.", false);

    private static CommandOutcome Told(Assignment outcome, string done) => outcome switch
    {
        Assignment.Done => new(done, true),
        Assignment.TakenMeanwhile taken => new(taken.Name is { } name ? $"{name} was quicker: it is theirs." : "Somebody gave it back meanwhile; nothing was changed.", false),
        _ => Gone,
    };

    /// <summary>How a macro's run is told.</summary>
    public static CommandOutcome Told(MacroRun run) => run switch
    {
        MacroRun.Ran { Steps: var all } when all.All(s => s.Done) => new($"Done: {string.Join(", ", all.Select(s => s.Said))}.", true),
        MacroRun.Ran { Steps: var all } => new($"Not all could be done. {string.Join("; ", all.Where(s => !s.Done).Select(s => s.Said))}.", false),
        _ => new("There is no such macro or conversation.", false),
    };

    private async Task<CommandOutcome> Give(ConversationId id, UserId user, Actor me, CancellationToken ct)
    {
        if (await staff.Find(user, ct) is not { Active: true } member) return new("Nobody bears that name any more.", false);
        return Told(await assign.Give(id, member.Actor(), me, ct), $"It is {member.Name}'s now.");
    }

    private async Task<CommandOutcome> Answer(ConversationId id, SavedReplyId reply, Actor me, CancellationToken ct)
    {
        if (await fill.For(reply, id, me, ct) is not { } filled) return new("The saved reply was thrown away.", false);
        var before = await drafts.Of(id, me.Id, ct);
        await drafts.Put(id, me, string.IsNullOrWhiteSpace(before?.Text) || before.Origin is not null ? filled.Text : before.Text.TrimEnd() + "\n" + filled.Text, ct);
        return new("The saved reply is in your answer. It is not sent yet.", true);
    }
}
